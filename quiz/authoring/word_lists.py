"""The words that rules look for, by language. A rule whose list is empty in a language is off for it."""

from __future__ import annotations

import re

import msgspec

from quiz.core.text.language_tag import main_language

NOTHING = re.compile(r"(?!)")
"""Matches nothing."""
_PLAIN = re.compile(r"[\w'’.-]+")
"""A word that may stand between “which” and what is asked for."""


class Words(msgspec.Struct, frozen=True):
    """The word lists of a language."""

    absolutes: frozenset[str] = frozenset()
    """Words that claim too much to be true, normalised."""
    hedges: frozenset[str] = frozenset()
    """Words that soften the claim when they precede one of those."""
    fillers: frozenset[str] = frozenset()
    """Words of four letters or more without content."""
    negatives: re.Pattern[str] = NOTHING
    """What turns a statement into its opposite, wherever it stands."""
    negative_questions: re.Pattern[str] = NOTHING
    """A question for what is not so; the group `no` is its negative."""
    negative_signs: tuple[str, ...] = ()
    """What every such question has one of, in lower case."""
    in_capitals: str = "NOT, EXCEPT"
    """How such negatives are written so that nobody reads over them."""
    unfocused: re.Pattern[str] = NOTHING
    """The whole of a stem that could stand before any options."""
    shown_things: re.Pattern[str] = NOTHING
    """What names a picture, a table or a text that is to be looked at."""
    marks_of_key: re.Pattern[str] = NOTHING
    """What says of an option that it is the key."""
    counts: re.Pattern[str] = NOTHING
    """How many things are to be chosen or named; the group `many` is the number."""
    numbers: tuple[str, ...] = ()
    """The words for the numbers from two on."""
    connectives: frozenset[str] = frozenset()
    """Words that go on with a sentence after a comma."""
    clauses: re.Pattern[str] = NOTHING
    """What begins a clause whose negative does not turn the sentence round."""
    interrogatives: re.Pattern[str] = re.compile(
        r"\b(?:which|what(?!\s+(?:is|are|was|were|do|does|did|can|could|will|would|has|have|had)\b))\s+"
    )
    """What stands before a noun that is asked for, with the spaces after it, in lower case."""

    joins: str = "or|and"
    """What stands between two answers that a stem names together, as a pattern."""
    catch_alls: re.Pattern[str] = NOTHING
    """An option that stands for other options: all of it, in lower case, without a full stop."""
    positions: re.Pattern[str] = NOTHING
    """References to an option by its letter or place; only the case of letters matters."""
    has_a_and_an: bool = False
    """Whether the indefinite article depends on the next word."""

    def asks_for(self, stem: str, word: str) -> bool:
        """Return whether a stem asks for one of the things that a word names, such as a city."""
        text = stem[:2000].lower()
        for found in self.interrogatives.finditer(text):
            for asked in text[found.end() :].split(maxsplit=4)[:4]:
                if asked.startswith(word[:-1]):
                    return True
                if not _PLAIN.fullmatch(asked):
                    break
        return False

    def is_unfocused(self, stem: str) -> bool:
        """Return whether a stem could stand before any options."""
        return self.unfocused.fullmatch(" ".join(stem.split()).strip(" .:?…")) is not None

    def is_catch_all(self, option: str) -> bool:
        """Return whether an option stands for other options, such as all of them."""
        return self.catch_alls.fullmatch(" ".join(option.split()).casefold().rstrip(".!")) is not None


def _of(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _anywhere(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{pattern})\b" for pattern in patterns), re.IGNORECASE)


def _whole(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_LETTER = r"[A-H]\)?(?![\w'’])"
"""The letter of an option, in capitals, so that it is not taken for an article."""

_THINGS_EN = (
    r"figure|diagram|image|picture|photo|photograph|graph|chart|map|illustration|screenshot|drawing|sketch"
    r"|code snippet|snippet"
)
_CLAUSE_EN = r"\b(?:when|if|because|although|though|while|that|who|whom|unless|so|why|until|since|but|even)\b"
"""What begins a clause whose negative is none of the question."""
_THINGS_DE = r"abbildung|bild|grafik|diagramm|tabelle|karte|foto|zeichnung|skizze"
_CLAUSE_DE = r"\b(?:wenn|falls|weil|obwohl|während|dass|der|die|das|ob|damit|bevor|aber|warum|sogar)\b"

_NUMBERS_EN = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS_DE = ("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn")

WORDS: dict[str, Words] = {
    "en": Words(
        absolutes=_of("always never everyone everybody nobody invariably impossible"),
        fillers=_of(
            "about above according across after again against also although always among another anybody "
            "anyone anything around article because become been before being below best better between "
            "both call called calls cannot choose come comes complete correct could describe described "
            "describes does doing done down each either else even ever every example find following found "
            "from gave give given gives goes going have having hence here hers himself itself into just "
            "kind know known less like likely made make makes many mean means mention mentioned mentions "
            "might more most much must name named names need neither never next none nothing often once "
            "only order other others ours over part place put quite rather reason regard right said same "
            "says select shall should show shown shows since some someone something sort sorts still such "
            "take taken takes tell than that their theirs them themselves then there therefore these they "
            "thing things think this those though three through thus time told true under until upon used "
            "uses using very want wants well went were what when where whether which while whom whose "
            "will with within without word words would write writer writes wrong year years your yours"
        ),
        hedges=_of("almost nearly not hardly practically virtually"),
        negatives=_anywhere(r"(?<!and )(?<!, )not(?!\s+only)", "cannot", "except", "never", r"\w+n['’]t"),
        clauses=re.compile(_CLAUSE_EN, re.IGNORECASE),
        negative_questions=re.compile(
            rf"(?:(?:^|[,.;:?!…]\s*|\b(?:in|of|to|for|from|by|at|on|with|about|under|and)\s+)(?:which|what|who|whose|where)"
            rf"|\b(?:these|following|one))\b(?:(?!{_CLAUSE_EN}|\b(?:said|says|sentence|quote|mean)\b)[^.?!;:])*?"
            r"\b(?:(?:is|are|was|were|does|do|did|has|have|had|can|could|will|would|should|may|must)\s+"
            r"(?:a\s+|an\s+)?(?P<no>not|never)|(?P<no2>(?:is|are|was|were|does|do|did|has|have|ca|could|"
            r"wo|would|should)n['’]t|cannot))\b(?!\s+only)"
            r"|\b(?P<no3>except)(?:\s+(?:for\s+)?(?:one|which|what|this|the following))?\s*[.:?…_]*$",
            re.IGNORECASE,
        ),
        negative_signs=("not", "never", "n't", "n’t", "except"),
        unfocused=re.compile(
            r"(?:which|what)(?: one)?(?: of (?:these|them|those|the following))?"
            r"(?: statements?| sentences?| answers?| options?| claims?)*"
            r" (?:is|are) (?:the )?(?:most )?(?:true|correct|right|false|wrong|incorrect|so)"
            r"(?: statement| one)?"
            r"|(?:choose|select|pick|mark|find) (?:the )?(?:true|correct|right|best|false|wrong)"
            r"(?: statement| answer| option| one)?",
            re.IGNORECASE,
        ),
        shown_things=re.compile(
            rf"\b(?:{_THINGS_EN})s?\s+(?:(?:is|are)\s+)?(?:shown\s+|given\s+|depicted\s+)?(?:below|above|opposite)\b"
            rf"|\b(?:below|above)\s+(?:{_THINGS_EN})\b|\bthe\s+following\s+(?:{_THINGS_EN})\b"
            rf"|\b(?:shown|depicted|pictured|seen)\s+(?:below|above|here|in\s+th(?:e|is)\s+(?:{_THINGS_EN}))\b"
            rf"|\bin\s+this\s+(?:picture|image|photo|photograph|figure|diagram|screenshot|chart)\b",
            re.IGNORECASE,
        ),
        marks_of_key=re.compile(
            r"^\W*(?:correct|right)(?: answer| option)?\s*(?::|\bis\b)"
            r"|\b(?:correct|right) answer\s*(?::|is\b)"
            r"|[(\[](?:correct|right|correct answer|right answer)[)\]]\s*$|[✓✔✅]",
            re.IGNORECASE,
        ),
        counts=re.compile(
            r"\b(?:which|what|choose|select|pick|name|list|give|state|identify|mark)\s+(?:the\s+|any\s+)?"
            rf"(?P<many>{'|'.join(_NUMBERS_EN)}|[2-9]|10)(?!\s*(?:or|to|-|–|and)\b)\b"
            r"(?![.,:%]?\d|%|\s*(?:or|to)\b)",
            re.IGNORECASE,
        ),
        numbers=_NUMBERS_EN,
        connectives=_of(
            "because and but or which who whose so although though when where while if not since until "
            "then that as for nor by with without from to after before"
        ),
        catch_alls=_whole(
            r"(all|none|both|neither|any|each) of (the )?(above|these|those|them|others?|following)"
            r"( options| answers| choices)?",
            r"(all|none) (the )?above",
            r"(both )?[a-f] and [a-f]",
            r"(n?either )?[a-f] n?or [a-f]",
        ),
        positions=re.compile(
            rf"\b(?i:options?|answers?|choices?|alternatives?|distractors?)\s+(?:{_LETTER}|\(?[1-9]\b)"
            r"|\b(?i:first|second|third|fourth|fifth|last|top|bottom|middle)\s+"
            r"(?i:one|two|three)?\s*(?i:option|answer|option|alternative|distractor)s?\b"
            rf"|\([A-H]\)|\b[A-H]\s+(?i:is|are)\s+(?i:right|wrong|correct|incorrect|the\s+key)\b"
        ),
        has_a_and_an=True,
    ),
    "de": Words(
        absolutes=_of("immer nie niemals niemand stets ausnahmslos unmoglich"),
        fillers=_of(
            "aber alle allem allen aller alles also andere anderen artikel auch bedeutet beim bisher "
            "dabei dafur dass dazu deren dessen diese diesem diesen dieser dieses doch dort durch eine "
            "einem einen einer eines entweder etwas fast folgende folgenden fragen fur gegen genannt gibt "
            "haben hatte hatten hier hinter immer ihre ihrem ihren ihrer jede jedem jeden jeder jedes "
            "jene jenem jenen jener kann kein keine keinem keinen keiner konnen konnte machen macht mehr "
            "mehrere mein meine meisten mit muss mussen nach nennt neben nicht nichts noch oder ohne "
            "richtig sagt schon sehr sein seine seinem seinen seiner seit sich sind solche soll sollen "
            "sollte sondern statt trifft uber unter viel viele vielen vier von wahrend wann warum welche "
            "welchem welchen welcher welches wenn werden wegen weil weniger wenige wird wofur wohin woher "
            "worden wurde wurden zwei zwischen zum zur"
        ),
        hedges=_of("fast beinahe nahezu nicht kaum"),
        negatives=_anywhere(
            r"(?<!und )(?<!, )nicht(?!\s+nur)", "keine?[mnrs]?", "niemals", "nie"
        ),
        clauses=re.compile(_CLAUSE_DE, re.IGNORECASE),
        interrogatives=re.compile(r"\b(?:welche[mnrs]?|was für)\s+"),
        joins="oder|und",
        negative_questions=re.compile(
            rf"\b(?:welche[mnrs]?|was|wer|wen|wem|wo|folgende[nr]?)\b(?:(?!{_CLAUSE_DE})[^.?!;:])*?"
            r"\b(?P<no>nicht|kein(?:e[mnrs]?)?|niemals|nie|außer|ausgenommen)\b(?!\s+nur)",
            re.IGNORECASE,
        ),
        negative_signs=("nicht", "kein", "nie", "außer", "ausgenommen"),
        in_capitals="NICHT, KEIN, AUSSER",
        unfocused=re.compile(
            r"(?:welche[rs]?|was)(?: (?:der|dieser) (?:folgenden )?(?:aussagen|antworten|sätze))?"
            r"(?: aussagen?| antworten?| sätze| satz)? (?:ist|sind|trifft|treffen)"
            r"(?: richtig| wahr| falsch| korrekt| zu)?",
            re.IGNORECASE,
        ),
        shown_things=re.compile(
            rf"\b(?:{_THINGS_DE})(?:en|n|er|s)?\s+(?:unten|oben)\b"
            rf"|\b(?:folgende[nrs]?|obige[nrs]?|untenstehende[nrs]?|abgebildete[nrs]?)\s+(?:{_THINGS_DE})"
            rf"|\b(?:in|auf)\s+(?:der|dem|dieser|diesem)\s+(?:abbildung|bild|grafik|schaubild|skizze)\b"
            r"|\b(?:unten|oben|hier)\s+(?:abgebildet|gezeigt|dargestellt)\b",
            re.IGNORECASE,
        ),
        marks_of_key=re.compile(
            r"\brichtige antwort\s*(?::|ist\b)|^\W*richtig\s*:"
            r"|[(\[](?:richtig|korrekt|lösung)[)\]]\s*$|[✓✔✅]",
            re.IGNORECASE,
        ),
        counts=re.compile(
            r"\b(?:welche|nennen? sie|nenne?|wählen? sie|wähle?|geben? sie|gib|kreuzen? sie|kreuze)\s+"
            rf"(?:die\s+)?(?P<many>{'|'.join(_NUMBERS_DE)}|[2-9]|10)\b"
            r"(?!\s*(?:oder|bis|-|–)\b|[.,]\d)",
            re.IGNORECASE,
        ),
        numbers=_NUMBERS_DE,
        connectives=_of(
            "weil und aber oder der die das den dem dessen deren so obwohl wenn wo wahrend falls nicht seit "
            "dann dass als fur mit ohne von zu nach vor bevor sondern denn da um"
        ),
        catch_alls=_whole(
            r"(alle|alles|keine[rs]?|nichts|beide[s]?) (der |die |von |davon|das )?"
            r"(genannten?|obigen?|vorstehenden?|diesen|anderen)?( antworten| punkte| möglichkeiten)?",
            r"(sowohl )?[a-f] (und|als auch) [a-f]",
            r"weder [a-f] noch [a-f]",
        ),
        positions=re.compile(
            rf"\b(?i:option(en)?|antwort(en)?|möglichkeit(en)?)\s+(?:{_LETTER}|\(?[1-9]\b)"
            r"|\b(?i:erste|zweite|dritte|vierte|letzte|oberste|unterste)[nrs]?\s+"
            r"(?i:option|antwort|möglichkeit)(?i:en)?\b"
            r"|\([A-H]\)|\b[A-H]\s+(?i:ist|sind)\s+(?i:richtig|falsch)\b"
        ),
    ),
    "fr": Words(
        absolutes=_of(
            "toujours jamais tous toutes tout aucun aucune personne rien seulement uniquement "
            "exclusivement completement totalement entierement absolument impossible"
        ),
        hedges=_of("presque pas"),
        joins="ou|et",
        negatives=_anywhere(
            r"ne\s+\w+\s+pas(?!\s+seulement)", r"n['’]\w+\s+pas(?!\s+seulement)", "sauf", "excepté", "jamais",
            "aucun", "aucune",
        ),
        catch_alls=_whole(
            r"(tou(te)?s|aucune?)( de)? (ces|les) (réponses|propositions|options|autres)( ci-dessus)?",
            r"(tou(te)?s|aucune?) (d['’]entre )?(ceux|celles|elles|eux)(-ci| ci-dessus)?",
            r"[a-f] et [a-f]",
            r"ni [a-f] ni [a-f]",
        ),
        positions=re.compile(
            rf"\b(?i:options?|réponses?|choix)\s+(?:{_LETTER}|\(?[1-9]\b)"
            r"|\b(?i:premi[eè]re?|deuxième|seconde?|troisième|quatrième|dernière?)s?\s+"
            r"(?i:option|réponse|proposition)s?\b"
            r"|\([A-H]\)"
        ),
    ),
    "es": Words(
        absolutes=_of(
            "siempre nunca jamas todos todas todo ninguno ninguna ningun nadie nada solo solamente "
            "unicamente exclusivamente completamente totalmente absolutamente imposible"
        ),
        hedges=_of("casi no"),
        joins="o|u|y|e",
        negatives=_anywhere(r"no(?!\s+s[oó]lo)", "excepto", "salvo", "nunca", "ningún", "ninguno", "ninguna"),
        catch_alls=_whole(
            r"(tod[oa]s|ningun[oa])( de)? (las|los) (anteriores|demás|respuestas( anteriores)?)",
            r"(nada|todo)( de)? lo anterior",
            r"[a-f] y [a-f]",
            r"ni [a-f] ni [a-f]",
        ),
        positions=re.compile(
            rf"\b(?i:opci(ón|ones)|respuestas?)\s+(?:{_LETTER}|\(?[1-9]\b)"
            r"|\b(?i:primera|segunda|tercera|cuarta|última)s?\s+(?i:opci(ón|ones)|respuestas?)\b"
            r"|\([A-H]\)"
        ),
    ),
}  # fmt: skip
"""All word lists, by the first subtag of the language."""

_NONE = Words()


def words_of(language: str) -> Words:
    """Return the word lists of a language (a BCP 47 tag), empty if there are none."""
    return WORDS.get(main_language(language), _NONE)
