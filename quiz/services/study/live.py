"""A study session that is going on: each step is on record before anybody sees what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from quiz.clock import Clock
from quiz.core.content.grading import Confidence, Response
from quiz.core.content.item import ItemRef
from quiz.core.events.model import Event, EventKind, SessionHeader
from quiz.core.scheduling.fsrs_schedule import Memory, policy_of, previews, rating_of
from quiz.core.scheduling.study_day import day_of
from quiz.core.session import ItemLookup, Phase
from quiz.core.study.session import StudySession
from quiz.core.text.phrases import day_name
from quiz.errors import RecordConflict
from quiz.record.record import Record


class ComingBack(NamedTuple):
    """When an item comes back, in words, and what each rating would make of it."""

    words: str
    intervals: dict[int, timedelta]
    chosen: int
    """The rating, 1 to 4, that counts."""


class LiveStudy:
    """A study session with its record and its clock."""

    def __init__(self, record: Record, clock: Clock, session: StudySession) -> None:
        self.record = record
        self.session = session
        self._clock = clock
        self._begun_at = max(clock.now(), session.header.started, *(e.at for e in session.log[-1:]))
        self._begun = clock.passed()
        self._shown = clock.passed()
        self._memory_before: Memory | None = None

    @classmethod
    def start(cls, record: Record, clock: Clock, header: SessionHeader, shelf: ItemLookup) -> LiveStudy:
        """Begin a session and put its start on record."""
        record.start(header)
        return cls(record, clock, StudySession.begin(header, shelf))

    @classmethod
    def resume(cls, record: Record, clock: Clock, header: SessionHeader, shelf: ItemLookup) -> LiveStudy:
        """Go on with a session where its record ends, at the item that was to be answered next."""
        session = StudySession.begin(header, shelf, record.events(header.id))
        live = cls(record, clock, session)
        if session.phase is Phase.REVIEWING:
            live.advance()
        return live

    def now(self) -> int:
        """Return the time by this session: its start and a clock that is never set, in milliseconds."""
        return self._begun_at + max(0, self._clock.passed() - self._begun)

    @property
    def is_reviewing(self) -> bool:
        """Whether an attempt is being reviewed."""
        return self.session.phase is Phase.REVIEWING

    def shown(self) -> None:
        """Say that the current item has just been put before the learner."""
        self._shown = self._clock.passed()

    def submit(self, response: Response, confidence: Confidence | None = None) -> None:
        """Grade a response, put the attempt on record, and only then stand at its review.

        Where the response is neither right nor wrong, that is put on record and the item is asked again.
        """
        taken = self._clock.passed() - self._shown
        event = self.session.submit(response, at=self.now(), duration_ms=taken, confidence=confidence)
        self._memory_before = self.record.memory(self.session.header.learner, event.ref)
        self._record(event)

    def advance(self) -> None:
        """Go on to the next item that no other window has answered meanwhile, or to the end.

        Where the end could not be put on record before, that is tried again.
        """
        if self.session.phase is Phase.FINISHED and not self._has_ended:
            self._finish_if_over()
            return
        session = self.session.advance()
        if session.phase is Phase.ANSWERING:
            gone = self._answered_elsewhere(session.queue)
            if gone:
                event = session.settle(gone, self.now())
                self.record.append(session.header.id, [event])
                session = session.apply(event)
        self.session = session
        self._finish_if_over()

    def skip(self) -> None:
        """Put the current item off."""
        self._record(self.session.skip(self.now()))

    def suspend(self) -> None:
        """Take the current item out until it is resumed."""
        self._record(self.session.suspend(self.now()))

    def bury(self) -> None:
        """Take the current item out until tomorrow."""
        self._record(self.session.bury(self.now()))

    def flag(self) -> None:
        """Mark the current item, or take the mark away."""
        self._record(self.session.flag(self.now()))

    def override(self) -> None:
        """Count the response being reviewed as right."""
        self._record(self.session.override(self.now()))

    def rate(self, rating: int) -> None:
        """Give the attempt being reviewed a rating of one's own, 1 to 4."""
        self._record(self.session.rate(rating, self.now()))

    def undo(self) -> None:
        """Take back the last thing done, its schedule and its score with it."""
        self._record(self.session.undo(self.now()))

    def reshelve(self, shelf: ItemLookup) -> None:
        """Go on with banks that were edited meanwhile; items that are gone leave the session."""
        self._rebuild(shelf, keep_review=self.session.phase is Phase.REVIEWING)

    def is_new_topic(self) -> bool:
        """Say whether nothing of the current item's topic was ever answered by this learner."""
        bank, item = self.session.placed.bank, self.session.placed.item
        if not item.topic or self.session.phase is not Phase.ANSWERING:
            return False
        learner = self.session.header.learner
        if (memory := self.record.memory(learner, ItemRef(bank.bank, item.id))) and not memory.is_new:
            return False
        siblings = (other.id for other in bank.items if other.topic == item.topic)
        seen = self.record.memories(learner, (bank.bank,))
        return not any(
            (held := seen.get(ItemRef(bank.bank, other))) is not None and not held.is_new
            for other in siblings
        )

    def memory(self) -> Memory | None:
        """Return what the record says of the current item, the attempt being reviewed included."""
        return self.record.memory(self.session.header.learner, self.session.placed.ref)

    def intervals(self) -> dict[int, timedelta]:
        """Return how long until the current item comes back, for each rating 1 to 4."""
        header, ref = self.session.header, self.session.placed.ref
        is_reviewing = self.session.phase is Phase.REVIEWING
        before = self._memory_before if is_reviewing else self.record.memory(header.learner, ref)
        n = self.session.attempt.n if self.session.attempt else self.session.n + 1
        seed = f"{header.seed}/{ref.bank}/{ref.item}/{n}"
        return previews(before, self.now(), header.zone, policy_of(header), seed)

    def coming_back(self) -> ComingBack:
        """Return when the item being reviewed comes back, and what each rating would make of it."""
        session, zone = self.session, self.session.header.zone
        memory, starts_at = self.memory(), policy_of(self.session.header).day_starts_at
        today = day_of(self.now(), zone, starts_at)
        words = "not scheduled"
        if session.comes_back:
            words = "back in this session, then tomorrow"
        elif memory is not None and memory.asked_from is not None:
            words = f"back {day_name(day_of(memory.asked_from, zone, starts_at), today)}"
        attempt = session.attempt
        automatic = rating_of(session.grade.score, attempt.response if attempt else None)
        return ComingBack(words, self.intervals(), session.rating or automatic)

    def _answered_elsewhere(self, queue: Iterable[ItemRef]) -> set[ItemRef]:
        header = self.session.header
        return set(queue) & self.record.attempted_since(header.learner, header.started, header.id)

    def _record(self, event: Event) -> None:
        """Put an event on record, and stand where it leads.

        Where another window went on with the same session, stand where that one left it, and raise
        RecordConflict.
        """
        after = self.session.apply(event)
        try:
            self.record.append(self.session.header.id, [event])
        except RecordConflict:
            self._rebuild(self.session.shelf, keep_review=False)
            raise
        self.session = after
        self._finish_if_over()

    def _rebuild(self, shelf: ItemLookup, *, keep_review: bool) -> None:
        header = self.session.header
        session = StudySession.begin(header, shelf, self.record.events(header.id))
        is_review_gone = session.phase is Phase.REVIEWING and session.attempt_ref not in shelf
        if session.phase is Phase.REVIEWING and (not keep_review or is_review_gone):
            session = session.advance()
        self.session = session
        self._finish_if_over()

    @property
    def _has_ended(self) -> bool:
        return bool(self.session.log) and self.session.log[-1].kind is EventKind.END

    def _finish_if_over(self) -> None:
        """Put the session's end on record once there is nothing left to ask."""
        session = self.session
        if session.phase is Phase.FINISHED and not self._has_ended:
            event = session.end(self.now())
            self.record.append(session.header.id, [event])
            self.session = session.apply(event)
