"""What the record keeps, and how it refuses to lose it."""

from __future__ import annotations

import stat
from pathlib import Path
from random import Random

import msgspec
import pytest

from quiz.core.content.grading import Chosen, Confidence, Entered, Matched, Ordered, Recalled, Sorted, Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.ids import new_session_id
from quiz.core.events.model import Event, EventKind, Mode
from quiz.core.scheduling.policy import Policy
from quiz.errors import RecordConflict, RecordError, RecordReadOnly
from quiz.record.read_models import Learner
from quiz.record.sqlite_record import SqliteRecord
from tests.record.record_stress import BANK, DAY, NOON, attempt, event, filled, header
from tests.record.totals import day_totals

ONE, TWO = ItemRef(BANK, "one"), ItemRef(BANK, "two")


def test_the_file_and_its_new_folder_are_the_owners_alone(record: SqliteRecord) -> None:
    assert stat.S_IMODE(record.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(record.path.parent.stat().st_mode) == 0o700
    assert [entry.name for entry in record.path.parent.iterdir()] == ["history.db"]


def test_a_learner_is_made_once_whatever_the_spacing(record: SqliteRecord) -> None:
    mina = record.learner("  Mina \t Ek ")
    assert record.learner("Mina Ek") == mina
    assert mina.name == "Mina Ek"
    assert record.learner("Mina\N{LATIN SMALL LETTER E WITH ACUTE}") == record.learner("Minae\u0301")
    with pytest.raises(ValueError, match="needs a name"):
        record.learner("  ")


def test_a_new_record_holds_whom_it_was_made_for_and_an_old_one_nobody_more(tmp_path: Path) -> None:
    for name in (" Mina  Ek", "Ada"):
        with SqliteRecord.open(tmp_path / "history.db", learner=name) as record:
            assert [learner.name for learner in record.learners()] == ["Mina Ek"]
            assert record.integrity() == []


def test_a_forgotten_name_is_nowhere_in_the_file(record: SqliteRecord) -> None:
    learner = record.learner("Wilhelmina Nobody")
    record.start_with(header(learner.id, Random(1)), [attempt(1)])
    record.class_lists.forget_pupils([learner.id])
    assert record.learners() == [Learner(learner.id, "")]
    assert b"Wilhelmina" not in record.path.read_bytes()
    assert record.memory(learner.id, ONE) is not None
    assert record.learner("Wilhelmina Nobody").id != learner.id


def test_openings_and_events_come_back_as_they_were(record: SqliteRecord, mina: str, rng: Random) -> None:
    started = header(mina, rng, settings={"policy": {"retention": 0.85}, "study": {"minutes": None}})
    events = (
        attempt(1, response=Chosen(("x[i] [b]", "\x1b[31m\0"))),
        attempt(2, response=Entered(("ü \N{ROCKET}",)), confidence=Confidence.SURE),
        attempt(3, response=Ordered(("b", "a")), score=1 / 3, verdict=Verdict.PARTIAL),
        attempt(4, response=Matched({"a": "b"}), score=-0.0, verdict=Verdict.INCORRECT),
        attempt(5, response=Sorted({"a": "b"}), duration_ms=None),
        attempt(6, response=Recalled(3), learner=record.learner("otto").id),
        event(7, EventKind.SKIP, bank=BANK, item="two", verdict=Verdict.SKIPPED),
        event(8, EventKind.UNDO, 7, body={"also": [6], "deep": {"a": [1, 2.5, None, "x"]}}),
        event(9, EventKind.NOTE, body={"votes": {"A": 3}}, at=NOON - DAY),
        event(10, EventKind.END),
    )
    record.start(started)
    record.append(started.id, events[:4])
    record.append(started.id, events[4:])
    assert record.header(started.id) == started
    assert record.events(started.id) == events


def test_texts_that_utf_8_cannot_hold_are_mended_not_lost(
    record: SqliteRecord, mina: str, rng: Random
) -> None:
    started = header(mina, rng, device="lone \ud800")
    record.start_with(started, [attempt(1, response=Entered(("a\ud83d\ude80b\udfff",)), body={"\ud800": 1})])
    (kept,) = record.events(started.id)
    assert kept.response == Entered(("a\N{ROCKET}b\N{REPLACEMENT CHARACTER}",))
    assert kept.body == {"\N{REPLACEMENT CHARACTER}": 1}
    assert record.header(started.id).device == "lone \N{REPLACEMENT CHARACTER}"
    record.append(started.id, [attempt(1, response=Entered(("a\ud83d\ude80b\udfff",)), body={"\ud800": 1})])
    assert record.integrity() == []


def test_a_policy_given_as_a_struct_is_kept_as_data(record: SqliteRecord, mina: str, rng: Random) -> None:
    started = header(mina, rng, settings={"policy": Policy(day_starts_at=0)})
    record.start_with(started, [attempt(1)])
    assert record.header(started.id).settings["policy"]["day_starts_at"] == 0


def test_an_event_belongs_to_the_sessions_learner_unless_it_says_otherwise(
    record: SqliteRecord, mina: str, rng: Random
) -> None:
    otto = record.learner("otto").id
    started = header(mina, rng, mode=Mode.DRILL)
    record.start_with(started, [attempt(1, learner=otto), attempt(2, learner=mina), attempt(3)])
    assert [told.learner for told in record.events(started.id)] == [otto, "", ""]
    assert record.memory(otto, ONE) is not None
    assert [told.attempts for told in record.sessions(otto)] == [1]
    assert [told.attempts for told in record.sessions(mina)] == [2]
    assert [told.attempts for told in record.sessions()] == [3]


def test_an_event_of_an_unknown_learner_is_refused(record: SqliteRecord, mina: str, rng: Random) -> None:
    started = header(mina, rng)
    record.start(started)
    with pytest.raises(RecordError, match="FOREIGN KEY"):
        record.append(started.id, [attempt(1, learner="nobody")])
    assert record.events(started.id) == ()


def test_what_another_window_recorded_is_a_conflict(record: SqliteRecord, mina: str, rng: Random) -> None:
    started = header(mina, rng)
    record.start(started)
    with SqliteRecord.open(record.path) as other:
        other.append(started.id, [attempt(1, "two")])
        with pytest.raises(RecordConflict, match="Another window continued this session"):
            record.append(started.id, [attempt(1, "one"), attempt(2, "one")])
        assert [told.item for told in record.events(started.id)] == ["two"]
        record.append(started.id, [attempt(2, "one")])
        assert len(other.events(started.id)) == 2


def test_the_same_again_is_nothing(record: SqliteRecord, mina: str, rng: Random) -> None:
    started = header(mina, rng)
    for _ in range(2):
        record.start_with(started, [attempt(1)])
        record.append(started.id, [attempt(1), attempt(2, "two")])
    assert len(record.events(started.id)) == 2
    assert record.sessions()[0].attempts == 2
    with pytest.raises(RecordConflict, match="Another session"):
        record.start(msgspec.structs.replace(started, seed=5))


@pytest.mark.parametrize("numbers", [[2], [0], [1, 3], [2, 1], [-1], [1, 1]])
def test_numbers_that_leave_a_gap_are_refused(
    record: SqliteRecord, mina: str, rng: Random, numbers: list[int]
) -> None:
    started = header(mina, rng)
    record.start(started)
    with pytest.raises(ValueError, match="After event 0"):
        record.append(started.id, [attempt(n) for n in numbers])
    assert record.events(started.id) == ()


def test_a_session_that_was_never_started_is_a_key_error(record: SqliteRecord, rng: Random) -> None:
    unknown = new_session_id(NOON, rng)
    for ask in (record.header, record.events, record.effective_events):
        with pytest.raises(KeyError):
            ask(unknown)
    with pytest.raises(KeyError):
        record.append(unknown, [attempt(1)])
    with pytest.raises(ValueError, match="not a session id"):
        record.header("../../etc/passwd")


def test_a_start_whose_events_are_refused_is_taken_back(record: SqliteRecord, mina: str, rng: Random) -> None:
    started = header(mina, rng)
    with pytest.raises(ValueError, match="score nan"):
        record.start_with(started, [attempt(1, score=float("nan"), verdict=None)])
    with pytest.raises(KeyError):
        record.append(started.id, [attempt(1)])
    assert record.sessions() == []


def test_effective_events_leave_out_what_was_undone(record: SqliteRecord, mina: str, rng: Random) -> None:
    started = header(mina, rng)
    record.start_with(
        started,
        [attempt(1), attempt(2, "two", 0.0), event(3, EventKind.OVERRIDE, 2), event(4, EventKind.END)],
    )
    record.append(started.id, [event(5, EventKind.UNDO, 4, body={"also": [3, 2, "x", 99]})])
    assert [told.n for told in record.effective_events(started.id)] == [1]
    assert record.memory(mina, TWO) is None
    assert [told.header.id for told in record.unfinished(mina)] == [started.id]
    record.append(started.id, [event(6, EventKind.VOID)])
    assert record.effective_events(started.id) == ()
    assert record.memories(mina) == {}
    assert record.unfinished(mina) == []
    assert record.sessions(mina) == []
    record.append(started.id, [event(7, EventKind.UNDO, 6), attempt(8)])
    assert record.memories(mina) == {}
    assert record.days_active(mina) == []
    assert record.rebuild_memory() == 0


def test_records_merge_by_union(tmp_path: Path, record: SqliteRecord, rng: Random) -> None:
    filled(tmp_path / "other.db", sessions=2)
    mina = record.learner("mina").id
    own = header(mina, rng)
    record.start_with(own, [attempt(1)])
    with SqliteRecord.open(tmp_path / "other.db") as other:
        brought = record.merge(other.learners(), other.everything())
        assert (brought.sessions, brought.events, brought.conflicts) == (2, 42, ())
        again = record.merge(other.learners(), reversed(list(other.everything())))
        assert (again.sessions, again.events, again.conflicts) == (0, 0, ())
        other.merge(record.learners(), record.everything())
        assert list(other.everything()) == list(record.everything())
        learner = other.learners()[0].id
        assert other.memories(learner) == record.memories(learner)
    assert record.rebuild_memory() == 0
    assert record.integrity() == []


def test_a_merge_tells_what_differs_and_keeps_what_is_there(
    record: SqliteRecord, mina: str, rng: Random
) -> None:
    started, other = header(mina, rng), header(mina, rng)
    record.start_with(started, [attempt(1)])
    record.start(other)
    brought = record.merge(
        [Learner(mina, "somebody else")],
        [
            (started, [attempt(3, "three"), attempt(1, "two"), attempt(3, "four")]),
            (msgspec.structs.replace(other, seed=1), [attempt(1)]),
            (header("stranger", rng, NOON + DAY), [attempt(1, learner="another stranger")]),
        ],
        with_gaps=True,
    )
    assert (brought.sessions, brought.events) == (1, 2)
    assert len(brought.conflicts) == 3
    assert record.learner("mina").id == mina
    assert [told.item for told in record.events(started.id)] == ["one", "three"]
    assert record.integrity() == []
    assert record.gaps() == [f"Session {started.id} lacks event 2 of its 3."]
    record.append(started.id, [attempt(4)])
    record.merge([], [(started, [attempt(2)])])
    assert record.integrity() == record.gaps() == []
    assert record.rebuild_memory() == 0


def test_rebuilding_puts_projections_right(record: SqliteRecord, mina: str, rng: Random) -> None:
    record.start_with(header(mina, rng), [attempt(1), attempt(2, "two", 0.5), event(3, EventKind.END)])
    good = (
        record.memories(mina),
        day_totals(record, mina),
        record.sessions(),
        record.held_items(mina),
    )
    database = record._file.db
    database.execute("UPDATE memory SET due=5 WHERE item='one'")
    database.execute("DELETE FROM memory WHERE item='two'")
    database.execute("INSERT INTO memory SELECT learner, bank, 'ghost', 1,1,1,1,1,1,1,'{',0,'',1 FROM memory")
    database.execute("UPDATE day_total SET attempts='many'")
    database.execute("DELETE FROM item_total WHERE item='one'")
    database.execute("UPDATE session_total SET score=score+1")
    database.execute("DELETE FROM progress")
    assert record.rebuild_memory() == 7
    assert record.rebuild_memory() == 0
    assert (
        record.memories(mina),
        day_totals(record, mina),
        record.sessions(),
        record.held_items(mina),
    ) == good


def test_openings_are_forgotten_when_there_are_very_many(
    record: SqliteRecord, mina: str, rng: Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quiz.record.projections.memory._MANY", 2)
    for day in range(5):
        record.start_with(header(mina, rng, NOON + day * DAY), [attempt(1, at=NOON + day * DAY)])
    assert len(record.session_events(mina, ONE)) == 5


def test_two_windows_may_make_the_same_learner(record: SqliteRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    with SqliteRecord.open(record.path) as other:
        looked = iter([None])
        found = record._learner_named
        monkeypatch.setattr(record, "_learner_named", lambda name: next(looked, found(name)))
        made = other.learner("mina")
        assert record.learner("mina") == made


def test_a_session_goes_on_though_its_progress_row_is_lost(
    record: SqliteRecord, mina: str, rng: Random
) -> None:
    started = header(mina, rng)
    record.start_with(started, [attempt(1)])
    record._file.db.execute("DELETE FROM progress")
    record.append(started.id, [attempt(2)])
    assert record.rebuild_memory() == 0


def test_happened_rows_refuse_to_change(record: SqliteRecord, mina: str, rng: Random) -> None:
    record.start_with(header(mina, rng), [attempt(1)])
    for table in ("event", "session"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET crc=0"):
            with pytest.raises(Exception, match="only ever added to"):
                record._file.db.execute(statement)


def test_a_record_opened_for_reading_is_never_written(record: SqliteRecord, mina: str, rng: Random) -> None:
    started = header(mina, rng)
    record.start_with(started, [attempt(1)])
    with SqliteRecord.open(record.path, read_only=True) as reader:
        assert reader.is_read_only
        assert reader.events(started.id) == record.events(started.id)
        for write in (
            lambda: reader.append(started.id, [attempt(2)]),
            lambda: reader.learner("new"),
            reader.rebuild_memory,
        ):
            with pytest.raises(RecordReadOnly):
                write()
        assert reader.learner("mina").id == mina


def test_reading_makes_no_record(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="There is no record"):
        SqliteRecord.open(tmp_path / "none.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_events_are_ordered_by_number_not_by_clock(record: SqliteRecord, mina: str, rng: Random) -> None:
    started = header(mina, rng)
    record.start_with(started, [attempt(1, at=NOON), attempt(2, "two", at=NOON - 20 * DAY)])
    assert [told.n for told in record.events(started.id)] == [1, 2]
    assert record.unfinished(mina)[0].last_at == NOON
    assert isinstance(record.events(started.id)[0], Event)
    assert record.memory(mina, TWO) is not None


def test_short_memories_are_read_again_only_where_something_was_written(
    record: SqliteRecord, mina: str, rng: Random
) -> None:
    started = header(mina, rng)
    record.start_with(started, [attempt(1, "one")])
    before = record.held_items(mina)
    assert record.held_items(mina) is before
    record.append(started.id, [attempt(2, "two")])
    own = record.held_items(mina)
    assert list(own[BANK]) == ["one", "two"]
    record.append(started.id, [attempt(3, "one", bank="a"), event(4, EventKind.UNDO, 2)])
    assert {bank: list(held) for bank, held in record.held_items(mina).items()} == {
        "a": ["one"],
        BANK: ["one"],
    }
    record.append(started.id, [attempt(5, "one", bank="b")])
    assert record.held_items(mina)["a"] is record.held_items(mina, "a")["a"]
    assert list(record.held_items(mina)) == ["a", "b", BANK]
    assert record.held_items(mina, "c") == {}
    record.append(started.id, [event(6, EventKind.UNDO, 5), event(7, EventKind.UNDO, 3), attempt(8, "two")])
    assert record.held_items(mina) == own
    with SqliteRecord.open(record.path, rng=Random(2)) as other:
        other.append(started.id, [attempt(9, "three")])
    others = record.held_items(mina)
    assert list(others[BANK]) == ["one", "three", "two"]

    def begin_and_fail() -> None:
        with record._file.writing() as db:
            db.execute("DELETE FROM memory WHERE item='one'")
            assert len(record.held_items(mina)[BANK]) == 2
            raise LookupError

    with pytest.raises(LookupError):
        begin_and_fail()
    assert record.held_items(mina) == others
    assert record.held_items("nobody") == {}


def test_the_sessions_of_who_has_few_are_found_without_going_through_all(
    record: SqliteRecord, mina: str, rng: Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    otto = record.learner("otto").id
    shared = [header(mina, rng, NOON + day * DAY) for day in range(40)]
    for each in shared:
        own = {} if each is not shared[7] else {"learner": otto}
        record.start_with(each, [attempt(1), attempt(2, **own), event(3, EventKind.END)])
    record.start_with(header(otto, rng, NOON + 3 * DAY), [attempt(1)])
    steps: list[int] = []
    record._file.db.set_progress_handler(lambda: steps.append(1), 10)
    found, few = record.sessions(otto), len(steps)
    monkeypatch.setattr("quiz.record.queries._FEW", 1)
    assert record.sessions(otto) == found
    assert len(found) == 2
    assert record.sessions(mina) != found
    assert 2 * few < len(steps) - few
