"""The hot seat on the wall: who is drawn, what is judged, and who is here."""

from __future__ import annotations

from quiz.core.drill.settings import Stage
from quiz.tui.drill.report import DrillReportScreen
from quiz.tui.home.screen import HomeScreen
from tests.drills import Make, places, tap, until
from tests.fakes import FakeClock
from tests.sample_banks import SMALL
from tests.screens import flat


async def test_from_the_rules_to_the_podium(make_app: Make, clock: FakeClock) -> None:
    app = make_app("hot-seat", names=("Ada", "Bo", "王小明"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "right 1000" in flat(app)
        await tap(pilot, clock, "enter")
        assert "Everybody thinks." in flat(app)
        await tap(pilot, clock, "enter")
        assert app.live.names[app.live.drill.seat] in flat(app)
        await tap(pilot, clock, places(app, right=True))
        assert "right!" in flat(app)
        assert "Because" in flat(app)
        await tap(pilot, clock, *["enter", "enter", "y"] * 5, "enter")
        assert isinstance(app.screen, DrillReportScreen)
        assert "A tie of 3 at the top." in flat(app)
        await tap(pilot, clock, "enter")
        assert isinstance(app.screen, HomeScreen)
        assert app.workspace.unfinished() is None


async def test_a_hidden_board_stays_hidden_in_the_report_until_it_is_asked_for(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app("hot-seat", names=("Ada", "Bo", "Cy"))
    async with app.run_test(size=(100, 36)) as pilot:
        await tap(pilot, clock, "enter", "enter")
        seat = app.live.names[app.live.drill.seat]
        await tap(pilot, clock, "y", "b", "x", "y")
        assert isinstance(app.screen, DrillReportScreen)
        assert "The board is hidden." in flat(app)
        assert "100 % of 1" in flat(app)
        assert not [name for name in ("Ada", "Bo", "Cy") if f" {name} " in flat(app)]
        assert "n Names" not in flat(app)
        await tap(pilot, clock, "n", "b")
        assert f"✓ {seat}" not in flat(app), "n did nothing where all names are hidden"
        assert "n Names" in flat(app)
        await tap(pilot, clock, "n")
        assert f"{seat} comes first." in flat(app)
        assert f"✓ {seat}" in flat(app)
        assert f"Not called: {', '.join(name for name in ('Ada', 'Bo', 'Cy') if name != seat)}" in flat(app)
        assert " · Hot seat · 7b" in flat(app)
        await tap(pilot, clock, "b")
        assert "comes first" not in flat(app)


async def test_a_wrong_key_is_taken_back_and_that_is_said_until_the_next_one(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app("hot-seat", names=("Ada", "Bo"))
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", "enter")
        seat, before = app.live.drill.seat, app.live.drill.board
        await tap(pilot, clock, "n", "enter")
        assert app.live.drill.place == 1
        await tap(pilot, clock, "u")
        assert (app.live.drill.place, app.live.drill.seat, app.live.drill.board) == (0, seat, before)
        assert "Taken back: the verdict." in flat(app)
        await tap(pilot, clock, "y")
        assert app.live.drill.scores[seat].right == 1
        assert "Taken back" not in flat(app)


async def test_passing_helping_and_being_absent(make_app: Make, clock: FakeClock) -> None:
    app = make_app("hot-seat", names=("Ada", "Bo", "Cy"))
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", "enter", "g")
        first = app.live.drill.tried[0]
        assert app.live.drill.seat not in {"", first}
        await tap(pilot, clock, "h")
        assert "right counts half" in flat(app)
        gone = app.live.drill.seat
        await tap(pilot, clock, "a")
        assert app.live.drill.picker.absent == {gone}
        assert f"{app.live.names[gone]} is absent." in flat(app)
        await tap(pilot, clock, "y", "a")
        assert "Who is here?" in flat(app)
        down = list(app.live.drill.picker.turns).index(gone)
        await tap(pilot, clock, *["down"] * down, "space", "escape")
        assert not app.live.drill.picker.absent


async def test_in_large_letters_every_key_of_whoever_answers_is_told(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app("hot-seat", names=("Ada", "Bo", "Cy"))
    async with app.run_test(size=(60, 18)) as pilot:
        await pilot.pause()
        assert f"Questions {app.live.drill.total} Pupils 3" in flat(app)
        await tap(pilot, clock, "enter", "enter")
        assert "g pass h class helps" in flat(app)


async def test_a_late_pupil_is_entered_by_name(make_app: Make, clock: FakeClock) -> None:
    app = make_app("hot-seat", names=("Ada", "Bo"))
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", "j", *"Ada", "enter")
        assert "Ada 2 joined." in flat(app)
        assert len(app.live.drill.picker.present) == 3
        class_list = app.workspace.record.class_lists.named("7b")
        assert [pupil.name for pupil in class_list.pupils] == ["Ada 1", "Bo", "Ada 2"]
        await tap(pilot, clock, "j", "escape", "u")
        assert len(app.live.drill.picker.present) == 2
        await tap(pilot, clock, "a", "down", "space", "escape", "j", *"bo", "enter")
        assert "Bo joined." in flat(app)


async def test_pupils_by_numbers_join_by_the_next_one(make_app: Make, clock: FakeClock) -> None:
    app = make_app("hot-seat", pupils=("#1", "#2"))
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", "j")
        assert "Pupil 3 joined." in flat(app)


async def test_a_long_name_leaves_room_for_the_verdict_and_its_points(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app(
        "hot-seat", names=("Pablo Diego José Francisco de Paula Juan Nepomuceno María de los Remedios",)
    )
    async with app.run_test(size=(40, 15)) as pilot:
        await tap(pilot, clock, "enter", "enter")
        assert "Pablo Diego" in flat(app)
        await tap(pilot, clock, "y")
        assert "right! +1000" in flat(app)
        await pilot.resize_terminal(80, 24)
        await tap(pilot, clock, "u", "h", "y")
        assert ": right, with help." in flat(app)


async def test_judging_by_ear_after_showing_the_key(make_app: Make, clock: FakeClock) -> None:
    app = make_app("hot-seat", SMALL, pupils=("#1",))
    async with app.run_test(size=(80, 30)) as pilot:
        await tap(pilot, clock, "enter")
        while app.live.drill.current.item.id != "ocean":
            await tap(pilot, clock, "s")
        await tap(pilot, clock, "enter", "1")
        assert app.live.drill.stage is Stage.ANSWERING
        assert "Pacific" not in flat(app)
        await tap(pilot, clock, "space")
        assert "✓ Correct answer Pacific" in flat(app)
        await tap(pilot, clock, "y")
        assert app.live.drill.scores["#1"].right == 1


LONG = """\
format: 1
bank: long
title: Long
items:
  - id: a
    kind: sorting
    stem: Where is it?
    categories: {north: [p1, p2, p3, p4, p5], south: [p6, p7, p8, p9]}
"""


async def test_the_key_of_a_long_task_is_scrolled_to(make_app: Make, clock: FakeClock) -> None:
    app = make_app("hot-seat", LONG, pupils=("#1",))
    async with app.run_test(size=(60, 18)) as pilot:
        await tap(pilot, clock, "enter", "enter")
        await pilot.press("space")
        await until(pilot, lambda: "✓ Correct answer north: p1" in flat(app))


async def test_a_fast_answer_says_what_speed_brought_and_the_board_by_which_rule(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app("hot-seat", pupils=("#1", "#2"), seconds=30, has_bonus=True)
    async with app.run_test(size=(130, 36)) as pilot:
        await pilot.pause()
        rule = "499/6 × (1 − t/T)"
        assert rule in flat(app)
        await tap(pilot, clock, "enter", "enter")
        clock.go_on(14 * 1000)
        await tap(pilot, clock, places(app, right=True))
        assert "1000 + 41 for speed" in flat(app)
        board = " ".join(line.plain for line in app.screen._board_lines(120))
        assert rule in board
