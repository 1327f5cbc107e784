"""What runs every time, and what only in the long form."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

import pytest
from hypothesis import settings


def one_in(step: int, cases: Iterable[Any]) -> list[Any]:
    """Return cases as parameters, of which but one in so many runs every time; a tuple is several values."""
    return [
        pytest.param(
            *(case if isinstance(case, tuple) else (case,)), marks=[pytest.mark.long] if n % step else []
        )
        for n, case in enumerate(cases)
    ]


def spread(*axes: Iterable[Any], turns: int = 1) -> list[Any]:
    """Return the product of some values as parameters, of which a few run every time: each value is in one.

    With more turns, each value is in about so many of them, with others beside it.
    """
    values = [list(axis) for axis in axes]
    rounds = max(map(len, values))
    short = {
        tuple((number + turn * place) % len(axis) for place, axis in enumerate(values))
        for turn in range(turns)
        for number in range(rounds)
    }
    return [
        pytest.param(
            *(axis[place] for axis, place in zip(values, places, strict=True)),
            marks=[] if places in short else [pytest.mark.long],
        )
        for places in product(*(range(len(axis)) for axis in values))
    ]


def tries(count: int) -> int:
    """Return how many examples are tried of so many that the long form tries: a third in the short one."""
    return min(count, max(5, count * settings.default.max_examples // 100))
