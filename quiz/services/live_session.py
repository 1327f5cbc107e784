"""A session in progress, of any mode: every step is saved before its outcome is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Generic, Protocol, Self, TypeVar

from quiz.clock import Clock
from quiz.core.events.model import Event, SessionHeader
from quiz.core.session import ItemLookup
from quiz.errors import RecordConflict
from quiz.record.interface import Record


class SessionState(Protocol):
    """The state of a session of some mode, as a value that follows from its events."""

    @property
    def header(self) -> SessionHeader:
        """What the session was started with."""
        ...

    @property
    def lookup(self) -> ItemLookup:
        """The items that it can ask."""
        ...

    def begin(self, header: SessionHeader, lookup: ItemLookup, events: Iterable[Event] = ()) -> Self:
        """Return the state after some events; a class method."""
        ...

    def apply(self, event: Event) -> Self:
        """Return the state after one more event."""
        ...


S = TypeVar("S", bound=SessionState)


class LiveSession(Generic[S]):
    """A session with its record and its clock.

    Steps raise InvalidTransition where they are not possible; RecordConflict where another window continued
    the session, whose state is then taken over; and another RecordError where the record refuses, in which
    case nothing has happened.
    """

    def __init__(self, record: Record, clock: Clock, session: S, last_at: int) -> None:
        """Take up a session whose last event, or else its start, was at `last_at`, in milliseconds."""
        self.record = record
        self._clock = clock
        self._session = session
        self._begun_at = max(clock.now(), last_at)
        self._begun = clock.passed()
        self._as_of: int | None = None
        self._observers: list[Callable[[], None]] = []
        self.steps = RLock()
        """Held while a step is taken, which may be in a thread; whoever steps without turns waits for it."""

    @property
    def session(self) -> S:
        """The present state."""
        return self._session

    def now(self) -> int:
        """Return the session's time in milliseconds since 1970 UTC: its start plus a clock nobody can set."""
        return self._time() if self._as_of is None else self._as_of

    @contextmanager
    def as_of(self, moment: int) -> Iterator[None]:
        """Let it be an earlier time within a block: when a key was pressed whose step had to wait."""
        self._as_of = moment
        try:
            yield
        finally:
            self._as_of = None

    def _time(self) -> int:
        return self._begun_at + max(0, self._clock.passed() - self._begun)

    def observe(self, observer: Callable[[], None]) -> Callable[[], None]:
        """Call `observer` after each change of the session. Returns a function that stops this."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def append(self, *events: Event, leading_to: S | None = None) -> None:
        """Save events and those that follow from them, all or none, and move to the state they lead to.

        `leading_to` is that state, if it was worked out already.
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

    def rebuild(self, lookup: ItemLookup | None = None) -> None:
        """Return to the state at the end of the record, with other items if `lookup` is given."""
        session = self._from_record(lookup or self._session.lookup)
        self._stand(self._taken_up(session))

    def _from_record(self, lookup: ItemLookup) -> S:
        """Return where the record of the session ends, with the items of a lookup."""
        return self._session.begin(self._session.header, lookup, self._events())

    def _after(self, events: Iterable[Event]) -> S:
        """Return the state that some events would lead to."""
        session = self._session
        for event in events:
            session = session.apply(event)
        return session

    def _save(self, events: Sequence[Event]) -> None:
        """Record events, all or none."""
        self.record.append(self._session.header.id, events)

    def _events(self) -> tuple[Event, ...]:
        """Return all recorded events of the session."""
        return self.record.events(self._session.header.id)

    def _closing(self, after: S, at: int) -> tuple[Event, ...]:  # noqa: ARG002
        """Return the events that a step to this state brings with it, such as the session's end."""
        return ()

    def _taken_up(self, session: S) -> S:
        """Return the state in which to continue a session that was rebuilt from the record."""
        return session

    def _stand(self, session: S) -> None:
        self._session = session
        for observer in tuple(self._observers):
            observer()
