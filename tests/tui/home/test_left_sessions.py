"""What was left open: one is a key away, several are a list, and each is gone on with or ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quiz.core.drill.settings import DrillSettings
from quiz.core.events.model import Mode
from quiz.core.exam.settings import ExamSettings
from quiz.services.drill.start import DrillPlan, start_drill
from quiz.services.exam.start import start_exam
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.drill.screen import DrillScreen
from quiz.tui.exam.screen import ExamScreen
from quiz.tui.home.left_sessions import LeftSessionsModal
from quiz.tui.home.screen import HomeScreen
from tests.fakes import MINUTE, FakeClock, make_workspace
from tests.sample_banks import SMALL
from tests.screens import flat, places_of, press


@pytest.fixture
def workspace(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Workspace]:
    made = make_workspace(tmp_path, bank_file(SMALL), clock=clock)
    yield made
    made.record.close()


def leave_an_exam(workspace: Workspace, clock: FakeClock, answers: int = 1) -> str:
    live = start_exam(workspace, ("small",), ExamSettings(shuffle=False), 3)
    for _ in range(answers):
        clock.go_on(MINUTE)
        live.answer(live.session.current.item.key_response())
    live.leave()
    return live.session.header.id


def leave_a_drill(workspace: Workspace) -> str:
    live = start_drill(workspace, DrillPlan(settings=DrillSettings(format="sprint"), seed=3))
    live.append(live.drill.start(live.now()))
    return live.drill.header.id


def left(workspace: Workspace) -> list[str]:
    return [told.header.id for told in workspace.record.unfinished(workspace.learner.id)]


async def test_several_are_a_list_from_which_one_is_gone_on_with(
    workspace: Workspace, clock: FakeClock
) -> None:
    leave_an_exam(workspace, clock, answers=2)
    clock.go_on(MINUTE)
    leave_a_drill(workspace)
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "You left a drill: A small bank, 0 of 4 answered, and 1 other. c All 2" in flat(app)
        await press(pilot, clock, "c")
        assert isinstance(app.screen, LeftSessionsModal)
        assert "Exam A small bank 2 of 4 answered Wed 18 Jun" in flat(app)
        await press(pilot, clock, "down", "enter")
        assert isinstance(app.screen, ExamScreen)
        await press(pilot, clock, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_each_of_the_list_can_be_ended(workspace: Workspace, clock: FakeClock) -> None:
    """An exam is handed in, which is asked before; a drill just ends. The last one closes the list."""
    exam = leave_an_exam(workspace, clock)
    clock.go_on(MINUTE)
    drill = leave_a_drill(workspace)
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "delete", "down", "delete")
        assert "Hand this exam in as it is?" in flat(app)
        await press(pilot, clock, "n")
        assert left(workspace) == [drill, exam]
        await press(pilot, clock, "delete", "y")
        assert left(workspace) == [drill]
        (told,) = workspace.record.sessions(workspace.learner.id, mode=Mode.EXAM)
        assert (told.is_ended, told.attempts, told.skipped) == (True, 1, 3)
        await press(pilot, clock, "e")
        assert left(workspace) == []
        assert isinstance(app.screen, HomeScreen)
        assert "You left" not in flat(app)


async def test_the_mouse_does_as_well(workspace: Workspace, clock: FakeClock) -> None:
    leave_an_exam(workspace, clock)
    clock.go_on(MINUTE)
    leave_a_drill(workspace)
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click(offset=places_of(app, "You left")[0])
        await pilot.pause()
        assert isinstance(app.screen, LeftSessionsModal)
        await pilot.click(offset=places_of(app, "Drill  A small bank")[0])
        await pilot.pause()
        assert isinstance(app.screen, DrillScreen)


async def test_an_exam_alone_is_asked_about_before_it_is_handed_in(
    workspace: Workspace, clock: FakeClock
) -> None:
    exam = leave_an_exam(workspace, clock)
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "delete", "delete")
        assert "Hand this exam in as it is?" in flat(app)
        assert left(workspace) == [exam]
        await press(pilot, clock, "n", "escape", "c")
        assert isinstance(app.screen, ExamScreen)
