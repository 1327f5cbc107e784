"""Another machine's history: union by id, twice is once, and the order does not matter."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.events.model import EventKind
from quiz.errors import RecordForeign, RecordNewer
from quiz.record.import_record import is_record, take_in
from quiz.record.read_models import Learner
from quiz.record.sqlite.connection import connect
from quiz.record.sqlite.migrations import LATEST, MIGRATIONS
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep.integrity import lacking
from tests.record.other_machine import MINA, Session, a_session
from tests.record.record_stress import DAY, HOUR, NOON, filled
from tests.record.totals import day_totals, item_totals
from tests.sampling import tries


@pytest.fixture
def record(tmp_path: Path) -> Iterator[SqliteRecord]:
    with SqliteRecord.open(tmp_path / "ours" / "history.db", rng=Random(9)) as opened:
        yield opened


# The union

_seeds = st.integers(0, 2**16)
_machines = st.lists(
    st.tuples(
        st.sampled_from(("mina", "otto", "")), st.lists(st.tuples(_seeds, st.integers(0, 9)), max_size=3)
    ),
    min_size=1,
    max_size=3,
)


def machines(told: Sequence[Any]) -> list[tuple[list[Learner], list[Session]]]:
    """Return the histories of some machines, on each of which somebody has an id of their own."""
    made = []
    for place, (name, sessions) in enumerate(told):
        learner = Learner(f"machine{place:05d}", name)
        made.append(
            (
                [learner],
                [
                    a_session(learner.id, f"{place}/{number}/{seed}", NOON + day * DAY)
                    for number, (seed, day) in enumerate(sessions)
                ],
            )
        )
    return made


def contents(record: SqliteRecord) -> list[Any]:
    """Return all that is on record, learners by their names where they have one."""
    names = {learner.id: learner.name or learner.id for learner in record.learners()}
    told: list[Any] = []
    for made, events in record.everything():
        told.append(
            (
                msgspec.structs.replace(made, learner=names[made.learner]),
                [msgspec.structs.replace(e, learner=names.get(e.learner, "")) for e in events],
            )
        )
    for learner in sorted(record.learners(), key=lambda one: names[one.id]):
        if day_totals(record, learner.id):
            bins = sorted(record.predicted_reviews(learner.id).items())
            told.append((names[learner.id], sorted(record.memories(learner.id).items()), bins))
            told.append(day_totals(record, learner.id))
            told.append(sorted(item_totals(record, learner.id), key=lambda one: (one.item, one.fingerprint)))
    return told


@settings(max_examples=tries(40))
@given(_machines, st.booleans())
def test_twice_is_once_and_the_order_does_not_matter(told: Any, mina_is_here: bool) -> None:
    files = machines(told)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for number, order in enumerate(permutations(files)):
            with SqliteRecord.open(Path(folder) / f"{number}.db", rng=Random(5)) as record:
                if mina_is_here:
                    mina = record.learner("mina").id
                    record.start_with(*a_session(mina, 77))
                for learners, sessions in order:
                    half = [(made, events[: len(events) // 2]) for made, events in sessions]
                    for part in (half, sessions, sessions):
                        assert take_in(record, learners, part).conflicts == ()
                again = [take_in(record, learners, sessions) for learners, sessions in order]
                assert all((one.sessions, one.events) == (0, 0) for one in again)
                assert record.rebuild_memory() == 0
                assert record.integrity() == []
                found.append(contents(record))
    assert all(one == found[0] for one in found[1:])


def test_two_machines_exchange_until_both_have_all(tmp_path: Path) -> None:
    with (
        SqliteRecord.open(tmp_path / "a.db", rng=Random(1)) as one,
        SqliteRecord.open(tmp_path / "b.db", rng=Random(2)) as other,
    ):
        for place, record in enumerate((one, other)):
            mina = record.learner("mina").id
            record.start_with(*a_session(mina, place, NOON + place * DAY))
        take_in(one, other.learners(), other.everything())
        back = take_in(other, one.learners(), one.everything())
        assert (back.sessions, back.conflicts) == (1, ())
        assert contents(one) == contents(other)
        assert take_in(one, other.learners(), other.everything()).events == 0
        assert len(one.learners()) == len(other.learners()) == 1


def test_what_says_something_else_is_told_and_changes_nothing(record: SqliteRecord) -> None:
    made, events = a_session(MINA, 1)
    take_in(record, [Learner(MINA, "mina")], [(made, events)])
    before = contents(record)
    other = [msgspec.structs.replace(events[0], score=0.5, verdict=None), *events[1:]]
    told = take_in(record, [Learner(MINA, "mina")], [(made, other)])
    assert told.conflicts == (f"Event 1 of session {made.id} is another one here.",)
    renamed = msgspec.structs.replace(made, device="another")
    assert take_in(record, [Learner(MINA, "mina")], [(renamed, events)]).conflicts == (
        f"Another session has the id {made.id}.",
    )
    assert contents(record) == before


def test_all_of_it_or_nothing(record: SqliteRecord) -> None:
    def broken() -> Iterator[Session]:
        yield a_session(MINA, 1)
        raise OSError("unplugged")

    with pytest.raises(Exception, match="unplugged"):
        take_in(record, [Learner(MINA, "mina")], broken())
    assert list(record.everything()) == []
    assert record.learners() == []


def test_much_at_once_leaves_the_indexes_as_they_were(
    record: SqliteRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quiz.record.append._AT_ONCE", 5)
    sessions = [a_session("mina", seed, NOON + seed * HOUR) for seed in range(6)]

    def until_it_fails() -> Iterator[Session]:
        yield from sessions
        assert "event_of_item" not in schema(record)
        raise KeyboardInterrupt

    before = schema(record)
    with pytest.raises(KeyboardInterrupt):
        record.merge((), until_it_fails())
    assert schema(record) == before
    assert record.merge((), sessions).sessions == len(sessions)
    assert schema(record) == before
    with SqliteRecord.open(tmp_path / "one by one.db") as other:
        for each in sessions:
            other.merge((), [each])
        assert contents(other) == contents(record)
    assert record.integrity() == []
    assert record.rebuild_memory() == 0


def schema(record: SqliteRecord) -> dict[str, str]:
    """Return what the record's tables and indexes are, by their names."""
    return dict(record._file.db.execute("SELECT name, sql FROM sqlite_master ORDER BY name"))


# What cannot be worked with

BAD_EVENTS: list[dict[str, Any]] = [
    {"n": 0},
    {"at": 10**16},
    {"at": -1},
    {"score": 7.0},
    {"duration_ms": -5},
    {"target": -1},
    {"kind": EventKind.RATE, "target": 1, "body": {"rating": "good"}},
    {"kind": EventKind.RATE, "target": 1, "body": {}},
    {"kind": EventKind.RESCHEDULE, "body": {}},
    {"kind": EventKind.RESCHEDULE, "body": {"due": "tomorrow"}},
    {"kind": EventKind.RESCHEDULE, "body": {"due": 10**16}},
    {"kind": EventKind.TAG, "body": {"added": "wet"}},
    {"kind": EventKind.TAG, "body": {"added": ["two\nlines"]}},
    {"kind": EventKind.TAG, "body": {"removed": [7]}},
]
BAD_OPENINGS: list[dict[str, Any]] = [
    {"learner": ""},
    {"id": "not a uuid"},
    {"started": -1},
    {"started": 10**17},
    {"settings": {"policy": {"retention": 0.0}}},
    {"settings": {"policy": {"day_starts_at": 99}}},
    {"settings": {"policy": "none"}},
    {"settings": {"policy": {"retention_by_bank": {"small": 0.0}}}},
    {"settings": {"study": {"criterion": "often"}}},
]


@pytest.mark.parametrize("flaw", BAD_EVENTS)
def test_an_event_that_makes_no_sense_leaves_its_session_out(
    record: SqliteRecord, flaw: dict[str, Any]
) -> None:
    made, events = a_session(MINA, 1)
    told = take_in(
        record,
        [Learner(MINA, "mina")],
        [(made, [msgspec.structs.replace(events[0], **flaw), *events[1:]]), a_session(MINA, 2)],
    )
    assert (told.sessions, len(told.flaws)) == (1, 1)
    assert told.flaws[0].startswith(f"Session {made.id} was left out: ")
    assert record.rebuild_memory() == 0


@pytest.mark.parametrize("flaw", BAD_OPENINGS)
def test_so_does_an_opening(record: SqliteRecord, flaw: dict[str, Any]) -> None:
    made, events = a_session(MINA, 1)
    told = take_in(record, [Learner(MINA, "mina")], [(msgspec.structs.replace(made, **flaw), events)])
    assert (told.sessions, len(told.flaws)) == (0, 1)
    assert list(record.everything()) == []


# Another machine's record


def test_a_record_is_read_and_never_changed(tmp_path: Path, record: SqliteRecord) -> None:
    path = tmp_path / "other.db"
    filled(path)
    before = path.read_bytes()
    assert is_record(path)
    path.chmod(0o400)
    with SqliteRecord.open(path, read_only=True) as other:
        told = take_in(record, other.learners(), other.everything())
    assert told.sessions == 3
    assert path.read_bytes() == before


def test_a_record_of_an_older_quiz_is_read_from_a_copy(tmp_path: Path, record: SqliteRecord) -> None:
    path = tmp_path / "old.db"
    filled(path)
    file = connect(path)
    with file.writing() as db:
        for table in ("prediction", "prediction_total", "roster_learner", "roster"):
            db.execute(f"DROP TABLE {table}")
        for index in ("session_without_banks", "memory_flagged"):
            db.execute(f"DROP INDEX {index}")
        db.execute("ALTER TABLE learner DROP COLUMN crc")
        for column in ("is_flagged", "tags", "decay"):
            db.execute(f"ALTER TABLE memory DROP COLUMN {column}")
        db.execute("PRAGMA user_version=1")
    file.close()
    assert LATEST == len(MIGRATIONS) > 1
    before = path.read_bytes()
    with SqliteRecord.open(path, read_only=True) as other:
        assert take_in(record, other.learners(), other.everything()).sessions == 3
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["old.db", "ours"]


def test_what_is_no_record_or_too_new_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    filled(path)
    shutil.copy(path, tmp_path / "foreign.db")
    for name, pragma in (("new.db", f"user_version={LATEST + 1}"), ("foreign.db", "application_id=7")):
        file = connect(tmp_path / name)
        file.db.execute(f"PRAGMA {pragma}")
        file.close()
    with pytest.raises(RecordNewer), SqliteRecord.open(path, read_only=True):
        pass
    with pytest.raises(RecordForeign), SqliteRecord.open(tmp_path / "foreign.db", read_only=True):
        pass
    (tmp_path / "x.jsonl").write_text("{}")
    assert not is_record(tmp_path / "x.jsonl")


# Whole or not at all


def test_a_session_that_lacks_an_event_is_left_out_and_told(record: SqliteRecord) -> None:
    made, events = a_session(MINA, 1)
    other, more = a_session(MINA, 2, NOON + DAY)
    told = take_in(record, [Learner(MINA, "mina")], [(made, [*events[:2], *events[3:]]), (other, more)])
    assert told.flaws == (f"Session {made.id} lacks event 3 of its 6 and was left out.",)
    assert (told.sessions, told.events) == (1, 6)
    assert [one.id for one, _ in record.everything()] == [other.id]
    assert record.gaps() == []
    again = take_in(record, [], [(made, events)])
    assert (again.sessions, again.events, again.flaws) == (1, 6, ())


def test_a_session_in_parts_comes_in_whole(record: SqliteRecord) -> None:
    made, events = a_session(MINA, 1)
    parts = [(made, events[3:]), (made, events[:1]), (made, events[1:3])]
    told = take_in(record, [Learner(MINA, "mina")], parts)
    assert (told.sessions, told.events, told.flaws) == (1, 6, ())
    assert list(record.events(made.id)) == events


def test_what_a_session_lacks_is_said_in_short() -> None:
    assert lacking(bytes(16), 3, [1, 2]).endswith(" lacks event 3 of its 3.")
    assert lacking(bytes(16), 1000, [1]).endswith(" lacks events 2, 3, 4, 5, 6 and 994 more of its 1,000.")
    assert lacking(bytes(16), 2**53, [2**53]).endswith("of its 9,007,199,254,740,992.")
