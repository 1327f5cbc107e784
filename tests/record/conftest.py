"""What tests of the record begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from quiz.record.record import History
from tests.fakes import FakeClock
from tests.services.desk import Desk


@pytest.fixture
def rng() -> Random:
    return Random(7)


@pytest.fixture
def history(tmp_path: Path, rng: Random) -> Iterator[History]:
    with History.open(tmp_path / "home" / "history.db", rng=rng) as opened:
        yield opened


@pytest.fixture
def mina(history: History) -> str:
    return history.learner("mina").id


@pytest.fixture
def desk(tmp_path: Path, clock: FakeClock) -> Iterator[Desk]:
    made = Desk(tmp_path / "history.db", clock)
    yield made
    made.history.close()
