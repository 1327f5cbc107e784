"""What tests of services begin with."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from quiz.services.workspace import Workspace
from tests.fakes import NOON, FakeClock, make_workspace
from tests.services.desk import Desk
from tests.services.devices import Devices


@pytest.fixture
def desk(tmp_path: Path, clock: FakeClock) -> Iterator[Desk]:
    made = Desk(tmp_path / "history.db", clock)
    yield made
    made.record.close()


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Devices]:
    """Make devices, each with a record and a clock of its own."""
    with ExitStack() as stack:

        def make(name: str, learner: str = "Mina", ahead: int = 0) -> Workspace:
            home = tmp_path / name
            home.mkdir()
            made = make_workspace(home, clock=FakeClock(NOON + ahead), seed=sum(map(ord, name)))
            made.learner = made.record.learner(learner)
            stack.enter_context(closing(made.record))
            return made

        yield make


@pytest.fixture
def copied(tmp_path: Path) -> Iterator[Callable[[Workspace, str], Workspace]]:
    """Copy a device's data folder whole to another place, and open it there."""
    with ExitStack() as stack:

        def make(workspace: Workspace, name: str) -> Workspace:
            home = shutil.copytree(workspace.record.path.parent, tmp_path / name)
            made = make_workspace(home, clock=FakeClock(workspace.clock.now()), seed=len(name))
            made.learner = workspace.learner
            stack.enter_context(closing(made.record))
            return made

        yield make
