"""Learners and sessions of another machine."""

from __future__ import annotations

from random import Random

from quiz.core.events.model import Event, EventKind, SessionHeader
from tests.record.record_stress import HOUR, MINUTE, NOON, attempt, event, header

Session = tuple[SessionHeader, list[Event]]
MINA, OTTO = "0123456789ab", "zyxwvtsrqpnm"


def a_session(learner: str, seed: int | str, at: int = NOON, attempts: int = 4) -> Session:
    """Return a session with an attempt undone and one overridden."""
    rng = Random(seed)
    made = header(learner, rng, at)
    told = [
        attempt(n, rng.choice(("one", "two")), float(rng.random() < 0.6), at + n * MINUTE)
        for n in range(1, attempts + 1)
    ]
    n = attempts + 1
    told += [event(n, EventKind.UNDO, 1, at + HOUR), event(n + 1, EventKind.OVERRIDE, 2, at + HOUR)]
    return made, told
