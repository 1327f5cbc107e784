"""Conditions of partial indexes stand once, say what the rules say, and find the index."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import quiz.record
from quiz.core.events.effective import ABOUT_ANOTHER as KINDS_ABOUT_ANOTHER
from quiz.record.sqlite.predicates import ABOUT_ANOTHER, OF_ITEM, UNFINISHED
from quiz.record.sqlite_record import SqliteRecord


def test_they_name_the_kinds_that_the_rules_name() -> None:
    assert set(re.findall(r"'(\w+)'", ABOUT_ANOTHER)) == {str(kind) for kind in KINDS_ABOUT_ANOTHER}


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (f"SELECT 1 FROM event WHERE learner='a' AND bank='b' AND item='c' AND {OF_ITEM}", "event_of_item"),
        (f"SELECT 1 FROM event WHERE session=x'00' AND {ABOUT_ANOTHER}", "event_about_another"),
        (f"SELECT session FROM progress WHERE {UNFINISHED}", "progress_open"),
    ],
)
def test_each_finds_its_index(query: str, index: str, tmp_path: Path) -> None:
    with SqliteRecord.open(tmp_path / "history.db") as record, record._file.reading() as db:
        plan = " ".join(row[-1] for row in db.execute(f"EXPLAIN QUERY PLAN {query}"))
        forced = query.replace("FROM event", f"FROM event INDEXED BY {index}")
        db.execute(forced.replace("FROM progress", f"FROM progress INDEXED BY {index}"))
    assert index in plan or "PRIMARY KEY" in plan


@pytest.mark.parametrize("condition", [OF_ITEM, ABOUT_ANOTHER])
def test_each_stands_once_beside_the_migrations(condition: str) -> None:
    folder = Path(quiz.record.__file__).parent
    said = [path.name for path in folder.rglob("*.py") if condition in path.read_text(encoding="utf-8")]
    assert sorted(said) == ["migrations.py", "predicates.py"]
