"""Item analysis: Moodle's own expected values, and what must hold of any marks."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.statistics.intervals import fisher, wilson
from quiz.core.statistics.item_analysis import analysed, correlation, item_alone

# Marks of 22 attempts at slots 8 to 20, from the fixture of Moodle's quiz_statistics; slots 1 to 7 are 0.
SLOTS = (8, 9, 10, 11, 12, 19, 20, 17, 18, 14, 15, 16, 13)
MARKS = """
5.5 .3 .9 1 .3 0 1 1 0 0 0 1 1
1 .9 .9 .3 .3 0 1 0 1 0 0 1 1
2.5 1 .9 .3 1 1 1 1 1 0 1 1 0
4 .3 .9 1 .3 0 1 1 0 0 0 0 0
3 .9 .3 .9 1 1 0 1 1 1 0 0 0
4.5 .9 1 1 .9 0 0 0 0 1 1 1 0
3 .3 .3 .3 .3 1 1 1 1 0 1 1 1
6 .9 .9 1 .3 0 1 1 0 1 1 1 0
.5 .9 1 .9 .3 0 1 1 1 1 1 0 0
5.5 .9 1 .9 .3 0 0 1 0 1 0 0 1
2.5 .9 1 1 .9 0 1 1 0 1 0 0 0
4 .9 .3 .9 1 0 1 1 1 1 1 1 0
4 .9 .3 .3 1 1 0 0 1 1 1 0 1
3 1 1 .3 1 1 0 1 1 1 0 1 0
1 1 .9 .3 .3 0 0 0 0 0 1 0 1
1 .3 .3 .3 .9 0 1 0 0 0 0 1 0
1.5 1 .3 .9 1 0 0 1 0 1 0 1 1
4 .9 1 .9 1 0 0 0 1 1 1 1 0
2 .9 .9 .3 .9 0 0 0 0 1 0 0 0
1 1 .3 .3 .3 0 0 1 0 1 1 0 0
6 .9 1 1 .9 1 1 0 0 0 0 1 0
7 .9 .3 .3 .3 0 0 1 1 0 1 1 1
"""
OUT_OF = {slot: 8.0 if slot == 8 else 0.0 if slot in {5, 6, 7} else 1.0 for slot in range(1, 21)}
ATTEMPTS = [
    dict.fromkeys(OUT_OF, 0.0) | dict(zip(SLOTS, map(float, line.split()), strict=True))
    for line in MARKS.split("\n")
    if line
]
# What Moodle's test expects, "taken from contrib/tools/quiz_tools/stats.xls", slot by slot.
FACILITY = [0, 0, 0, 0, None, None, None, 41.19318182, 81.36363636, 71.36363636, 65.45454545, 65.90909091,
            36.36363636, 59.09090909, 50, 59.09090909, 63.63636364, 45.45454545, 27.27272727, 50]  # fmt: skip
SD = [0, 0, 0, 0, 0, 0, 0, 1912.733589, 251.2738111, 322.6312277, 333.4199022, 337.5811591, 492.3659639,
      503.2362797, 511.7663157, 503.2362797, 492.3659639, 509.6471914, 455.8423058, 511.7663157]  # fmt: skip
WEIGHT = [0, 0, 0, 0, 0, 0, 0, 26.58464457, 3.368456046, 3.253955259, 7.584083694, 3.79658376,
          3.183278505, 4.532356904, 7.78856243, 10.08351572, 8.381139345, 8.727645713, 7.946277111,
          4.769500946]  # fmt: skip
DISCRIMINATION = [None] * 7 + [
    25.88327077, 1.170256965, -4.207816809, 28.16930644, -2.513606859, -12.99017581, -8.900638238,
    8.670004606, 29.63337745, 15.18945843, 16.21079629, 15.52451404, -8.396734802]  # fmt: skip
EFFICIENCY = [None] * 7 + [
    27.23492723, 1.382386552, -4.691171307, 31.12404354, -2.877487579, -17.5074184, -10.27568922,
    10.86956522, 34.58997279, 17.4790556, 20.14359793, 22.06477733, -10]  # fmt: skip


@pytest.mark.parametrize(("field", "times", "expected"), [
    ("facility", 100, FACILITY), ("sd", 1000, SD), ("effective_weight", 1, WEIGHT),
    ("discrimination", 1, DISCRIMINATION), ("efficiency", 1, EFFICIENCY),
])  # fmt: skip
def test_the_figures_are_moodle_s(field: str, times: int, expected: list[float | None]) -> None:
    items = analysed(OUT_OF, ATTEMPTS).items
    told = [getattr(items[slot], field) for slot in range(1, 21)]
    assert [value is None for value in told] == [value is None for value in expected]
    for value, wanted in zip(told, expected, strict=True):
        assert value is None or value * times == pytest.approx(wanted, abs=1e-6)


def test_an_exam_s_own_figures() -> None:
    # Worked out by hand with the formulas that Moodle's documentation gives.
    exam = analysed(
        {"a": 1.0, "b": 1.0}, [{"a": a, "b": b} for a, b in ((0, 0), (1, 0), (1, 1), (1, 1))]
    ).exam
    assert (exam.n, exam.out_of, exam.mean, exam.median) == (4, 2.0, 1.25, 1.5)
    assert exam.sd == pytest.approx(math.sqrt(2.75 / 3))
    assert exam.alpha == pytest.approx(200 * (1 - (0.25 + 1 / 3) / (2.75 / 3)))
    assert exam.error_ratio == pytest.approx(100 * math.sqrt(1 - exam.alpha / 100))
    assert exam.standard_error == pytest.approx(exam.error_ratio * exam.sd / 100)
    assert exam.skewness == pytest.approx(-0.8545630383)
    assert exam.kurtosis == pytest.approx(-1.2892561983)


def test_items_that_contradict_each_other_have_a_negative_alpha() -> None:
    exam = analysed({"a": 1.0, "b": 2.0}, [{"a": 1, "b": 0}, {"a": 0, "b": 2}, {"a": 1, "b": 0.5}]).exam
    assert exam.alpha is not None
    assert exam.alpha < 0
    assert exam.error_ratio is not None
    assert exam.error_ratio > 100


def test_marks_that_differ_by_rounding_alone_do_not_vary() -> None:
    attempts = [{"a": 0.1 + 0.2, "b": float(k)} for k in range(9)] + [{"a": 0.3, "b": 9.0}]
    told = analysed({"a": 1.0, "b": 9.0}, attempts).items["a"]
    assert (told.sd, told.discrimination, told.efficiency) == (0.0, None, None)


def test_one_attempt_has_means_only() -> None:
    told = analysed({"a": 2.0}, [{"a": 1.0}])
    assert (told.items["a"].facility, told.items["a"].sd) == (0.5, None)
    assert (told.exam.sd, told.exam.alpha) == (None, None)
    with pytest.raises(ValueError, match="nothing to analyse"):
        analysed({"a": 2.0}, [])


def test_an_item_alone_is_not_compared_with_others() -> None:
    told = item_alone([1.0, 0.0, 0.5], 1.0)
    assert (told.n, told.facility, told.discrimination) == (3, 0.5, None)


marks = st.sampled_from([0.0, 0.3, 0.5, 0.9, 1.0])


@given(st.lists(st.lists(marks, min_size=4, max_size=4), min_size=1, max_size=30))
def test_figures_stay_in_their_ranges(rows: list[list[float]]) -> None:
    told = analysed(dict.fromkeys(range(4), 1.0), [dict(enumerate(row)) for row in rows])
    for item in told.items.values():
        assert item.facility is not None
        assert item.facility_interval is not None
        assert 0 <= item.facility_interval.low <= item.facility + 1e-9
        assert item.facility - 1e-9 <= item.facility_interval.high <= 1
        if item.discrimination is not None:
            assert -100.000001 <= item.discrimination <= 100.000001
            assert item.efficiency is not None
            assert item.efficiency <= 100.000001
    weights = [item.effective_weight for item in told.items.values()]
    if None not in weights:
        assert math.fsum(filter(None, weights)) == pytest.approx(100)
    assert told.exam.alpha is None or told.exam.alpha <= 100


def test_intervals_as_the_textbooks_have_them() -> None:
    low, high = wilson(0.5, 10) or (0, 0)
    assert (round(low, 4), round(high, 4)) == (0.2366, 0.7634)
    assert wilson(0, 0) is None
    none_right = wilson(0.0, 20)
    assert none_right is not None
    assert none_right.low == 0
    assert round(none_right.high, 4) == 0.1611
    assert fisher(0.5, 28) == pytest.approx((0.156028, 0.735818), abs=1e-6)


def test_intervals_at_their_ends() -> None:
    assert wilson(0.5, 0) is None
    assert wilson(0.0, 1) == pytest.approx((0.0, 0.793450), abs=1e-6)
    assert wilson(1.0, 1) == pytest.approx((0.206549, 1.0), abs=1e-6)
    assert wilson(0.25, 40) == pytest.approx((0.141871, 0.401939), abs=1e-6)
    assert fisher(0.5, 3) is None
    assert fisher(0.5, 4) == pytest.approx((-0.887634, 0.986859), abs=1e-6)
    assert (fisher(1.0, 9), fisher(-1.0, 9)) == ((1.0, 1.0), (-1.0, -1.0))


def test_few_attempts_have_no_shape_and_one_item_has_no_alpha() -> None:
    two, three, four = (analysed({"a": 4.0}, [{"a": float(k * k)} for k in range(n)]).exam for n in (2, 3, 4))
    assert (two.n, two.mean, two.median, two.sd) == (2, 0.5, 0.5, pytest.approx(math.sqrt(0.5)))
    assert (two.skewness, two.kurtosis, two.alpha) == (None, None, None)
    assert (three.skewness, three.kurtosis) == (pytest.approx(1.293343), None)
    assert (four.skewness, four.kurtosis) == (pytest.approx(1.090738), pytest.approx(0.297376, rel=1e-5))
    assert (four.alpha, four.error_ratio, four.standard_error) == (None, None, None)


def test_marks_without_a_spread_have_no_weight_and_no_shape() -> None:
    told = analysed({"a": 1.0, "b": 1.0}, [{"a": 1.0, "b": 0.0}] * 5)
    assert told.totals == (1.0,) * 5
    assert (told.exam.sd, told.exam.skewness, told.exam.alpha) == (0.0, None, None)
    assert [item.effective_weight for item in told.items.values()] == [None, None]
    nothing = item_alone([], 1.0)
    assert (nothing.n, nothing.mean, nothing.facility, nothing.facility_interval) == (0, 0.0, None, None)
    assert item_alone([0.0], 0.0).facility is None
    assert item_alone([1.5, 1.5], 1.0).facility_interval == wilson(1.0, 2)


def test_a_correlation_wants_two_that_vary() -> None:
    assert correlation([1.0, 2.0, 4.0], [1.0, 3.0, 2.0]) == pytest.approx(0.327327, abs=1e-6)
    assert correlation([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert correlation([1, 1, 1], [1, 2, 3]) is None
    assert correlation([1.0, 1.0], [1.0, 2.0]) is None
    assert correlation([1.0, 2.0], [1.0, 1.0]) is None
    assert correlation([1.0], [1.0]) is None
    assert correlation([-3.0, -1.0], [1.0, 2.0]) == pytest.approx(1.0)


def test_the_interval_of_a_discrimination_is_in_per_cent_too() -> None:
    told = analysed(OUT_OF, ATTEMPTS).items[8]
    assert told.discrimination is not None
    assert told.discrimination_interval == pytest.approx(
        [100 * end for end in fisher(told.discrimination / 100, len(ATTEMPTS)) or ()]
    )
