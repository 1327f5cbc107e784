"""Another program holds the record while somebody answers: the screen goes on, and all is saved in order."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from quiz.core.content.grading import Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.model import EventKind
from quiz.core.study_filter import StudyFilter
from quiz.errors import RecordLocked
from quiz.services.live_session import LiveSession
from quiz.services.workspace import Workspace
from quiz.tui import turns
from quiz.tui.app import QuizApp
from quiz.tui.dialogs.help import HelpModal
from quiz.tui.home.screen import HomeScreen
from quiz.tui.routes import Resume, Route, Study
from quiz.tui.study.results import ResultsScreen
from quiz.tui.study.screen import StudyScreen
from tests.drills import TOLD, Make
from tests.fakes import SECOND, FakeClock, make_workspace
from tests.rest import draw
from tests.sample_banks import SMALL
from tests.screens import flat, press, shown
from tests.tui.exam.taker import Taker, begin
from tests.waits import Waits, counted_waits


@pytest.fixture
def small(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Workspace]:
    workspace = make_workspace(tmp_path, bank_file(SMALL), clock=clock)
    yield workspace
    workspace.record.close()


@pytest.fixture(autouse=True)
def said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "SAID_AFTER", 0)


@contextmanager
def held(workspace: Workspace) -> Iterator[None]:
    """Hold the record as another program would that writes: nobody may even read it."""
    other = sqlite3.connect(workspace.record.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def until(app: QuizApp, pilot: Any, is_so: Callable[[], bool]) -> None:
    """Wait until something is so that another task brings about."""
    for _ in range(200):
        await pilot.pause()
        if is_so():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(shown(app))


def events_of(workspace: Workspace, live: LiveSession[Any]) -> list[Any]:
    return list(workspace.record.events(live.session.header.id))


async def test_while_the_record_is_held_the_screen_goes_on_and_no_verdict_is_shown(
    small: Workspace, clock: FakeClock
) -> None:
    app = QuizApp(small, Study(StudyFilter(banks=("small",))))
    async with app.run_test(size=(80, 40), notifications=True) as pilot:
        await pilot.pause()
        await press(pilot, clock, "f")
        live = app.screen.live
        with held(small):
            await press(pilot, clock, "1", "enter")
            await until(app, pilot, lambda: "Waiting" in flat(app))
            assert "Correct" not in flat(app)
            await press(pilot, clock, "f1")  # whatever asks nothing of the record is answered
            assert isinstance(app.screen, HelpModal)
            await press(pilot, clock, "escape")
            clock.go_on(60 * SECOND)
            assert "Correct" not in flat(app)
        await until(app, pilot, lambda: "✓ Correct." in flat(app))
        flag, attempt = events_of(small, live)
        assert flag.kind is EventKind.FLAG
        assert attempt.verdict is Verdict.CORRECT
        assert attempt.duration_ms == 3 * SECOND  # until the key was pressed, not until it could be saved
        await press(pilot, clock, "enter")
        assert "Which ocean is the largest?" in flat(app)
    assert small.record.rebuild_memory() == 0


async def test_what_is_pressed_while_a_step_waits_is_done_after_it_in_order(
    small: Workspace, clock: FakeClock
) -> None:
    app = QuizApp(small, Study(StudyFilter(banks=("small",))))
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        live = app.screen.live
        with held(small):
            await press(pilot, clock, "f", "1", "enter", "f", "f")
        await until(app, pilot, lambda: not app.screen.turns.is_waiting)
        kinds = [event.kind for event in events_of(small, live)]
        assert kinds == [EventKind.FLAG, EventKind.ATTEMPT, EventKind.FLAG, EventKind.FLAG]
        times = [event.at for event in events_of(small, live)]
        assert times == [times[0] + place * SECOND for place in (0, 2, 3, 4)]
        assert "✓ Correct." in flat(app)


async def test_a_key_whose_session_has_ended_by_its_turn_does_nothing(
    small: Workspace, clock: FakeClock
) -> None:
    items = [ItemRef("small", "capital")]
    app = QuizApp(small, Study(StudyFilter(), tuple(items)))
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        screen: Any = app.screen
        with held(small):
            await press(pilot, clock, "at", "e", "h")
        await until(app, pilot, lambda: not screen.turns.is_waiting)
        assert isinstance(app.screen, ResultsScreen)
        assert app._exception is None


async def test_a_step_that_is_saved_once_its_screen_was_left_ends_nothing(
    small: Workspace, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "LOOK_EVERY", 0.2)
    app = QuizApp(small, Study(StudyFilter(banks=("small",))))
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, clock, "1", "enter")
        screen: Any = app.screen
        with held(small):
            await press(pilot, clock, "4")
            await press(pilot, clock, "escape")
        assert screen.turns.is_waiting
        await until(app, pilot, lambda: not screen.turns.is_waiting)
        assert app._exception is None
        assert events_of(small, screen.live)[-1].kind is EventKind.RATE


async def test_an_exam_takes_what_was_given_in_time_though_it_is_saved_later(
    taker: Taker, clock: FakeClock
) -> None:
    async with taker.app.run_test(size=(80, 34)) as pilot:
        await begin(pilot, taker, minutes=2)
        screen = taker.app.screen
        with held(taker.workspace):
            await press(pilot, clock, "1", "enter")
            clock.go_on(300 * SECOND)
            await asyncio.sleep(2 * turns.LOOK_EVERY)
        await until(taker.app, pilot, lambda: not screen.turns.is_waiting)
        assert taker.response("capital") is not None
        await until(taker.app, pilot, lambda: EventKind.END in taker.recorded)
        attempts = [
            event for event in events_of(taker.workspace, taker.live) if event.kind is EventKind.ATTEMPT
        ]
        assert [event.item for event in attempts if event.verdict is Verdict.CORRECT] == ["capital"]


@pytest.mark.parametrize("which", ["sprint", "vote"])
async def test_a_drill_goes_on_where_it_was(make_app: Make, clock: FakeClock, which: str) -> None:
    app = make_app(which)
    async with app.run_test(size=(100, 34)) as pilot:
        await pilot.pause()
        with held(app.workspace):
            await press(pilot, clock, "enter")
            assert app.screen.drill.log == ()
            await until(app, pilot, lambda: app.screen.turns.is_waiting)
        await until(app, pilot, lambda: re.search(r"Question \d\?", flat(app)) is not None)
        assert len(app.screen.drill.log) == 1


async def test_a_screen_that_is_left_says_what_was_not_saved(small: Workspace, clock: FakeClock) -> None:
    app = QuizApp(small, Study(StudyFilter(banks=("small",))))
    async with app.run_test(size=(80, 40), notifications=True) as pilot:
        await pilot.pause()
        await press(pilot, clock, "f")
        live = app.screen.live
        with held(small):
            await press(pilot, clock, "1", "enter", "escape")
            assert isinstance(app.screen, HomeScreen)
            await until(app, pilot, lambda: "Not saved" in flat(app))
        assert [event.kind for event in events_of(small, live)] == [EventKind.FLAG]


async def test_a_step_that_waits_too_long_is_given_up_and_can_be_taken_again(
    small: Workspace, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "LONGEST", 0.1)
    app = QuizApp(small, Study(StudyFilter(banks=("small",))))
    async with app.run_test(size=(80, 40), notifications=True) as pilot:
        await pilot.pause()
        with held(small):
            await press(pilot, clock, "1", "enter")
            await until(app, pilot, lambda: "Not saved" in flat(app))
            assert not app.screen.turns.is_waiting
        await press(pilot, clock, "enter")
        assert "✓ Correct." in flat(app)


async def test_what_cannot_be_read_opens_once_it_can(small: Workspace, clock: FakeClock) -> None:
    app = QuizApp(small)
    async with app.run_test(size=(80, 40), notifications=True) as pilot:
        await pilot.pause()
        with held(small):
            await press(pilot, clock, "s")
            assert "Another program holds the record" in flat(app)
            assert isinstance(app.screen, HomeScreen)
        await until(app, pilot, lambda: isinstance(app.screen, StudyScreen))
        await until(app, pilot, lambda: not app._notifications)  # which would say that nothing was done


async def test_what_was_asked_for_first_does_not_open_over_what_was_asked_for_last(
    small: Workspace, clock: FakeClock
) -> None:
    app = QuizApp(small)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        with held(small):
            await press(pilot, clock, "s", "down")
        await asyncio.sleep(0.3)
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_a_screen_that_waits_for_the_record_is_opened_once_it_is_free(
    small: Workspace, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[float] = []
    opened = QuizApp.screen_for

    def watched(app: QuizApp, route: Route[Any]) -> object:
        tried.append(time.monotonic())
        return opened(app, route)

    monkeypatch.setattr(QuizApp, "screen_for", watched)
    app = QuizApp(small)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        with held(small):
            await press(pilot, clock, "s")
            await asyncio.sleep(0.35)
        assert len(tried) == 1
        await until(app, pilot, lambda: isinstance(app.screen, StudyScreen))
        assert len(tried) == 2


async def test_a_step_that_is_nobodys_turn_waits_for_nothing(small: Workspace) -> None:
    app = QuizApp(small, Study(StudyFilter(banks=("small",))))
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        screen: Any = app.screen
        with held(small), pytest.raises(RecordLocked):
            await screen.turns.when_free(screen.live.flag)


WHILE_HELD = ("1", "enter", "down", "f", "2", "enter", "up", "space")
"""Keys that answer, go on, move and flag, and none that leaves."""


MOST_SECONDS = 0.1
"""What a key may take of the processor and in waiting for the record."""


async def _slow_keys(pilot: Any, clock: FakeClock, waits: Waits) -> dict[str, float]:
    """Press each key, and return how many seconds each took that took too long."""
    taken = {}
    for key in WHILE_HELD:
        begun = waits.spent
        await press(pilot, clock, key)
        draw(pilot.app)
        taken[key] = waits.spent - begun
    return {key: seconds for key, seconds in taken.items() if seconds > MOST_SECONDS}


async def no_key_waits(app: QuizApp, clock: FakeClock, seconds: float) -> None:
    """Press keys while the record is held for some seconds; each is done at once, and all is saved after."""
    async with app.run_test(size=(100, 34)) as pilot:
        await pilot.pause()
        await press(pilot, clock, *WHILE_HELD)  # which imports what they need
        screen: Any = app.screen
        before = len(events_of(screen.workspace, screen.live))
        with held(screen.workspace), counted_waits() as waits:
            begun = time.monotonic()
            assert await _slow_keys(pilot, clock, waits) == {}
            while time.monotonic() - begun < seconds:
                assert await _slow_keys(pilot, clock, waits) == {}
            assert screen.turns.is_waiting, shown(app)
        await until(app, pilot, lambda: not screen.turns.is_waiting)
        assert len(events_of(screen.workspace, screen.live)) > before
        assert screen.workspace.record.rebuild_memory() == 0


HELD_FOR = pytest.mark.parametrize("seconds", [0.1, pytest.param(12, marks=pytest.mark.long)])


@HELD_FOR
async def test_no_key_of_study_waits_for_the_record(
    small: Workspace, clock: FakeClock, seconds: float
) -> None:
    await no_key_waits(QuizApp(small, Study(StudyFilter(banks=("small",)))), clock, seconds)


@HELD_FOR
async def test_no_key_of_an_exam_waits_for_the_record(taker: Taker, clock: FakeClock, seconds: float) -> None:
    taker.app._first = Resume(taker.start(minutes=60).live.session.header)
    await no_key_waits(taker.app, clock, seconds)


@pytest.mark.parametrize(
    ("which", "seconds"),
    [("vote", 0.1), *(pytest.param(each, 12, marks=pytest.mark.long) for each in TOLD)],
)
async def test_no_key_of_a_drill_waits_for_the_record(
    make_app: Make, clock: FakeClock, which: str, seconds: float
) -> None:
    app = make_app(which, **TOLD[which])
    await no_key_waits(app, clock, seconds)
