"""Measuring things beside each other, so that a busy machine slows both alike."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from typing import NamedTuple


class Row(NamedTuple):
    """A line of the table."""

    what: str
    figure: str
    beside: str = ""
    """What it was measured against, in the same run."""
    ratio: float | None = None
    goal: float | None = None
    """The most that the ratio should be."""


def beside_each_other(
    measures: Mapping[str, Callable[[], float]], rounds: int, warm_up: int = 1
) -> dict[str, list[float]]:
    """Take each measure in turn, round after round, and return all values; warm-up rounds are left out."""
    taken: dict[str, list[float]] = {name: [] for name in measures}
    for number in range(warm_up + rounds):
        for name, measure in measures.items():
            value = measure()
            if number >= warm_up:
                taken[name].append(value)
    return taken


def ratio(taken: Mapping[str, list[float]], what: str, base: str) -> float:
    """Return the median of the ratios of two measures, round by round."""
    return statistics.median(one / other for one, other in zip(taken[what], taken[base], strict=True))


def milliseconds(seconds: float) -> str:
    """Write a time."""
    return f"{seconds * 1000:,.1f} ms" if seconds < 1 else f"{seconds:,.2f} s"


def table(rows: list[Row]) -> str:
    """Return rows as a Markdown table."""
    lines = ["| what | figure | beside | ratio | goal |", "| --- | --- | --- | --- | --- |"]
    for row in rows:
        shown = f"{row.ratio:.2f}×" if row.ratio is not None else ""
        goal = f"{row.goal:.2f}×" if row.goal is not None else ""
        lines.append(f"| {row.what} | {row.figure} | {row.beside} | {shown} | {goal} |")
    return "\n".join(lines)
