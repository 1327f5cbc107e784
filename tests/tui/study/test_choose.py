"""Choosing what to study on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quiz.core.study_filter import ItemState, Purpose, StudyFilter
from quiz.services.study.start import start_study
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.routes import ChooseStudy
from quiz.tui.study.choose import ChooseStudyScreen
from quiz.tui.study.screen import StudyScreen
from tests.conftest import QUESTIONS
from tests.fakes import FakeClock, make_workspace
from tests.sample_banks import SMALL
from tests.screens import flat, press

SIZE = (100, 40)
TITLES = {"[ ] Seas", "[ ] Cities"}


@pytest.fixture
def two(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Workspace]:
    made = make_workspace(tmp_path, bank_file(SMALL), QUESTIONS / "courtship.yaml", clock=clock)
    yield made
    made.record.close()


async def test_it_is_chosen_counted_and_studied(two: Workspace, clock: FakeClock) -> None:
    app = QuizApp(two)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, clock, "S")
        screen = app.screen
        assert isinstance(screen, ChooseStudyScreen)
        assert "20 questions of" in flat(app)
        await press(pilot, clock, "right", "right")
        assert screen.chosen.purpose is Purpose.CRAM
        await press(pilot, clock, "tab", "down", "space")
        assert screen.chosen.states == (ItemState.NEW,)
        while screen.picks.current is None or screen.picks.current.key != "banks small":
            await press(pilot, clock, "down")
        await press(pilot, clock, "space")
        assert "4 questions" in flat(app)
        assert "To practise, longest due first" in flat(app)
        assert "quiz study" not in flat(app)
        assert {row.left.plain for row in screen.picks.rows if row.key.startswith("topics ")} == TITLES
        await press(pilot, clock, "shift+tab", "down", "down", "3")
        assert "3 questions of 4 chosen" in flat(app)
        await press(pilot, clock, "enter")
        assert isinstance(app.screen, StudyScreen)
        header = app.screen.live.session.header
        assert (len(header.items), header.banks) == (3, ("small",))
        assert header.settings["policy"]["feeds_schedule"] is False


async def test_a_practised_answer_says_that_the_schedule_stays(two: Workspace, clock: FakeClock) -> None:
    filter_ = StudyFilter(banks=("courtship",), kinds=("single-choice",), purpose=Purpose.CRAM)
    live = start_study(two, filter_)
    assert live is not None
    app = QuizApp(two)
    async with app.run_test(size=SIZE) as pilot:
        live.submit(live.session.current.item.key_response())
        app.push_screen(StudyScreen(two, live))
        await pilot.pause()
        assert "Only practised: the schedule stays as it is" in flat(app)


async def test_nothing_to_ask_is_said_and_not_begun(two: Workspace, clock: FakeClock) -> None:
    app = QuizApp(two, ChooseStudy(StudyFilter(states=(ItemState.LEECH,))))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "Nothing to ask." in flat(app)
        await press(pilot, clock, "enter")
        assert isinstance(app.screen, ChooseStudyScreen)
        (notice,) = app._notifications
        assert "Nothing in what is chosen is due" in notice.message


async def test_a_choice_is_saved_taken_and_forgotten(two: Workspace, clock: FakeClock) -> None:
    app = QuizApp(two, ChooseStudy(StudyFilter(limit=5)))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, clock, "w", *"weak", "enter")
        assert two.config.saved == {"weak": StudyFilter(limit=5)}
        await press(pilot, clock, "c")
        screen = app.screen
        assert isinstance(screen, ChooseStudyScreen)
        assert screen.chosen == StudyFilter()
        screen.settings_list.action_move_to(-1)
        await press(pilot, clock, "space")
        assert screen.chosen == StudyFilter(limit=5)
        await press(pilot, clock, "delete")
        assert two.config.saved == {}
        assert screen.chosen == StudyFilter(limit=5)
