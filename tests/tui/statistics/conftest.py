"""A record with much on it, for the screens of statistics."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quiz.services.workspace import Workspace
from tests.fakes import FakeClock
from tests.generated import generated_home, generated_workspace


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generated_home(tmp_path_factory.mktemp("generated"), attempts=600, items=60, days=90)


@pytest.fixture
def workspace(generated: Path, clock: FakeClock) -> Iterator[Workspace]:
    made = generated_workspace(generated, clock)
    yield made
    made.record.close()
