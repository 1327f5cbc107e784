"""How long the loop waits for the record: counted, since a busy machine waits for other things as well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import get_ident
from time import thread_time
from typing import Any
from unittest.mock import patch

from quiz.record.sqlite.connection import RecordFile


class Waits:
    """What a thread has spent: its seconds of the processor, and those it may have waited for the record."""

    def __init__(self) -> None:
        self._thread = get_ident()
        self.waited = 0.0
        """How many seconds it waited in vain, at the most."""
        self.times = 0
        """How often it did, or would have if it still waited."""

    @property
    def spent(self) -> float:
        """The seconds of both so far."""
        return thread_time() + self.waited

    def noting(self, method: Any) -> Any:
        """Return a method of RecordFile of which each wait in vain is noted."""

        def call(file: RecordFile, *arguments: Any) -> None:
            patience = file.patience
            try:
                method(file, *arguments)
            except BaseException:
                if get_ident() == self._thread:
                    self.waited += patience
                    self.times += 1
                raise

        return call


@contextmanager
def counted_waits() -> Iterator[Waits]:
    """Count how long this thread waits for any record within a block."""
    waits = Waits()
    with ExitStack() as stack:
        for name in ("_begin", "_commit"):
            stack.enter_context(patch.object(RecordFile, name, waits.noting(getattr(RecordFile, name))))
        yield waits
