"""A store of events in a dictionary: the smallest thing that keeps the contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from quiz.core.events.ids import id_key
from quiz.core.events.model import Event, SessionHeader
from quiz.errors import RecordConflict
from quiz.record.row_codec import as_kept


class MemoryStore:
    """Sessions and events, and the names of learners."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._headers: dict[str, SessionHeader] = {}
        self._events: dict[str, list[Event]] = {}

    def start_with(self, header: SessionHeader, events: Sequence[Event]) -> None:
        if self._headers.get(header.id, header) != header:
            raise RecordConflict(f"Another session has the id {header.id}.")
        is_new = header.id not in self._headers
        self._headers[header.id] = header
        self._events.setdefault(header.id, [])
        try:
            self.append(header.id, events)
        except BaseException:
            if is_new:
                del self._headers[header.id], self._events[header.id]
            raise

    def append(self, session_id: str, events: Sequence[Event]) -> None:
        there, header = self._events[session_id], self._headers[session_id]
        numbers = [event.n for event in events]
        first = numbers[0] if numbers else 1
        if numbers != list(range(first, first + len(numbers))) or not 1 <= first <= len(there) + 1:
            raise ValueError(f"After event {len(there)} come events {numbers}.")
        kept = [as_kept(event, id_key(session_id), header.learner) for event in events]
        if any(event != there[event.n - 1] for event in kept if event.n <= len(there)):
            raise RecordConflict("Another window continued this session.")
        there += [event for event in kept if event.n > len(there)]

    def header(self, session_id: str) -> SessionHeader:
        return self._headers[session_id]

    def events(self, session_id: str) -> tuple[Event, ...]:
        return tuple(self._events[session_id])

    def heads(self) -> dict[str, int]:
        return {session: len(events) for session, events in self._events.items()}

    def since(self, heads: Mapping[str, int]) -> Iterator[tuple[SessionHeader, tuple[Event, ...]]]:
        for session, events in self._events.items():
            if session not in heads or heads[session] < len(events):
                yield self._headers[session], tuple(events[heads.get(session, 0) :])

    def forget(self, learners: Sequence[str]) -> list[Path]:
        for learner in learners:
            self.names.pop(learner, None)
        return []
