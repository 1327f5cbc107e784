"""What the screens of statistics tell, and how one leads to another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import msgspec
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS

from quiz.core.events.model import Event, EventKind
from quiz.core.scheduling.own_parameters import SETTING, OwnParameters
from quiz.core.statistics.findings import active_days_finding, due_finding
from quiz.core.text.phrases import per_cent
from quiz.errors import RecordLocked
from quiz.services.planning import what_if
from quiz.services.statistics import bank_figures, overview_of
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.dialogs.choose_one import ChooseModal
from quiz.tui.statistics.bank import BankStatisticsScreen
from quiz.tui.statistics.calibration import CalibrationScreen
from quiz.tui.statistics.item import ItemStatisticsScreen
from quiz.tui.statistics.overview import StatisticsScreen
from quiz.tui.statistics.what_if import WhatIfScreen
from quiz.tui.widgets.chart import Chart
from quiz.tui.widgets.plot import Plot
from quiz.tui.widgets.row_list import RowList
from tests.fakes import DAY, NOON, FakeClock, make_workspace
from tests.record.record_stress import attempt, header
from tests.sample_banks import hostile
from tests.screens import flat, press
from tests.tui.statistics.opening import opened

# What is there


async def test_the_overview_tells_what_the_record_says(workspace: Workspace, clock: FakeClock) -> None:
    view = overview_of(workspace, workspace.learner)
    app = QuizApp(workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, workspace)
        said = flat(app)
        assert f"{view.total.attempts:,}" in said
        assert active_days_finding(view.days, view.today) in said
        assert due_finding(view.forecast) in said
        assert "days in a row" in said
        assert f"{view.total.attempts:,} answers in all" in said
        for line in view.banks:
            assert line.title in said
        assert "█ right ▒ missed" in said


async def test_the_banks_are_in_sight_on_a_small_screen_and_the_page_goes_on_where_they_end(
    workspace: Workspace, clock: FakeClock
) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, workspace)
        rows = app.screen.query_one(RowList)
        assert rows.has_focus
        assert rows.rows[0].left.plain[:20] in flat(app)
        await press(pilot, clock, "end", "down", "down", "down", "down")
        assert rows.cursor == len(rows.rows) - 1
        assert "█ right ▒ missed" in flat(app)
        await press(pilot, clock, "home")
        assert "% right" in flat(app)


async def test_t_shows_every_plot_as_a_table_and_back(workspace: Workspace, clock: FakeClock) -> None:
    view = overview_of(workspace, workspace.learner)
    busiest = max(view.recent[-7:], key=lambda day: day.day)
    app = QuizApp(workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, workspace)
        assert "answers right time" not in flat(app)
        await press(pilot, clock, "t")
        assert "answers right time" in flat(app)
        assert f"{busiest.day:%a %d %b} {busiest.attempts}" in flat(app)
        assert "▒ missed" not in flat(app)
        await press(pilot, clock, "down", "enter")
        assert all(chart.is_table for chart in app.screen.query(Chart))
        await press(pilot, clock, "t")
        assert all(plot.display for plot in app.screen.query(Plot))


async def test_a_bank_its_items_and_their_sessions_open_one_from_another(
    workspace: Workspace, clock: FakeClock
) -> None:
    view = bank_figures(workspace, "bank-000", workspace.learner)
    app = QuizApp(workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, workspace)
        await press(pilot, clock, "enter")
        assert isinstance(app.screen, BankStatisticsScreen)
        said = flat(app)
        assert view.title in said
        for topic in view.topics:
            assert topic.topic in said
        hardest = view.items[0]
        assert hardest.wrong is not None
        assert f"{hardest.wrong.count}× {hardest.wrong.text}" in said
        assert f"{round(hardest.accuracy * 100)} % of {hardest.attempts}" in said
        await press(pilot, clock, "enter")
        assert isinstance(app.screen, ItemStatisticsScreen)
        said = flat(app)
        assert hardest.stem in said
        assert f"{hardest.attempts} attempt" in said
        key = workspace.library.bank("bank-000").by_id[hardest.ref.item].key_text()
        assert f"Correct answer {key}" in said
        await press(pilot, clock, "escape", "escape")
        assert isinstance(app.screen, StatisticsScreen)


async def test_what_was_never_asked_is_listed_below(workspace: Workspace, clock: FakeClock) -> None:
    view = bank_figures(workspace, "bank-001", workspace.learner)
    assert view.never_asked
    app = QuizApp(workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.push_screen(BankStatisticsScreen(workspace, "bank-001"))
        await pilot.pause()
        await press(pilot, clock, "n")
        row = app.screen.query_one(RowList).current
        assert row is not None
        assert row.left.plain == view.never_asked[0].stem
        assert "Never asked:" in flat(app)
        await press(pilot, clock, "n")
        assert app.screen.query_one(RowList).cursor == 0


async def test_an_item_is_suspended_and_resumed(generated: Path, tmp_path: Path, clock: FakeClock) -> None:
    workspace = make_workspace(tmp_path, *sorted((generated / "banks").iterdir()), clock=clock)
    app = QuizApp(workspace)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        app.push_screen(BankStatisticsScreen(workspace, "bank-001"))
        await pilot.pause()
        await press(pilot, clock, "n", "enter", "at")
        assert "About people suspended" in flat(app)
        assert "@ Resume" in flat(app)
        await press(pilot, clock, "escape")
        assert "Suspended: 1 question" in flat(app)
        rows = app.screen.query_one(RowList)
        rows.cursor = [row.key.partition("/")[0] for row in rows.rows].index("suspended")
        await press(pilot, clock, "enter", "at")
        assert "About people suspended" not in flat(app)
        assert "@ Suspend" in flat(app)
        await press(pilot, clock, "escape")
        assert "Suspended: " not in flat(app)
    workspace.record.close()


async def test_calibration_of_all_and_of_one_bank(workspace: Workspace, clock: FakeClock) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=(100, 36)) as pilot:
        await opened(pilot, workspace)
        await press(pilot, clock, "c")
        assert isinstance(app.screen, CalibrationScreen)
        view = app.screen.view
        assert view is not None
        assert f"{view.recall.log_loss:.3f}" in flat(app)
        assert f"{view.recall.rmse_bins:.3f}" in flat(app)
        assert f"of {view.confidence[0].attempts} answers" in flat(app)
        await press(pilot, clock, "b")
        assert isinstance(app.screen, ChooseModal)
        await press(pilot, clock, "down", "enter")
        assert app.screen.view is not None
        assert app.screen.view.bank == "bank-000"
        assert 0 < app.screen.view.recall.reviews < view.recall.reviews
        await press(pilot, clock, "t")
        assert "predicted actual off reviews" in flat(app)


@pytest.mark.parametrize("size", [(40, 15), (100, 36)])
async def test_calibration_shows_what_was_fitted_to_the_learner_and_takes_it_back(
    workspace: Workspace, clock: FakeClock, size: tuple[int, int]
) -> None:
    own = OwnParameters(400, DEFAULT_PARAMETERS, NOON - 9 * DAY, 0.31, 0.29)
    told = header(
        workspace.learner.id,
        Random(size[0]),
        banks=(),
        items=(),
        settings={SETTING: msgspec.to_builtins(own)},
    )
    workspace.record.start_with(told, [Event(n=1, kind=EventKind.END, at=NOON)])
    app = QuizApp(workspace)
    async with app.run_test(size=size) as pilot:
        await opened(pilot, workspace)
        await press(pilot, clock, "c")
        assert "since 9 June 2025: log loss 0.310 → 0.290 on answers it had not seen" in flat(app)
        assert "Undo fit" in flat(app)
        await press(pilot, clock, "u")
        assert "fitted to you" not in flat(app)
        assert "Undo fit" not in flat(app)
        assert "parameters" not in workspace.policy
        await press(pilot, clock, "u")
    assert workspace.record.trainings(workspace.learner.id).most_reviews == 400


@pytest.mark.parametrize("size", [(40, 24), (100, 36)])
async def test_what_if_simulates_a_year_and_sets_what_it_suggests(
    workspace: Workspace, clock: FakeClock, size: tuple[int, int]
) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=size) as pilot:
        await opened(pilot, workspace)
        await press(pilot, clock, "w")
        screen = app.screen
        assert isinstance(screen, WhatIfScreen)
        await app.workers.wait_for_complete()
        await pilot.pause()
        view = screen.view
        assert view == what_if(workspace)
        assert view is not None
        for each in view.outcomes:
            assert f"{per_cent(each.retention)} {each.minutes_per_day:.1f} {each.known:,.0f}" in flat(app)
        assert ("suggested" if size[0] > 40 else "best") in flat(app)
        await press(pilot, clock, "plus")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert screen.view is not None
        assert screen.view.new_per_day == view.new_per_day + 5
        suggested = screen.view.suggested.retention
        await press(pilot, clock, "s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert workspace.config.retention == suggested
        assert screen.view.present.retention == suggested
        assert "⏎ Set" not in flat(app)
        await press(pilot, clock, "down", "down", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert workspace.config.retention == pytest.approx(suggested + 0.02)
        await press(pilot, clock, "escape")
        assert isinstance(app.screen, StatisticsScreen)


async def test_an_empty_record_is_shown_without_a_fault(
    tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]
) -> None:
    empty = make_workspace(tmp_path, bank_file(hostile()), clock=clock)
    app = QuizApp(empty)
    async with app.run_test(size=(100, 40)) as pilot:
        await opened(pilot, empty)
        assert "Nothing is due for 30 days." in flat(app)
        await press(pilot, clock, "t", "c")
        assert "Too few reviews to tell" in flat(app)
        assert not app.screen.query_one("#recall").display
        assert app.screen.query_one("#confidence").region.y < 20
        await press(pilot, clock, "t", "escape", "h")
        assert "No session is on record here." in flat(app)
        await press(pilot, clock, "enter", "x", "escape", "o")
        assert "Never asked: 1 question" in flat(app)
        await press(pilot, clock, "n", "enter")
        assert "Never attempted." in flat(app)
    empty.record.close()


async def test_a_record_that_cannot_be_read_is_told(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise RecordLocked("Another program has held the record for 5 seconds.")

    app = QuizApp(workspace)
    async with app.run_test(size=(100, 36), notifications=True) as pilot:
        await pilot.pause()
        monkeypatch.setattr("quiz.tui.statistics.overview.overview_of", locked)
        app.push_screen(StatisticsScreen(workspace))
        await pilot.pause()
        assert "Another program has held the record" in flat(app)


# Whose record


async def test_somebody_elses_record_can_be_looked_at(
    tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]
) -> None:
    made = make_workspace(tmp_path, bank_file(hostile()), clock=clock)
    app = QuizApp(made)
    async with app.run_test(size=(100, 40)) as pilot:
        await opened(pilot, made)
        assert app.screen.check_action("learner", ()) is False
        otto = made.record.learner("otto").id
        made.record.start_with(header(otto, Random(1)), [attempt(1), attempt(2)])
        await press(pilot, clock, "escape", "i", "l", "down", "enter")
        assert isinstance(app.screen, StatisticsScreen)
        assert app.screen.learner.id == otto
        assert app.screen.view is not None
        assert app.screen.view.total.attempts == 2
    made.record.close()
