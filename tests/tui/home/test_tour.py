"""A person who is new here is shown round once, and may leave at any step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quiz.core.study_filter import StudyFilter
from quiz.services.study.start import start_study
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.dialogs.help import HelpModal
from quiz.tui.home.screen import HomeScreen
from quiz.tui.home.tour import STEPS, TourModal
from tests.fakes import FakeClock, make_workspace
from tests.sample_banks import SMALL
from tests.screens import flat, press


@pytest.fixture
def workspace(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Workspace]:
    made = make_workspace(tmp_path, bank_file(SMALL), clock=clock)
    yield made
    made.record.close()


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (40, 15)])
async def test_it_is_five_steps_that_are_shown_once(
    workspace: Workspace, clock: FakeClock, size: tuple[int, int]
) -> None:
    assert len(STEPS) == 5
    app = QuizApp(workspace)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        if size[0] >= 80:
            assert "new here? ? shows you round" in flat(app)
        await press(pilot, clock, "question_mark")
        for number, step in enumerate(STEPS, start=1):
            assert isinstance(app.screen, TourModal)
            shown = flat(app)
            assert step.title in shown
            assert f"{number} of 5" in shown
            assert "{" not in shown
            marked = app.screen_stack[-2].query(".-toured")
            assert len(marked) == (1 if step.place else 0)
            await press(pilot, clock, "enter")
        assert isinstance(app.screen, HomeScreen)
        assert not app.screen.query(".-toured")
        assert "new here?" not in flat(app)
        await press(pilot, clock, "question_mark")
        assert isinstance(app.screen, HelpModal)
    assert workspace._keep_config.values == {"tour": False}


async def test_it_can_be_left_at_any_step_and_does_not_come_again(
    workspace: Workspace, clock: FakeClock
) -> None:
    app = QuizApp(workspace)
    async with app.run_test() as pilot:
        await press(pilot, clock, "question_mark", "right", "right", "left")
        assert "2 of 5" in flat(app)
        await press(pilot, clock, "escape", "question_mark")
        assert isinstance(app.screen, HelpModal)


async def test_it_names_the_person_s_own_keys(workspace: Workspace, clock: FakeClock) -> None:
    workspace.set("keys.home.study", "f4")
    app = QuizApp(workspace)
    async with app.run_test() as pilot:
        await press(pilot, clock, "question_mark", "enter")
        assert "f4 studies only the bank" in flat(app)


async def test_whoever_has_answered_a_question_is_not_new(workspace: Workspace, clock: FakeClock) -> None:
    live = start_study(workspace, StudyFilter())
    live.submit(live.session.current.item.key_response())
    app = QuizApp(workspace)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "new here?" not in flat(app)
        await press(pilot, clock, "question_mark")
        assert isinstance(app.screen, HelpModal)
