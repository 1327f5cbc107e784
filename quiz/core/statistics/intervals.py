"""Confidence intervals for shares and correlations."""

from __future__ import annotations

import math
from typing import NamedTuple

Z_95 = 1.959963984540054
"""The 97.5th percentile of the standard normal distribution."""


class Interval(NamedTuple):
    """The ends of a 95 % confidence interval."""

    low: float
    high: float


def wilson(share: float, n: int) -> Interval | None:
    """Return the interval of a share, 0 to 1, of n observations, or None without any.

    E. B. Wilson, Journal of the American Statistical Association 22, 209 (1927). For mean scores with partial
    credit it is wider than necessary: their variance is at most that of right and wrong.
    """
    if n < 1:
        return None
    square = Z_95 * Z_95
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = Z_95 / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def fisher(correlation: float, n: int) -> Interval | None:
    """Return the interval of a correlation, -1 to 1, of n pairs, or None for fewer than four.

    R. A. Fisher, Biometrika 10, 507 (1915): the inverse hyperbolic tangent of a correlation is approximately
    normal with standard deviation 1 / sqrt(n - 3).
    """
    if n < 4:
        return None
    if abs(correlation) >= 1:
        return Interval(correlation, correlation)
    middle, half = math.atanh(correlation), Z_95 / math.sqrt(n - 3)
    return Interval(math.tanh(middle - half), math.tanh(middle + half))
