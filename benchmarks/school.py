"""A school's database: how fast it takes in the events of 5,000 pupils, and of 60 who finish at once.

PostgreSQL is started in a temporary folder with the settings it comes with, so that every commit waits for
the disk.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from benchmarks.generate_record import DAY, sessions_of, tries_of, write_banks
from benchmarks.measuring import Row
from quiz.banks.files import read_bank
from quiz.core.content.bank import Bank
from quiz.core.events.ids import new_learner_id
from quiz.core.events.model import Event, SessionHeader
from quiz.record.postgres.bulk import bring_in
from quiz.record.postgres.class_rows import handed_in, item_figures
from quiz.record.postgres.connection import connected, connected_as_owner
from quiz.record.postgres.pull import changed, horizon
from quiz.record.postgres.push import push
from quiz.record.postgres.schema import set_up
from tests.postgres import DURABLE, enrolled, login, new_server

PUPILS, DAYS, A_DAY = 5_000, 10, 20
"""5,000 pupils answer 20 questions on each of ten days: a million events."""
AT_ONCE = 100
"""How many pupils' sessions are brought in by one transaction."""
FINISHING = 60


def measure() -> list[Row]:
    """Fill a school and measure."""
    server = new_server(*DURABLE)
    try:
        with TemporaryDirectory() as folder:
            read = [read_bank(path).bank for path in write_banks(Path(folder), 500, 5)]
        banks = [bank for bank in read if bank is not None]
        server.make_database("bench")
        school = server.address("bench")
        with connected(school) as db:
            set_up(db, Random(1), datetime.now(UTC).date())
        return [*_many(school, banks), *_at_once(school, banks)]
    finally:
        server.remove()


def _pupil(banks: list[Bank], learner: str, days: int) -> list[tuple[SessionHeader, list[Event]]]:
    rng = Random(learner)
    start = (int(datetime.now(UTC).timestamp() * 1000) // DAY - days + 1) * DAY
    return list(sessions_of(banks, tries_of(banks, A_DAY * days, days, rng), learner, start, rng))


def _many(school: str, banks: list[Bank]) -> Iterator[Row]:
    rng = Random(2)
    learners = [new_learner_id(rng) for _ in range(PUPILS)]
    with connected_as_owner(school) as db:
        with db.cursor() as cursor, cursor.copy("COPY quiz.person(id, name) FROM STDIN") as copy:
            for number, learner in enumerate(learners):
                copy.write_row((learner, f"Pupil {number}"))
        seconds, events, today = 0.0, 0, []
        for first in range(0, PUPILS, AT_ONCE):
            parts = [part for one in learners[first : first + AT_ONCE] for part in _pupil(banks, one, DAYS)]
            last = max(header.started for header, _ in parts) - DAY
            today += [part for part in parts if part[0].started > last]
            began = time.perf_counter()
            events += bring_in(db, parts).stored
            seconds += time.perf_counter() - began
        yield Row(f"{events:,} events of {PUPILS:,} pupils brought in", f"{seconds:.1f} s")
        began = time.perf_counter()
        again = bring_in(db, today)
        seconds = time.perf_counter() - began
        yield Row(f"a day of {again.present:,} events again: {again.stored} new", f"{seconds:.1f} s")
        db.execute("ANALYZE quiz.session, quiz.event")
        size = db.execute(
            "SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits"
            " WHERE inhparent IN ('quiz.event'::regclass, 'quiz.session'::regclass)"
        ).fetchone()
        yield Row(
            "room for an event, with its share of a session and all indexes",
            f"{size[0] / events if size else 0:.0f} bytes",
        )
        began = time.perf_counter()
        exams, _ = handed_in(db, learners[:30])
        yield Row(
            f"a class's exams: {len(exams):,} that 30 pupils handed in",
            f"{1000 * (time.perf_counter() - began):,.0f} ms",
        )
        began = time.perf_counter()
        items = item_figures(db, learners)
        yield Row(
            f"how {len(items)} items did in the exams of {PUPILS:,} pupils",
            f"{time.perf_counter() - began:.1f} s",
        )


def _at_once(school: str, banks: list[Bank]) -> Iterator[Row]:
    invited = enrolled(school, *(f"Finisher {n}" for n in range(FINISHING)))
    logins = [(login(school, one), one.person.id) for one in invited]
    for is_open in (True, False):
        days = [_pupil(banks, learner, 2)[not is_open] for _, learner in logins]
        took = _finish([address for address, _ in logins], days, is_open=is_open)
        yield Row(
            f"{FINISHING} pupils finish in one second,"
            f" {'connected already' if is_open else 'each connecting first'}",
            f"median {1000 * median(took):,.0f} ms, 99 % within {1000 * max(took):,.0f} ms",
        )
    with connected(logins[0][0]) as db:
        began = time.perf_counter()
        changed(db, 0, horizon(db).batch)
        yield Row("asking what is new", f"{1000 * (time.perf_counter() - began):,.0f} ms")


def _finish(addresses: Sequence[str], parts: Sequence[Any], *, is_open: bool) -> list[float]:
    """Let pupils send a session each within one second, and return how long each took, in seconds."""
    rng, took = Random(3), []
    start = time.perf_counter() + 8

    def one(address: str, part: Any, at: float) -> None:
        if not is_open:
            time.sleep(at - time.perf_counter())
            began = time.perf_counter()
        with connected(address) as db:
            if is_open:
                horizon(db)
                time.sleep(max(0, at - time.perf_counter()))
                began = time.perf_counter()
            told = push(db, [part])
            took.append(time.perf_counter() - began)
            assert told.stored == len(part[1])

    threads = [
        Thread(target=one, args=(address, part, start + rng.random()))
        for address, part in zip(addresses, parts, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(took) == len(addresses)
    return took
