"""When an item is due again. The model is FSRS as in the `fsrs` package; what counts as a review is ours.

The first response of a study day is FSRS's review. Later responses of the same day only move the item within
its learning step: a correct one ends the step for today, a wrong one restarts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from operator import attrgetter
from random import Random

import msgspec

from quiz.core.content.grading import Recalled, Response, Verdict
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.scheduling.card import A_DAY, LEARNING_STEP, LEECH_AT, CardState, after_review
from quiz.core.scheduling.fsrs_review import AGAIN, EASY, GOOD, HARD
from quiz.core.scheduling.intervals import DaysOff, drawn, least_loaded, recorded, spread
from quiz.core.scheduling.policy import Policy, policy_of
from quiz.core.scheduling.study_day import day_number, day_of, next_day


class Memory(msgspec.Struct, frozen=True, gc=False):
    """The memory of a learner's item."""

    due: int
    """When it comes back, in milliseconds since 1970 UTC; 0 if it was never answered."""
    card: CardState | None = None
    reviews: int = 0
    """On how many study days it was reviewed."""
    attempts: int = 0
    misses: int = 0
    """On how many days its first response was less than half right, or rated Again."""
    is_suspended: bool = False
    buried_until: int = 0
    last_score: float = 0.0
    is_flagged: bool = False
    tags: tuple[str, ...] = ()
    """The learner's own, in the order of the alphabet."""

    @property
    def is_leech(self) -> bool:
        """Whether it was not known so often that it should be reworded or learned in another way."""
        return self.misses >= LEECH_AT

    @property
    def is_new(self) -> bool:
        """Whether it was never answered."""
        return self.attempts == 0

    @property
    def due_since(self) -> int:
        """When the schedule has it come back, whether or not it was buried."""
        return self.due

    @property
    def asked_from(self) -> int | None:
        """When it may come back, in milliseconds since 1970 UTC; None if it is new or suspended."""
        return None if self.is_suspended or self.is_new else max(self.due, self.buried_until)

    def is_due(self, before: int) -> bool:
        """Return whether it comes back before a time, usually the end of the study day."""
        return self.asked_from is not None and self.asked_from < before

    def is_askable_as_new(self, before: int) -> bool:
        """Return whether it was never answered and is neither suspended nor buried beyond a time."""
        return self.is_new and not self.is_suspended and self.buried_until < before

    def recall(self, at_ms: int) -> float:
        """Return the probability of recall, 0 to 1, that FSRS predicts for a time; 0 for a new item."""
        if self.card is None:
            return 0.0
        return self.card.recall((at_ms - self.card.last_review) // A_DAY)


_NEW = Memory(0)
_ATTEMPT, _OVERRIDE, _RATE = EventKind.ATTEMPT, EventKind.OVERRIDE, EventKind.RATE
_SKIPPED = Verdict.SKIPPED


class SessionEvent(msgspec.Struct, frozen=True, gc=False):
    """An event with the opening of its session."""

    header: SessionHeader
    event: Event


_ORDER = attrgetter("event.at", "header.id", "event.n")


def rating_of(score: float, response: Response | None = None) -> int:
    """Return FSRS's rating for a score: below a half Again, below 1 Hard, 1 Good. A recall has its own
    rating."""
    if isinstance(response, Recalled) and response.rating in {AGAIN, HARD, GOOD, EASY}:
        return response.rating
    if score >= 1:
        return GOOD
    return HARD if score >= 0.5 else AGAIN


class MemoryChange(msgspec.Struct, frozen=True, gc=False):
    """The effect of one event on a memory."""

    before: Memory | None
    told: SessionEvent
    rating: int | None
    """The rating, 1 to 4, of an attempt that counts; None for anything else."""
    after: Memory | None

    @property
    def is_review(self) -> bool:
        """Whether it was the first response of a study day: FSRS's review."""
        reviews = self.before.reviews if self.before else 0
        return self.after is not None and self.after.reviews > reviews


def replayed(session_events: Iterable[SessionEvent], memory: Memory | None = None) -> Iterator[MemoryChange]:
    """Yield the effect of each event about one item of one learner on its memory.

    The events may come in any order; they are taken by time, then by session and number. Only effective
    events may be given: all of them, or those after some that left `memory`.
    """
    told = sorted(session_events, key=_ORDER)
    changed = _changed(told)
    for session_event in told:
        header, event = session_event.header, session_event.event
        policy, rating, score = policy_of(header), None, event.score
        is_answered = score is not None and event.kind is _ATTEMPT and event.verdict is not _SKIPPED
        if is_answered and policy.feeds_schedule:
            rating = changed.get((header.id, event.n)) if changed else None
            rating = rating or rating_of(score or 0.0, event.response)
        before, memory = memory, _after(memory, header, event, rating, policy)
        yield MemoryChange(before, session_event, rating, memory)


def _changed(told: Iterable[SessionEvent]) -> dict[tuple[str, int | None], int]:
    """Return the ratings that the learner gave to attempts afterwards, by session and number."""
    changed: dict[tuple[str, int | None], int] = {}
    for each in told:
        header, event = each.header, each.event
        kind = event.kind
        if kind is _OVERRIDE:
            if changed.get((header.id, event.target), AGAIN) == AGAIN:
                changed[header.id, event.target] = GOOD
        elif kind is _RATE:
            changed[header.id, event.target] = int(event.body.get("rating", GOOD))
    return changed


def remembered(session_events: Iterable[SessionEvent]) -> Memory | None:
    """Return the memory of one item of one learner after all its effective events, or None without any.

    Returns None where nothing is left.
    """
    memory = None
    for step in replayed(session_events):
        memory = step.after
    return memory


def _after(
    memory: Memory | None, header: SessionHeader, event: Event, rating: int | None, policy: Policy
) -> Memory | None:
    if rating is not None:
        bank, chosen = event.bank, event.body.get("intervals")
        seed = interval_seed(header.seed, bank, event.item, event.n)
        return reviewed(memory, rating, event.at, header.zone, policy.for_bank(bank), seed, chosen)
    match event.kind:
        case EventKind.SUSPEND:
            return msgspec.structs.replace(memory or _NEW, is_suspended=True)
        case EventKind.RESUME:
            return msgspec.structs.replace(memory or _NEW, is_suspended=False, buried_until=0)
        case EventKind.FORGET if memory is not None:
            return Memory(0, is_suspended=memory.is_suspended, is_flagged=memory.is_flagged, tags=memory.tags)
        case EventKind.RESCHEDULE if memory is not None and memory.card is not None:
            return msgspec.structs.replace(memory, due=int(event.body["due"]), buried_until=0)
        case EventKind.FLAG if header.mode is Mode.STUDY:
            was_flagged = memory is not None and memory.is_flagged
            is_flagged = bool(event.body.get("flagged", not was_flagged))
            return msgspec.structs.replace(memory or _NEW, is_flagged=is_flagged)
        case EventKind.TAG:
            kept = {*(memory.tags if memory else ()), *_tags(event, "added")} - {*_tags(event, "removed")}
            return msgspec.structs.replace(memory or _NEW, tags=tuple(sorted(kept)))
        case EventKind.BURY if policy.feeds_schedule or not event.body.get("by_itself"):
            until = next_day(event.at, header.zone, policy.day_starts_at)
            return msgspec.structs.replace(memory or _NEW, buried_until=until)
    return memory


def _tags(event: Event, name: str) -> tuple[str, ...]:
    return tuple(map(str, event.body.get(name, ())))


def interval_seed(seed: int, bank: str, item: str, n: int) -> str:
    """Return the seed for choosing an interval: the session's seed, the item and the attempt."""
    return f"{seed}/{bank}/{item}/{n}"


def reviewed(
    memory: Memory | None,
    rating: int,
    at_ms: int,
    zone: str,
    policy: Policy,
    seed: str,
    intervals: object = None,
) -> Memory:
    """Return the memory after a response rated 1 to 4 at a time.

    `intervals` are those chosen then, in days for each rating; see `chosen_intervals`. Without them one is
    drawn by `seed`.
    """
    memory = memory or _NEW
    card, was_wrong = memory.card, rating == AGAIN
    reviews, misses = memory.reviews, memory.misses
    if card is not None and _is_same_day(card.last_review, at_ms, zone, policy):
        due = _due_in_step(memory, card, was_wrong, at_ms, zone, policy)
    else:
        card, due = _after_review(memory, rating, at_ms, policy)
        open_days = _open_days(card, due, policy)
        if open_days is not None:
            days = recorded(intervals, rating, open_days) if len(open_days) > 1 else open_days[0]
            if days is None:
                today = day_of(card.last_review, zone, policy.day_starts_at)
                days = drawn(open_days, today, policy.days_off, Random(seed))
            due = card.last_review + days * A_DAY
        reviews, misses = reviews + 1, misses + was_wrong
    return Memory(
        due=due,
        card=card,
        reviews=reviews,
        attempts=memory.attempts + 1,
        misses=misses,
        is_suspended=memory.is_suspended,
        last_score=0.0 if was_wrong else 1.0,
        is_flagged=memory.is_flagged,
        tags=memory.tags,
    )


def _after_review(memory: Memory, rating: int, at_ms: int, policy: Policy) -> tuple[CardState, int]:
    card = memory.card
    # a clock set back must not make the days since the last review negative
    now = at_ms if card is None or at_ms > card.last_review else card.last_review
    return after_review(card, rating, now, policy.retention, policy.parameters)


def _open_days(card: CardState, due: int, policy: Policy) -> range | None:
    """Return the intervals open to an item after a review, or None where there is no choice."""
    if not policy.fuzz or card.step is not None:
        return None
    return spread((due - card.last_review) // A_DAY)


def open_intervals(memory: Memory | None, at_ms: int, zone: str, policy: Policy) -> dict[int, range]:
    """Return, for each rating that leaves a choice, the days after which an item may come back."""
    memory = memory or _NEW
    if memory.card is not None and _is_same_day(memory.card.last_review, at_ms, zone, policy):
        return {}
    found = {
        rating: _open_days(*_after_review(memory, rating, at_ms, policy), policy)
        for rating in (AGAIN, HARD, GOOD, EASY)
    }
    return {rating: days for rating, days in found.items() if days is not None and len(days) > 1}


def chosen_intervals(
    open_days: Mapping[int, range], today: date, load: Mapping[int, int], days_off: DaysOff, rng: Random
) -> tuple[int, ...]:
    """Choose for each rating the day with the least to do, as an attempt records it: four numbers of days.

    0 stands for a rating that leaves no choice. `open_days` is from `open_intervals`; `load` is how many
    items are due each number of days from today.
    """
    return tuple(
        least_loaded(open_days[rating], today, load, days_off, rng) if rating in open_days else 0
        for rating in (AGAIN, HARD, GOOD, EASY)
    )


def previews(
    memory: Memory | None,
    at_ms: int,
    zone: str,
    policy: Policy,
    rng_seed: str,
    intervals: object = None,
) -> dict[int, timedelta]:
    """Return, for each rating 1 to 4, how long until the item would come back."""
    dues = {
        rating: reviewed(memory, rating, at_ms, zone, policy, rng_seed, intervals).due
        for rating in (AGAIN, HARD, GOOD, EASY)
    }
    return {rating: timedelta(milliseconds=max(0, due - at_ms)) for rating, due in dues.items()}


def _is_same_day(one: int, other: int, zone: str, policy: Policy) -> bool:
    if other - one > 3 * A_DAY:  # more than a day apart in every zone
        return False
    return day_number(one, zone, policy.day_starts_at) >= day_number(other, zone, policy.day_starts_at)


def _due_in_step(
    memory: Memory, card: CardState, was_wrong: bool, at_ms: int, zone: str, policy: Policy
) -> int:
    """Return when an item that was already reviewed today comes back after another response."""
    if card.step is None:
        return memory.due
    if was_wrong:
        return at_ms + LEARNING_STEP // timedelta(milliseconds=1)
    return next_day(at_ms, zone, policy.day_starts_at)


def is_leech_now(before: Memory | None, after: Memory) -> bool:
    """Return whether an item has just become a leech."""
    return after.is_leech and not (before is not None and before.is_leech)
