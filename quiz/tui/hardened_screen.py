"""Workarounds for faults of Textual's screens, for which it uses Textual's private parts.

Checked against Textual 8.2.8: what a closed screen had put off until after a refresh fails because its
widgets are gone; a screen that is shown for the first time gives all its widgets their styles twice, and is
laid out again for what the first layout has seen to; every screen has two widgets that few ever need.
"""

from __future__ import annotations

from functools import partial
from typing import Any, TypeVar

from textual._callback import invoke
from textual._time import get_time
from textual._types import CallbackType
from textual.events import MouseMove, ScreenResume
from textual.geometry import Size
from textual.message import Message
from textual.messages import Layout
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Tooltip
from textual.widgets._toast import ToastRack

from quiz.errors import QuizError, RecordLocked
from quiz.tui.compositor import ThriftyCompositor

ResultT = TypeVar("ResultT")


class HardenedScreen(Screen[ResultT]):
    """A screen that turns a QuizError raised in a handler into a notice."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """The widget with the focus. Only widgets show that they have it: the screen is not drawn again."""
    _was_shown = False
    _laid_out_at = 0.0  # by the clock of messages

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._compositor = ThriftyCompositor()

    def _on_screen_resume(self, event: ScreenResume) -> None:
        """Give no styles again to what has just been given them, and draw nothing that a layout has drawn."""
        event.prevent_default()
        event.refresh_styles = event.refresh_styles and self._was_shown
        self._was_shown, before = True, self._laid_out_at
        super()._on_screen_resume(event)
        self._repaint_required &= self._laid_out_at == before

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Leave out what shows notices and tooltips: each comes when there is something to show."""

    def have_place_for_notices(self) -> None:
        """Mount what shows notices in the corner, unless it is there or there are to be none."""
        if self.is_attached and not (self.app._disable_notifications or self.query_children(ToastRack)):
            self.mount(ToastRack(id="textual-toastrack"))

    def _handle_mouse_move(self, event: MouseMove) -> None:
        if not (self.app._disable_tooltips or self.query_children(Tooltip)):
            self.mount(Tooltip(id="textual-tooltip"))
        super()._handle_mouse_move(event)

    def _screen_resized(self, size: Size) -> None:
        """Lay the screen out unless it is: it hears of a size often, also from the screens above it."""
        if size != self._compositor.size or self._layout_required:
            super()._screen_resized(size)

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """Lay the screen out, which sees to all that was asked for before."""
        if not scroll:
            self._layout_required, self._laid_out_at = False, get_time()
        super()._refresh_layout(size, scroll)

    async def _on_layout(self, message: Layout) -> None:
        """Leave out what was asked for before the last layout."""
        if message.time < self._laid_out_at:
            message.stop()
            message.prevent_default()

    def call_after_refresh(self, callback: CallbackType, *args: Any, **kwargs: Any) -> bool:
        """Call a function after the next refresh, unless the screen has been closed by then.

        The screen on top calls it, where a failure for lack of closed widgets would end the app.
        """
        return super().call_after_refresh(self._call_if_open, partial(callback, *args, **kwargs))

    async def _call_if_open(self, callback: CallbackType) -> None:
        if self in self.app.screen_stack:
            await invoke(callback)

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except RecordLocked as error:
            app: Any = self.app
            app.repeat_later(error, partial(self._dispatch_message, message))
        except QuizError as error:
            self.app._handle_exception(error)
