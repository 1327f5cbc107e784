"""What tests of the record begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from quiz.record.sqlite_record import SqliteRecord
from tests.record.record_stress import filled


@pytest.fixture
def rng() -> Random:
    return Random(7)


@pytest.fixture
def record(tmp_path: Path, rng: Random) -> Iterator[SqliteRecord]:
    with SqliteRecord.open(tmp_path / "home" / "history.db", rng=rng) as opened:
        yield opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record with three sessions in it."""
    made = tmp_path / "history.db"
    filled(made)
    return made


@pytest.fixture
def mina(record: SqliteRecord) -> str:
    return record.learner("mina").id
