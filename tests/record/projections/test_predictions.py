"""What was predicted of each review stays in step with the events, whatever happens to them."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.content.item_ref import ItemRef
from quiz.core.events.model import Event, EventKind, Mode
from quiz.core.scheduling.fsrs_schedule import replayed
from quiz.core.statistics.calibration import IntervalBin, Reviews, added, binned, predictions
from quiz.record.sqlite.connection import connect
from quiz.record.sqlite.migrations import LATEST, MIGRATIONS, bring_up_to_date
from quiz.record.sqlite_record import SqliteRecord
from tests.record.record_stress import BANK, DAY, HOUR, NOON, attempt, event, filled, header
from tests.sampling import tries

ITEMS = ("one", "two")
steps = st.lists(
    st.tuples(
        st.sampled_from(("attempt", "attempt", "attempt", "undo", "override", "rate", "void", "start")),
        st.integers(0, 3),
        st.sampled_from(ITEMS),
        st.booleans(),
        st.sampled_from((HOUR, DAY, 3 * DAY, 40 * DAY, -2 * DAY)),
    ),
    max_size=25,
)


def in_full(record: SqliteRecord, learner: str) -> dict[IntervalBin, Reviews]:
    """Work the sums out from all that counts of what happened, the slow way."""
    sums: dict[IntervalBin, Reviews] = {}
    for item in ITEMS:
        told = predictions(replayed(record.session_events(learner, ItemRef(BANK, item))))
        for place, reviews in binned(told).items():
            sums[place] = added(sums[place], reviews) if place in sums else reviews
    return sums


def kept(record: SqliteRecord, learner: str, bank: str | None = BANK) -> dict[IntervalBin, Reviews]:
    return record.predicted_reviews(learner, bank)


def same(one: dict[IntervalBin, Reviews], other: dict[IntervalBin, Reviews]) -> bool:
    """Say whether two sums are the same but for the rounding to millionths of each item's."""
    return one.keys() == other.keys() and all(
        one[place][:2] == other[place][:2] and one[place] == pytest.approx(other[place], abs=1e-3)
        for place in one
    )


@settings(max_examples=tries(60))
@given(steps, st.integers(0, 2**16))
def test_sums_are_those_of_a_full_replay(told: list[Any], seed: int) -> None:
    rng = Random(seed)
    now = NOON
    with tempfile.TemporaryDirectory() as folder, SqliteRecord.open(Path(folder) / "h.db", rng=rng) as record:
        mina = record.learner("mina").id
        sessions: list[tuple[str, int]] = []
        for what, which, item, is_right, passed in told:
            now = max(NOON - 100 * DAY, now + passed)
            if what == "start" or not sessions:
                policy = {"policy": {"day_starts_at": rng.choice((0, 4)), "fuzz": False}}
                made = header(mina, rng, now, mode=rng.choice(list(Mode)), settings=policy)
                record.start(made)
                sessions.append((made.id, 0))
            place = which % len(sessions)
            session, n = sessions[place]
            record.append(session, [_event(what, n, item, now, is_right=is_right, which=which)])
            sessions[place] = session, n + 1
        assert same(kept(record, mina), in_full(record, mina))
        assert same(kept(record, mina, None), kept(record, mina))
        assert record.rebuild_memory() == 0


def _event(what: str, n: int, item: str, at: int, *, is_right: bool, which: int) -> Event:
    earlier = max(1, n - which)
    match what:
        case "undo" if n:
            return event(n + 1, EventKind.UNDO, earlier, at)
        case "override" if n:
            return event(n + 1, EventKind.OVERRIDE, earlier, at)
        case "rate" if n:
            return event(n + 1, EventKind.RATE, earlier, at, body={"rating": 1 + which})
        case "void":
            return event(n + 1, EventKind.VOID, at=at)
    return attempt(n + 1, item, float(is_right), at)


def test_a_rebuild_puts_right_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    filled(path, sessions=5)
    with SqliteRecord.open(path) as record:
        mina = record.learner("mina").id
        before = kept(record, mina, "courtship")
    database = sqlite3.connect(path)
    database.execute("UPDATE prediction_total SET recalled=recalled+1")
    database.execute("UPDATE prediction SET told='not json' WHERE item=(SELECT min(item) FROM prediction)")
    database.execute("INSERT INTO prediction VALUES('nobody', 'nothing', 'x', '[[1,5,1]]')")
    database.commit()
    database.close()
    with SqliteRecord.open(path) as record:
        assert kept(record, mina, "courtship") != before
        assert record.rebuild_memory() > 0
        assert kept(record, mina, "courtship") == before
        assert kept(record, "nobody", None) == {}
        assert record.rebuild_memory() == 0


def test_a_damaged_row_does_not_stop_anybody_from_answering(tmp_path: Path) -> None:
    rng = Random(3)
    path = tmp_path / "history.db"
    with SqliteRecord.open(path, rng=rng) as record:
        mina = record.learner("mina").id
        for day in range(3):
            made = header(mina, rng, NOON + day * DAY)
            record.start_with(made, [attempt(1, at=made.started)])
        with sqlite3.connect(path) as database:
            database.execute("UPDATE prediction SET told='[[1,2]]'")
        database.close()
        made = header(mina, rng, NOON + 9 * DAY)
        record.start_with(made, [attempt(1, at=made.started)])
        record.rebuild_memory()
        assert same(kept(record, mina), in_full(record, mina))


def test_a_record_from_before_learns_what_was_predicted(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    filled(path, sessions=4)
    with SqliteRecord.open(path) as record:
        mina = record.learner("mina").id
        before = kept(record, mina)
    file = connect(path)
    with file.writing() as db:
        db.execute("DELETE FROM prediction")
        db.execute("DELETE FROM prediction_total")
        db.execute("PRAGMA user_version=1")
    bring_up_to_date(file, lambda _file, _version: None, (MIGRATIONS[0], *[()] * (LATEST - 1)))
    file.close()
    with SqliteRecord.open(path) as record:
        assert kept(record, mina) == before
        assert before
