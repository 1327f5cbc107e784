"""Material for the tests of the record, and the writer that they run in processes of its own.

`python -m tests.record.record_stress RECORD SEED COUNT` records COUNT attempts and says each number once it
is on record.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from typing import Any

from quiz.core.content.grading import Chosen, Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.ids import new_session_id
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.record.sqlite_record import SqliteRecord

ROOT = Path(__file__).parents[2]
NOON = 1_750_240_800_000
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
BANK = "courtship"


def header(learner: str, rng: Random, started: int = NOON, **more: Any) -> SessionHeader:
    """Return the opening of a study session on one bank."""
    given: dict[str, Any] = {
        "device": "slate",
        "mode": Mode.STUDY,
        "banks": (BANK,),
        "seed": rng.getrandbits(64),
        "items": (ItemRef(BANK, "one"), ItemRef(BANK, "two")),
        "zone": "Europe/Berlin",
        "settings": {"policy": {"day_starts_at": 4}},
    }
    return SessionHeader(id=new_session_id(started, rng), learner=learner, started=started, **(given | more))


def attempt(n: int, item: str = "one", score: float = 1.0, at: int = NOON, **more: Any) -> Event:
    """Return an attempt at an item."""
    given: dict[str, Any] = {
        "bank": BANK,
        "fingerprint": "0123456789abcdef",
        "duration_ms": 4000,
        "response": Chosen((f"Option of {item}",)),
        "verdict": Verdict.of(score),
    }
    return Event(n=n, kind=EventKind.ATTEMPT, at=at, item=item, score=score, **(given | more))


def event(n: int, kind: EventKind, target: int | None = None, at: int = NOON, **more: Any) -> Event:
    """Return an event about another one, or about the session."""
    return Event(n=n, kind=kind, at=at, target=target, **more)


def filled(path: Path, sessions: int = 3, attempts: int = 20, seed: int = 1) -> list[str]:
    """Fill a record with finished sessions; return their ids."""
    rng = Random(seed)
    ids: list[str] = []
    with SqliteRecord.open(path, rng=rng) as record:
        mina = record.learner("mina").id
        for day in range(sessions):
            started = header(mina, rng, NOON + day * DAY)
            events = [
                attempt(
                    n, f"item-{rng.randrange(12)}", float(rng.random() < 0.7), started.started + n * MINUTE
                )
                for n in range(1, attempts + 1)
            ]
            end = event(attempts + 1, EventKind.END, at=started.started + attempts * MINUTE)
            record.start_with(started, [*events, end])
            ids.append(started.id)
    return ids


def write(path: Path, seed: int, count: int) -> None:
    """Record attempts one by one, and say each number when it is on record."""
    rng = Random(seed)
    with SqliteRecord.open(path) as record:
        started = header(record.learner("mina").id, rng, NOON + seed * HOUR)
        record.start(started)
        print(started.id, flush=True)
        for n in range(1, count + 1):
            item = f"item-{rng.randrange(8)}"
            told = attempt(n, item, float(rng.random() < 0.7), started.started + n * MINUTE)
            record.append(started.id, [told])
            print(n, flush=True)


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
