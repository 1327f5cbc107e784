"""Bars and lines of text that show a number's size."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from quiz.core.text.phrases import whole_per_cent

MOVES_FOR = 0.2
"""Seconds in which a bar grows or a score is counted up."""
_SPARKS = "▁▂▃▄▅▆▇█"
_EIGHTHS = "▏▎▍▌▋▊▉"


def bar(share: float, width: int, style: str = "$text-primary", rest: str = "$border") -> Content:
    """Return a line of a width in cells, heavy up to a share from 0 to 1 and thin from there on."""
    width = max(1, width)
    share = max(0.0, min(1.0, share))
    full = round(share * width)
    if 0 < share < 1:
        full = min(max(full, 1), width - 1)  # something is never nothing, nor all
    return Content.assemble(("━" * full, style), ("─" * (width - full), rest))


def block_bar(share: float, width: int, style: str = "$text-primary", rest: str = "$panel") -> Content:
    """Return a bar of a width in cells, filled to an eighth of a cell up to a share, 0 to 1."""
    width = max(1, width)
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    if 0 < share < 1:
        eighths = min(max(eighths, 1), width * 8 - 1)  # something is never nothing, nor all
    whole, part = divmod(eighths, 8)
    drawn = "█" * whole + (_EIGHTHS[part - 1] if part else "")
    return Content.assemble((f"{drawn:<{width}}", f"{style} on {rest}"))


def sparkline(values: Sequence[float]) -> str:
    """Return a line of blocks, one for each value from 0 to 1."""
    return "".join(_SPARKS[min(7, int(max(0.0, min(1.0, value)) * 8))] for value in values)


def percent(share: float) -> str:
    """Return a share from 0 to 1 as whole per cent, right-aligned in six cells: one is free before 100 %."""
    return f"{whole_per_cent(share):4d} %"
