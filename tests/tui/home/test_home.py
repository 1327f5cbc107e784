"""Home as a day goes by: what it says first, what counts as done, and the way in through the notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quiz.config.settings import Config
from quiz.core.content.grading import Entered
from quiz.core.statistics.findings import due_finding
from quiz.core.study.progress import progress
from quiz.core.study_filter import StudyFilter
from quiz.services.home import home_view
from quiz.services.study.live import LiveStudy
from quiz.services.study.start import open_study, start_study
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.home.briefing import BriefingScreen
from quiz.tui.home.past_panel import PastPanel
from quiz.tui.study.screen import StudyScreen
from tests.fakes import DAY, SECOND, FakeClock, make_workspace
from tests.sample_banks import SMALL
from tests.screens import flat, press

TYPED = "format: 1\nbank: typed\ntitle: Typed\nitems:\n" + "".join(
    f"  - {{id: i{k}, kind: short-answer, stem: 'Question {k}?', key: right}}\n" for k in range(3)
)


@pytest.fixture
def workspace(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Workspace]:
    made = make_workspace(tmp_path, bank_file(TYPED), clock=clock)
    yield made
    made.record.close()


def answer(live: LiveStudy | None, clock: FakeClock, *answers: str) -> None:
    assert live is not None
    for text in answers:
        clock.go_on(10 * SECOND)
        live.submit(Entered((text,)))
        live.advance()


async def test_the_first_day_says_what_is_new_and_nothing_of_what_is_not(workspace: Workspace) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        said = flat(app)
        assert "to do today, about 1 minute" in said
        assert "0 of 3 done" in said
        assert " 3 new " in said
        assert "0 due" not in said
        assert "3 questions Nothing answered yet." in " ".join(said.split())
        assert "Press s to study this bank." in said
        assert "streak" not in said


async def test_what_was_missed_and_comes_back_today_is_not_done(
    workspace: Workspace, clock: FakeClock
) -> None:
    """Of three items two are right and one was missed: two of three are done, not three of four."""
    answer(open_study(workspace, StudyFilter()), clock, "right", "wrong", "right")
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert " 2 of 3 done " in flat(app)
        assert " 1 due " in flat(app)


async def test_the_free_day_of_the_streak_is_said(workspace: Workspace, clock: FakeClock) -> None:
    refs = [candidate.ref for candidate in workspace.candidates()]
    for day in (0, 1, 3):
        answer(start_study(workspace, StudyFilter(), refs[:1]), clock, "right")
        clock.go_on(DAY * (2 if day == 1 else 1))
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Sunday 22 June · 3-day streak, Friday was free" in flat(app)


async def test_the_last_note_says_how_to_go_on(
    tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]
) -> None:
    workspace = make_workspace(tmp_path, bank_file(SMALL), clock=clock)
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "r")
        assert isinstance(app.screen, BriefingScreen)
        assert "That was the last note." not in flat(app)
        assert "1 read" in flat(app)
        assert "space Read on Oceans" in flat(app)
        await press(pilot, clock, "space")
        assert "Read on" not in flat(app), "neither on the page nor in the bar"
        assert "s Study That was the last note." in flat(app)
        assert "2 read" in flat(app)
        await press(pilot, clock, "space", "s")
        assert isinstance(app.screen, StudyScreen)
        await press(pilot, clock, "1", "enter", "r")
        assert isinstance(app.screen, BriefingScreen)
        assert app.screen.check_action("study", ()) is False
        await press(pilot, clock, "down")
        assert "last note" not in flat(app)
    workspace.record.close()


async def test_a_large_screen_tells_what_will_be_asked_about_a_note(
    tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]
) -> None:
    workspace = make_workspace(tmp_path, bank_file(SMALL), clock=clock)
    app = QuizApp(workspace)
    async with app.run_test(size=(200, 60)) as pilot:
        await press(pilot, clock, "r")
        for size in ((200, 60), (120, 36)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            said = flat(app)
            assert said.count("What you will be asked") == 1
            assert "· Paris lies by the sea." in said
            assert "Which ocean is the largest?" not in said
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "What you will be asked" not in flat(app)
    workspace.record.close()


async def test_a_large_screen_shows_the_year_and_thirty_days(workspace: Workspace, clock: FakeClock) -> None:
    """The panel comes with the room and goes with it; before the first answer there is no year."""
    app = QuizApp(workspace)
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        assert not app.screen.query("#year")
    answer(open_study(workspace, StudyFilter()), clock, "right", "wrong", "right")
    app = QuizApp(workspace)
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        said = flat(app)
        assert "You studied for the first time today." in said
        assert "Mo ·" in said
        assert due_finding(home_view(workspace).forecast) in said
        assert "Coming back" not in said
        assert "Last sessions answers right" in said
        assert "Today study " in said
        assert "What comes next" in said
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert app.screen.query_one(PastPanel).parent is app.screen.query_one("#detail")
        assert "Last sessions answers right" in flat(app)
        await pilot.resize_terminal(170, 48)
        await pilot.pause()
        assert len(app.screen.query(PastPanel)) == 1
        await pilot.resize_terminal(100, 40)
        await pilot.pause()
        assert not app.screen.query("#year, PastPanel, NextPanel")
        assert "Coming back" in flat(app)


async def test_who_has_answered_nothing_sees_what_is_asked_where_there_is_room(
    tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]
) -> None:
    """The example is named but once, and says nothing of which answer is right."""
    workspace = make_workspace(tmp_path, bank_file(SMALL), clock=clock)
    app = QuizApp(workspace)
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        said = flat(app)
        assert "It asks, for example" in said
        assert said.count("Which ocean is the largest?") == 1
        assert "○ " in said
        assert "✓" not in said
        assert "What it asks besides" in said
        assert "to read first" in said
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert "It asks, for example" in flat(app)
        assert "What it asks besides" not in flat(app)
        answer(open_study(workspace, StudyFilter()), clock, "right")
        app.screen.show_all()
        await pilot.pause()
        assert "It asks, for example" not in flat(app)
        await pilot.resize_terminal(200, 60)
        await pilot.pause()
        assert "is known least, at 0 %" in flat(app)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert not app.screen.query("BankPanel, YearPanel")
    workspace.record.close()


MANY = TYPED.replace("typed", "many").replace("Typed", "Many") + "".join(
    f"  - {{id: m{k}, kind: short-answer, stem: 'More {k}?', key: right}}\n" for k in range(9)
)


async def test_enter_studies_all_banks_whichever_is_under_the_cursor(
    tmp_path: Path, clock: FakeClock, bank_file: Callable[..., Path]
) -> None:
    files = bank_file(TYPED, "a.yaml"), bank_file(MANY, "b.yaml")
    workspace = make_workspace(tmp_path, *files, clock=clock)
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "down", "enter")
        assert "2 banks · study 1 of 15" in flat(app)
    workspace.record.close()


@pytest.mark.parametrize("is_more", [False, True])
async def test_ten_more_are_taken_from_other_banks_where_the_one_at_hand_has_none(
    is_more: bool, tmp_path: Path, clock: FakeClock, bank_file: Callable[..., Path]
) -> None:
    """The card offers what waits in all banks, and its key takes that; due ones may be left meanwhile."""
    workspace = make_workspace(
        tmp_path,
        bank_file(TYPED, "a.yaml"),
        bank_file(MANY, "b.yaml"),
        config=Config(new_per_day=3),
        clock=clock,
    )
    answers = ("right", "right", "wrong") if is_more else ("right",) * 3
    answer(open_study(workspace, StudyFilter()), clock, *answers)
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "12 new wait for another day" in flat(app)
        await press(pilot, clock, "plus")
        assert isinstance(app.screen, StudyScreen)
        assert progress(app.screen.live.session).total == (13 if is_more else 10)
    workspace.record.close()
