"""Keys one at a time, each after all that the one before it does. Checked against Textual 8.2.8.

Textual passes a key from the widget with the focus on to those around it, to each as a message, and does what
is bound to it at the end. The next key may be typed, or choose a row, before that.
"""

from __future__ import annotations

from collections import deque

from textual.app import App, ReturnType
from textual.dom import DOMNode
from textual.events import Event, Key
from textual.screen import Screen


class OneKeyAtATime(App[ReturnType]):
    """An app in which keys that arrive together do what they do with pauses between them."""

    def __init__(self) -> None:
        super().__init__()
        self._under_way: tuple[Key, DOMNode] | None = None
        """The key that was taken last, unless it is known to have done all it does, and where it began."""
        self._held: deque[Key] = deque()
        """The keys that wait for it."""

    async def on_event(self, event: Event) -> None:
        """Take an event; a key when the one before it has done what it does."""
        if not isinstance(event, Key):
            await super().on_event(event)
        elif event.is_forwarded:
            await super().on_event(event)
            if self._under_way is not None and event is self._under_way[0] and not self._held:
                self._under_way = None
        elif self._under_way is None:
            await self._take(event)
        else:
            self._held.append(event)
            if len(self._held) == 1:
                self._go_on()

    async def _take(self, key: Key) -> None:
        """Let a key do what it does, unless it is on its way elsewhere when this returns."""
        began_at = (self.focused or self.screen) if self._screen_stack else self
        await super().on_event(key)
        self._under_way = (key, began_at) if key.is_forwarded else None

    def _follow(self, node: DOMNode) -> None:
        """Take the next key once a node has passed on the one before, and those around it have, too."""
        if not node.call_later(self._follow_on, node):
            self.call_later(self._take_next)  # the node is gone

    def _follow_on(self, node: DOMNode) -> None:
        key = self._under_way[0] if self._under_way is not None else None
        # a key from the terminal is stopped at the screen, and passed on to the app nevertheless
        is_taken = key is None or (key._stop_propagation and not isinstance(node, Screen))
        if is_taken or node.parent is None or node.parent is self:
            self.call_later(self._take_next)
        else:
            self._follow(node.parent)

    async def _take_next(self) -> None:
        self._under_way = None
        if self._held:
            try:
                await self._take(self._held.popleft())
            finally:
                self._go_on()

    def _go_on(self) -> None:
        """Take the next of the keys that wait when the one that is under way has done what it does."""
        if self._held and self._under_way is not None:
            self._follow(self._under_way[1])
        elif self._held:
            self.call_later(self._take_next)
