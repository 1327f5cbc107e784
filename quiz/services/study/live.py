"""A study session in progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any, NamedTuple

from quiz.clock import Clock
from quiz.core.content.grading import Confidence, Response
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.model import Event, EventKind, SessionHeader
from quiz.core.scheduling.fsrs_schedule import (
    Memory,
    chosen_intervals,
    interval_seed,
    is_leech_now,
    open_intervals,
    previews,
    rating_of,
    remembered,
)
from quiz.core.scheduling.policy import policy_of
from quiz.core.scheduling.study_day import day_of, start_of
from quiz.core.session import ItemLookup, Phase
from quiz.core.study.session import StudySession
from quiz.core.study.state import flagged_before
from quiz.core.text.phrases import day_name, span
from quiz.record.interface import Record
from quiz.services.live_session import LiveSession


class ComingBack(NamedTuple):
    """When an item comes back, in words, and what each rating would change."""

    words: str
    intervals: dict[int, timedelta]
    """Empty where no rating would make a difference."""
    chosen: int
    """The rating that counts, 1 to 4."""


class LiveStudy(LiveSession[StudySession]):
    """A study session with its record and its clock."""

    def __init__(
        self, record: Record, clock: Clock, session: StudySession, *, is_on_record: bool = True
    ) -> None:
        super().__init__(record, clock, session, session.last_at)
        self._is_on_record = is_on_record
        self._shown = self.now()
        self._read: tuple[int, ItemRef, Memory | None] | None = None
        """The memory of an item after the event of this number, as last read."""
        self._memories_before: dict[int, Memory | None] = {}
        """The memory of each attempt's item just before it, by the attempt's number."""

    @classmethod
    def start(cls, record: Record, clock: Clock, header: SessionHeader, lookup: ItemLookup) -> LiveStudy:
        """Start a session. Its start is recorded with its first step, so a session without one leaves no
        trace."""
        session = StudySession.begin(header, lookup, flagged=record.flagged(header.learner))
        return cls(record, clock, session, is_on_record=False)

    @classmethod
    def resume(cls, record: Record, clock: Clock, header: SessionHeader, lookup: ItemLookup) -> LiveStudy:
        """Continue a session where its record ends, at the next item to answer."""
        live = cls(record, clock, _rebuilt(record, header, lookup, record.events(header.id)))
        if live.is_reviewing:
            live.advance()
        elif gone := live._settled_elsewhere():
            live.append(live.session.settle(gone, live.now()))
        live.append(*live._closing(live.session, live.now()))
        return live

    @property
    def is_reviewing(self) -> bool:
        """Whether an attempt is being reviewed."""
        return self.session.phase is Phase.REVIEWING

    @property
    def is_new_leech(self) -> bool:
        """Whether the attempt being reviewed has just made its item a leech."""
        after = self.memory() if self.is_reviewing else None
        return after is not None and is_leech_now(self._memory_before(), after)

    @property
    def answering_ms(self) -> int:
        """The total time for answers so far, the one at hand included."""
        is_answering = self.session.phase is Phase.ANSWERING
        return self.session.answering_ms + (self.now() - self._shown if is_answering else 0)

    def shown(self) -> None:
        """Say that the current item has just been put before the learner."""
        self._shown = self.now()

    def submit(self, response: Response, confidence: Confidence | None = None) -> None:
        """Grade a response, save the attempt, and only then move to its review.

        A response that is neither right nor wrong is saved, and the item is asked again.
        """
        at, before = self.now(), self.memory()
        ref = self.session.current.ref
        body: dict[str, Any] = {}
        if self.session.counts and (intervals := self._chosen_intervals(ref, before, at)):
            body["intervals"] = list(intervals)
        if earlier := self._attempts_earlier_today(ref, before, at):
            body["earlier"] = earlier
        event, after = self.session.answered(
            response, at=at, duration_ms=at - self._shown, confidence=confidence, **body
        )
        self._memories_before[event.n] = before
        self.append(event, leading_to=after)

    def advance(self) -> None:
        """Go to the next item that was not answered or suspended elsewhere meanwhile, or to the end."""
        at, ref = self.now(), self.session.attempt_ref
        session, events = self.session.advance(at), []
        if self.session.is_given_up and ref is not None:
            events.append(session.give_up(ref, at))
            session = session.apply(events[-1])
        gone = self._settled_elsewhere(session) if session.phase is Phase.ANSWERING else ()
        if gone:
            events.append(session.settle(gone, at))
            session = session.apply(events[-1])
        if session.phase is Phase.FINISHED:
            events.append(session.end(at))
            session = session.apply(events[-1])
        if events:
            self.append(*events, leading_to=session)
        else:
            self._stand(session)

    def skip(self) -> None:
        """Put the current item off."""
        self.append(self.session.skip(self.now()))

    def suspend(self) -> None:
        """Suspend the current item until it is resumed."""
        self.append(self.session.suspend(self.now()))

    def bury(self) -> None:
        """Bury the current item until tomorrow."""
        self.append(self.session.bury(self.now()))

    def flag(self) -> None:
        """Flag the current item, or remove its flag."""
        self.append(self.session.flag(self.now()))

    def override(self) -> None:
        """Count the response being reviewed as correct."""
        self.append(self.session.override(self.now()))

    def rate(self, rating: int) -> None:
        """Give the attempt being reviewed a rating, 1 to 4."""
        self.append(self.session.rate(rating, self.now()))

    def undo(self) -> None:
        """Undo the last step, with its schedule and its score."""
        self.append(self.session.undo(self.now()))

    def replace_items(self, lookup: ItemLookup) -> None:
        """Continue with banks that were edited meanwhile; items that are gone leave the session."""
        before, session = self.session, self._from_record(lookup)
        if not self.is_reviewing or session.attempt_ref not in lookup:
            session = self._taken_up(session)
        if before.phase is Phase.ANSWERING and before.queue[0] in session.queue:
            session = session.asking(before.queue[0])
        self._stand(session)
        self.append(*self._closing(self.session, self.now()))

    def is_new_topic(self) -> bool:
        """Whether this learner never answered an item of the current item's topic."""
        bank, item = self.session.current.bank, self.session.current.item
        if not item.topic or self.session.phase is not Phase.ANSWERING:
            return False
        if (memory := self.memory()) and not memory.is_new:
            return False
        topic = {ItemRef(bank.bank, other.id) for other in bank.items if other.topic == item.topic}
        seen = self.record.memories(self.session.header.learner, (bank.bank,))
        return all(ref not in topic or memory.is_new for ref, memory in seen.items())

    def memory(self) -> Memory | None:
        """Return the memory of the current item, including the attempt being reviewed."""
        n, ref = self.session.n, self.session.current.ref
        if self._read is None or self._read[:2] != (n, ref):
            self._read = n, ref, self.record.memory(self.session.header.learner, ref)
        return self._read[2]

    def intervals(self) -> dict[int, timedelta]:
        """Return how long until the current item comes back, for each rating 1 to 4; nothing in practice.

        From tomorrow on, in whole study days, as they are counted when the day is named.
        """
        if not self.session.counts:
            return {}
        header, ref, attempt = self.session.header, self.session.current.ref, self.session.attempt
        before = self._memory_before() if self.is_reviewing else self.memory()
        seed = interval_seed(header.seed, *ref, attempt.n if attempt else self.session.n + 1)
        now = self.now()
        chosen = attempt.body.get("intervals") if attempt else self._chosen_intervals(ref, before, now)
        policy = policy_of(header).for_bank(ref.bank)
        told = previews(before, now, header.zone, policy, seed, chosen)
        return {
            rating: _in_days(now, wait, header.zone, policy.day_starts_at) for rating, wait in told.items()
        }

    def _chosen_intervals(self, ref: ItemRef, before: Memory | None, at: int) -> tuple[int, ...]:
        """Choose, for each rating, in how many days the current item comes back."""
        header = self.session.header
        policy = policy_of(header).for_bank(ref.bank)
        open_days = open_intervals(before, at, header.zone, policy)
        if not open_days:
            return ()
        today = day_of(at, header.zone, policy.day_starts_at)
        load = self.record.due_by_day(header.learner, start_of(today, header.zone, policy.day_starts_at))
        rng = Random(interval_seed(header.seed, *ref, self.session.n + 1))
        return chosen_intervals(open_days, today, load, policy.days_off, rng)

    def coming_back(self) -> ComingBack:
        """Return when the item being reviewed comes back, and what each rating would change."""
        session, zone = self.session, self.session.header.zone
        memory, starts_at = self.memory(), policy_of(self.session.header).day_starts_at
        today = day_of(self.now(), zone, starts_at)
        words, then, is_in_step = "not scheduled", "tomorrow", True
        if memory is not None and memory.card is not None and memory.card.step is None:
            is_in_step = False  # nothing else that is answered today changes when it is due
            then = day_name(max(day_of(memory.due, zone, starts_at), today + timedelta(days=1)), today)
        if session.comes_back and session.counts and session.needs_rest(self.now()):
            words = "back later today, then tomorrow" if is_in_step else f"back {then}"
        elif session.comes_back:
            words = "back in this session" + (f", then {then}" if session.counts else "")
        elif not session.counts:
            words = "only practised: the schedule stays as it is"
        elif session.is_given_up and session.attempt_ref is not None:
            times = session.attempts_today(session.attempt_ref)
            words = f"asked {times} times today: read its note, it comes back {then}"
        elif memory is not None and memory.asked_from is not None:
            day = day_of(memory.asked_from, zone, starts_at)
            wait = span(timedelta(milliseconds=max(0, memory.asked_from - self.now())))
            words = f"back in {wait}" if day == today else f"back {day_name(day, today)}"
        attempt = session.attempt
        automatic = rating_of(session.grade.score, attempt.response if attempt else None)
        intervals = self.intervals()
        if len(set(intervals.values())) == 1:
            intervals = {}
        return ComingBack(words, intervals, session.rating or automatic)

    def _memory_before(self) -> Memory | None:
        """Return the memory of the reviewed attempt's item just before it."""
        header, attempt = self.session.header, self.session.attempt
        if attempt is None:
            return None
        if attempt.n not in self._memories_before:
            told = self.record.session_events(header.learner, attempt.ref)
            self._memories_before[attempt.n] = remembered(
                one for one in told if one.header.id != header.id or one.event.n < attempt.n
            )
        return self._memories_before[attempt.n]

    def _attempts_earlier_today(self, ref: ItemRef, before: Memory | None, at: int) -> int:
        """Return how often the item was attempted today before it first came up in this session."""
        header, policy = self.session.header, policy_of(self.session.header)
        begun = start_of(day_of(at, header.zone, policy.day_starts_at), header.zone, policy.day_starts_at)
        is_today = before is not None and before.card is not None and before.card.last_review >= begun
        if not is_today or self.session.attempts_today(ref):
            return 0
        told = self.record.session_events(header.learner, ref)
        return sum(
            one.event.kind is EventKind.ATTEMPT and one.event.at >= begun and one.header.id != header.id
            for one in told
        )

    def _settled_elsewhere(self, session: StudySession | None = None) -> set[ItemRef]:
        """Return which items still to be asked were answered in another session meanwhile, or suspended."""
        header, queue = self.session.header, set((session or self.session).queue)
        answered = self.record.attempted_since(header.learner, header.started, header.id)
        suspended = self.record.suspended_among(header.learner, queue)
        return queue & answered | {ref for ref in suspended if self._is_suspended_since(ref)}

    def _is_suspended_since(self, ref: ItemRef) -> bool:
        """Return whether an item was suspended after the session began, which may ask suspended ones."""
        header = self.session.header
        told = self.record.session_events(header.learner, ref)
        return any(one.event.kind is EventKind.SUSPEND and one.event.at >= header.started for one in told)

    def add(self, items: Sequence[ItemRef], lookup: ItemLookup) -> None:
        """Ask more items after the present ones; `lookup` holds them."""
        if items:
            self._session = replace(self.session, lookup=self.session.lookup | lookup)
            self.append(self.session.add(items, self.now()))

    def _from_record(self, lookup: ItemLookup) -> StudySession:
        return _rebuilt(self.record, self.session.header, lookup, self._events())

    def _save(self, events: Sequence[Event]) -> None:
        if self._is_on_record:
            super()._save(events)
        else:
            self.record.start_with(self.session.header, events)
            self._is_on_record = True

    def _events(self) -> tuple[Event, ...]:
        return super()._events() if self._is_on_record else ()

    def _closing(self, after: StudySession, at: int) -> tuple[Event, ...]:
        """Return the session's end if there is nothing left to ask."""
        if after.phase is not Phase.FINISHED or after.has_ended:
            return ()
        return (after.end(max(self.now(), at)),)

    def _taken_up(self, session: StudySession) -> StudySession:
        """Continue from an attempt that another window has reviewed."""
        return session.advance() if session.phase is Phase.REVIEWING else session


def _rebuilt(
    record: Record, header: SessionHeader, lookup: ItemLookup, events: tuple[Event, ...]
) -> StudySession:
    """Return where a session stands after its events, with what was marked before it."""
    flagged = flagged_before(record.flagged(header.learner), events)
    return StudySession.begin(header, lookup, events, flagged)


def _in_days(at: int, wait: timedelta, zone: str, starts_at: int) -> timedelta:
    """Return a time span in whole study days if it ends on a later study day."""
    day = day_of(at + wait // timedelta(milliseconds=1), zone, starts_at)
    return (day - day_of(at, zone, starts_at)) or wait
