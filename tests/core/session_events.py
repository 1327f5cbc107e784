"""Things that happen to an item, and what FSRS makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import fsrs
import fsrs.scheduler

from quiz.core.content.grading import Chosen, Recalled, Response, Verdict
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.scheduling.card import CardState
from quiz.core.scheduling.fsrs_review import AGAIN, EASY, GOOD, HARD
from quiz.core.scheduling.fsrs_schedule import Memory, SessionEvent, remembered
from quiz.core.scheduling.policy import Policy
from tests.fakes import DAY, HOUR, MINUTE, NOON

STEP = timedelta(minutes=10)
SCORES = {AGAIN: 0.0, HARD: 0.5, GOOD: 1.0}


def header(
    number: int = 1, zone: str = "UTC", mode: Mode = Mode.STUDY, seed: int = 7, **policy: Any
) -> SessionHeader:
    return SessionHeader(
        id=f"01890000-0000-7000-8000-{number:012}",
        learner="mina",
        device="desk",
        mode=mode,
        banks=("b",),
        seed=seed,
        settings={"policy": policy},
        started=0,
        zone=zone,
    )


def attempt(at: int, score: float, n: int = 1, response: Response | None = None, **more: Any) -> Event:
    verdict = more.pop("verdict", Verdict.of(score))
    return Event(
        n=n, kind=EventKind.ATTEMPT, at=at, bank="b", item="i", response=response or Chosen(("x",)),
        score=score, verdict=verdict, **more,
    )  # fmt: skip


def event(kind: EventKind, at: int, n: int = 1, **more: Any) -> Event:
    return Event(n=n, kind=kind, at=at, bank="b", item="i", **more)


def told(*events: Event, zone: str = "UTC", **policy: Any) -> Memory:
    """Fold the events of one session."""
    memory = remembered([SessionEvent(header(zone=zone, **policy), each) for each in events])
    assert memory is not None
    return memory


Answer = tuple[int, int]
"""When an item was answered, and the rating of the response."""


def random_history(rng: Random) -> list[Answer]:
    """Return responses minutes, hours, days or months apart."""
    at, record = NOON + rng.randrange(DAY), []
    gaps = [MINUTE, HOUR, HOUR, DAY, DAY, 30 * DAY]
    for _ in range(rng.randint(1, 24)):
        record.append((at, rng.choice([AGAIN, HARD, GOOD, GOOD, EASY])))
        at += int(rng.choice(gaps) * rng.uniform(0.5, 12)) + rng.randrange(999)
    return record


def as_events(record: Sequence[Answer], rng: Random) -> list[Event]:
    """Return a history as attempts whose ratings come about in all the ways there are."""
    events = []
    for at, rating in record:
        n = len(events) + 1
        match rng.randrange(3):
            case 0 if rating in SCORES:
                events.append(attempt(at, SCORES[rating], n))
            case 1:
                events.append(attempt(at, float(rating > AGAIN), n, Recalled(rating)))
            case _:
                events.append(attempt(at, rng.choice([0.0, 0.25, 1.0]), n))
                events.append(
                    event(EventKind.RATE, at + 1, n + 1, target=n, body={"rating": rng.randint(1, 4)})
                )
                events.append(event(EventKind.RATE, at + 2, n + 2, target=n, body={"rating": rating}))
    return events


def local_day(at: int, zone: str, starts_at: int) -> Any:
    """Return a time's study day, worked out without the core."""
    local = datetime.fromtimestamp(at // 1000, ZoneInfo(zone)).replace(tzinfo=None)
    return (local - timedelta(hours=starts_at)).date()


def by_fsrs(record: Sequence[Answer], zone: str, policy: Policy) -> tuple[CardState, int]:
    """Return FSRS's card after the first response of each study day, and when the item is due."""
    parameters = policy.parameters or fsrs.scheduler.DEFAULT_PARAMETERS
    scheduler = fsrs.Scheduler(
        parameters=parameters,
        desired_retention=policy.retention,
        learning_steps=(STEP,),
        relearning_steps=(STEP,),
        enable_fuzzing=False,
    )
    card, last, due = fsrs.Card(card_id=1), None, 0
    for at, rating in record:
        day = local_day(at, zone, policy.day_starts_at)
        if last is None or day > last:
            now = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)
            card, _ = scheduler.review_card(card, fsrs.Rating(rating), now)
            last, reviewed_at, due = day, at, round(card.due.timestamp() * 1000)
        elif card.step is not None:
            morning = datetime(day.year, day.month, day.day, policy.day_starts_at, tzinfo=ZoneInfo(zone))
            after = morning + timedelta(days=1)
            due = at + 10 * MINUTE if rating == AGAIN else round(after.timestamp() * 1000)
    return CardState(
        int(card.state), card.step, card.stability, card.difficulty, reviewed_at, parameters[20]
    ), due
