"""The forms in which an answer may be written: figures or words, with a title, a unit, in the plural."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final, TypeAlias

from quiz.core.text.answer_matching import joined, normalised
from quiz.core.text.answer_rules import AnswerRules, Strictness
from quiz.core.text.number_words import ORDINAL, with_figures
from quiz.core.text.plurals import is_plural
from quiz.core.text.words_around_answers import AMOUNTS, DETERMINERS, TITLES, YEAR_LEADS

_GERMAN_ORDINAL = re.compile(r"(?<![\d.,])(\d{1,4})\.(?=\s|$)")
_YEAR = re.compile(r"\d{3,4}s?")
_MOST_WORDS: Final = 30
"""Longer answers are read only as they are written."""

_Change: TypeAlias = Callable[[str, AnswerRules], Iterable[str]]


def forms_of(text: str, rules: AnswerRules) -> tuple[str, ...]:
    """Return the forms in which a text may be compared with another, its own form first, each once."""
    return _forms_of(text, rules.language, rules.strict, rules.stem)


@lru_cache(maxsize=2048)
def _forms_of(text: str, language: str, strict: frozenset[Strictness], stem: str) -> tuple[str, ...]:
    rules = AnswerRules(language, strict, stem=stem)
    found = dict.fromkeys(
        with_own_figures(normalised(written, language, strict), rules) for written in _written(text, rules)
    )
    waiting = [form for form in found if form.count(" ") < _MOST_WORDS]
    while waiting:
        form = waiting.pop()
        for change in _CHANGES:
            for changed in change(form, rules):
                if changed and changed not in found:
                    found[changed] = None
                    waiting.append(changed)
    return tuple(found)


def with_own_figures(text: str, rules: AnswerRules) -> str:
    """Return a normalised text with figures for number words, unless the rules distinguish them."""
    return text if "number" in rules.strict else with_figures(text, rules.main_language)


def _written(text: str, rules: AnswerRules) -> Iterator[str]:
    """Yield a text, then with its words in their usual order, and with German ordinals spelled out."""
    yield text
    last, comma, first = text.partition(",")
    if comma and "," not in first and "order" not in rules.strict and _is_name(last) and _is_name(first):
        yield f"{first.strip()} {last.strip()}"
    if rules.main_language == "de" and "number" not in rules.strict:
        yield _GERMAN_ORDINAL.sub(rf"\1{ORDINAL}", text)


def _is_name(text: str) -> bool:
    """Return whether a text may be half of a name."""
    words = text.split()
    return 1 <= len(words) <= 3 and all(word.replace(".", "").replace("-", "").isalpha() for word in words)


def _without_lead(form: str, leads: Iterable[str]) -> Iterator[str]:
    for lead in leads:
        if form.startswith(f"{lead} "):
            yield form[len(lead) + 1 :]
            return


def _without_determiner(form: str, rules: AnswerRules) -> Iterator[str]:
    first, _, rest = form.partition(" ")
    if first.casefold() in DETERMINERS.get(rules.main_language, ()):
        yield rest


def _without_amount(form: str, rules: AnswerRules) -> Iterator[str]:
    yield from _without_lead(form, AMOUNTS.get(rules.main_language, ()))


def _without_title(form: str, rules: AnswerRules) -> Iterator[str]:
    first, _, rest = form.partition(" ")
    if first.casefold() in TITLES.get(rules.main_language, ()) and not any(map(str.isdigit, rest)):
        yield rest


def _without_year_lead(form: str, rules: AnswerRules) -> Iterator[str]:
    for rest in _without_lead(form, YEAR_LEADS.get(rules.main_language, ())):
        if _YEAR.fullmatch(rest):
            yield rest


def _without_named_unit(form: str, rules: AnswerRules) -> Iterator[str]:
    number, _, unit = form.partition(" ")
    if unit and number.isdecimal() and is_named(unit, rules):
        yield number


_CHANGES: Final[tuple[_Change, ...]] = (
    _without_determiner, _without_amount, _without_title, _without_year_lead, _without_named_unit,
)  # fmt: skip


def is_named(words: str, rules: AnswerRules) -> bool:
    """Return whether the stem contains some normalised words, in the singular or the plural."""
    stem = normalised(rules.stem, rules.language).split()
    return all(
        any(word == named or is_plural(word, named, rules.main_language) for named in stem)
        for word in words.casefold().split()
    )


def says_the_same(typed: str, meant: str, rules: AnswerRules) -> bool:
    """Return whether what was typed is another form of what was meant.

    Either of the two may have additional words, but not both: a king is not a queen.
    """
    said, wanted = forms_of(typed, rules), forms_of(meant, rules)
    return any(
        _are_alike(one, other, rules)
        for one, other in (*((form, wanted[0]) for form in said), *((said[0], form) for form in wanted))
    )


def _are_alike(one: str, other: str, rules: AnswerRules) -> bool:
    """Return whether two forms are the same except for spaces and the plural of their nouns."""
    if joined(one, rules.strict) == joined(other, rules.strict):
        return True
    if "number" in rules.strict:
        return False
    words, others = one.split(), other.split()
    return len(words) == len(others) and all(
        word == wanted or is_plural(word, wanted, rules.main_language)
        for word, wanted in zip(words, others, strict=True)
    )
