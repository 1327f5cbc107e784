"""What runs every time, and what only in the long form."""

from __future__ import annotations

from collections.abc import Iterable
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


def tries(count: int) -> int:
    """Return how many examples are tried of so many that the long form tries: a third in the short one."""
    return min(count, max(5, count * settings.default.max_examples // 100))
