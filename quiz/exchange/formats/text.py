"""Banks as plain text without their keys, for reading or printing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Final

from quiz.core.content.bank import Bank
from quiz.core.content.item import Item
from quiz.core.content.kinds import all_kinds
from quiz.exchange.declaration import Format, Written
from quiz.exchange.rendering import front_of

_WIDTH: Final = 78
_BLANK: Final = "_" * 12


def write(bank: Bank, media: Mapping[str, bytes]) -> Written:  # noqa: ARG001
    """Write the questions of a bank, numbered, with lines to write on."""
    return Written(text_of(bank).encode())


def text_of(bank: Bank) -> str:
    """Return the questions of a bank as text."""
    pieces = [_headed(bank.title, "=")]
    if bank.summary:
        pieces.append(f"{_wrapped(bank.summary, '')}\n")
    topic = None
    for number, item in enumerate(bank.items, 1):
        title = bank.topic_title(item)
        if title != topic and (title or topic):
            pieces.append(_headed(title or "More", "-"))
        topic = title
        pieces.append(_question(bank, item, number))
    return "\n".join(pieces)


def _headed(text: str, line: str) -> str:
    shown = " ".join(text.split())
    return f"{shown}\n{line * min(len(shown), _WIDTH)}\n"


def _question(bank: Bank, item: Item, number: int) -> str:
    start = f"{number}. "
    room = " " * len(start)
    lines = _wrapped(front_of(bank, item), room).split("\n")
    lines[0] = start + lines[0].strip()
    return "\n".join([*lines, *(f"{room}{line}" for line in _to_write_on(item)), ""])


def _to_write_on(item: Item) -> Iterator[str]:
    """Yield lines for written answers, where they are not beside the options."""
    if item.kind in {"short-answer", "numeric", "flashcard"}:
        yield f"{_BLANK * 2} {getattr(item, 'unit', '')}".rstrip()
    elif item.kind == "listing":
        for number in range(1, getattr(item, "asked_for", 1) + 1):
            yield f"{number}) {_BLANK * 2}"


def _wrapped(text: str, room: str) -> str:
    lines: list[str] = []
    for line in text.split("\n"):
        lines += textwrap.wrap(line, _WIDTH, initial_indent=room, subsequent_indent=room) or [""]
    return "\n".join(lines)


FORMAT = Format(
    name="text",
    title="plain text",
    endings=(".txt",),
    about="For reading or printing: the questions without their keys, with lines to write on.",
    writes=dict.fromkeys(all_kinds(), frozenset({"topic", "stimulus", "unit", "ask_for"})),
    write=write,
)
