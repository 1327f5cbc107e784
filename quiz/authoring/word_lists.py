"""The words that rules look for, by language. A rule whose list is empty in a language is off for it."""

from __future__ import annotations

import re

import msgspec

NOTHING = re.compile(r"(?!)")
"""Matches nothing."""


class Words(msgspec.Struct, frozen=True):
    """The word lists of a language."""

    absolutes: frozenset[str] = frozenset()
    """Words that claim too much to be true, normalised."""
    hedges: frozenset[str] = frozenset()
    """Words that soften the claim when they precede one of those."""
    fillers: frozenset[str] = frozenset()
    """Words of four letters or more without content."""
    negatives: re.Pattern[str] = NOTHING
    """What turns a stem into its opposite, anywhere in it."""
    catch_alls: re.Pattern[str] = NOTHING
    """An option that stands for other options: all of it, in lower case, without a full stop."""
    positions: re.Pattern[str] = NOTHING
    """References to an option by its letter or place; only the case of letters matters."""
    has_a_and_an: bool = False
    """Whether the indefinite article depends on the next word."""


def _of(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _anywhere(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{pattern})\b" for pattern in patterns), re.IGNORECASE)


def _whole(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_LETTER = r"[A-H]\)?(?![\w'’])"
"""The letter of an option, in capitals, so that it is not taken for an article."""

WORDS: dict[str, Words] = {
    "en": Words(
        absolutes=_of(
            "always never all none every everyone everybody everything nobody nothing only solely "
            "completely totally entirely absolutely exclusively invariably impossible"
        ),
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
            r"(?i:one|two|three)?\s*(?i:option|answer|choice|alternative|distractor)s?\b"
            rf"|\([A-H]\)|\b[A-H]\s+(?i:is|are)\s+(?i:right|wrong|correct|incorrect|the\s+key)\b"
        ),
        has_a_and_an=True,
    ),
    "de": Words(
        absolutes=_of(
            "immer nie niemals alle alles keine keiner keines kein jeder jede jedes jedem jeden niemand "
            "nichts nur stets ausschliesslich ausnahmslos vollstandig vollig ganzlich unmoglich"
        ),
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
    return WORDS.get(language.partition("-")[0].lower(), _NONE)
