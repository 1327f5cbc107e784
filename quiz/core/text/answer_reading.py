"""Reading a typed answer as a fair teacher would."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from quiz.core.text.answer_forms import forms_of, is_named, says_the_same, with_own_figures
from quiz.core.text.answer_matching import (
    MatchKind,
    are_opposites,
    articles_of,
    distance,
    find,
    is_slip,
    is_spelt_as,
    joined,
    normalised,
)
from quiz.core.text.answer_rules import USUAL_RULES, AnswerRules
from quiz.core.text.plurals import is_plural
from quiz.core.text.words_around_answers import BESIDE_A_NUMBER, CHANGING, LISTING, PLACES

MOST_OTHER_WORDS: Final = 4
"""How many other words may surround an answer."""
ONE_ONLY: Final = "give one answer only"
_LIST_SIGN: Final = re.compile(r"[,;/](?!\d)")


class AnswerReading(NamedTuple):
    """How a typed answer was read."""

    fit: MatchKind
    place: int = -1
    """The place of the variant that it fits or comes near to."""
    remark: str = ""
    """What to say more exactly, as the end of a sentence; only if it is inexact."""


_NONE: Final = AnswerReading(MatchKind.NONE)


def read_answer(
    typed: str,
    variants: Sequence[str],
    *,
    refused: Sequence[str] = (),
    others: Sequence[str] = (),
    rules: AnswerRules = USUAL_RULES,
) -> AnswerReading:
    """Read a typed answer to a question with several right variants, the usual one first.

    `refused` are wrong answers that the author expects; `others` are right elsewhere in the same item.
    Neither counts as a misspelling, and neither may be among the words around an answer. Anything that
    contains a refused text is wrong; what is neither right nor wrong is inexact, with a remark on what is
    missing.
    """
    wrong = (*refused, *others)
    found = find(
        typed, variants, refused=wrong, language=rules.language, strict=rules.strict, is_word=rules.is_word
    )
    if found.fit is MatchKind.EXACT or "all" in rules.strict or not typed.strip():
        return AnswerReading(*found)
    place = next((place for place, text in enumerate(variants) if says_the_same(typed, text, rules)), -1)
    if _says_one_of(typed, wrong, rules) and not (place >= 0 and _is_closer(typed, variants, wrong, rules)):
        return _NONE
    if place >= 0:
        return AnswerReading(MatchKind.FORM, place)
    if found.fit is MatchKind.NEAR:
        return AnswerReading(*found)
    readings = [_read_beside(typed, text, place, wrong, rules) for place, text in enumerate(variants)]
    order = (MatchKind.FORM, MatchKind.NEAR, MatchKind.INEXACT, MatchKind.NONE)
    return min(readings, key=lambda reading: order.index(reading.fit), default=_NONE)


def has_unusual_spelling(
    typed: str, read: AnswerReading, variants: Sequence[str], rules: AnswerRules = USUAL_RULES
) -> bool:
    """Return whether a right answer is spelt unlike each of the variants."""
    if read.fit is MatchKind.EXACT:
        return not any(is_spelt_as(typed, variant, rules.language) for variant in variants)
    return read.fit is MatchKind.NEAR


def _says_one_of(typed: str, texts: Sequence[str], rules: AnswerRules) -> bool:
    return any(says_the_same(typed, text, rules) for text in texts)


def _is_closer(typed: str, variants: Sequence[str], wrong: Sequence[str], rules: AnswerRules) -> bool:
    """Return whether a text is fewer changes away from a variant than from a wrong text."""
    for form in forms_of(typed, rules):
        if any(joined(form) == joined(forms_of(text, rules)[0]) for text in wrong):
            return False
        if any(joined(form) == joined(forms_of(text, rules)[0]) for text in variants):
            return True
    return False


def _read_beside(
    typed: str, meant: str, place: int, wrong: Sequence[str], rules: AnswerRules
) -> AnswerReading:
    """Read what is neither a form of a variant nor misspelt: more than it, less than it, or close to it."""
    for fit, remark in (
        *_more_than(typed, meant, wrong, rules),
        *_less_than(typed, meant, rules),
        *_close_to(typed, meant, wrong, rules),
    ):
        return AnswerReading(fit, place, remark)
    return _NONE


def _more_than(
    typed: str, meant: str, wrong: Sequence[str], rules: AnswerRules
) -> Iterator[tuple[MatchKind, str]]:
    """Yield readings of an answer that contains the whole variant and other words."""
    said, wanted = _words(typed, rules), _words(meant, rules)
    start = _place_in(wanted, said)
    if start is None or len(said) == len(wanted):
        return
    around = said[:start] + said[start + len(wanted) :]
    if "articles" in rules.strict and not articles_of(rules.language).isdisjoint(around):
        return
    if not CHANGING.get(rules.main_language, CHANGING["en"]).isdisjoint(around):
        yield MatchKind.INEXACT, "say what it is, not what it is not or nearly is"
    elif not LISTING.isdisjoint(around) or _lists(typed, meant) or _holds_one_of(said, wrong, rules):
        yield MatchKind.INEXACT, ONE_ONLY
    elif len(around) > MOST_OTHER_WORDS:
        yield MatchKind.INEXACT, "use fewer words"
    elif any(map(str.isdigit, "".join(wanted))):
        is_clear = all(word in BESIDE_A_NUMBER or is_named(word, rules) for word in around)
        yield (MatchKind.FORM, "") if is_clear else (MatchKind.INEXACT, "give the number only")
    elif sum(map(len, wanted)) < 3:
        yield MatchKind.INEXACT, "give that part only"
    elif _is_longer_name(typed, meant, rules):
        yield MatchKind.INEXACT, "that is a longer name, of something else"
    else:
        yield MatchKind.FORM, ""


def _is_longer_name(typed: str, meant: str, rules: AnswerRules) -> bool:
    """Return whether a name goes on, as the Pacific does in Pacific Rim, beyond saying what it names."""
    cased = rules.strict | {"case"}
    said, wanted = (normalised(text, rules.language, cased).split() for text in (typed, meant))
    start = _place_in(wanted, said)
    if start is None or not wanted[-1][:1].isupper():
        return False
    after = said[start + len(wanted) :][:1]
    return any(
        word.istitle() and word.casefold() not in PLACES and not is_named(word.casefold(), rules)
        for word in after
    )


def _less_than(typed: str, meant: str, rules: AnswerRules) -> Iterator[tuple[MatchKind, str]]:
    """Yield readings of part of a variant: some of its words, or half of a compound."""
    said, wanted = _words(typed, rules), _words(meant, rules)
    start = _place_in(said, wanted)
    if start is not None and len(said) < len(wanted):
        missing = wanted[:start] + wanted[start + len(said) :]
        is_negated = not CHANGING.get(rules.main_language, CHANGING["en"]).isdisjoint(missing)
        if len("".join(said)) < 3 and not said[0].isdecimal():
            return
        if not is_negated and not any(map(str.isdigit, "".join(missing))):
            is_number = all(word.isdecimal() for word in said)
            yield MatchKind.INEXACT, "add the unit" if is_number else "that is only part of it"
    elif len(said) == len(wanted) == 1 and len(said[0]) >= 4 and said[0].isalpha():
        rest = len(wanted[0]) - len(said[0])
        is_half = rest >= 4 and (wanted[0].startswith(said[0]) or wanted[0].endswith(said[0]))
        if (
            is_half
            and not are_opposites(said[0], wanted[0])
            and not _begins_with_opposite(wanted[0], said[0])
        ):
            yield MatchKind.INEXACT, "that is only part of it"


def _close_to(
    typed: str, meant: str, wrong: Sequence[str], rules: AnswerRules
) -> Iterator[tuple[MatchKind, str]]:
    """Yield readings of another word of the same family, or of one that is a letter away."""
    said, wanted = _words(typed, rules), _words(meant, rules)
    if "spelling" in rules.strict or len(said) != len(wanted):
        return
    different = [(one, other) for one, other in zip(said, wanted, strict=True) if one != other]
    if len(different) != 1 or not all(map(str.isalpha, different[0])):
        return
    one, other = different[0]
    said_text, wrong_texts = " ".join(said), (" ".join(_words(text, rules)) for text in wrong)
    if are_opposites(one, other) or ("number" in rules.strict and is_plural(one, other, rules.language)):
        return
    if any(distance(said_text, text) <= distance(said_text, " ".join(wanted)) for text in wrong_texts):
        return
    shared = len(_common_beginning(one, other))
    is_of_family = shared >= 5 and shared >= 0.6 * max(len(one), len(other))
    if is_of_family and is_slip(one, other):
        yield MatchKind.INEXACT, "another form of the word, or another word of its family, is meant"
        return
    without_list = find(typed, [meant], refused=wrong, language=rules.language, strict=rules.strict)
    if rules.is_word is not None and without_list.fit is MatchKind.NEAR:
        yield MatchKind.INEXACT, f"“{one}” is another word"


def _words(text: str, rules: AnswerRules) -> list[str]:
    return with_own_figures(normalised(text, rules.language, rules.strict), rules).split()


def _place_in(part: Sequence[str], whole: Sequence[str]) -> int | None:
    """Return where a run of words occurs in another, or None."""
    starts = range(len(whole) - len(part) + 1) if part else ()
    return next((start for start in starts if whole[start : start + len(part)] == part), None)


def _lists(typed: str, meant: str) -> bool:
    """Return whether signs between words separate several answers."""
    return len(_LIST_SIGN.findall(typed)) > len(_LIST_SIGN.findall(meant))


def _holds_one_of(said: Sequence[str], texts: Sequence[str], rules: AnswerRules) -> bool:
    return any(_place_in(_words(text, rules), said) is not None for text in texts)


def _common_beginning(one: str, other: str) -> str:
    length = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    return one[: min(len(one), len(other)) if length is None else length]


def _begins_with_opposite(word: str, rest: str) -> bool:
    """Return whether the beginning of a word makes its opposite of the rest."""
    before = word.removesuffix(rest)
    return before != word and before in {
        "anti",
        "counter",
        "contra",
        "gegen",
        "under",
        "over",
        "inter",
        "intra",
    }
