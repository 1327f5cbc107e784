"""Make a folder with banks and a record of many attempts, for measuring and for trying out.

    python -m benchmarks.generate_record /tmp/big --attempts 1000000 --items 10000
    QUIZ_HOME=/tmp/big quiz

Sessions and events go in by bulk inserts; every projection is then worked out by the record itself.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from random import Random

from quiz.banks.files import read_bank
from quiz.core.content.bank import Bank
from quiz.core.content.grading import Chosen, Confidence, Entered, Response, Verdict
from quiz.core.content.item import Item
from quiz.core.content.item_ref import ItemRef
from quiz.core.content.kinds.short_answer import ShortAnswer
from quiz.core.content.kinds.single_choice import SingleChoice
from quiz.core.events.ids import id_key, new_session_id
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.record.append import put_session
from quiz.record.projections.memory import SessionHeaders
from quiz.record.projections.rebuild import rebuild
from quiz.record.row_codec import EVENT, row_of
from quiz.record.sqlite_record import SqliteRecord

LEARNER = "sam"
DAY = 86_400_000
TOPICS = ("people", "money", "places", "words", "rivals")
NOUNS = ("harbour", "valley", "ledger", "treaty", "engine", "garden", "archive", "market", "school", "river")
SESSION = 20
"""How many items a session holds."""


@dataclass(frozen=True)
class Try:
    """An attempt to be made: on which day, at which item, as which of its attempts."""

    day: int
    bank: int
    item: int
    nth: int


def main() -> None:
    """Read the command line and make the folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--attempts", type=int, default=10_000)
    parser.add_argument("--items", type=int, default=500)
    parser.add_argument("--banks", type=int, default=20)
    parser.add_argument("--days", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--until", help="the last day, such as 2025-06-18; today if it is not given")
    args = parser.parse_args()
    last = datetime.fromisoformat(args.until).replace(tzinfo=UTC) if args.until else datetime.now(UTC)
    began = time.perf_counter()
    generate(
        args.folder, args.attempts, args.items, args.banks, args.days, args.seed, int(last.timestamp() * 1000)
    )
    print(f"{args.folder}: {args.attempts:,} attempts in {time.perf_counter() - began:.0f} s")


def generate(folder: Path, attempts: int, items: int, banks: int, days: int, seed: int, until: int) -> None:
    """Make the banks and the record of a learner who studied for some days, the last one at `until`."""
    rng = Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(f'learner = "{LEARNER}"\n', encoding="utf-8")
    written = [read_bank(path).bank for path in write_banks(folder / "banks", items, banks)]
    usable = [bank for bank in written if bank is not None]
    tries = tries_of(usable, attempts, days, rng)
    with SqliteRecord.open(folder / "history.db", rng=rng) as record:
        learner = record.learner(LEARNER).id
        db = record._file.db
        db.execute("PRAGMA synchronous=OFF")
        db.execute("PRAGMA cache_size=-400000")
        (index,) = db.execute("SELECT sql FROM sqlite_master WHERE name='event_of_item'").fetchone()
        db.execute("BEGIN")
        db.execute("DROP INDEX event_of_item")
        insert = f"INSERT INTO event({', '.join(EVENT)}) VALUES({', '.join('?' * len(EVENT))})"
        start = (until // DAY - days + 1) * DAY
        for header, events in sessions_of(usable, tries, learner, start, rng):
            put_session(db, header)
            key = id_key(header.id)
            db.executemany(insert, [row_of(event, key, learner) for event in events])
        db.execute(index)
        rebuild(db, SessionHeaders(db))
        db.execute("COMMIT")


def write_banks(folder: Path, items: int, banks: int) -> list[Path]:
    """Write some banks that hold a number of items together, and return their files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(banks):
        size = items // banks + (number < items % banks)
        path = folder / f"bank-{number:03d}.yaml"
        path.write_text(_bank_text(number, size), encoding="utf-8")
        paths.append(path)
    return paths


def _bank_text(number: int, size: int) -> str:
    noun = NOUNS[number % len(NOUNS)]
    lines = [
        "format: 1",
        f"bank: bank-{number:03d}",
        f"title: The {noun} and what became of it, part {number + 1}",
        "topics:",
        *(f"  {topic}: About {topic}" for topic in TOPICS),
        "items:",
    ]
    for item in range(size):
        lines += [
            f"  - id: item-{item:05d}",
            f"    topic: {TOPICS[item % len(TOPICS)]}",
            f"    stem: What did the {NOUNS[item % 7]} of year {1200 + item} lead to?",
        ]
        if item % 5:
            lines += [f"    key: The {noun} of {1201 + item}", "    distractors:"]
            lines += [
                f"      - The {NOUNS[(item + away) % 10]} of {1300 + item + away}" for away in (1, 2, 3)
            ]
        else:
            lines += ["    kind: short-answer", f"    key: A {noun} number {item}"]
        lines.append(f"    rationale: Because the {noun} came next.")
    return "\n".join(lines) + "\n"


def tries_of(banks: list[Bank], attempts: int, days: int, rng: Random) -> list[Try]:
    """Return the attempts of a learner at the items of some banks, spread over some days, in their order."""
    return sorted(_tries(banks, attempts, days, rng), key=lambda one: (one.day, one.bank, one.nth, one.item))


def _tries(banks: list[Bank], attempts: int, days: int, rng: Random) -> Iterator[Try]:
    places = [(bank, item) for bank, held in enumerate(banks) for item in range(len(held.items))]
    never_asked = len(places) // 50
    asked = places[: len(places) - never_asked] if len(places) > 50 else places
    weights = [rng.lognormvariate(0, 0.6) for _ in asked]
    counts = [0] * len(asked)
    for place in rng.choices(range(len(asked)), weights, k=attempts):
        counts[place] += 1
    for (bank, item), count in zip(asked, counts, strict=True):
        distinct = sorted(rng.sample(range(days), min(count, days)))
        chosen = distinct + [rng.choice(distinct) for _ in range(count - len(distinct))]
        for nth, day in enumerate(sorted(chosen)):
            yield Try(day, bank, item, nth)


def sessions_of(
    banks: list[Bank], tries: list[Try], learner: str, start: int, rng: Random
) -> Iterator[tuple[SessionHeader, list[Event]]]:
    """Yield the sessions of each day, bank after bank, from eight in the morning."""
    prints = [[item.fingerprint for item in bank.items] for bank in banks]
    for day, of_day in groupby(tries, key=lambda one: one.day):
        at = start + day * DAY + 8 * 3_600_000
        for bank, of_bank in groupby(of_day, key=lambda one: one.bank):
            waiting = list(of_bank)
            for first in range(0, len(waiting), SESSION):
                part = waiting[first : first + SESSION]
                header = _header(banks[bank], part, learner, at, rng)
                events = list(_events(banks[bank], prints[bank], part, at, rng))
                at = events[-1].at + 5_000
                yield header, events


def _header(bank: Bank, part: list[Try], learner: str, at: int, rng: Random) -> SessionHeader:
    refs = tuple(dict.fromkeys(ItemRef(bank.bank, bank.items[one.item].id) for one in part))
    return SessionHeader(
        id=new_session_id(at, rng),
        learner=learner,
        device="bench",
        mode=rng.choices(list(Mode), (17, 2, 1))[0],
        banks=(bank.bank,),
        seed=rng.getrandbits(32),
        settings={"policy": {"retention": 0.9, "day_starts_at": 4, "fuzz": True}, "study": {"criterion": 1}},
        items=refs,
        started=at,
        zone="Europe/Berlin",
    )


def _events(bank: Bank, prints: list[str], part: list[Try], at: int, rng: Random) -> Iterator[Event]:
    n = 0
    for one in part:
        item = bank.items[one.item]
        took = rng.randrange(2_000, 25_000)
        at += took
        n += 1
        ease = 0.55 + 0.4 * ((one.item * 7919) % 100) / 100 + 0.02 * min(one.nth, 10)
        is_right = rng.random() < min(0.97, ease)
        yield Event(
            n=n,
            kind=EventKind.ATTEMPT,
            at=at,
            bank=bank.bank,
            item=item.id,
            fingerprint=prints[one.item] if one.nth > 2 or one.item % 9 else "00000000deadbeef",
            duration_ms=took,
            response=_response(item, is_right, rng),
            score=float(is_right),
            verdict=Verdict.CORRECT if is_right else Verdict.INCORRECT,
            confidence=_confidence(is_right, rng) if one.item % 3 == 0 else None,
        )
        chance = rng.random()
        if chance < 0.01:
            n += 1
            yield Event(n=n, kind=EventKind.UNDO, at=at + 500, target=n - 1)
        elif chance < 0.1 and not is_right and isinstance(item, ShortAnswer):
            n += 1
            yield Event(n=n, kind=EventKind.OVERRIDE, at=at + 500, bank=bank.bank, item=item.id, target=n - 1)
    if rng.random() < 0.99:
        yield Event(n=n + 1, kind=EventKind.END, at=at + 1_000)


def _response(item: Item, is_right: bool, rng: Random) -> Response:
    if is_right:
        return item.key_response()
    if isinstance(item, SingleChoice):
        options = [option if isinstance(option, str) else option.text for option in item.distractors]
        return Chosen((rng.choices(options, range(len(options), 0, -1))[0],))
    return Entered((f"A {rng.choice(NOUNS)}",))


def _confidence(is_right: bool, rng: Random) -> Confidence:
    return rng.choices(list(Confidence), (6, 3, 1) if is_right else (2, 3, 4))[0]


if __name__ == "__main__":
    main()
