"""What tests of studying begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quiz.config.settings import Config
from quiz.core.study_filter import StudyFilter
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.routes import Study
from tests.drills import Make
from tests.fakes import FakeClock, make_workspace
from tests.sample_banks import SMALL


@pytest.fixture
def make_app(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Make]:
    made: list[Workspace] = []

    def make(bank: str = SMALL, **config: object) -> QuizApp:
        workspace = make_workspace(tmp_path, bank_file(bank), config=Config(**config), clock=clock)
        made.append(workspace)
        return QuizApp(workspace, Study(StudyFilter(banks=("small",))))

    yield make
    for workspace in made:
        workspace.record.close()
