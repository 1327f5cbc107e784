"""Drills whose record refuses: it is said, nothing is shown that is not on record, and nothing breaks."""

from __future__ import annotations

import pytest

from quiz.core.drill.formats import all_formats
from quiz.core.drill.settings import Stage
from quiz.errors import RecordLocked
from quiz.services.drill.start import resume_drill
from quiz.tui.drill.report import DrillReportScreen
from quiz.tui.drill.screen import DrillScreen
from quiz.tui.home.screen import HomeScreen
from tests.drills import TOLD, Make, full, places, tap, until
from tests.fakes import SECOND, FakeClock
from tests.screens import flat

FULL = "There is no room on the disk."


async def test_what_could_not_be_saved_is_not_shown(make_app: Make, clock: FakeClock) -> None:
    app = make_app("hot-seat", names=("Ada", "Bo"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await tap(pilot, clock, "enter", "enter")
        real, app.workspace.record.append = app.workspace.record.append, full
        await tap(pilot, clock, "y", "n", "g")
        assert "right!" not in flat(app)
        assert flat(app).count(FULL) == 1
        app.workspace.record.append = real
        await tap(pilot, clock, "y")
        assert "right!" in flat(app)


@pytest.mark.parametrize("which", list(all_formats()))
async def test_no_key_at_all_breaks_a_drill_whose_record_refuses(
    make_app: Make, clock: FakeClock, which: str
) -> None:
    app = make_app(which, **TOLD[which])
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", *{"hot-seat": ["enter"], "buzz": ["a"]}.get(which, []))
        app.workspace.record.append = full
        before = app.live.drill
        back = ["escape"] if which in {"vote", "everyone"} else []  # from the attendance
        number = ["1", "escape"] if which == "everyone" else ["1"]
        await tap(pilot, clock, *number, *"ynuspeghbvdjl", "space", "plus", "a", *back)
        if which == "buzz":
            await tap(pilot, clock, *map("ctrl+{}".format, "ynuksgebt"))
        assert app.live.drill == before
        await tap(pilot, clock, "ctrl+x" if which == "buzz" else "x", "y")
        assert isinstance(app.screen, DrillScreen)
        assert app.live.drill == before
        await tap(pilot, clock, "ctrl+l" if which == "buzz" else "q")
        assert isinstance(app.screen, HomeScreen)
        assert app.workspace.unfinished() == before.header


async def test_a_clock_that_cannot_be_put_on_record_complains_once(make_app: Make, clock: FakeClock) -> None:
    app = make_app("vote", seconds=60)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await tap(pilot, clock, "enter")
        tried = []

        def refuse(*given: object) -> None:
            tried.append(given)
            full()

        app.workspace.record.append = refuse
        for times in range(1, 4):
            clock.go_on(6 * SECOND)
            await until(pilot, lambda times=times: len(tried) > times)
        await pilot.pause()
        assert flat(app).count(FULL) == 1
        assert app.live.drill.left_ms(app.live.now()) == 42 * SECOND


async def test_an_undo_of_the_end_that_could_not_be_saved_shows_the_report_again(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app("buzz", teams=2)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await tap(pilot, clock, "enter", "ctrl+x", "y")
        real, app.workspace.record.append = app.workspace.record.append, full
        await tap(pilot, clock, "u")
        assert isinstance(app.screen, DrillReportScreen)
        assert FULL in flat(app)
        app.workspace.record.append = real
        await tap(pilot, clock, "u")
        assert app.live.drill.stage is Stage.ASKING


async def test_after_another_window_the_drill_stands_where_that_one_went(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app("hot-seat", names=("Ada", "Bo"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await tap(pilot, clock, "enter", "enter")
        other = resume_drill(app.workspace, app.live.drill.header)
        other.append(other.drill.answer(other.drill.options[0], other.now()))
        await tap(pilot, clock, places(app, right=True))
        assert "Another window" in flat(app)
        assert app.live.drill == other.drill
        await tap(pilot, clock, "enter")
        assert app.live.drill.place == 1


async def test_a_record_that_cannot_be_read_then_either_is_said_as_well(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app("vote", seconds=60)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await tap(pilot, clock, "enter")
        other = resume_drill(app.workspace, app.live.drill.header)
        other.append(other.drill.go_on(other.now()))

        def locked(_: str) -> None:
            raise RecordLocked("Another program holds the record.")

        app.workspace.record.events = locked
        clock.go_on(5 * SECOND)
        await until(pilot, lambda: "Another program holds the record." in flat(app))
        assert app.is_running


async def test_a_board_that_is_drawn_reads_no_record(make_app: Make, clock: FakeClock) -> None:
    app = make_app("hot-seat", names=("Ada", "Bo"))
    async with app.run_test(size=(130, 36)) as pilot:
        await tap(pilot, clock, "enter", "enter", "y")
        app.workspace.record.learners = full
        app.workspace.record.class_lists.by_id = full
        await pilot.resize_terminal(140, 40)
        await tap(pilot, clock, "enter", "enter", "n")
        name = app.live.names[app.live.drill.seat]
        assert f"{name} 0 ✓" in flat(app)
