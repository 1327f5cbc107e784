"""An exam on a bank whose every text is markup: all of it is shown as written, and does nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quiz.core.exam.settings import ExamSettings as Settings
from quiz.services.exam.start import start_exam
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.exam.result import ExamResultScreen as Outcome
from quiz.tui.exam.review import ReviewScreen
from quiz.tui.exam.screen import ExamScreen as Taking
from quiz.tui.exam.setup import ExamSetupScreen as Setup
from tests.fakes import SECOND, FakeClock, make_workspace
from tests.sample_banks import LINK, MARKUP, hostile
from tests.screens import flat, places_of, press, shown

SIZE = (220, 50)


@pytest.fixture
def evil(tmp_path: Path, clock: FakeClock, bank_file: Callable[..., Path]) -> Iterator[Workspace]:
    """A workspace on the hostile bank."""
    made = make_workspace(tmp_path, bank_file(hostile()), clock=clock)
    yield made
    made.record.close()


def finished(workspace: Workspace) -> str:
    live = start_exam(workspace, (), Settings(confidence=True))
    live.answer(live.session.current.item.key_response())
    live.hand_in()
    return live.session.header.id


async def test_markup_is_shown_literally_from_set_up_to_review(evil: Workspace, clock: FakeClock) -> None:
    app = QuizApp(evil)
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await pilot.pause()

        def literal(times: int) -> None:
            assert flat(app).count(MARKUP) >= times, shown(app)

        await press(pilot, clock, "x")
        literal(1)  # the topic
        await press(pilot, clock, "enter")
        literal(7)  # bar, topic, stimulus and its title, stem, three options
        await press(pilot, clock, "g")
        literal(1)  # the stem in the list
        await press(pilot, clock, "escape", "1", "d", "y")
        assert isinstance(app.screen, Outcome)
        literal(2)  # bar, stem; the topic is cut
        await press(pilot, clock, "enter")
        assert isinstance(app.screen, ReviewScreen)
        literal(9)  # bar, list, topic, stimulus, stem, options, rationale, note
        await press(pilot, clock, "question_mark", "escape", "n", "escape", "escape", "escape")
        assert app.is_running


@pytest.mark.parametrize("kind", ["setup", "test", "result", "review"])
async def test_clicking_markup_does_nothing(evil: Workspace, clock: FakeClock, kind: str) -> None:
    app = QuizApp(evil)
    made = {
        "setup": lambda: Setup(evil),
        "test": lambda: Taking(evil, start_exam(evil, (), Settings())),
        "result": lambda: Outcome(evil, finished(evil)),
        "review": lambda: ReviewScreen(evil, finished(evil)),
    }
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.push_screen(made[kind]())
        await pilot.pause()
        places = places_of(app, LINK) or places_of(app, MARKUP[:5])  # set-up cuts long titles
        assert places
        for column, row in places:
            clock.go_on(SECOND)
            await pilot.click(offset=(column + 1, row))
        await pilot.pause()
        assert app.is_running
        assert app.return_value is None
