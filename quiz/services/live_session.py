"""A session in progress, of any mode: every step is saved before its outcome is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, Protocol, Self, TypeVar

from quiz.clock import Clock
from quiz.core.events.model import Event, SessionHeader
from quiz.core.session import ItemLookup
from quiz.errors import RecordConflict
from quiz.record.interface import Record


class SessionState(Protocol):
    """Where a session of some mode stands, as a value that its events lead to."""

    @property
    def header(self) -> SessionHeader:
        """What the session was started with."""
        ...

    @property
    def shelf(self) -> ItemLookup:
        """The items it can ask."""
        ...

    def begin(self, header: SessionHeader, shelf: ItemLookup, events: Iterable[Event] = ()) -> Self:
        """Return where the session stands after some events; a class method."""
        ...

    def apply(self, event: Event) -> Self:
        """Return where the session stands after one more event."""
        ...


S = TypeVar("S", bound=SessionState)


class LiveSession(Generic[S]):
    """A session with its record and its clock.

    Steps raise InvalidTransition where they are not possible, RecordConflict where another window went on
    with the session (it then stands where that one left it), and another RecordError where the record
    refuses; then nothing has happened.
    """

    def __init__(self, record: Record, clock: Clock, session: S, last_at: int) -> None:
        """Take up a session whose last event, or else its start, was at `last_at` milliseconds."""
        self.record = record
        self._clock = clock
        self._session = session
        self._begun_at = max(clock.now(), last_at)
        self._begun = clock.passed()
        self._observers: list[Callable[[], None]] = []

    @property
    def session(self) -> S:
        """Where the session stands."""
        return self._session

    def now(self) -> int:
        """Return the session's time in milliseconds since 1970 UTC: its start plus a clock nobody can set."""
        return self._begun_at + max(0, self._clock.passed() - self._begun)

    def observe(self, observer: Callable[[], None]) -> Callable[[], None]:
        """Have `observer` called after each change of the session; return what ends that."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def append(self, *events: Event, leading_to: S | None = None) -> None:
        """Save events and those that follow from them, all or none, and stand where they lead.

        `leading_to` is where they lead, if that was worked out already.
        """
        if not events:
            return
        after = leading_to or self._after(events)
        closing = self._closing(after, events[-1].at)
        try:
            self._save([*events, *closing])
        except RecordConflict:
            self.rebuild()
            raise
        for event in closing:
            after = after.apply(event)
        self._stand(after)

    def rebuild(self, shelf: ItemLookup | None = None) -> None:
        """Stand where the record ends, with other items where `shelf` holds them."""
        session = self._from_record(shelf or self._session.shelf)
        self._stand(self._taken_up(session))

    def _from_record(self, shelf: ItemLookup) -> S:
        """Return where the record of the session ends, with the items of a shelf."""
        return self._session.begin(self._session.header, shelf, self._events())

    def _after(self, events: Iterable[Event]) -> S:
        """Return where some events would lead."""
        session = self._session
        for event in events:
            session = session.apply(event)
        return session

    def _save(self, events: Sequence[Event]) -> None:
        """Put events on record, all or none."""
        self.record.append(self._session.header.id, events)

    def _events(self) -> tuple[Event, ...]:
        """Return all that is on record of the session."""
        return self.record.events(self._session.header.id)

    def _closing(self, after: S, at: int) -> tuple[Event, ...]:  # noqa: ARG002
        """Return the events that a step leading there brings with it, such as the session's end."""
        return ()

    def _taken_up(self, session: S) -> S:
        """Return where one stands in a session that was rebuilt from the record."""
        return session

    def _stand(self, session: S) -> None:
        self._session = session
        for observer in tuple(self._observers):
            observer()
