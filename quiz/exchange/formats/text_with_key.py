"""Banks as plain text with their keys after the questions."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from quiz.core.content.bank import Bank
from quiz.exchange.declaration import Format, Written
from quiz.exchange.formats import text


def write(bank: Bank, media: Mapping[str, bytes]) -> Written:  # noqa: ARG001
    """Write the questions of a bank, then their keys and rationales."""
    lines = [text.text_of(bank), "\f", "Key", "---", ""]
    for number, item in enumerate(bank.items, 1):
        start = f"{number}. "
        parts = [item.key_text(), item.rationale]
        said = "\n".join(part for part in parts if part).split("\n")
        room = " " * len(start)
        wrapped = [
            line
            for piece in said
            for line in textwrap.wrap(piece, 78, initial_indent=room, subsequent_indent=room)
        ]
        lines.append(start + "\n".join(wrapped).strip())
    return Written("\n".join([*lines, ""]).encode())


FORMAT = Format(
    name="text-with-key",
    title="plain text with its key",
    endings=(".txt",),
    about="As plain text, with the keys and the rationales behind the questions, on a page of their own.",
    writes={kind: kept | {"rationale"} for kind, kept in text.FORMAT.writes.items()},
    write=write,
)
