"""Drills on the screen for tests: a bank, an app that shows one, and keys that are pressed without idling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from quiz.core.drill.settings import DrillStep
from quiz.errors import DiskFull
from quiz.tui.app import QuizApp
from quiz.tui.drill.report import DrillReportScreen
from quiz.tui.drill.screen import DrillScreen
from quiz.tui.home.screen import HomeScreen
from tests.fakes import SECOND, FakeClock
from tests.rest import settle

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
TOLD: dict[str, dict[str, Any]] = {
    "vote": {"class_size": 9},
    "hot-seat": {"pupils": ("#1", "#2", "#3")},
    "buzz": {"teams": 5, "seconds": 60},
    "sprint": {},
    "everyone": {"pupils": ("#1", "#2", "#3"), "class_size": 3},
}
"""Settings with which each format can be begun."""

Make = Callable[..., QuizApp]
LOOKS = 1000
BETWEEN_LOOKS = 0.01
"""Seconds between two looks at what a screen's own timer brings about."""
TOGETHER = 3
"""How many keys at random are pressed before the screen is looked at."""


async def until(pilot: Pilot[Any], is_so: Callable[[], bool]) -> None:
    """Wait until something is so, such as what the screen's own timer brings about."""
    for _ in range(LOOKS):
        await pilot.pause()
        if is_so():
            return
        await asyncio.sleep(BETWEEN_LOOKS)
    pytest.fail("It never was so.")


async def tap(pilot: Pilot[Any], clock: FakeClock, *keys: str, after: int = SECOND) -> None:
    """Press keys a while apart, each once the one before has done its work; draw once at the end."""
    app, left = pilot.app, list(keys)
    assert app._driver is not None
    while left:
        screen = app.screen
        with app.batch_update():
            while left and app.screen is screen:
                clock.go_on(after)
                key = left.pop(0)
                app._driver.send_message(events.Key(key, key if len(key) == 1 else None))
                await settle(app)
        await pilot.pause()
        if app.screen is not screen:  # what is typed next goes to what has the focus there
            await until(pilot, lambda: app.focused is not None or not app.screen.focus_chain)


def places(app: QuizApp, *, right: bool) -> str:
    """Return the key of a right or a wrong option."""
    drill = app.live.drill
    key = drill.current.item.key_text()
    return str(next(k for k, text in enumerate(drill.options, 1) if (text == key) is right))


def full(*_: object) -> None:
    """Refuse to record, as where the disk is full."""
    raise DiskFull("There is no room on the disk.")


async def tap_at_random(app: QuizApp, clock: FakeClock, rng: Random, count: int) -> None:
    """Press a number of keys, and come back from wherever they lead beside the drill."""
    letters = [*"12390ynuspgahvdebjlrxkoz"]
    named = ["plus", "minus", "enter", "enter", "space", "up", "down", "tab", "backspace", "delete"]
    named += [f"ctrl+{letter}" for letter in "ynuksgebtxl" if app.live.drill.name == "buzz"]
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        for _ in range(count // TOGETHER):
            await tap(pilot, clock, *rng.choices(letters + named, k=TOGETHER))
            if not isinstance(app.screen, DrillScreen) and rng.random() < 0.7:
                await tap(pilot, clock, "u" if isinstance(app.screen, DrillReportScreen) else "escape")
            if isinstance(app.screen, DrillScreen) and app.screen.is_typing and rng.random() < 0.7:
                await tap(pilot, clock, "escape")
            if isinstance(app.screen, HomeScreen):
                break
        assert app.is_running


def hold_against_record(app: QuizApp) -> None:
    """Check that the screen stands where the record ends."""
    drill = app.live.drill
    recorded = app.workspace.record.events(drill.header.id)
    assert type(drill).begin(drill.header, drill.lookup, recorded) == drill
    assert {event.body.get("do") for event in recorded} > {DrillStep.START}
