"""The one door of notices, and how a failure comes to it from wherever it happened."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Static, Tooltip
from textual.widgets._toast import ToastRack

from quiz.errors import DiskFull, UsageError
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import key
from quiz.tui.held_keys import DELAY_MS, READ_MS, REPEAT_MS, HeldKeyGuard, HeldKeys
from quiz.tui.routes import Confirm
from quiz.tui.widgets.key_bar import KeyBar
from tests.resilience.strings import ALL
from tests.screens import flat, shown


def fail() -> None:
    raise DiskFull("There is no room.", "Make some.")


class Failing(BaseScreen[None]):
    """A screen on which everything fails."""

    BINDINGS: list[BindingType] = [key("help", "x", "fail", "Fail", "Fail")]  # noqa: RUF012

    class Told(Message):
        """Something happened."""

    def compose(self) -> ComposeResult:
        yield Static("still here")

    def action_fail(self) -> None:
        fail()

    def on_failing_told(self) -> None:
        fail()


WAYS: dict[str, Callable[[Failing], object]] = {
    "message": lambda screen: screen.post_message(Failing.Told()),
    "call later": lambda screen: screen.call_later(fail),
    "call next": lambda screen: screen.call_next(fail),
    "after refresh": lambda screen: screen.call_after_refresh(fail),
    "timer": lambda screen: screen.set_timer(0.01, fail),
    "key": lambda screen: screen.app.simulate_key("x"),
    "answer": lambda screen: screen.go(Confirm("?"), lambda _: fail()).dismiss(True),
}


@pytest.mark.parametrize("way", WAYS)
async def test_a_failure_is_said_and_the_screen_goes_on(way: str, workspace: Workspace) -> None:
    app = QuizApp(workspace)
    async with app.run_test(notifications=True) as pilot:
        screen = Failing()
        await app.push_screen(screen)
        for _ in range(2):
            app.clear_notifications()
            WAYS[way](screen)
            await pilot.pause(0.05)
            await pilot.pause()
            assert [notice.message for notice in app._notifications] == ["There is no room. Make some."]
        assert "still here" in flat(app)
        assert app._exception is None


async def test_no_notice_holds_what_a_terminal_would_obey(workspace: Workspace) -> None:
    app = QuizApp(workspace)
    async with app.run_test(notifications=True) as pilot:
        for first in range(0, len(ALL), 8):
            app.clear_notifications()
            for text in ALL[first : first + 8]:
                app.screen.notify(text, title=text, timeout=600)
            await pilot.pause()
            assert app._notifications
            for notice in app._notifications:
                held = notice.message.replace("\n", "").replace("\t", "") + notice.title
                assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in held)
                assert not notice.markup


async def test_a_notice_about_keys_goes_with_its_screen(workspace: Workspace) -> None:
    app = QuizApp(workspace)
    async with app.run_test(notifications=True) as pilot:
        screen = Failing()
        await app.push_screen(screen)
        screen.notify("Written: a file")
        screen.notify_here("Skipped. u takes it back.")
        await pilot.pause()
        assert len(app._notifications) == 2
        screen.dismiss()
        await pilot.pause()
        await pilot.pause()
        assert [notice.message for notice in app._notifications] == ["Written: a file"]


async def test_the_same_notice_is_not_stacked(workspace: Workspace) -> None:
    app = QuizApp(workspace)
    async with app.run_test(notifications=True) as pilot:
        for _ in range(3):
            app.refuse(UsageError("Choose at least one option first."))
            await pilot.pause()
        assert len(app._notifications) == 1


def test_a_held_key_is_told_from_one_that_is_pressed_again() -> None:
    guard = HeldKeyGuard()
    assert not guard.is_unread(0)
    guard.shown(1_000)
    assert guard.is_unread(1_000 + READ_MS - 1)
    assert not guard.is_unread(1_000 + READ_MS)
    assert not guard.is_repeat(5_000)
    assert guard.is_repeat(5_000 + REPEAT_MS - 1)
    assert guard.is_repeat(5_000 + 2 * REPEAT_MS - 2)
    assert not guard.is_repeat(5_000 + 3 * REPEAT_MS)
    guard.released()
    assert not guard.is_repeat(5_000 + 3 * REPEAT_MS)


def test_of_several_keys_each_is_known_to_be_held_down_since_before_something_appeared() -> None:
    keys = HeldKeys()
    assert not keys.is_from_before("a", 1_000)
    assert not keys.is_from_before("b", 1_000)
    keys.shown(1_500)
    assert keys.is_from_before("a", 1_000 + DELAY_MS - 1)
    assert keys.is_from_before("a", 1_000 + DELAY_MS - 1 + REPEAT_MS - 1)
    assert not keys.is_from_before("b", 1_000 + DELAY_MS)
    assert not keys.is_from_before("c", 1_500)
    assert not keys.is_from_before("a", 1_000 + DELAY_MS - 2 + 2 * REPEAT_MS)


async def test_a_notice_goes_along_to_a_screen_that_is_opened_under_it(workspace: Workspace) -> None:
    """A screen has no place for notices before there is one."""
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        assert not app.screen.query(ToastRack)
        app.notify("Nothing was lost.")
        await pilot.pause()
        assert "Nothing was lost." in flat(app)
        await app.push_screen(Failing())
        await pilot.pause()
        assert "Nothing was lost." in flat(app)
        assert len(app.screen.query(ToastRack)) == 1


async def test_a_key_is_explained_once_the_mouse_rests_on_it(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuizApp, "TOOLTIP_DELAY", 0.01)
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24), tooltips=True) as pilot:
        await pilot.pause()
        assert not app.screen.query(Tooltip)
        await pilot.hover(KeyBar, offset=(2, 0))
        await pilot.pause(0.05)
        tooltip = app.screen.query_one(Tooltip)
        assert tooltip.display
        assert str(tooltip.content) == "Study what is due and new in this bank"


async def test_a_notice_over_a_dialog_leaves_its_keys_in_sight(workspace: Workspace) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.go(Confirm("Sure?"))
        await pilot.pause()
        app.notify("This is said at the top.")
        await pilot.pause()
        assert "This is said" in "".join(shown(app).splitlines()[:4])
