"""How many items come back on which day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quiz.core.scheduling.study_day import day_of, start_of
from quiz.core.statistics.forecast import forecast
from tests.fakes import HOUR

TODAY = date(2025, 6, 18)
BERLIN = "Europe/Berlin"


def test_what_is_overdue_is_due_today() -> None:
    start = start_of(TODAY, BERLIN, 4)
    told = forecast([start - 1, start, start + 23 * HOUR, start + 24 * HOUR], TODAY, BERLIN, 4, 3)
    assert (told.overdue, told.today, told.later) == (1, 3, 0)
    assert [(day.day, day.items) for day in told.days] == [
        (TODAY, 3),
        (TODAY + timedelta(days=1), 1),
        (TODAY + timedelta(days=2), 0),
    ]


def test_the_day_that_a_clock_is_set_has_its_own_length() -> None:
    saturday = date(2025, 10, 25)
    start = start_of(saturday, BERLIN, 4)
    told = forecast([start + 24 * HOUR, start + 25 * HOUR], saturday, BERLIN, 4, 2)
    assert [day.items for day in told.days] == [1, 1]


@given(
    st.lists(st.integers(1_740_000_000_000, 1_760_000_000_000), max_size=60),
    st.sampled_from([BERLIN, "UTC", "America/New_York", "+05:30"]),
    st.integers(0, 23),
    st.integers(1, 40),
)
def test_every_item_is_counted_once_on_its_study_day(
    dues: list[int], zone: str, starts_at: int, days: int
) -> None:
    told = forecast(dues, TODAY, zone, starts_at, days)
    assert sum(day.items for day in told.days) + told.later == len(dues)
    on = [max(TODAY, day_of(due, zone, starts_at)) for due in dues]
    for day in told.days:
        assert day.items == on.count(day.day)
