"""Setting up a drill, making a class list, and what can be done with a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from quiz.core.drill.settings import DrillSettings
from quiz.services.drill.start import DrillPlan, start_drill
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.drill.report import DrillReportScreen
from quiz.tui.drill.screen import DrillScreen
from quiz.tui.drill.setup import DrillSetupScreen
from quiz.tui.home.screen import HomeScreen
from quiz.tui.routes import RunDrill
from quiz.tui.study.screen import StudyScreen
from tests.drills import tap
from tests.fakes import FakeClock, make_workspace
from tests.sample_banks import MARKUP, SMALL
from tests.screens import flat


@pytest.fixture
def workspace(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Workspace]:
    made = make_workspace(tmp_path, bank_file(SMALL), clock=clock)
    yield made
    made.record.close()


async def test_from_home_to_a_drill(workspace: Workspace, clock: FakeClock) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "d")
        assert isinstance(app.screen, DrillSetupScreen)
        assert "Hands for each option" in flat(app)
        assert "╭" not in flat(app)
        await tap(pilot, clock, "right")
        assert "Everybody thinks" in flat(app)
        assert "is on nobody's record" in flat(app)
        assert (
            "Letters too small for the last row, 8 m from an image 2 m wide. "
            "Enlarge them until the terminal has 60 × 18 cells." in flat(app)
        )
        await pilot.resize_terminal(60, 18)
        await pilot.pause()
        assert "Letters large enough for the last row, 8 m from an image 2 m wide." in flat(app)
        await pilot.resize_terminal(80, 24)
        await tap(pilot, clock, "down", "down", "3", "enter")
        assert isinstance(app.screen, DrillScreen)
        assert app.screen.drill.competitors == ("#1", "#2", "#3")
        assert "3" in flat(app)
        await tap(pilot, clock, "q")
        assert isinstance(app.screen, HomeScreen)


async def test_a_roster_is_typed_and_chosen(workspace: Workspace, clock: FakeClock) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "d", "right", "n", "f2")
        assert "✗" in flat(app)
        await tap(pilot, clock, "7", "b", "enter", *"Ada", "enter", *"Bo", "f2")
        assert "7b (2)" in flat(app)
        assert "counts for each pupil's own record" in flat(app)
        await tap(pilot, clock, "enter")
        class_list = workspace.record.class_lists.named("7b")
        assert app.screen.drill.settings.pupils == tuple(pupil.id for pupil in class_list.pupils)


async def test_a_roster_of_markup_is_shown_as_it_is_written(workspace: Workspace, clock: FakeClock) -> None:
    workspace.record.class_lists.add(MARKUP, [MARKUP])
    app = QuizApp(workspace)
    async with app.run_test(size=(120, 30)) as pilot:
        await tap(pilot, clock, "d", "right")
        assert f"{MARKUP} (1)" in flat(app)


async def test_what_cannot_begin_says_why(workspace: Workspace, clock: FakeClock) -> None:
    workspace.record.class_lists.add("empty", ["Ada"])
    workspace.record.class_lists.forget_pupils([workspace.record.class_lists.named("empty").pupils[0].id])
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await tap(pilot, clock, "d", "right", "enter")
        assert "Nobody is on the list." in flat(app)
        assert isinstance(app.screen, DrillSetupScreen)


def finished(workspace: Workspace) -> RunDrill:
    """Return a drill of buzz in which the first item was missed."""
    told = DrillSettings(format="buzz", teams=2)
    live: Any = start_drill(workspace, DrillPlan(("small",), told, seed=1))
    live.append(live.drill.start(live.now()))
    live.append(live.drill.reveal(live.now()))
    live.append(live.drill.next(live.now()))
    live.append(live.drill.buzz("team-2", live.now()))
    live.append(live.drill.judge(live.now(), is_right=True))
    live.append(live.drill.end(live.now()))
    return RunDrill(live)


@pytest.fixture
def app(workspace: Workspace) -> QuizApp:
    return QuizApp(workspace, finished(workspace))


async def test_a_report_tells_who_won_and_what_was_missed(app: QuizApp, clock: FakeClock) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, DrillReportScreen)
        assert "Orange comes first." in flat(app)
        assert "To teach again: 1 question" in flat(app)
        assert "100 % missed" in flat(app)


async def test_what_was_missed_is_ready_for_another_drill(app: QuizApp, clock: FakeClock) -> None:
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        missed = app.screen.report.again[0].ref
        await tap(pilot, clock, "d")
        assert isinstance(app.screen, DrillSetupScreen)
        assert app.screen.setup.given == (missed,)
        await tap(pilot, clock, "enter")
        assert app.screen.drill.header.items == (missed,)
        await tap(pilot, clock, "q")
        assert isinstance(app.screen, HomeScreen)


async def test_what_was_missed_is_ready_to_study(app: QuizApp, clock: FakeClock) -> None:
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        missed = app.screen.report.again[0].ref
        await tap(pilot, clock, "s")
        assert isinstance(app.screen, StudyScreen)
        assert app.screen.live.session.header.items == (missed,)


async def test_a_report_is_written_where_the_app_was_started(
    app: QuizApp, clock: FakeClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await tap(pilot, clock, "m", "m", "c")
        assert "Saved" in flat(app)
    written = sorted(path.name for path in tmp_path.glob("drill-*"))
    assert written == ["drill-2025-06-18-1200-2.md", "drill-2025-06-18-1200.csv", "drill-2025-06-18-1200.md"]
    assert "Orange" in (tmp_path / written[2]).read_text(encoding="utf-8")


async def test_a_report_that_cannot_be_written_says_so(
    app: QuizApp, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "cwd", lambda: Path("/dev/null"))
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await tap(pilot, clock, "m")
        assert "cannot be written" in flat(app)


async def test_an_undo_from_the_report_goes_back_to_the_drill(app: QuizApp, clock: FakeClock) -> None:
    async with app.run_test(size=(80, 30)) as pilot:
        await tap(pilot, clock, "u")
        assert isinstance(app.screen, DrillScreen)
        assert not app.screen.drill.has_ended
