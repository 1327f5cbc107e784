"""A record with much on it, for the screens of statistics."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.generate_record import LEARNER, generate
from quiz.config.settings import Config
from quiz.services.workspace import Workspace
from tests.fakes import NOON, FakeClock, make_workspace


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    generate(folder, attempts=600, items=60, banks=2, days=90, seed=3, until=NOON)
    return folder


@pytest.fixture
def workspace(generated: Path, clock: FakeClock) -> Iterator[Workspace]:
    banks = sorted((generated / "banks").iterdir())
    made = make_workspace(generated, *banks, config=Config(learner=LEARNER), clock=clock)
    yield made
    made.record.close()
