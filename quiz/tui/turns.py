"""Steps of a session that wait for the record: the screen goes on meanwhile, and they are taken in order."""

from __future__ import annotations

import asyncio
import time
from asyncio import Future, Task
from collections import deque
from collections.abc import Callable, Coroutine
from functools import wraps
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from quiz.errors import RecordLocked
from quiz.tui.base_screen import BaseScreen

if TYPE_CHECKING:
    from quiz.services.live_session import LiveSession

T = TypeVar("T")
Handler = Callable[[], Coroutine[Any, Any, Any]]

LOOK_EVERY = 0.05
"""Seconds between two looks whether the record is free."""
SAID_AFTER = 0.3
"""Seconds after which it is said that something waits."""
LONGEST = 30.0
"""Seconds after which a step is given up, and that is said."""
WORDS = "Another program holds the record. What you do is saved, in its order, as soon as it is done."
AT_ONCE = frozenset({"on_mount", "on_screen_resume", "on_resize"})
"""Handlers that never wait for their turn."""


class _Turn(NamedTuple):
    """A handler that was called."""

    at: int
    """When, in the session's time."""
    handler: Handler
    is_settled: Future[None]
    """Done once the handler is done, or waits for the record: then whoever called it goes on."""


class Turns:
    """The turns of the handlers of a screen, whose steps wait for the record where another program has it."""

    def __init__(self, screen: BaseScreen[Any], live: LiveSession[Any]) -> None:
        self._screen = screen
        self._live = live
        self._running: dict[Task[None], _Turn] = {}
        self._later: deque[_Turn] = deque()
        self.is_waiting = False
        """Whether a step waits for the record; whatever is called meanwhile comes after it."""

    async def run(self, handler: Handler) -> None:
        """Call a handler when its turn comes. Returns when it is done, or has to wait."""
        if asyncio.current_task() in self._running:
            await handler()
            return
        turn = _Turn(self._live.now(), handler, asyncio.get_running_loop().create_future())
        if self.is_waiting:
            turn.is_settled.set_result(None)
            self._later.append(turn)
            return
        task = asyncio.create_task(self._take(turn))
        self._running[task] = turn
        task.add_done_callback(self._running.pop)
        await turn.is_settled

    async def when_free(self, step: Callable[[], T]) -> T:
        """Take a step as soon as no other program has the record, and return what it returns.

        Within a turn, the screen goes on while it waits; the step counts as taken when its key was pressed.
        Raises RecordLocked where that takes too long, the screen is left, or it is nobody's turn, and
        whatever else the step raises.
        """
        turn = self._running.get(asyncio.current_task())  # type: ignore[arg-type]  # any task may ask
        try:
            if turn is None or not self.is_waiting:
                return step()
            with self._live.as_of(turn.at):
                return step()
        except RecordLocked:
            if turn is None:
                raise
        self.is_waiting = True
        if not turn.is_settled.done():
            turn.is_settled.set_result(None)
        return await self._at_last(turn, step)

    async def _at_last(self, turn: _Turn, step: Callable[[], T]) -> T:
        began = time.monotonic()
        while True:
            await asyncio.sleep(LOOK_EVERY)
            waited = time.monotonic() - began
            if waited > SAID_AFTER:
                self._screen.notify(WORDS, title="Waiting", timeout=2)
            try:
                with self._live.as_of(turn.at):
                    return step()
            except RecordLocked:
                if waited > LONGEST or self._is_left:
                    raise

    @property
    def _is_left(self) -> bool:
        return self._screen not in self._screen.app.screen_stack

    async def _take(self, turn: _Turn) -> None:
        """Take a turn, and after one that waited, those that came meanwhile."""
        task: Any = asyncio.current_task()
        await self._call(turn)
        if not self.is_waiting:
            return
        while self._later and not self._is_left:
            self._running[task] = turn = self._later.popleft()
            await self._call(turn)
        self._later.clear()
        self.is_waiting = False

    async def _call(self, turn: _Turn) -> None:
        try:
            await turn.handler()
        except Exception as error:  # noqa: BLE001 - it is for whoever called, or for the app
            if turn.is_settled.done():
                self._screen.app.take_failure(error)
            else:
                turn.is_settled.set_exception(error)
        if not turn.is_settled.done():
            turn.is_settled.set_result(None)


class TakesTurns(BaseScreen[None]):
    """A screen whose actions and handlers, where they are coroutines, take turns."""

    turns: Turns

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for name, method in list(vars(cls).items()):
            if name.startswith(("action_", "on_")) and name not in AT_ONCE and iscoroutinefunction(method):
                setattr(cls, name, in_turn(method))


def in_turn(method: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., Coroutine[Any, Any, None]]:
    """Let a method of such a screen take turns as its handlers do."""

    @wraps(method)
    async def call(self: TakesTurns, *arguments: Any) -> None:
        await self.turns.run(lambda: method(self, *arguments))

    return call
