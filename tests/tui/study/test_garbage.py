"""What was shown is let go of, while nobody waits."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from quiz.tui.base_app import DUE, IDLE_AFTER
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
