"""What tests of screens can ask for besides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from quiz.core.drill.settings import DrillSettings
from quiz.services.drill.start import DrillPlan, start_drill
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.routes import RunDrill
from tests.drills import OPTIONS, Make
from tests.fakes import FakeClock, make_workspace
from tests.sample_banks import SMALL
from tests.tui.exam.taker import Taker


@pytest.fixture
def make_app(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Make]:
    """Make an app that shows a drill; `names` are those of its roster."""
    made: list[Workspace] = []

    def make(which: str, bank: str = OPTIONS, names: tuple[str, ...] = (), **told: Any) -> QuizApp:
        workspace = make_workspace(tmp_path, bank_file(bank), clock=clock)
        made.append(workspace)
        if names:
            class_list = workspace.record.class_lists.add("7b", list(names)).class_list
            told |= {"class_list": class_list.id, "pupils": tuple(pupil.id for pupil in class_list.pupils)}
        live = start_drill(workspace, DrillPlan(settings=DrillSettings(format=which, **told), seed=3))
        app = QuizApp(workspace, RunDrill(live))
        app.live = live
        return app

    yield make
    for workspace in made:
        workspace.record.close()


@pytest.fixture
def taker(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Taker]:
    workspace = make_workspace(tmp_path, bank_file(SMALL), clock=clock)
    yield Taker(workspace, clock)
    workspace.record.close()
