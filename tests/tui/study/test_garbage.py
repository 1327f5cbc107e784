"""What was shown is let go of, while nobody waits."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from quiz.tui import base_app
from quiz.tui.base_app import DUE, IDLE_AFTER, UNNOTICED
from tests.drills import Make
from tests.fakes import FakeClock
from tests.screens import flat, press


@pytest.fixture
def collecting() -> Iterator[None]:
    """Let an app look for garbage, as it does for a person."""
    gc.enable()
    yield
    gc.disable()


@pytest.mark.usefixtures("collecting")
async def test_garbage_is_looked_for_after_the_verdict_is_drawn(
    make_app: Make, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    drawn: list[bool] = []
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        monkeypatch.setattr(gc, "get_count", lambda: (0, 0, DUE))
        monkeypatch.setattr(gc, "collect", lambda: drawn.append("✓ Correct." in flat(app)))
        await press(pilot, clock, "1", "enter")
        await pilot.pause(IDLE_AFTER * 2)
        assert drawn == [True]


@pytest.mark.usefixtures("collecting")
def test_a_slow_collection_is_put_off_as_long_as_it_takes(
    make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, full, small, takes, now = make_app(), [], [0], [0.0], [0.0]

    def collect(generation: int = 2) -> None:
        if generation < 2:
            small[0] += 1
            return
        full.append(small[0])
        small[0], now[0] = 0, now[0] + takes[0]

    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, small[0]))
    monkeypatch.setattr(gc, "collect", collect)
    monkeypatch.setattr(base_app, "process_time", lambda: now[0])
    for takes[0], times in ((0.5 * UNNOTICED, 3), (2.5 * UNNOTICED, 6), (99 * UNNOTICED, DUE + 2)):
        for _ in range(times):
            app._collect_garbage()
    assert full == [0, 0, 0, 0, 2, 2, DUE]


@pytest.mark.usefixtures("collecting")
async def test_a_closed_screen_is_released_while_nothing_happens(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 30)) as pilot:
        app.action_change_theme()
        await pilot.pause()
        closed = weakref.ref(app.screen)
        await pilot.press("escape")
        await pilot.pause(IDLE_AFTER * 2)
        assert closed() is None


async def test_what_was_shown_is_not_kept(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        first = app.screen.response
        begun = weakref.ref(first), weakref.ref(first._styles_cache)
        del first
        await press(pilot, clock, "1", "enter", "enter")
        field = weakref.ref(app.screen.focused)
        await press(pilot, clock, *"Pacific", "enter", "enter")
        assert "Paris lies by the sea." in flat(app)
        gc.collect()
        assert [kept() for kept in (*begun, field)] == [None, None, None]
