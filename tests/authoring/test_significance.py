"""Chances, held against printed tables and against counting."""

from __future__ import annotations

from itertools import product
from math import comb, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.authoring.significance import at_least, chi_square_of, chi_square_tail


@pytest.mark.parametrize(
    ("degrees", "statistic", "p"),
    [
        (1, 3.841, 0.05), (1, 6.635, 0.01), (2, 5.991, 0.05), (3, 7.815, 0.05), (3, 11.345, 0.01),
        (4, 9.488, 0.05), (5, 15.086, 0.01), (6, 16.812, 0.01), (7, 14.067, 0.05), (10, 18.307, 0.05),
        (9, 27.877, 0.001), (2, 13.816, 0.001),
    ],
)  # fmt: skip
def test_chi_square_is_that_of_the_tables(degrees: int, statistic: float, p: float) -> None:
    assert chi_square_tail(statistic, degrees) == pytest.approx(p, rel=0.002)


@given(st.integers(1, 30), st.floats(0, 200), st.floats(0, 20))
def test_chi_square_is_a_chance_that_falls(degrees: int, statistic: float, more: float) -> None:
    p = chi_square_tail(statistic, degrees)
    assert 0 <= chi_square_tail(statistic + more, degrees) <= p + 1e-12
    assert p <= 1
    assert chi_square_tail(0, degrees) == 1


def test_even_counts_surprise_nobody() -> None:
    even = chi_square_of([5, 5, 5, 5])
    assert (even.statistic, even.degrees, even.p, even.expected) == (0, 3, 1, 5)
    assert even.is_telling
    assert not chi_square_of([9, 0]).is_telling
    assert chi_square_of([0, 0]).p == 1


@pytest.mark.parametrize("successes", range(12))
def test_equal_chances_are_binomial(successes: int) -> None:
    tail = sum(comb(10, hits) * 0.25**hits * 0.75 ** (10 - hits) for hits in range(successes, 11))
    assert at_least(successes, [0.25] * 10) == pytest.approx(tail)


@pytest.mark.parametrize("successes", [140, 165, 180, 200])
def test_many_trials_are_near_enough(successes: int) -> None:
    tail = sum(comb(550, hits) * 0.3**hits * 0.7 ** (550 - hits) for hits in range(successes, 551))
    assert at_least(successes, [0.3] * 550) == pytest.approx(tail, abs=0.01)


def test_many_trials_may_be_certain() -> None:
    assert at_least(3, [0.0] * 1000) == 0
    assert at_least(1000, [1.0] * 1000) == 1


@given(st.lists(st.floats(0, 1), max_size=6), st.integers(0, 7))
def test_unequal_chances_are_counted_out(chances: list[float], successes: int) -> None:
    tail = sum(
        prod(chance if hit else 1 - chance for hit, chance in zip(hits, chances, strict=True))
        for hits in product((0, 1), repeat=len(chances))
        if sum(hits) >= successes
    )
    assert at_least(successes, chances) == pytest.approx(tail, abs=1e-9)
