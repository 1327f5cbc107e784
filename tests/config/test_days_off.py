"""Easy days, free days and holidays: what settings say, and what the schedule is told."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from quiz.config.days_off import days_of, days_off
from quiz.config.reading import changed, read_config
from quiz.config.settings import Config
from quiz.core.scheduling.intervals import DaysOff
from quiz.core.scheduling.policy import Policy
from quiz.errors import UsageError


def test_a_date_is_a_day_and_a_span_all_its_days() -> None:
    assert days_of("2026-05-01") == [date(2026, 5, 1)]
    over = days_of("2026-12-24..2027-01-02")
    assert over[0], over[-1] == (date(2026, 12, 24), date(2027, 1, 2))
    assert over == [date(2026, 12, 24) + timedelta(days=passed) for passed in range(10)]


@pytest.mark.parametrize(
    "written",
    ["", "tomorrow", "2026-02-30", "2026-05-02..2026-05-01", "2026-01-01..2028-01-01", "..2026-01-01"],
)
def test_what_is_no_date_is_refused(written: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"."):
        days_of(written)
    file = tmp_path / "config.toml"
    file.write_text(f'holidays = ["2026-05-01", "{written}"]\n', encoding="utf-8")
    config, findings, _ = read_config(file, {})
    assert config.holidays == ()
    assert "a list of dates, such as 2026-12-24" in findings[0].message


def test_a_weekday_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="a list of weekdays, such as saturday"):
        changed(Config(), "easy_days", "caturday")


def test_the_schedule_is_told_of_days_off_only_where_there_are_some() -> None:
    assert "days_off" not in Config().policy
    told = changed(changed(Config(), "easy_days", "friday, sunday"), "free_days", "sunday").policy
    assert msgspec.convert(told, Policy).days_off == DaysOff(weekdays=(1, 1, 1, 1, 0.5, 1, 0))
    told = changed(Config(), "holidays", "2026-12-24..2026-12-26, 2026-12-25").policy
    off = msgspec.convert(told, Policy).days_off
    assert off == DaysOff(holidays=tuple(date(2026, 12, day) for day in (24, 25, 26)))
    assert off.share(date(2026, 12, 25)) == 0


def test_nothing_is_no_day_off() -> None:
    assert days_off((), (), ()) == {}
