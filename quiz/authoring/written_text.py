"""What shows only in a bank as written: commas that split texts, and texts that need quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from quiz.authoring.rule import BankContext, ItemContext
from quiz.banks.yaml.source_map import SourceText, Spot
from quiz.core.content.diagnostics import Problem, Severity, Where
from quiz.core.content.item import Item

_LISTS = ("distractors", "keys", "order", "accept", "members", "units")
_OTHERWISE = re.compile(
    r"(?i:yes|no|on|off|true|false|null)|~|0\d+|[+-]?0x[0-9a-fA-F]+|\d+(?::[0-5]?\d)+|\d[\d_]*_[\d_]+"
    r"|\d{4}-\d\d?-\d\d?|\d*\.\d*0|\d+[eE][+-]?\d+"
)
"""Texts that YAML 1.1 reads as booleans, nothing, or other numbers than those written."""

MOST_MISREAD: Final = 40
"""The longest such text, in characters."""


def suspects_in(bank_context: BankContext) -> list[Problem]:
    """Return problems with a bank's texts if they are written in certain ways, without what may stand."""
    return [
        problem
        for context in bank_context.items
        for problem in _suspects(context)
        if not context.lets_stand(problem.code)
    ]


def as_suspected(
    suspects: Iterable[Problem], source: SourceText, spots: Mapping[Where, Spot]
) -> Iterator[Problem]:
    """Yield those problems whose texts are written so; `spots` has their places and those around them."""
    for problem in suspects:
        if problem.where not in spots:
            continue
        is_quoted = source.after(spots[problem.where].value[0])[:1] in {"'", '"', "|", ">"}
        above = spots.get(problem.where[:-1])
        in_brackets = above is not None and source.after(above.value[0]).startswith("[")
        if not is_quoted and (in_brackets or problem.code != "comma-in-list"):
            yield problem


def _suspects(context: ItemContext) -> Iterator[Problem]:
    """Yield problems of an item's texts if they are written without quotes."""
    for name in _LISTS:
        yield from _split_texts(getattr(context.item, name, None), ("items", context.place, name), context)
    for where, value in _keys(context.item):
        if len(value) < MOST_MISREAD and _OTHERWISE.fullmatch(value):
            yield Problem(
                "read-otherwise", f"Other programs do not read “{value}” as this text.",
                ("items", context.place, *where), "Put it in quotes.", Severity.NOTE,
            )  # fmt: skip


def _split_texts(values: Any, where: Where, context: ItemContext) -> Iterator[Problem]:
    """Yield entries that look like the rest of a sentence, where all others begin with a capital.

    A list in which an entry holds a comma was written by somebody who quotes such entries.
    """
    if not isinstance(values, tuple) or not all(isinstance(value, str) for value in values):
        return
    split = [
        (place, before, text)
        for place, (before, text) in enumerate(pairwise(values), 1)
        if _goes_on(text, context) and before[:1].isupper() and not _is_whole(before, context)
    ]
    if not split or any("," in text for text in values):
        return
    others = (*values, *(key.text for key in context.keys))
    if any(text[:1].islower() and not _goes_on(text, context) for text in others):
        return
    for place, before, text in split:
        yield Problem(
            "comma-in-list", f"“{text[:60]}” looks like the rest of “{before[:60]}”.", (*where, place),
            "A comma ends an entry in [ ]: put a text that contains one in quotes.", Severity.WARNING,
        )  # fmt: skip


def _goes_on(text: str, context: ItemContext) -> bool:
    """Return whether a text begins like the rest of a sentence, and has several words."""
    if not text[:1].islower():
        return False
    words = text.split()
    return len(words) > 1 and words[0].lower() in context.words.connectives


def _is_whole(text: str, context: ItemContext) -> bool:
    """Return whether a text is a sentence of its own, so that nothing goes on with it."""
    return text.rstrip()[-1:] in ".!?:;" or context.words.is_catch_all(text)


def _keys(item: Item) -> Iterator[tuple[Where, str]]:
    """Yield the keys of an item that are plain texts, with their places."""
    for name in ("key", "back"):
        key = getattr(item, name, None)
        if isinstance(key, str):
            yield (name,), key
    keys = getattr(item, "keys", None)
    if isinstance(keys, tuple):
        for place, key in enumerate(keys):
            if isinstance(key, str):
                yield ("keys", place), key
