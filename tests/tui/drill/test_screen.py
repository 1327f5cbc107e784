"""Drills of every format on the wall: the key stays hidden, everything fits, and they can be left."""

from __future__ import annotations

from random import Random

import pytest

from quiz.core.drill.formats import all_formats
from quiz.core.drill.settings import Stage
from quiz.tui.app import QuizApp
from quiz.tui.drill.report import DrillReportScreen
from quiz.tui.drill.screen import DrillScreen
from quiz.tui.home.screen import HomeScreen
from quiz.tui.navigation import drill_screen_of
from tests.drills import OPTIONS, TOLD, Make, tap
from tests.fakes import SECOND, FakeClock
from tests.sample_banks import MARKUP, SMALL, hostile
from tests.screens import flat, shown

SIZES = [(40, 12), (80, 24), (120, 36), (200, 60)]


def test_every_format_has_a_screen() -> None:
    assert set(all_formats()) == set(TOLD)
    for name in all_formats():
        assert issubclass(drill_screen_of(name), DrillScreen)


def control(letter: str, which: str) -> str:
    """Return the teacher's key while an item is asked."""
    return f"ctrl+{letter}" if which == "buzz" else letter


def offered(app: QuizApp) -> str:
    """Return all that the palette, the bar, its tooltips and the help would say."""
    told = [f"{b.description} {b.tooltip} {tip}" for _, b, _, tip in app.screen.active_bindings.values()]
    told += [f"{command.title} {command.help}" for command in app.get_system_commands(app.screen)]
    return " ".join([*told, app.screen.about, app.screen.name_shown])


@pytest.mark.parametrize("which", list(all_formats()))
async def test_the_key_is_nowhere_before_it_is_revealed(make_app: Make, clock: FakeClock, which: str) -> None:
    bank = SMALL.replace("key: Paris", "key: Lutetia").replace("key: Pacific", "key: Tethys")
    app = make_app(which, bank, **TOLD[which])
    rng = Random(5)
    async with app.run_test(size=(100, 40)) as pilot:
        await tap(pilot, clock, "enter")
        for _ in range(16):
            drill = app.live.drill
            if drill.stage is Stage.FINISHED:
                break
            if not drill.is_revealed:
                assert "✓ Correct answer" not in flat(app)
                assert not any(option.note == "correct" for option in app.screen.option_views())
                assert drill.current.item.key_text() not in offered(app)
            if not drill.is_revealed and not drill.options and which != "sprint":
                assert drill.current.item.key_text() not in flat(app)
            await tap(pilot, clock, rng.choice(["enter", "a", "l", "1", "2", "y", "n", "s", "u", "v", "d"]))
            if not isinstance(app.screen, DrillScreen | DrillReportScreen):
                await tap(pilot, clock, "escape")
            assert not isinstance(app.screen, HomeScreen)


async def test_leaving_stops_the_clock_and_continuing_shows_the_same(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app("hot-seat", names=("Ada", "Bo"), seconds=30)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", "enter", "y", "enter", "enter")
        before = flat(app)
        seat, board = app.live.drill.seat, app.live.drill.board
        await tap(pilot, clock, "q")
        assert isinstance(app.screen, HomeScreen)
        assert "1 of 6 answered" in flat(app)
        clock.go_on(3600 * SECOND)
        await tap(pilot, clock, "c")
        assert isinstance(app.screen, DrillScreen)
        drill = app.screen.drill
        assert (drill.seat, drill.board, drill.left_ms(app.screen.live.now())) == (seat, board, 29_000)
        assert "paused" in flat(app)
        assert app.live.names[seat] in before
        assert app.live.names[seat] in flat(app)


async def test_ending_early_asks_once_and_can_be_taken_back(make_app: Make, clock: FakeClock) -> None:
    app = make_app("buzz", teams=2)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", "ctrl+x", "n")
        assert app.live.drill.stage is Stage.ASKING
        await tap(pilot, clock, "ctrl+x", "y")
        assert isinstance(app.screen, DrillReportScreen)
        await tap(pilot, clock, "u")
        assert app.live.drill.stage is Stage.ASKING
        assert "Taken back: the early end." in flat(app)


@pytest.mark.parametrize(
    ("which", "sizes"),
    [
        *((which, [SIZES[place % len(SIZES)]]) for place, which in enumerate(all_formats(), 1)),
        *(pytest.param(which, SIZES, marks=pytest.mark.long) for which in all_formats()),
    ],
)
async def test_a_bank_and_a_roster_of_markup_are_shown_as_they_are_written_on_any_screen(
    make_app: Make, clock: FakeClock, which: str, sizes: list[tuple[int, int]]
) -> None:
    names = (MARKUP, f"{MARKUP} {MARKUP}") if which in {"hot-seat", "sprint", "everyone"} else ()
    app = make_app(which, hostile(), names=names, teams=8)
    async with app.run_test(size=SIZES[0], notifications=True) as pilot:
        await tap(pilot, clock, "enter", "enter", "a", "1", "enter")
        if not isinstance(app.screen, DrillScreen | DrillReportScreen):
            await tap(pilot, clock, "escape")
        for size in sizes:
            await pilot.resize_terminal(*size)
            assert MARKUP in flat(app) or size[0] < 80
        if not isinstance(app.screen, DrillReportScreen):
            await tap(pilot, clock, control("x", which), "y")
        for size in (SIZES[0], SIZES[-1]):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert isinstance(app.screen, DrillReportScreen)
        assert app.is_running


@pytest.mark.parametrize("which", list(all_formats()))
async def test_a_long_item_fits_the_usual_projector(make_app: Make, clock: FakeClock, which: str) -> None:
    bank = OPTIONS.replace("'Question 0?'", "'" + "Which of these words fits best here " * 5 + "?'")
    for k in range(1, 6):
        bank = bank.replace(f"  - {{id: i{k},", f"  - {{id: j{k},", 1)
    bank = bank.replace("wrong0", "a rather long option that goes on to a second line of the wall for sure")
    told = {"pupils": ("#1", "#2")} if which in {"hot-seat", "sprint", "everyone"} else {"teams": 4}
    app = make_app(which, bank, **told)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter")
        while app.live.drill.ref.item != "i0":
            await tap(pilot, clock, control("s", which))
        await pilot.pause()
        text = flat(app)
        assert "for sure" in text
        assert "other0" in text
        assert "right0" in text


@pytest.mark.parametrize(("which", "apart"), [("vote", 3), ("buzz", 2)])
async def test_options_stand_apart_wherever_there_is_room(
    make_app: Make, clock: FakeClock, which: str, apart: int
) -> None:
    app = make_app(which, **TOLD[which])
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter")
        lines = shown(app).splitlines()
        rows = [next(k for k, line in enumerate(lines) if text in line) for text in app.live.drill.options]
        assert [row - rows[0] for row in rows] == [0, apart, 2 * apart]
