"""Steps of a session that wait for the record, in order, while the screen stays responsive."""

from __future__ import annotations

import asyncio
import time
from asyncio import Future, Task
from collections import deque
from collections.abc import Callable, Coroutine
from functools import wraps
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from quiz.core.session import InvalidTransition
from quiz.errors import RecordLocked
from quiz.tui.base_screen import BaseScreen
from quiz.tui.textual_workarounds import TAKEN_APART

if TYPE_CHECKING:
    from quiz.services.live_session import LiveSession

T = TypeVar("T")
Handler = Callable[[], Coroutine[Any, Any, Any]]

LOOK_EVERY = 0.02
"""Seconds between two attempts to get the record."""
SAID_AFTER = 0.03
"""Seconds after which the wait is announced."""
IN_THREAD = 0.05
"""Seconds that a thread waits for the record at its first attempt."""
LONGEST = 30.0
"""Seconds after which a step is given up and that is reported."""
WORDS = "Another program holds the record. What you do is saved, in its order, as soon as it is done."
AT_ONCE = frozenset({"on_mount", "on_screen_resume", "on_resize"})
"""Handlers that never wait for their turn."""


class _Turn(NamedTuple):
    """A call of a handler."""

    at: int
    """The session's time of the call."""
    handler: Handler
    is_settled: Future[None]
    """Done once the handler has finished or waits for the record; then its caller goes on."""


class Turns:
    """The turns of a screen's handlers, whose steps wait while another program has the record."""

    def __init__(self, screen: BaseScreen[Any], live: LiveSession[Any]) -> None:
        self._screen = screen
        self._live = live
        self._running: dict[Task[None], _Turn] = {}
        self._later: deque[_Turn] = deque()
        self._waiting: set[Task[None]] = set()
        """The turns whose steps wait."""

    @property
    def is_waiting(self) -> bool:
        """Whether a step is waiting for the record; calls made meanwhile come after it."""
        return bool(self._waiting)

    async def run(self, handler: Handler) -> None:
        """Call a handler when its turn comes. Returns when it has finished or has to wait."""
        if asyncio.current_task() in self._running:
            await handler()
            return
        turn = _Turn(self._live.now(), handler, asyncio.get_running_loop().create_future())
        task = asyncio.create_task(self._take(turn))
        task.add_done_callback(lambda done: self._running.pop(done, None))
        await turn.is_settled

    async def when_free(self, step: Callable[[], T]) -> T:
        """Take a step as soon as no other program has the record, and return its result.

        Within a turn, the screen stays responsive while it waits; the step's time is that of its key press.
        Raises RecordLocked if that takes too long, the screen is left, or there is no turn, and whatever else
        the step raises.
        """
        task: Any = asyncio.current_task()
        turn = self._running.get(task)
        began = time.monotonic()
        try:
            with self._live.steps:
                if turn is None or not self.is_waiting:
                    return step()
                with self._live.as_of(turn.at):
                    return step()
        except RecordLocked:
            if turn is None:
                raise
        self._waiting.add(task)
        if not turn.is_settled.done():
            turn.is_settled.set_result(None)
        await asyncio.sleep(LOOK_EVERY)

        async def again() -> T:
            with self._live.steps, self._live.as_of(turn.at):
                return step()

        return await self._at_last(again, began)

    async def aside(self, step: Callable[[], T]) -> T:
        """Take a step in a thread, and return its result. What is called for meanwhile comes after it.

        Call it within a turn. Raises RecordLocked if it had to wait too long for the record, and whatever
        else the step raises.
        """
        task: Any = asyncio.current_task()
        turn = self._running[task]
        self._waiting.add(task)
        if not turn.is_settled.done():
            turn.is_settled.set_result(None)
        return await self._at_last(lambda: asyncio.to_thread(self._in_thread, step), time.monotonic())

    def _in_thread(self, step: Callable[[], T]) -> T:
        self._live.record.wait_at_most(IN_THREAD)
        with self._live.steps:
            return step()

    async def _at_last(self, attempt: Callable[[], Coroutine[Any, Any, T]], began: float) -> T:
        """Attempt something until no other program has the record, and say so where that takes a while."""
        try:
            while True:
                try:
                    return await attempt()
                except RecordLocked:
                    waited = time.monotonic() - began
                    if waited > LONGEST or self._is_left:
                        raise
                if waited >= SAID_AFTER:
                    self._screen.notify(WORDS, title="Waiting", timeout=LONGEST)
                await asyncio.sleep(LOOK_EVERY)
        finally:
            self._screen.app.take_back({WORDS})

    @property
    def _is_left(self) -> bool:
        return self._screen not in self._screen.app.screen_stack

    async def _take(self, turn: _Turn) -> None:
        """Take a turn, and after one that waited, those that came meanwhile; or let it come after them."""
        if self.is_waiting:
            turn.is_settled.set_result(None)
            self._later.append(turn)
            return
        task: Any = asyncio.current_task()
        self._running[task] = turn  # a task of the app may begin before it is returned
        await self._call(turn)
        if task in self._waiting and len(self._waiting) == 1:
            while self._later and not self._is_left:
                self._running[task] = turn = self._later.popleft()
                await self._call(turn)
            self._later.clear()
        self._waiting.discard(task)

    async def _call(self, turn: _Turn) -> None:
        try:
            await turn.handler()
        except InvalidTransition as error:
            if not turn.is_settled.done():
                turn.is_settled.set_exception(error)
            # else its key came before a step that waited, after which there is nothing for it to do
        except Exception as error:  # noqa: BLE001 - it is for whoever called, or for the app
            if not turn.is_settled.done():
                turn.is_settled.set_exception(error)
            elif not (self._is_left and isinstance(error, TAKEN_APART)):
                self._screen.app.take_failure(error)
        if not turn.is_settled.done():
            turn.is_settled.set_result(None)


class TakesTurns(BaseScreen[None]):
    """A screen whose asynchronous actions and handlers take turns."""

    turns: Turns

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for name, method in list(vars(cls).items()):
            if name.startswith(("action_", "on_")) and name not in AT_ONCE and iscoroutinefunction(method):
                setattr(cls, name, in_turn(method))


def in_turn(method: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., Coroutine[Any, Any, None]]:
    """Make a method of such a screen take turns as its handlers do."""

    @wraps(method)
    async def call(self: TakesTurns, *arguments: Any) -> None:
        await self.turns.run(lambda: method(self, *arguments))

    return call
