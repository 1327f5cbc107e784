"""Drills on the wall: what the teacher's keys do, what is shown when, and that any key can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from quiz.core.sessions.drill import all_formats
from quiz.core.sessions.drill.settings import DrillSettings, Stage, Step
from quiz.errors import DiskFull
from quiz.storage.start_drill import DrillPlan, start_drill
from quiz.storage.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.screens.drill import SCREENS, DrillScreen, drill_screen
from quiz.tui.screens.drill_report import DrillReportScreen
from quiz.tui.screens.home import HomeScreen
from tests.banks import MARKUP, SMALL, hostile
from tests.fakes import SECOND, FakeClock, make_workspace
from tests.screens import flat, press, shown

OPTIONS = """\
format: 1
bank: plain
title: Plain questions
topics: {t: A topic}
notes: {n: {title: A note, where: page 1, text: What the note says.}}
items:
""" + "".join(
    f"  - {{id: i{k}, topic: t, shuffle: false, stem: 'Question {k}?', key: right{k},"
    f" distractors: [wrong{k}, other{k}], rationale: Because {k}., cites: [n]}}\n"
    for k in range(6)
)


Make = Callable[..., QuizApp]


@pytest.fixture
def make_app(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Make]:
    made: list[Workspace] = []

    def make(which: str, bank: str = OPTIONS, names: tuple[str, ...] = (), **told: Any) -> QuizApp:
        workspace = make_workspace(tmp_path, bank_file(bank), clock=clock)
        made.append(workspace)
        if names:
            roster = workspace.history.rosters.add("7b", list(names)).roster
            told |= {"roster": roster.id, "pupils": tuple(pupil.id for pupil in roster.pupils)}
        live = start_drill(workspace, DrillPlan(settings=DrillSettings(format=which, **told), seed=3))
        app = QuizApp(workspace, lambda app: app.push_screen(drill_screen(workspace, live)))
        app.live = live
        return app

    yield make
    for workspace in made:
        workspace.history.close()


def places(app: QuizApp, *, right: bool) -> str:
    """Return the key of a right or a wrong option."""
    key = app.live.drill.placed.item.key_text()
    return str(next(k for k, text in enumerate(app.live.drill.options, 1) if (text == key) is right))


def test_every_format_has_a_screen() -> None:
    assert set(SCREENS) == set(all_formats())


async def test_hot_seat_from_the_rules_to_the_podium(make_app: Make, clock: FakeClock) -> None:
    app = make_app("hot-seat", names=("Ada", "Bo", "王小明"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "right 1000" in flat(app)
        await press(pilot, clock, "enter")
        assert "Everybody thinks." in flat(app)
        for _ in range(6):
            await press(pilot, clock, "enter")
            assert app.live.names[app.live.drill.seat] in flat(app)
            await press(pilot, clock, places(app, right=True))
            assert "right!" in flat(app)
            assert "Because" in flat(app)
            await press(pilot, clock, "enter")
        assert isinstance(app.screen, DrillReportScreen)
        assert "A tie of 3 at the top." in flat(app)
        await press(pilot, clock, "enter")
        assert isinstance(app.screen, HomeScreen)
        assert app.workspace.unfinished() is None


@pytest.mark.parametrize("which", list(SCREENS))
async def test_the_key_is_nowhere_before_it_is_revealed(make_app: Make, clock: FakeClock, which: str) -> None:
    bank = SMALL.replace("key: Paris", "key: Lutetia").replace("key: Pacific", "key: Tethys")
    app = make_app(which, bank, teams=2, class_size=9, pupils=("#1", "#2") if which == "hot-seat" else ())
    rng = Random(5)
    async with app.run_test(size=(100, 40)) as pilot:
        await press(pilot, clock, "enter")
        for _ in range(60):
            drill = app.live.drill
            if drill.stage is Stage.FINISHED:
                break
            if not drill.is_revealed and "✓ Key" in flat(app):
                pytest.fail(shown(app))
            if not drill.is_revealed and not drill.options and which != "sprint":
                assert drill.placed.item.key_text() not in flat(app)
            await press(pilot, clock, rng.choice(["enter", "a", "l", "1", "2", "y", "n", "s", "u", "v", "d"]))
            assert not isinstance(app.screen, HomeScreen)


async def test_a_wrong_key_is_taken_back(make_app: Make, clock: FakeClock) -> None:
    app = make_app("hot-seat", names=("Ada", "Bo"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, clock, "enter", "enter")
        seat, before = app.live.drill.seat, app.live.drill.board
        await press(pilot, clock, "n", "enter")
        assert app.live.drill.place == 1
        await press(pilot, clock, "u")
        assert (app.live.drill.place, app.live.drill.seat, app.live.drill.board) == (0, seat, before)
        assert "Taken back: the verdict." in flat(app)
        await press(pilot, clock, "y")
        assert app.live.drill.scores[seat].right == 1


async def test_passing_helping_and_being_absent(make_app: Make, clock: FakeClock) -> None:
    app = make_app("hot-seat", names=("Ada", "Bo", "Cy"))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "enter", "enter", "g")
        first = app.live.drill.tried[0]
        assert app.live.drill.seat not in {"", first}
        await press(pilot, clock, "h")
        assert "right counts half" in flat(app)
        await press(pilot, clock, "a")
        assert len(app.live.drill.picker.absent) == 1
        await press(pilot, clock, "y", "a")
        assert "Who is here?" in flat(app)
        gone = next(iter(app.live.drill.picker.absent))
        for _ in range(list(app.live.drill.picker.turns).index(gone)):
            await press(pilot, clock, "down")
        await press(pilot, clock, "space", "escape")
        assert not app.live.drill.picker.absent


async def test_a_late_pupil_is_entered_by_name(make_app: Make, clock: FakeClock) -> None:
    app = make_app("hot-seat", names=("Ada", "Bo"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, clock, "enter", "j", *"Ada", "enter")
        assert "Ada 2 joined." in flat(app)
        assert len(app.live.drill.picker.present) == 3
        roster = app.workspace.history.rosters.named("7b")
        assert [pupil.name for pupil in roster.pupils] == ["Ada 1", "Bo", "Ada 2"]
        await press(pilot, clock, "j", "escape", "u")
        assert len(app.live.drill.picker.present) == 2


async def test_pupils_by_numbers_join_by_the_next_one(make_app: Make, clock: FakeClock) -> None:
    app = make_app("hot-seat", pupils=("#1", "#2"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, clock, "enter", "j")
        assert "Pupil 3 joined." in flat(app)


async def test_judging_by_ear_after_showing_the_key(make_app: Make, clock: FakeClock) -> None:
    app = make_app("hot-seat", SMALL, pupils=("#1",))
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot, clock, "enter")
        for _ in range(3):
            if app.live.drill.placed.item.id != "ocean":
                await press(pilot, clock, "s")
        await press(pilot, clock, "enter", "1")
        assert app.live.drill.stage is Stage.ANSWERING
        assert "Pacific" not in flat(app)
        await press(pilot, clock, "space")
        assert "✓ Key Pacific" in flat(app)
        await press(pilot, clock, "y")
        assert app.live.drill.scores["#1"].right == 1


async def test_hands_are_typed_option_by_option(make_app: Make, clock: FakeClock) -> None:
    app = make_app("vote", class_size=20)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(
            pilot, clock, "enter", "1", "2", "enter", "5", "plus", "plus", "minus", "enter", "9", "backspace"
        )
        assert app.live.drill.hands == (12, 6, 0)
        assert "18 of 20" in flat(app)
        await press(pilot, clock, "3")
        assert "21 of 20: more hands than pupils" in flat(app)
        await press(pilot, clock, "enter")
        assert app.live.drill.stage is Stage.COUNTED
        assert "57 %" in flat(app)
        await press(pilot, clock, "d", "2", "enter", "1", "8", "enter", "enter")
        assert "−10" in flat(app)
        assert "+12" in flat(app)
        await press(pilot, clock, "enter")
        assert app.live.drill.is_revealed
        assert "20 right" in flat(app)
        await press(pilot, clock, "enter")
        assert app.live.drill.place == 1


async def test_without_options_hands_are_counted_after_the_key(make_app: Make, clock: FakeClock) -> None:
    app = make_app("vote", SMALL)
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot, clock, "enter")
        for _ in range(3):
            if app.live.drill.placed.item.id != "ocean":
                await press(pilot, clock, "s")
        await press(pilot, clock, "5", "enter")
        assert "✓ Key Pacific" in flat(app)
        await press(pilot, clock, "8", "enter", "2")
        assert app.live.drill.right == (8,)
        place = app.live.drill.place
        await press(pilot, clock, "enter")
        assert app.live.drill.place == place + 1 or app.live.drill.stage is Stage.FINISHED


async def test_the_first_team_has_the_word_and_the_others_steal(make_app: Make, clock: FakeClock) -> None:
    app = make_app("buzz", teams=3, seconds=30)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "enter", "l", "A", "t")
        assert "▲ Orange has the word." in flat(app)
        assert "1. ▲ Orange 2. ● Blue +1.00 s 3. ■ Green +2.00 s" in flat(app)
        await press(pilot, clock, places(app, right=False))
        assert "Steal it!" in flat(app)
        await press(pilot, clock, "l")
        assert app.live.drill.stage is Stage.ASKING
        await press(pilot, clock, "a", places(app, right=True))
        assert "✓ Right! ● Blue" in flat(app)
        await press(pilot, clock, "b")
        assert "1000" not in flat(app)
        await press(pilot, clock, "b", "j")
        assert len(app.live.drill.teams) == 4


async def test_a_click_on_a_card_is_the_teams_key(make_app: Make, clock: FakeClock) -> None:
    app = make_app("buzz", teams=2)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "enter")
        row = next(k for k, line in enumerate(shown(app).splitlines()) if "Orange" in line)
        await pilot.click(offset=(50, row))
        await pilot.pause()
        assert app.live.drill.seat == "team-2"


async def test_a_sprint_hides_its_item_while_paused_and_ends_by_the_clock(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app("sprint", seconds=60)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "enter", places(app, right=True))
        assert app.live.drill.scores["class"].right == 1
        stem = app.live.drill.placed.item.stem
        assert stem in flat(app)
        await press(pilot, clock, "p")
        assert stem not in flat(app)
        await press(pilot, clock, "1", "y")
        assert app.live.drill.scores["class"].answers == 1
        await press(pilot, clock, "p", places(app, right=False))
        assert "✗ wrong" in flat(app)
        clock.go_on(120 * SECOND)
        await pilot.pause(0.3)
        assert isinstance(app.screen, DrillReportScreen)
        await press(pilot, clock, "u")
        assert app.live.drill.stage is Stage.ANSWERING
        await press(pilot, clock, places(app, right=True))
        assert app.live.drill.scores["class"].right == 2


async def test_a_key_held_down_answers_no_item_unread(make_app: Make, clock: FakeClock) -> None:
    app = make_app("sprint", seconds=60)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "enter")
        clock.go_on(SECOND)
        for _ in range(20):
            clock.go_on(30)
            await pilot.press("1")
        await pilot.pause()
        assert app.live.drill.scores["class"].answers <= 3


async def test_enter_held_down_takes_one_step(make_app: Make, clock: FakeClock) -> None:
    app = make_app("hot-seat", pupils=("#1", "#2"))
    async with app.run_test(size=(80, 24)) as pilot:
        clock.go_on(SECOND)
        for _ in range(20):
            clock.go_on(30)
            await pilot.press("enter")
        await pilot.pause()
        assert app.live.drill.stage is Stage.ASKING


async def test_leaving_stops_the_clock_and_continuing_shows_the_same(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app("hot-seat", names=("Ada", "Bo"), seconds=30)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "enter", "enter", "y", "enter", "enter")
        before = flat(app).replace("0:29", "0:30")
        seat, board = app.live.drill.seat, app.live.drill.board
        await press(pilot, clock, "q")
        assert isinstance(app.screen, HomeScreen)
        clock.go_on(3600 * SECOND)
        await press(pilot, clock, "c")
        assert isinstance(app.screen, DrillScreen)
        drill = app.screen.drill
        assert (drill.seat, drill.board, drill.left_ms(app.screen.live.now())) == (seat, board, 29_000)
        assert "paused" in flat(app)
        assert app.live.names[seat] in before


async def test_what_could_not_be_saved_is_not_shown(make_app: Make, clock: FakeClock) -> None:
    app = make_app("hot-seat", names=("Ada", "Bo"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, clock, "enter", "enter")

        def full(session: str, events: object) -> None:
            raise DiskFull("There is no room on the disk.")

        real, app.workspace.history.record = app.workspace.history.record, full
        await press(pilot, clock, "y")
        assert "right!" not in flat(app)
        assert "There is no room on the disk." in flat(app)
        app.workspace.history.record = real
        await press(pilot, clock, "y")
        assert "right!" in flat(app)


async def test_a_clock_that_cannot_be_put_on_record_complains_once(make_app: Make, clock: FakeClock) -> None:
    app = make_app("vote", seconds=60)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, clock, "enter")

        def full(session: str, events: object) -> None:
            raise DiskFull("There is no room on the disk.")

        app.workspace.history.record = full
        for _ in range(4):
            clock.go_on(6 * SECOND)
            await pilot.pause(0.25)
        assert flat(app).count("There is no room on the disk.") == 1
        assert app.live.drill.left_ms(app.live.now()) == 36 * SECOND


async def test_ending_early_asks_once_and_can_be_taken_back(make_app: Make, clock: FakeClock) -> None:
    app = make_app("buzz", teams=2)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "enter", "x", "n")
        assert app.live.drill.stage is Stage.ASKING
        await press(pilot, clock, "x", "y")
        assert isinstance(app.screen, DrillReportScreen)
        await press(pilot, clock, "u")
        assert app.live.drill.stage is Stage.ASKING


@pytest.mark.parametrize("which", list(SCREENS))
@pytest.mark.parametrize("size", [(40, 12), (40, 15), (80, 24), (120, 36), (200, 60)])
async def test_a_bank_and_a_roster_of_markup_are_shown_as_they_are_written(
    make_app: Make, clock: FakeClock, which: str, size: tuple[int, int]
) -> None:
    names = (MARKUP, f"{MARKUP} {MARKUP}") if which in {"hot-seat", "sprint"} else ()
    app = make_app(which, hostile(), names=names, teams=8)
    async with app.run_test(size=size, notifications=True) as pilot:
        await press(pilot, clock, "enter", "enter", "a", "1", "enter")
        assert MARKUP in flat(app) or size[0] < 80
        if not isinstance(app.screen, DrillReportScreen):
            await press(pilot, clock, "x", "y")
        assert isinstance(app.screen, DrillReportScreen)
        assert app.is_running


@pytest.mark.parametrize("which", list(SCREENS))
async def test_a_long_item_fits_the_usual_projector(make_app: Make, clock: FakeClock, which: str) -> None:
    bank = OPTIONS.replace("'Question 0?'", "'" + "Which of these words fits best here " * 5 + "?'")
    for k in range(1, 6):
        bank = bank.replace(f"  - {{id: i{k},", f"  - {{id: j{k},", 1)
    bank = bank.replace("wrong0", "a rather long option that goes on to a second line of the wall for sure")
    told = {"pupils": ("#1", "#2")} if which in {"hot-seat", "sprint"} else {"teams": 4}
    app = make_app(which, bank, **told)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "enter")
        for _ in range(6):
            if app.live.drill.ref.item != "i0":
                await press(pilot, clock, "s")
        await pilot.pause()
        text = flat(app)
        assert "for sure" in text
        assert "other0" in text
        assert "right0" in text


async def press_at_random(app: QuizApp, clock: FakeClock, rng: Random, count: int) -> None:
    """Press a number of keys, and come back from wherever they lead beside the drill."""
    letters = [*"12390ynuspgahvdebjlrxkoz"]
    named = ["plus", "minus", "enter", "enter", "space", "up", "down", "tab", "backspace", "delete"]
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        for _ in range(count):
            await press(pilot, clock, rng.choice(letters + named))
            if not isinstance(app.screen, DrillScreen) and rng.random() < 0.7:
                await press(pilot, clock, "u" if isinstance(app.screen, DrillReportScreen) else "escape")
            if isinstance(app.screen, HomeScreen):
                break
        assert app.is_running


def hold_against_record(app: QuizApp) -> None:
    """Check that the screen stands where the record ends."""
    drill = app.live.drill
    events = app.workspace.history.events(drill.opening.id)
    assert type(drill).begin(drill.opening, drill.shelf, events) == drill
    assert {event.body.get("do") for event in events} > {Step.START}


TOLD = {"hot-seat": {"pupils": ("#1", "#2", "#3")}, "buzz": {"teams": 5, "seconds": 60}}


@pytest.mark.parametrize("which", list(SCREENS))
async def test_no_keys_at_all_break_a_screen(make_app: Make, clock: FakeClock, which: str) -> None:
    app = make_app(which, SMALL, **TOLD.get(which, {}))
    await press_at_random(app, clock, Random(f"monkey {which}"), 60)
    hold_against_record(app)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("which", list(SCREENS))
async def test_no_more_keys_break_a_screen(make_app: Make, clock: FakeClock, which: str, seed: int) -> None:
    app = make_app(which, SMALL, **TOLD.get(which, {}))
    await press_at_random(app, clock, Random(seed), 300)
    hold_against_record(app)
