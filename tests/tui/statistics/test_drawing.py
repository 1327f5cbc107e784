"""How the screens of statistics are drawn: sizes, themes, text as written, and what plots cost."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import weakref
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from msgspec import structs

from quiz.config.settings import THEME_NAMES
from quiz.core.content.grading import Confidence, Entered
from quiz.core.statistics.forecast import DueDay, Forecast, forecast
from quiz.services.statistics import A_YEAR, bank_figures, overview_of
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.statistics.bank import BankStatisticsScreen
from quiz.tui.statistics.calibration import CalibrationScreen
from quiz.tui.statistics.item import ItemStatisticsScreen
from quiz.tui.statistics.overview import StatisticsScreen
from quiz.tui.statistics.overview_lines import listed_due_lines
from quiz.tui.statistics.session_list import SessionListScreen
from quiz.tui.study.review import StudyReviewScreen
from quiz.tui.widgets.calendar_map import MARGIN, CalendarMap
from quiz.tui.widgets.due_lines import due_lines
from quiz.tui.widgets.plot import Plot
from tests.fakes import DAY, NOON, FakeClock, make_workspace
from tests.record.record_stress import attempt, header
from tests.sample_banks import MARKUP, hostile
from tests.sampling import one_in
from tests.screens import flat, press, shown
from tests.tui.statistics.opening import opened

SIZES = [(40, 12), (40, 15), (60, 20), (80, 24), (120, 36), (200, 60)]
THEMES = ["textual-dark", "textual-light"] * 3


@pytest.mark.parametrize(("size", "theme"), one_in(5, zip(SIZES, THEMES, strict=True)))
async def test_every_screen_works_at_every_size(
    workspace: Workspace, clock: FakeClock, size: tuple[int, int], theme: str
) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=size) as pilot:
        app.theme = theme
        await opened(pilot, workspace)
        for keys in (["tab"], ["t"], ["c"], ["t"], ["escape"], ["h"], ["escape"], ["o"], ["t"], ["n"]):
            await press(pilot, clock, *keys)
            assert shown(app).strip()
        assert isinstance(app.screen, BankStatisticsScreen)
        await press(pilot, clock, "n", "o")
        assert isinstance(app.screen, ItemStatisticsScreen)
        await press(pilot, clock, "t", "t", "pagedown", "escape", "escape")
        await pilot.resize_terminal(40, 12)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert isinstance(app.screen, StatisticsScreen)


@pytest.mark.parametrize(
    ("themes", "others"),
    [
        (("textual-light", "high-contrast", "ansi-light"), ("high-contrast-light", "ansi-dark")),
        pytest.param(THEME_NAMES, THEME_NAMES, marks=pytest.mark.long),
    ],
    ids=["some", "all"],
)
async def test_every_theme_can_draw_them(
    workspace: Workspace, clock: FakeClock, themes: tuple[str, ...], others: tuple[str, ...]
) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=(100, 36)) as pilot:
        await opened(pilot, workspace)
        for theme in themes:
            app.theme = theme
            await pilot.pause()
            assert "answers on a day of study" in flat(app)
        await press(pilot, clock, "c")
        for theme in others:
            app.theme = theme
            await pilot.pause()
            assert "as predicted" in flat(app)


@pytest.mark.parametrize("theme", ["textual-dark", "ansi-dark", "no colour"])
async def test_the_calendar_reads_without_its_colours(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    if theme == "no colour":
        monkeypatch.setenv("NO_COLOR", "1")
    view = overview_of(workspace, workspace.learner)
    active = {day.day for day in view.days}
    monday = view.today - timedelta(days=view.today.weekday())
    app = QuizApp(workspace)
    async with app.run_test(size=(100, 36)) as pilot:
        app.theme = app.theme if theme == "no colour" else theme
        await opened(pilot, workspace)
        rows = [line for line in shown(app).splitlines() if line.strip()[:3] in {"Mo ", "We ", "Fr ", "Su "}]
        assert len(rows) == 4
        map_ = app.screen.query_one(CalendarMap)
        last = map_.region.x + MARGIN + min(A_YEAR, map_.size.width - MARGIN) - 1
        for place, row in enumerate(rows):
            for weeks in range(20):
                first = monday + timedelta(days=2 * place - 7 * weeks)
                sign = row[last - weeks]
                upper = first in active
                lower = place < 3 and first + timedelta(days=1) in active
                expected = {(True, True): "█▅", (True, False): "▀", (False, True): "▄"}.get(
                    (upper, lower), "· "
                )
                assert sign in expected, (row, weeks)


def test_that_nothing_is_due_is_never_cut(workspace: Workspace) -> None:
    view = overview_of(workspace, workspace.learner)
    idle = structs.replace(view, forecast=forecast([], view.today, "UTC", 4))
    for lines in (due_lines(idle.forecast, 32), listed_due_lines(idle, 32, 7)):
        assert " ".join(line.plain for line in lines) == "Nothing is due for 30 days."
        assert all(line.cell_length <= 32 for line in lines)


# Text that is not ours


async def test_markup_appears_as_it_is_written_on_all_of_them(
    tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]
) -> None:
    made = make_workspace(tmp_path, bank_file(hostile()), clock=clock)
    made.learner = made.record.learner(MARKUP)
    print_ = made.library.bank("hostile").by_id["one"].fingerprint
    for day in range(3):
        session = header(made.learner.id, Random(day), NOON - (9 - 4 * day) * DAY, banks=("hostile",))
        told = attempt(
            1, "one", 0.0, session.started, bank="hostile", fingerprint=print_,
            response=Entered((MARKUP,)), confidence=Confidence.SURE,
        )  # fmt: skip
        made.record.start_with(session, [told])
    app = QuizApp(made)
    async with app.run_test(size=(200, 50), notifications=True, tooltips=True) as pilot:
        await opened(pilot, made)

        def literal(times: int) -> None:
            assert flat(app).count(MARKUP) >= times, shown(app)

        literal(2)  # learner, bank
        await press(pilot, clock, "c", "b")
        literal(2)
        await press(pilot, clock, "escape", "escape", "enter")
        literal(5)  # learner, bank, topic, stem, wrong response
        await press(pilot, clock, "enter")
        literal(6)  # learner, bank, topic, stem, key, three responses
        await press(pilot, clock, "enter")
        assert isinstance(app.screen, StudyReviewScreen)
        literal(6)  # bank, learner, stem twice, response, key, rationale
        await press(pilot, clock, "escape", "escape", "h")
        assert isinstance(app.screen, SessionListScreen)
        literal(4)
        await press(pilot, clock, "l", "escape", "b")
        literal(2)
        assert app.is_running
    made.record.close()


# Start-up


def test_plotext_is_loaded_only_where_a_plot_is_to_be_seen() -> None:
    code = (
        "import sys, quiz.tui.statistics.overview, quiz.tui.statistics.bank,"
        " quiz.tui.statistics.item, quiz.tui.statistics.calibration;"
        "sys.exit(any('plotext' in name for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], env=dict(os.environ), check=False, timeout=60)
    assert done.returncode == 0


async def test_plots_that_are_no_longer_shown_are_let_go(workspace: Workspace) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        hardest = bank_figures(workspace, "bank-000", workspace.learner).items[0].ref
        plots = []
        for screen in (
            BankStatisticsScreen(workspace, "bank-000"),
            ItemStatisticsScreen(workspace, hardest),
            CalibrationScreen(workspace),
        ):
            app.push_screen(screen)
            await pilot.pause()
            found = [weakref.ref(plot) for plot in screen.query(Plot)]
            assert found
            plots += found
            app.pop_screen()
            await pilot.pause()
        del screen
        gc.collect()
        assert [plot() for plot in plots if plot() is not None] == []


@pytest.mark.parametrize("width", [30, 34, 60, 72, 120])
@pytest.mark.parametrize("later", [5, 12_345])
def test_what_comes_back_is_drawn_or_counted_as_later_in_any_width(width: int, later: int) -> None:
    day = date(2025, 6, 18)
    days = tuple(DueDay(day + timedelta(days=away), 1) for away in range(30))
    lines = due_lines(Forecast(overdue=0, days=days, later=later), width)
    drawn = lines[-2].plain.count("█") // (2 if width == 120 or (width, later) == (72, 5) else 1)
    assert drawn + int(lines[-1].plain.split()[-2].replace(",", "")) == 30 + later
    assert all(line.cell_length <= width for line in lines)
