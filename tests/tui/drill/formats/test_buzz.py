"""Buzz on the wall: the team of the first key answers, the order of all is told, and others steal."""

from __future__ import annotations

import pytest

from quiz.core.drill.settings import DrillStep, Stage
from quiz.tui.home.screen import HomeScreen
from tests.drills import Make, places, tap, until
from tests.fakes import SECOND, FakeClock
from tests.screens import flat, shown


async def test_the_first_team_has_the_word_and_the_others_steal(make_app: Make, clock: FakeClock) -> None:
    app = make_app("buzz", teams=3, seconds=30)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", "l", "A", "t")
        assert "▲ Orange answers." in flat(app)
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
        await tap(pilot, clock, "ctrl+y")
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
        assert "ctrl+e gives 30 s more" in flat(app)
        await tap(pilot, clock, "a")
        assert app.live.drill.stage is Stage.ASKING
        await tap(pilot, clock, "ctrl+e", "a")
        assert app.live.drill.seat == "team-1"


async def test_teams_have_members_and_a_late_pupil_is_told_the_team(make_app: Make, clock: FakeClock) -> None:
    names = ("Ada", "Bo", "Cy", "Dee", "Eve")
    app = make_app("buzz", names=names, teams=2)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        members = {team: [app.live.names[one] for one in of] for team, of in app.live.drill.members.items()}
        assert f"● Blue {', '.join(members['team-1'])} ▲ Orange {', '.join(members['team-2'])}" in flat(app)
        await tap(pilot, clock, "enter", "l")
        assert f"Orange answers. {', '.join(members['team-2'])}" in flat(app)
        await tap(pilot, clock, "ctrl+t", *"Zoe", "enter")
        assert "Zoe · Orange joined." in flat(app)
        await tap(pilot, clock, "ctrl+y", "x", "y")
        assert f"{', '.join(members['team-2'])}, Zoe" in flat(app)


@pytest.mark.parametrize("pressed", [(), ("t",)], ids=["keys open", "a team answers"])
async def test_while_a_team_may_press_no_key_of_the_teacher_works_without_ctrl(
    make_app: Make, clock: FakeClock, pressed: tuple[str, ...]
) -> None:
    app = make_app("buzz", teams=4, seconds=60)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", *pressed)
        drill, screen = app.live.drill, app.screen
        await tap(pilot, clock, *"ynspgejbxqur", "space", "enter", "escape", "backspace")
        assert app.screen is screen
        steps = [event for event in app.live.drill.log if event.body.get("do") != DrillStep.TICK]
        assert steps == [event for event in drill.log if event.body.get("do") != DrillStep.TICK]
        assert app.live.drill.timer.is_going is drill.timer.is_going
        assert all(key in shown(app).splitlines()[-1] for key in ("^u Undo", "^s Skip"))


async def test_with_ctrl_each_key_of_the_teacher_works(make_app: Make, clock: FakeClock) -> None:
    app = make_app("buzz", teams=3, seconds=60)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", "ctrl+g")
        assert app.live.drill.is_paused
        await tap(pilot, clock, "ctrl+g", "ctrl+t", "ctrl+e", "ctrl+b")
        drill = app.live.drill
        assert (drill.is_paused, len(drill.teams), drill.extra_ms, drill.is_board_shown) == (
            False, 4, 30_000, False,
        )  # fmt: skip
        await tap(pilot, clock, "t", "ctrl+n", "a", "ctrl+y")
        assert [app.live.drill.scores[team].right for team in ("team-3", "team-1")] == [0, 1]
        await tap(pilot, clock, "enter", "ctrl+k")
        assert app.live.drill.is_revealed
        await tap(pilot, clock, "u", "ctrl+s")
        assert app.live.drill.place == 2
        await tap(pilot, clock, "ctrl+u")
        assert app.live.drill.place == 1
        await tap(pilot, clock, "ctrl+x", "n", "ctrl+l")
        assert isinstance(app.screen, HomeScreen)


async def test_a_digit_that_comes_with_a_teams_key_is_a_slip(make_app: Make, clock: FakeClock) -> None:
    app = make_app("buzz", teams=5)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", "w")
        await tap(pilot, clock, "1", after=60)
        assert app.live.drill.stage is Stage.ANSWERING
        await tap(pilot, clock, places(app, right=True))
        assert app.live.drill.is_revealed


async def test_a_key_held_down_since_before_the_item_does_not_count(make_app: Make, clock: FakeClock) -> None:
    app = make_app("buzz", teams=3)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "a", "a", "a", after=500)
        await tap(pilot, clock, "enter", after=30)
        await tap(pilot, clock, *["a"] * 30, after=30)
        assert app.live.drill.seat == ""
        await tap(pilot, clock, "l", after=30)
        assert app.live.drill.seat == "team-2"
        await tap(pilot, clock, *["t"] * 20, after=30)
        await tap(pilot, clock, "ctrl+n", *["t"] * 3, after=30)
        assert app.live.drill.seat == "team-2"
        await tap(pilot, clock, "t", "ctrl+n", "a")
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
        await tap(pilot, clock, "ctrl+b")
        assert "0✓" not in flat(app)
