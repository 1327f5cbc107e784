"""How likely something is by chance alone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

LEAST_EXPECTED: Final = 5
"""Chi-square is unreliable where a cell's expectation is lower (W. G. Cochran, Biometrics 10, 1954)."""

MOST_EXACT: Final = 500
"""Up to this many trials probabilities are exact, which takes time in proportion to their square."""


class ChiSquare(NamedTuple):
    """Pearson's test of counts that should be equal."""

    statistic: float
    degrees: int
    """Degrees of freedom: one less than there are cells."""
    p: float
    """The probability, 0 to 1, of counts at least as unequal."""
    expected: float
    """How many each cell is expected to hold."""

    @property
    def is_telling(self) -> bool:
        """Whether there are enough counts for p to be meaningful."""
        return self.expected >= LEAST_EXPECTED


def chi_square_of(counts: Sequence[int]) -> ChiSquare:
    """Test whether counts are spread evenly over two or more cells (K. Pearson, Phil. Mag. 50, 1900)."""
    expected = sum(counts) / len(counts)
    statistic = sum((count - expected) ** 2 for count in counts) / expected if expected else 0.0
    return ChiSquare(statistic, len(counts) - 1, chi_square_tail(statistic, len(counts) - 1), expected)


def chi_square_tail(statistic: float, degrees: int) -> float:
    """Return the probability that chi-square is at least this large.

    These are the finite sums for whole degrees of freedom: Abramowitz and Stegun, Handbook of Mathematical
    Functions (1964), 26.4.4 for odd and 26.4.5 for even ones.
    """
    half = statistic / 2
    if degrees % 2 == 0:
        term = total = math.exp(-half)
        for step in range(1, degrees // 2):
            term *= half / step
            total += term
        return min(1.0, total)
    total = math.erfc(math.sqrt(half))
    term = math.sqrt(statistic) * math.exp(-half) * math.sqrt(2 / math.pi)
    for step in range(3, degrees + 1, 2):
        total += term
        term *= statistic / step
    return min(1.0, total)


def at_least(successes: int, chances: Iterable[float]) -> float:
    """Return the probability of at least so many successes in independent trials, each with its own
    probability.

    With equal probabilities this is the binomial distribution. Exact, by adding one trial after the other;
    beyond MOST_EXACT trials by the normal distribution with the same mean and variance and a continuity
    correction.
    """
    chances = list(chances)
    if len(chances) > MOST_EXACT:
        spread = math.sqrt(sum(chance * (1 - chance) for chance in chances))
        above = successes - 0.5 - sum(chances)
        return math.erfc(above / spread / math.sqrt(2)) / 2 if spread else float(above < 0)
    distribution = [1.0]
    for chance in chances:
        more = [0.0, *(share * chance for share in distribution)]
        fewer = [*(share * (1 - chance) for share in distribution), 0.0]
        distribution = [one + other for one, other in zip(more, fewer, strict=True)]
    return min(1.0, sum(distribution[successes:]))
