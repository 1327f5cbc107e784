"""Items as texts, for formats that hold less than a bank does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_uppercase
from typing import NamedTuple

from quiz.core.content.bank import Bank
from quiz.core.content.interaction import Choose, Match, Order, Sort
from quiz.core.content.item import Item, Option, feedback_of, text_of
from quiz.core.content.kinds.cloze import Cloze


class Answer(NamedTuple):
    """An option, with what a format may use of it."""

    text: str
    is_right: bool
    feedback: str


def answers_of(item: Item) -> tuple[Answer, ...]:
    """Return the options of an item of a kind with options, keys first; empty for other kinds."""
    keys = getattr(item, "keys", None) if item.kind == "multiple-response" else (getattr(item, "key", ""),)
    if item.kind not in {"single-choice", "multiple-response"} or keys is None:
        return ()
    wrong: tuple[str | Option, ...] = getattr(item, "distractors", ())
    return (
        *(Answer(text_of(key), True, feedback_of(key)) for key in keys),
        *(Answer(text_of(option), False, feedback_of(option)) for option in wrong),
    )


def full_stem(bank: Bank, item: Item) -> str:
    """Return the stem of an item, after its stimulus if it has one."""
    stimulus = bank.stimuli.get(item.stimulus)
    if stimulus is None:
        return item.stem
    table = "\n".join(" | ".join(row) for row in stimulus.table)
    parts = (stimulus.title, stimulus.text or stimulus.code or table, item.stem)
    return "\n\n".join(part.strip() for part in parts if part.strip())


def front_of(bank: Bank, item: Item) -> str:
    """Return the front of a flashcard for an item: the stem with its options."""
    stem = full_stem(bank, item)
    if isinstance(item, Cloze):
        stem = "\n".join([stem, re.sub(r"\{\{[^{}]*\}\}", "_____", item.text)])
    return "\n".join([stem, *_choices(item)])


def _choices(item: Item) -> Iterator[str]:
    """Yield the options in an order that does not give the key away."""
    match item.interaction():
        case Choose(options):
            shown = options if item.kind == "true-false" else sorted(options)
            yield from (f"{lettered(place)}) {text}" for place, text in enumerate(shown))
        case Order(entries):
            yield from (f"- {entry}" for entry in sorted(entries))
        case Match(lefts, rights):
            yield f"{'; '.join(lefts)} — {'; '.join(sorted(rights))}"
        case Sort(members, bins):
            yield f"{'; '.join(bins)} — {'; '.join(sorted(members))}"


def lettered(place: int) -> str:
    """Return the letter for a place from 0: A to Z, then AA and on."""
    before = "" if place < 26 else lettered(place // 26 - 1)
    return before + ascii_uppercase[place % 26]
