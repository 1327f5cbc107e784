"""What a chart can draw, as values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Points: TypeAlias = tuple[tuple[float, float], ...]
Ticks: TypeAlias = tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Bars:
    """Bars side by side."""

    values: tuple[float, ...]
    solid: tuple[float, ...] = ()
    """How much of each is drawn solid; all of it where nothing is said."""
    tick: Callable[[int], str] = str
    """What is written beneath a bar, given its place among the values."""
    every: int = 7
    """How many bars apart something is written beneath them."""
    is_past: bool = False
    """Whether the last bars matter most: where there is no room for all, the first ones are left out."""


@dataclass(frozen=True)
class Trace:
    """A line, dots, and guide lines behind them."""

    x_limits: tuple[float, float]
    y_limits: tuple[float, float]
    x_ticks: Ticks
    y_ticks: Ticks
    line: Points = ()
    dots: Points = ()
    guides: tuple[Points, ...] = ()


Drawing: TypeAlias = Bars | Trace
