"""Classical item analysis of an exam, as Moodle defines it.

The formulas are those of Moodle's `question/classes/statistics` and `mod/quiz/report/statistics`, described
on docs.moodle.org/dev/Quiz_statistics_calculations. Variances and covariances are those of samples (divided
by n - 1). Discrimination, efficiency, effective weight and the figures of reliability are per cent, as there.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Hashable, Mapping, Sequence
from operator import mul
from typing import Generic, TypeVar

import msgspec

from quiz.core.statistics.intervals import Interval, fisher, wilson

K = TypeVar("K", bound=Hashable)

LEAST_FOR_DISCRIMINATION = 10
"""The least number of attempts for a meaningful correlation."""
_NOTHING = 1e-12
"""Relative to the squared marks. A smaller variance comes from rounding."""


class ItemAnalysis(msgspec.Struct, frozen=True, kw_only=True):
    """How an item did in some attempts at an exam."""

    n: int
    out_of: float
    """Its full marks."""
    mean: float
    """The mean mark."""
    facility: float | None
    """The mean mark as a share of `out_of`, 0 to 1; None where that is 0."""
    facility_interval: Interval | None
    sd: float | None
    """The standard deviation of the marks; None for fewer than two attempts."""
    discrimination: float | None
    """The discrimination index: its correlation with the sum of all other marks, -100 to 100."""
    discrimination_interval: Interval | None
    efficiency: float | None
    """The discriminative efficiency: the covariance as a share of the greatest possible one, -100 to 100."""
    effective_weight: float | None
    """How much of the spread of the totals it causes, 0 to 100; None if it works against the others."""


class ExamAnalysis(msgspec.Struct, frozen=True, kw_only=True):
    """How an exam did as a whole. Marks are in the exam's own unit."""

    n: int
    out_of: float
    mean: float
    median: float
    sd: float | None
    skewness: float | None
    kurtosis: float | None
    """The excess over a normal distribution."""
    alpha: float | None
    """Cronbach's alpha, Moodle's coefficient of internal consistency, at most 100; it may be negative."""
    error_ratio: float | None
    """The standard error in per cent of the standard deviation; above 100 for a negative alpha."""
    standard_error: float | None
    """The standard error of a total, in marks."""


class Analysis(msgspec.Struct, Generic[K], frozen=True, kw_only=True):
    """An exam's analysis, as a whole and per item."""

    exam: ExamAnalysis
    items: dict[K, ItemAnalysis]
    totals: tuple[float, ...]
    """The sum of the marks of each attempt."""


def analysed(out_of: Mapping[K, float], attempts: Sequence[Mapping[K, float]]) -> Analysis[K]:
    """Analyse attempts at the same items.

    `out_of` are the full marks of each item. Each attempt gives a mark for every item. Raises ValueError
    without attempts, KeyError where one lacks an item.
    """
    if not attempts:
        raise ValueError("There is nothing to analyse.")
    totals = [math.fsum(attempt[item] for item in out_of) for attempt in attempts]
    marks = {item: [attempt[item] for attempt in attempts] for item in out_of}
    with_total = {item: _covariance(own, totals) for item, own in marks.items()}
    spread = math.fsum(math.sqrt(max(0.0, covariance or 0.0)) for covariance in with_total.values())
    items = {
        item: _item(own, totals, out_of[item], _effective_weight(with_total[item], spread))
        for item, own in marks.items()
    }
    variances = math.fsum(_variance(own) or 0.0 for own in marks.values())
    exam = _exam(totals, math.fsum(out_of.values()), len(out_of), variances)
    return Analysis(exam=exam, items=items, totals=tuple(totals))


def facility_of(marks: Sequence[float], out_of: float) -> float | None:
    """Return the mean mark as a share of the full marks, 0 to 1, or None if those are 0."""
    return math.fsum(marks) / len(marks) / out_of if marks and out_of else None


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return Pearson's correlation, -1 to 1, or None if one of the two does not vary."""
    of_first = _variance(first)
    of_second = _variance(second) if of_first else None
    both = _covariance(first, second) if of_second else None
    if not of_first or not of_second or both is None:
        return None
    return both / math.sqrt(of_first * of_second)


def item_alone(marks: Sequence[float], out_of: float) -> ItemAnalysis:
    """Analyse an item whose attempts share no other items, so that there are no totals to compare it with."""
    return _described(marks, out_of, None, None, None)


def _item(
    marks: Sequence[float], totals: Sequence[float], out_of: float, weight: float | None
) -> ItemAnalysis:
    others = [total - mark for total, mark in zip(totals, marks, strict=True)]
    together = correlation(marks, others)
    greatest = _covariance(sorted(marks), sorted(others))
    efficiency = None
    if together is not None and greatest:
        efficiency = 100 * (_covariance(marks, others) or 0.0) / greatest
    return _described(marks, out_of, together, efficiency, weight)


def _described(
    marks: Sequence[float],
    out_of: float,
    together: float | None,
    efficiency: float | None,
    weight: float | None,
) -> ItemAnalysis:
    n, facility = len(marks), facility_of(marks, out_of)
    variance = _variance(marks)
    interval = None if together is None else fisher(together, n)
    return ItemAnalysis(
        n=n,
        out_of=out_of,
        mean=math.fsum(marks) / n if n else 0.0,
        facility=facility,
        facility_interval=None if facility is None else wilson(min(1.0, max(0.0, facility)), n),
        sd=None if variance is None else math.sqrt(variance),
        discrimination=None if together is None else 100 * together,
        discrimination_interval=None if interval is None else Interval(*(100 * end for end in interval)),
        efficiency=efficiency,
        effective_weight=weight,
    )


def _effective_weight(covariance: float | None, spread: float) -> float | None:
    if covariance is None or covariance < 0 or not spread:
        return None
    return 100 * math.sqrt(covariance) / spread


def _exam(totals: Sequence[float], out_of: float, items: int, mark_variances: float) -> ExamAnalysis:
    """Return the figures of the whole, with skewness and kurtosis from Fisher's k-statistics."""
    n, mean = len(totals), math.fsum(totals) / len(totals)
    variance = _variance(totals)
    sd = None if variance is None else math.sqrt(variance)
    skewness = kurtosis = alpha = ratio = error = None
    if variance and sd and n > 2:
        m2, m3, m4 = (math.fsum((total - mean) ** power for total in totals) / n for power in (2, 3, 4))
        skewness = n * n * m3 / ((n - 1) * (n - 2)) / sd**3
        if n > 3:
            k4 = n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2) / ((n - 1) * (n - 2) * (n - 3))
            kurtosis = k4 / variance**2
        if items > 1:
            alpha = 100 * items / (items - 1) * (1 - mark_variances / variance)
            ratio = 100 * math.sqrt(max(0.0, 1 - alpha / 100))
            error = ratio * sd / 100
    return ExamAnalysis(
        n=n,
        out_of=out_of,
        mean=mean,
        median=statistics.median(totals),
        sd=sd,
        skewness=skewness,
        kurtosis=kurtosis,
        alpha=alpha,
        error_ratio=ratio,
        standard_error=error,
    )


def _variance(values: Sequence[float]) -> float | None:
    return _covariance(values, values)


def _covariance(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return the covariance of a sample, or None for fewer than two pairs. Rounding errors count as 0."""
    n = len(first)
    if n < 2:
        return None
    total = math.fsum(map(mul, _deviations(first), _deviations(second)))
    if abs(total) <= _NOTHING * n * _greatest(first) * _greatest(second):
        size = math.sqrt(math.fsum(a * a for a in first) * math.fsum(b * b for b in second))
        total = 0.0 if abs(total) <= _NOTHING * size else total
    return total / (n - 1)


def _greatest(values: Sequence[float]) -> float:
    """Return the greatest of some values without their signs."""
    return max(abs(max(values)), abs(min(values)))


def _deviations(values: Sequence[float]) -> list[float]:
    """Return the differences of some values from their mean."""
    mean = math.fsum(values) / len(values)
    return [value - mean for value in values]
