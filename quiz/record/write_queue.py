"""Steps that write, done in their order in a thread of their own while another program holds the record."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from quiz.errors import RecordError, RecordLocked

T = TypeVar("T")

BETWEEN_TRIES = 0.02
"""Seconds."""


class WriteQueue:
    """Takes steps that may have to wait for the record; what a step returns is known when it is on disk.

    A step is tried until nobody else holds the record. Where one fails otherwise, those that wait behind it
    fail with it: they were meant to follow from it.
    """

    def __init__(self) -> None:
        self._worker: ThreadPoolExecutor | None = None
        self._waiting = 0
        self._failures = 0
        self._is_closed = False

    @property
    def waiting(self) -> int:
        """How many steps are not done yet."""
        return self._waiting

    def submit(self, step: Callable[[], T]) -> Future[T]:
        """Put a step behind the others; return what will tell what came of it."""
        if self._worker is None:
            self._worker = ThreadPoolExecutor(1, "quiz-writes")
        self._waiting += 1
        before = self._failures
        future = self._worker.submit(self._do, step, before)
        future.add_done_callback(self._count_down)
        return future

    def close(self) -> None:
        """End the thread and give up what still waits: it raises RecordLocked. May be called again."""
        self._is_closed = True
        if self._worker is not None:
            self._worker.shutdown(wait=True)

    def _count_down(self, _: Future[T]) -> None:
        self._waiting -= 1

    def _do(self, step: Callable[[], T], failures_before: int) -> T:
        if failures_before != self._failures:
            raise RecordError("The step before this one could not be put on record.", "Go on from there.")
        while True:
            try:
                return step()
            except RecordLocked:
                if self._is_closed:
                    raise
                time.sleep(BETWEEN_TRIES)
            except BaseException:
                self._failures += 1
                raise
