"""When an item is due again. The model is FSRS, by the `fsrs` package; what is fed to it is ours.

The first response of a study day is FSRS's review. What follows on the same day only moves the item
within its learning step: a right one ends the step for today, a wrong one begins it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from quiz.core.content.grading import Recalled, Response, Verdict
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.scheduling.study_day import DAY_STARTS_AT, day_of, milliseconds, moment, next_day

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
LEARNING_STEP = timedelta(minutes=10)
MOST_DAYS = 36_500
"""The longest interval, in days: FSRS's own."""
A_DAY = 86_400_000
"""Milliseconds."""
DECAY = 0.1542
"""How fast FSRS's curve falls: the last of its usual parameters (`fsrs.scheduler.FSRS_DEFAULT_DECAY`)."""
_FACTOR = 0.9 ** (-1 / DECAY) - 1
LEECH_AT = 8
"""An item missed this often is called a leech."""


class Policy(msgspec.Struct, frozen=True):
    """What a schedule depends on besides the responses; recorded with every session."""

    retention: float = 0.9
    """The share of items that should still be known when they come back, 0.7 to 0.97."""
    day_starts_at: int = DAY_STARTS_AT
    """The local hour at which a study day begins, 0 to 23."""
    fuzz: bool = True
    """Whether long intervals are spread a little, so that items learnt together part."""
    feeds_schedule: bool = True
    """Whether the session's responses count for the schedule."""


class CardState(msgspec.Struct, frozen=True):
    """FSRS's own state of an item."""

    state: int
    step: int | None
    stability: float
    """Days after which the chance of recall has fallen to 90 %."""
    difficulty: float
    """From 1 to 10."""
    last_review: int
    """When FSRS last reviewed it, in milliseconds since 1970 UTC."""


class Memory(msgspec.Struct, frozen=True):
    """What the record says of a learner's hold on an item."""

    due: int
    """When it should come back, in milliseconds since 1970 UTC; 0 for an item never answered."""
    card: CardState | None = None
    reviews: int = 0
    """How many study days it was reviewed on."""
    attempts: int = 0
    misses: int = 0
    """How often its first response of a day was wrong."""
    is_suspended: bool = False
    buried_until: int = 0
    last_score: float = 0.0

    @property
    def is_leech(self) -> bool:
        """Whether it was missed so often that it should be mended or learnt another way."""
        return self.misses >= LEECH_AT

    @property
    def is_new(self) -> bool:
        """Whether it was never answered."""
        return self.attempts == 0

    @property
    def asked_from(self) -> int | None:
        """When it may come back, in milliseconds since 1970 UTC; None where it is new or suspended."""
        return None if self.is_suspended or self.is_new else max(self.due, self.buried_until)

    def is_due(self, before: int) -> bool:
        """Say whether it comes back before a time, usually the end of the study day."""
        return self.asked_from is not None and self.asked_from < before

    def is_askable_as_new(self, before: int) -> bool:
        """Say whether it was never answered and neither suspended nor buried beyond a time."""
        return self.is_new and not self.is_suspended and self.buried_until < before

    def recall(self, at_ms: int) -> float:
        """Return the chance of recall, 0 to 1, that FSRS predicts for a time; 0 for a new item."""
        if self.card is None:
            return 0.0
        return recall_after(self.card.stability, (at_ms - self.card.last_review) // A_DAY)


def recall_after(stability: float, days: float) -> float:
    """Return the chance of recall, 0 to 1, some days after a review.

    It is FSRS-6's curve, (1 + f · days / stability) ^ -d with f so that it is 90 % after `stability` days, as
    in `fsrs.Scheduler.get_card_retrievability`; that would take a hundred times as long for a menu.
    """
    return float((1 + _FACTOR * max(0.0, days) / stability) ** -DECAY)


class SessionEvent(NamedTuple):
    """An event with the opening of the session it belongs to."""

    header: SessionHeader
    event: Event


def rating_of(score: float, response: Response | None = None) -> int:
    """Return FSRS's rating of a score: below a half Again, below 1 Hard, 1 Good; a recall rates itself."""
    if isinstance(response, Recalled) and response.rating in {AGAIN, HARD, GOOD, EASY}:
        return response.rating
    if score >= 1:
        return GOOD
    return HARD if score >= 0.5 else AGAIN


def policy_of(header: SessionHeader) -> Policy:
    """Return the policy that a session was started with."""
    return msgspec.convert(header.settings.get("policy", {}), Policy)


class MemoryChange(NamedTuple):
    """What one happening did to a memory."""

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


def replayed(session_events: Iterable[SessionEvent]) -> Iterator[MemoryChange]:
    """Yield, one by one, what all that happened to one item of one learner did to its memory.

    The session_events may come in any order; they are taken by time, then by session and number. Void ones
    (the target of an undo, or of a void session) must have been left out, undo events themselves too.
    """
    told = sorted(session_events, key=lambda told: (told.event.at, told.header.id, told.event.n))
    changed: dict[tuple[str, int | None], int] = {}
    for header, event in told:
        if event.kind is EventKind.OVERRIDE:
            if changed.get((header.id, event.target), AGAIN) == AGAIN:
                changed[header.id, event.target] = GOOD
        elif event.kind is EventKind.RATE:
            changed[header.id, event.target] = int(event.body.get("rating", GOOD))
    memory: Memory | None = None
    for session_event in told:
        header, event = session_event
        rating = None
        if event.kind is EventKind.ATTEMPT and _counts(header, event):
            rating = changed.get((header.id, event.n)) or rating_of(event.score or 0.0, event.response)
        before, memory = memory, _after(memory, header, event, rating)
        yield MemoryChange(before, session_event, rating, memory)


def remembered(session_events: Iterable[SessionEvent]) -> Memory | None:
    """Fold all that happened to one item of one learner into its memory; see `replayed`.

    Returns None where nothing is left.
    """
    memory = None
    for step in replayed(session_events):
        memory = step.after
    return memory


def _after(memory: Memory | None, header: SessionHeader, event: Event, rating: int | None) -> Memory | None:
    match event.kind:
        case EventKind.ATTEMPT if rating is not None:
            return reviewed(memory, rating, event.at, header.zone, policy_of(header), _rng(header, event))
        case EventKind.SUSPEND:
            return msgspec.structs.replace(memory or Memory(0), is_suspended=True)
        case EventKind.RESUME:
            return msgspec.structs.replace(memory or Memory(0), is_suspended=False, buried_until=0)
        case EventKind.BURY:
            until = next_day(event.at, header.zone, policy_of(header).day_starts_at)
            return msgspec.structs.replace(memory or Memory(0), buried_until=until)
    return memory


def _counts(header: SessionHeader, event: Event) -> bool:
    if event.verdict is Verdict.SKIPPED or event.score is None:
        return False
    return header.mode is Mode.STUDY or policy_of(header).feeds_schedule


def _rng(header: SessionHeader, event: Event) -> Random:
    return Random(f"{header.seed}/{event.bank}/{event.item}/{event.n}")


def reviewed(
    memory: Memory | None, rating: int, at_ms: int, zone: str, policy: Policy, rng: Random
) -> Memory:
    """Return the memory after a response rated 1 to 4 at a time."""
    memory = memory or Memory(0)
    was_wrong = rating == AGAIN
    counted = msgspec.structs.replace(
        memory, attempts=memory.attempts + 1, last_score=float(not was_wrong), buried_until=0
    )
    card = memory.card
    if card is not None and _is_same_day(card.last_review, at_ms, zone, policy):
        return msgspec.structs.replace(
            counted, due=_due_in_step(memory, card, was_wrong, at_ms, zone, policy)
        )
    from fsrs import Rating

    before = _fsrs_card(card, memory.due)
    # FSRS counts days from the last review: a clock set back must not make them negative.
    now = max(at_ms, card.last_review if card else at_ms)
    after, _ = _scheduler(policy.retention).review_card(before, Rating(rating), moment(now))
    due = _fuzzed(after.due, moment(now), rng) if policy.fuzz and after.step is None else after.due
    return msgspec.structs.replace(
        counted,
        due=milliseconds(due),
        card=_card_state(after, now),
        reviews=memory.reviews + 1,
        misses=memory.misses + was_wrong,
    )


def previews(
    memory: Memory | None, at_ms: int, zone: str, policy: Policy, rng_seed: str
) -> dict[int, timedelta]:
    """Return, for each rating 1 to 4, how long until the item would come back."""
    return {
        rating: timedelta(
            milliseconds=max(0, reviewed(memory, rating, at_ms, zone, policy, Random(rng_seed)).due - at_ms)
        )
        for rating in (AGAIN, HARD, GOOD, EASY)
    }


def _is_same_day(one: int, other: int, zone: str, policy: Policy) -> bool:
    return day_of(one, zone, policy.day_starts_at) >= day_of(other, zone, policy.day_starts_at)


def _due_in_step(
    memory: Memory, card: CardState, was_wrong: bool, at_ms: int, zone: str, policy: Policy
) -> int:
    """Return when an item that was reviewed today comes back after one more response."""
    if card.step is None:
        return memory.due
    if was_wrong:
        return at_ms + LEARNING_STEP // timedelta(milliseconds=1)
    return next_day(at_ms, zone, policy.day_starts_at)


@lru_cache(maxsize=32)
def _scheduler(retention: float) -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(
        desired_retention=retention,
        learning_steps=(LEARNING_STEP,),
        relearning_steps=(LEARNING_STEP,),
        maximum_interval=MOST_DAYS,
        enable_fuzzing=False,
    )


def _fsrs_card(card: CardState | None, due: int) -> Card:
    from fsrs import Card, State

    if card is None:
        return Card(card_id=1, due=datetime(1970, 1, 1, tzinfo=UTC))
    return Card(
        card_id=1,
        state=State(card.state),
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=moment(due),
        last_review=moment(card.last_review),
    )


def _card_state(card: Card, reviewed_at: int) -> CardState:
    return CardState(
        state=int(card.state),
        step=card.step,
        stability=float(card.stability or 0.0),
        difficulty=float(card.difficulty or 0.0),
        last_review=reviewed_at,
    )


def _fuzzed(due: datetime, reviewed_at: datetime, rng: Random) -> datetime:
    """Spread an interval as FSRS does (`fsrs.scheduler.FUZZ_RANGES`), from our own randomness."""
    from fsrs.scheduler import FUZZ_RANGES

    days = (due - reviewed_at).days
    if days < 2.5:
        return due
    delta = 1.0 + sum(
        fuzz["factor"] * max(min(float(days), fuzz["end"]) - fuzz["start"], 0.0) for fuzz in FUZZ_RANGES
    )
    shortest, longest = max(2, round(days - delta)), min(MOST_DAYS, round(days + delta))
    return reviewed_at + timedelta(days=rng.randint(shortest, longest))


def is_leech_now(before: Memory | None, after: Memory) -> bool:
    """Say whether an item has just become a leech."""
    return after.is_leech and not (before is not None and before.is_leech)


def known_share(memories: Sequence[Memory], items: int, at_ms: int) -> float:
    """Return the expected share, 0 to 1, of a number of items that is recalled at a time."""
    return sum(memory.recall(at_ms) for memory in memories) / items if items else 0.0
