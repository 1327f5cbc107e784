"""`quiz plan`, as a person runs it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.running import quiz
from tests.generated import generated_home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generated_home(tmp_path_factory.mktemp("home"), attempts=200, items=40)


def test_a_year_at_other_retentions(home: Path) -> None:
    data = json.loads(quiz(home, "plan", "bank-000", "--json", "--new", "3").stdout)
    assert data["items"] == 20
    assert data["new_per_day"] == 3
    assert len(data["outcomes"]) == 18
    done = quiz(home, "plan", "bank-000", "--new", "3")
    assert done.returncode == 0, done.stderr
    suggested = data["suggested"]["retention"]
    assert f"“quiz config retention {suggested:.2f}”" in done.stdout
    assert done.stdout.count("least time") == 1


def test_what_to_answer_before_an_exam(home: Path) -> None:
    day = date.today() + timedelta(days=9)  # noqa: DTZ011 - the command goes by the clock
    told = quiz(home, "plan", "--by", day.isoformat(), "--per-day", "4", "--json")
    data = json.loads(told.stdout)
    assert data["day"] == day.isoformat()
    assert all(len(each["items"]) <= 4 for each in data["days"])
    said = quiz(home, "plan", "--by", day.isoformat(), "--per-day", "4").stdout
    assert f"Expected to be known on the day: {data['known']:,.0f} of {data['items']} items" in said
    assert max(map(len, said.splitlines())) <= 400


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--by", "tomorrow"], "it needs a date such as 2026-12-12"),
        (["--by", "2001-01-01"], "not among the next 366 days"),
        (["--per-day", "-1", "--by", "2026-12-12"], "it needs a number from 0 to 9999"),
        (["no-such-bank"], "is not a usable bank"),
    ],
)
def test_what_cannot_be_is_said(home: Path, arguments: list[str], said: str) -> None:
    done = quiz(home, "plan", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
