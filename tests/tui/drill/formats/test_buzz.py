"""Buzz on the wall: the first key has the word, the order of all is told, and others steal."""

from __future__ import annotations

from quiz.core.drill.settings import Stage
from tests.drills import Make, places, tap, until
from tests.fakes import SECOND, FakeClock
from tests.screens import flat, shown


async def test_the_first_team_has_the_word_and_the_others_steal(make_app: Make, clock: FakeClock) -> None:
    app = make_app("buzz", teams=3, seconds=30)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", "l", "A", "t")
        assert "▲ Orange has the word." in flat(app)
        assert "1. ▲ Orange 2. ● Blue +1.00 s 3. ■ Green +2.00 s" in flat(app)
        await tap(pilot, clock, places(app, right=False))
        assert "Steal it!" in flat(app)
        await tap(pilot, clock, "l")
        assert app.live.drill.stage is Stage.ASKING
        await tap(pilot, clock, "a", places(app, right=True))
        assert "✓ Right! ● Blue" in flat(app)
        await tap(pilot, clock, "b")
        assert "1000" not in flat(app)
        await tap(pilot, clock, "b", "j")
        assert len(app.live.drill.teams) == 4


async def test_the_order_of_eight_presses_is_on_the_wall_until_the_next_item(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app("buzz", teams=8)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter")
        await tap(pilot, clock, *"wzmvolta", after=40)
        told = ("W Yellow ▸", "Z Red 2.", "M Grey 3.", "V Purple 4.", "O Sky 5.", "L Orange 6.", "T Green 7.")
        assert "1. ★ 2. ▼ +0.04 s 3. ✱ +0.08 s 4. ◆ +0.12 s" in flat(app)
        assert all(team in flat(app) for team in (*told, "A Blue 8."))
        await tap(pilot, clock, "y")
        assert all(team in flat(app) for team in told)
        await tap(pilot, clock, "enter")
        assert "Red 2." not in flat(app)


async def test_after_the_time_nobody_is_told_to_press(make_app: Make, clock: FakeClock) -> None:
    app = make_app("buzz", teams=2, seconds=20)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter")
        assert "Press your key." in flat(app)
        clock.go_on(20 * SECOND)
        await until(pilot, lambda: "Press your key." not in flat(app))
        assert "e gives 30 s more" in flat(app)
        await tap(pilot, clock, "a")
        assert app.live.drill.stage is Stage.ASKING
        await tap(pilot, clock, "e", "a")
        assert app.live.drill.seat == "team-1"


async def test_a_click_on_a_card_is_the_teams_key(make_app: Make, clock: FakeClock) -> None:
    app = make_app("buzz", teams=2)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter")
        row = next(k for k, line in enumerate(shown(app).splitlines()) if "Orange" in line)
        await pilot.click(offset=(50, row))
        await pilot.pause()
        assert app.live.drill.seat == "team-2"


async def test_on_a_small_screen_the_cards_leave_room_for_the_options_and_hide_with_the_board(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app("buzz", teams=4)
    async with app.run_test(size=(40, 12)) as pilot:
        await tap(pilot, clock, "enter")
        assert all(text in flat(app) for text in (*app.live.drill.options, "L 0✓", "V 0✓"))
        await tap(pilot, clock, "b")
        assert "0✓" not in flat(app)
