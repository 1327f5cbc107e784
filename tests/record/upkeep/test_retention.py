"""Which backups are kept, and that none gives way to one that holds less."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quiz.record.upkeep.retention import (
    DAILY,
    MONTHLY,
    WEEKLY,
    DatedBackup,
    holds_no_less,
    superseded,
)

FIRST = date(2025, 1, 1)


def run_of(days: int, first: int = 0, learner: str = "mina", start: int = 0) -> list[DatedBackup]:
    """Return a backup a day, each with ten events more than the last."""
    return [
        DatedBackup(FIRST + timedelta(days=first + n), 1, {learner: start + 10 * n} if start or n else {})
        for n in range(days)
    ]


def left(backups: list[DatedBackup]) -> list[DatedBackup]:
    """Return what is left where the superseded ones are removed after each backup, as in life."""
    kept: list[DatedBackup] = []
    for backup in backups:
        kept.append(backup)
        gone = set(superseded(kept))
        kept = [one for place, one in enumerate(kept) if place not in gone]
    return kept


def test_days_weeks_and_months_are_kept_as_promised() -> None:
    kept = left(run_of(800))
    days = [backup.day for backup in kept]
    last = FIRST + timedelta(days=799)
    assert days[-DAILY:] == [last - timedelta(days=n) for n in range(DAILY - 1, -1, -1)]
    assert len({day.isocalendar()[:2] for day in days}) >= WEEKLY
    assert len({(day.year, day.month) for day in days}) == MONTHLY
    assert len(days) <= DAILY + WEEKLY + MONTHLY
    assert (days[0].year, days[0].month) == (2026, 4)


def test_empty_backups_push_no_good_one_out() -> None:
    good = run_of(7, start=500)
    empty = [DatedBackup(FIRST + timedelta(days=7 + n), 1, {}) for n in range(400)]
    kept = left([*good, *empty])
    assert kept[: len(good)] == good
    assert len(kept) <= len(good) + DAILY + WEEKLY + MONTHLY


def test_another_learner_of_the_same_name_is_another_one() -> None:
    good = run_of(7, start=500)
    anew = run_of(100, first=7, learner="mina again", start=9000)
    assert left([*good, *anew])[: len(good)] == good


def test_what_caught_up_is_thinned_out_again() -> None:
    good = run_of(7, start=500)
    anew = run_of(500, first=7, start=1)
    kept = left([*good, *anew])
    assert len(kept) <= DAILY + WEEKLY + MONTHLY
    assert kept[-1] == anew[-1]


counts = st.dictionaries(st.sampled_from("abc"), st.integers(0, 5), max_size=3)
backups = st.lists(
    st.builds(DatedBackup, st.dates(date(2025, 1, 1), date(2025, 3, 1)), st.integers(1, 3), counts),
    max_size=30,
    unique_by=lambda one: one[:2],
)


@given(backups)
def test_whatever_goes_is_outlived_by_one_that_holds_no_less(found: list[DatedBackup]) -> None:
    gone = set(superseded(found))
    stays = [one for place, one in enumerate(found) if place not in gone]
    for place in gone:
        assert any(
            one[:2] > found[place][:2] and holds_no_less(one.events, found[place].events) for one in stays
        )
    if found:
        assert max(found, key=lambda one: one[:2]) in stays
