"""Bars and lines of text that show a number's size."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

_EIGHTHS = " ▏▎▍▌▋▊▉"
_SPARKS = "▁▂▃▄▅▆▇█"


def bar(share: float, width: int, style: str = "$text-primary", rest: str = "$foreground-muted") -> Content:
    """Return a bar of a width in cells that is filled to a share from 0 to 1."""
    width = max(1, width)
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    full, part = divmod(eighths, 8)
    filled = "█" * full + (_EIGHTHS[part] if part and full < width else "")
    return Content.assemble((filled, style), ("░" * (width - len(filled)), rest))


def sparkline(values: Sequence[float]) -> str:
    """Return a line of blocks, one for each value from 0 to 1."""
    return "".join(_SPARKS[min(7, int(max(0.0, min(1.0, value)) * 8))] for value in values)


def percent(share: float) -> str:
    """Return a share from 0 to 1 as whole per cent, right-aligned in five cells."""
    return f"{round(share * 100):3d} %"
