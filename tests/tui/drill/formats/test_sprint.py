"""Sprints on the wall: right answers, and the time that is left."""

from __future__ import annotations

from quiz.core.drill.settings import Stage
from quiz.tui.drill.report import DrillReportScreen
from tests.drills import OPTIONS, Make, places, tap, until
from tests.fakes import SECOND, FakeClock
from tests.screens import flat


async def test_it_hides_its_item_while_paused_and_ends_by_the_clock(make_app: Make, clock: FakeClock) -> None:
    app = make_app("sprint", seconds=60)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", places(app, right=True))
        assert app.live.drill.scores["class"].right == 1
        stem = app.live.drill.current.item.stem
        assert stem in flat(app)
        await tap(pilot, clock, "p")
        assert stem not in flat(app)
        await tap(pilot, clock, "1", "y")
        assert app.live.drill.scores["class"].answers == 1
        await tap(pilot, clock, "p", places(app, right=False))
        assert "✗ wrong" in flat(app)
        clock.go_on(120 * SECOND)
        await until(pilot, lambda: isinstance(app.screen, DrillReportScreen))
        await tap(pilot, clock, "u")
        assert app.live.drill.stage is Stage.ANSWERING
        await tap(pilot, clock, places(app, right=True))
        assert app.live.drill.scores["class"].right == 2


async def test_extra_time_counts_for_no_record(make_app: Make, clock: FakeClock) -> None:
    app = make_app("sprint", seconds=60)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", places(app, right=True), "e", "x", "y")
        assert "right, with extra time: it counts for no record." in flat(app)


async def test_two_in_turn_are_told_whose_answer_it_was(make_app: Make, clock: FakeClock) -> None:
    app = make_app("sprint", seconds=60, names=("Ada", "Ada"))
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", places(app, right=False))
        assert "Ada 1: ✗ wrong" in flat(app)
        assert flat(app).count("0:59") == 1  # the other one's clock goes on above
        await tap(pilot, clock, "s")
        assert "Ada 2: – skipped" in flat(app)
        await tap(pilot, clock, "x", "y")
        assert "Nobody was right." in flat(app)


async def test_the_key_of_an_item_that_comes_again_at_once_is_not_told(
    make_app: Make, clock: FakeClock
) -> None:
    only = OPTIONS[: OPTIONS.index("  - {id: i1,")].replace("key: right0", "key: Lutetia")
    app = make_app("sprint", only, seconds=60)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", places(app, right=False))
        assert "✗ wrong" in flat(app)
        assert flat(app).count("Lutetia") == 1  # among the options
        await tap(pilot, clock, "s")
        assert flat(app).count("Lutetia") == 1


async def test_a_key_held_down_answers_no_item_unread(make_app: Make, clock: FakeClock) -> None:
    app = make_app("sprint", seconds=60)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter")
        clock.go_on(SECOND)
        await tap(pilot, clock, *["1"] * 20, after=30)
        assert 0 < app.live.drill.scores["class"].answers <= 3
