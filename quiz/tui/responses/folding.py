"""Marked rows in little room: one line each, but for the one at hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual.content import Content

from quiz.tui.text import join

GAP = 3
"""Cells between a text and what stands at its end."""
MISSED = frozenset({"wrong", "open"})
"""The tones of rows that were not answered right."""


class Fold(NamedTuple):
    """How a row is shown among folded ones."""

    text: int
    """The cells of its text's column."""
    end: int
    """The cells of the column in which it says what is right."""
    is_whole: bool
    """Whether its end has room beside its text with all that it says."""
    is_open: bool
    """Whether it is the row at hand, which says everything."""


def folded_lines(
    head: Content, text: Content, end: Content, beneath: Iterable[Content], width: int, fold: Fold
) -> list[Content]:
    """Return the one line of a folded row, or all lines of the one at hand, which has more to say beneath."""
    if not fold.is_open:
        first, *more = text.split("\n")
        line = (join(first, "…") if more else first).truncate(fold.text, ellipsis=True, pad=True)
        return [head + line + Content.blank(GAP) + end.truncate(fold.end, ellipsis=True)]
    texts, ends = text.wrap(fold.text), end.wrap(fold.end) if end else []
    indent = Content.blank(head.cell_length)
    lines = []
    for place in range(max(len(texts), len(ends))):
        line = texts[place] if place < len(texts) else Content()
        if place < len(ends):
            line = line.pad_right(max(0, fold.text - line.cell_length)) + Content.blank(GAP) + ends[place]
        lines.append((indent if place else head) + line)
    room = max(1, width - head.cell_length)
    return lines + [indent + line for said in beneath if said for line in said.wrap(room)]
