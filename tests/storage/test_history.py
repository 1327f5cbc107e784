"""What the record keeps, and what it says of it."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import msgspec
import pytest

from quiz.core.events import Event, EventKind, Mode
from quiz.core.grading import Chosen, Confidence, Entered, Matched, Ordered, Recalled, Sorted, Verdict
from quiz.core.item import ItemRef
from quiz.core.schedule import Policy, remembered
from quiz.core.study_day import next_day
from quiz.errors import HistoryConflict, HistoryError, HistoryReadOnly
from quiz.storage.history import History
from quiz.storage.session_ids import id_key, id_text, new_session_id
from quiz.storage.summaries import Learner
from tests.storage.history_stress import BANK, DAY, HOUR, MINUTE, NOON, attempt, event, filled, opening

ONE, TWO = ItemRef(BANK, "one"), ItemRef(BANK, "two")


@pytest.fixture
def rng() -> Random:
    return Random(7)


@pytest.fixture
def history(tmp_path: Path, rng: Random) -> Iterator[History]:
    with History.open(tmp_path / "home" / "history.db", rng=rng) as opened:
        yield opened


@pytest.fixture
def mina(history: History) -> str:
    return history.learner("mina").id


def test_the_file_and_its_new_folder_are_the_owners_alone(history: History) -> None:
    assert stat.S_IMODE(history.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(history.path.parent.stat().st_mode) == 0o700
    assert [entry.name for entry in history.path.parent.iterdir()] == ["history.db"]


def test_a_learner_is_made_once_whatever_the_spacing(history: History) -> None:
    mina = history.learner("  Mina \t Ek ")
    assert history.learner("Mina Ek") == mina
    assert mina.name == "Mina Ek"
    assert history.learner("Mina\N{LATIN SMALL LETTER E WITH ACUTE}") == history.learner("Minae\u0301")
    with pytest.raises(ValueError, match="needs a name"):
        history.learner("  ")


def test_a_forgotten_name_is_nowhere_in_the_file(history: History) -> None:
    learner = history.learner("Wilhelmina Nobody")
    history.start_with(opening(learner.id, Random(1)), [attempt(1)])
    history.forget(learner.id)
    assert history.learners() == [Learner(learner.id, "")]
    assert b"Wilhelmina" not in history.path.read_bytes()
    assert history.memory(learner.id, ONE) is not None
    assert history.learner("Wilhelmina Nobody").id != learner.id


def test_a_learner_can_be_renamed(history: History, mina: str) -> None:
    history.rename(mina, "Mina the Second")
    assert history.learners() == [Learner(mina, "Mina the Second")]
    with pytest.raises(KeyError):
        history.rename("nobody", "x")


def test_openings_and_events_come_back_as_they_were(history: History, mina: str, rng: Random) -> None:
    started = opening(mina, rng, settings={"policy": {"retention": 0.85}, "study": {"minutes": None}})
    events = (
        attempt(1, response=Chosen(("x[i] [b]", "\x1b[31m\0"))),
        attempt(2, response=Entered(("ü \N{ROCKET}",)), confidence=Confidence.SURE),
        attempt(3, response=Ordered(("b", "a")), score=1 / 3, verdict=Verdict.PARTIAL),
        attempt(4, response=Matched({"a": "b"}), score=-0.0, verdict=Verdict.INCORRECT),
        attempt(5, response=Sorted({"a": "b"}), duration_ms=None),
        attempt(6, response=Recalled(3), learner=history.learner("otto").id),
        event(7, EventKind.SKIP, bank=BANK, item="two", verdict=Verdict.SKIPPED),
        event(8, EventKind.UNDO, 7, body={"also": [6], "deep": {"a": [1, 2.5, None, "x"]}}),
        event(9, EventKind.NOTE, body={"votes": {"A": 3}}, at=NOON - DAY),
        event(10, EventKind.END),
    )
    history.start(started)
    history.record(started.id, events[:4])
    history.record(started.id, events[4:])
    assert history.opening(started.id) == started
    assert history.events(started.id) == events


def test_texts_that_utf_8_cannot_hold_are_mended_not_lost(history: History, mina: str, rng: Random) -> None:
    started = opening(mina, rng, device="lone \ud800")
    history.start_with(started, [attempt(1, response=Entered(("a\ud83d\ude80b\udfff",)), body={"\ud800": 1})])
    (kept,) = history.events(started.id)
    assert kept.response == Entered(("a\N{ROCKET}b\N{REPLACEMENT CHARACTER}",))
    assert kept.body == {"\N{REPLACEMENT CHARACTER}": 1}
    assert history.opening(started.id).device == "lone \N{REPLACEMENT CHARACTER}"
    history.record(started.id, [attempt(1, response=Entered(("a\ud83d\ude80b\udfff",)), body={"\ud800": 1})])
    assert history.integrity() == []


def test_a_policy_given_as_a_struct_is_kept_as_data(history: History, mina: str, rng: Random) -> None:
    started = opening(mina, rng, settings={"policy": Policy(day_starts_at=0)})
    history.start_with(started, [attempt(1)])
    assert history.opening(started.id).settings["policy"]["day_starts_at"] == 0


def test_an_event_belongs_to_the_sessions_learner_unless_it_says_otherwise(
    history: History, mina: str, rng: Random
) -> None:
    otto = history.learner("otto").id
    started = opening(mina, rng, mode=Mode.DRILL)
    history.start_with(started, [attempt(1, learner=otto), attempt(2, learner=mina), attempt(3)])
    assert [told.learner for told in history.events(started.id)] == [otto, "", ""]
    assert history.memory(otto, ONE) is not None
    assert [told.attempts for told in history.sessions(otto)] == [1]
    assert [told.attempts for told in history.sessions(mina)] == [2]
    assert [told.attempts for told in history.sessions()] == [3]


def test_an_event_of_an_unknown_learner_is_refused(history: History, mina: str, rng: Random) -> None:
    started = opening(mina, rng)
    history.start(started)
    with pytest.raises(HistoryError, match="FOREIGN KEY"):
        history.record(started.id, [attempt(1, learner="nobody")])
    assert history.events(started.id) == ()


def test_what_another_window_recorded_is_a_conflict(history: History, mina: str, rng: Random) -> None:
    started = opening(mina, rng)
    history.start(started)
    with History.open(history.path) as other:
        other.record(started.id, [attempt(1, "two")])
        with pytest.raises(HistoryConflict, match="Another window went on with this session"):
            history.record(started.id, [attempt(1, "one"), attempt(2, "one")])
        assert [told.item for told in history.events(started.id)] == ["two"]
        history.record(started.id, [attempt(2, "one")])
        assert len(other.events(started.id)) == 2


def test_the_same_again_is_nothing(history: History, mina: str, rng: Random) -> None:
    started = opening(mina, rng)
    for _ in range(2):
        history.start_with(started, [attempt(1)])
        history.record(started.id, [attempt(1), attempt(2, "two")])
    assert len(history.events(started.id)) == 2
    assert history.sessions()[0].attempts == 2
    with pytest.raises(HistoryConflict, match="Another session"):
        history.start(msgspec.structs.replace(started, seed=5))


@pytest.mark.parametrize("numbers", [[2], [0], [1, 3], [2, 1], [-1], [1, 1]])
def test_numbers_that_leave_a_gap_are_refused(
    history: History, mina: str, rng: Random, numbers: list[int]
) -> None:
    started = opening(mina, rng)
    history.start(started)
    with pytest.raises(ValueError, match="After event 0"):
        history.record(started.id, [attempt(n) for n in numbers])
    assert history.events(started.id) == ()


def test_a_session_that_was_never_started_is_a_key_error(history: History, rng: Random) -> None:
    unknown = new_session_id(NOON, rng)
    for ask in (history.opening, history.events, history.live_events):
        with pytest.raises(KeyError):
            ask(unknown)
    with pytest.raises(KeyError):
        history.record(unknown, [attempt(1)])
    with pytest.raises(ValueError, match="no session id"):
        history.opening("../../etc/passwd")


def test_a_start_whose_events_are_refused_is_taken_back(history: History, mina: str, rng: Random) -> None:
    started = opening(mina, rng)
    with pytest.raises(ValueError, match="score nan"):
        history.start_with(started, [attempt(1, score=float("nan"), verdict=None)])
    with pytest.raises(KeyError):
        history.record(started.id, [attempt(1)])
    assert history.sessions() == []


def test_live_events_leave_out_what_was_undone(history: History, mina: str, rng: Random) -> None:
    started = opening(mina, rng)
    history.start_with(
        started,
        [attempt(1), attempt(2, "two", 0.0), event(3, EventKind.OVERRIDE, 2), event(4, EventKind.END)],
    )
    history.record(started.id, [event(5, EventKind.UNDO, 4, body={"also": [3, 2, "x", 99]})])
    assert [told.n for told in history.live_events(started.id)] == [1]
    assert history.memory(mina, TWO) is None
    assert [told.opening.id for told in history.unfinished(mina)] == [started.id]
    history.record(started.id, [event(6, EventKind.VOID)])
    assert history.live_events(started.id) == ()
    assert history.memories(mina) == {}
    assert history.unfinished(mina) == []
    assert history.sessions(mina) == []
    history.record(started.id, [event(7, EventKind.UNDO, 6), attempt(8)])
    assert history.memories(mina) == {}
    assert history.days_active(mina) == []
    assert history.rebuild_memory() == 0


def test_memories_are_what_the_schedule_says_of_all_sessions(
    history: History, mina: str, rng: Random
) -> None:
    for day, score in enumerate((0.0, 1.0, 1.0)):
        started = opening(mina, rng, NOON + day * DAY)
        history.start_with(started, [attempt(1, "one", score, started.started)])
    told = history.happenings(mina, ONE)
    assert len(told) == 3
    assert history.memory(mina, ONE) == remembered(told)
    assert history.memories(mina, [BANK]) == {ONE: remembered(told)}
    assert history.memories(mina, ["other"]) == {}
    assert history.memories(mina, []) == {}
    assert history.memory(mina, TWO) is None


def test_rating_and_override_change_the_memory_even_without_naming_the_item(
    history: History, mina: str, rng: Random
) -> None:
    started = opening(mina, rng)
    history.start_with(started, [attempt(1, "one", 0.0), attempt(2, "two", 1.0)])
    missed, known = history.memory(mina, ONE), history.memory(mina, TWO)
    history.record(started.id, [event(3, EventKind.OVERRIDE, 1)])
    history.record(started.id, [event(4, EventKind.RATE, 2, body={"rating": 4})])
    assert (missed and missed.misses) == 1
    assert history.memory(mina, ONE) == msgspec.structs.replace(history.memory(mina, ONE) or missed, misses=0)
    easy = history.memory(mina, TWO)
    assert known is not None
    assert easy is not None
    assert easy.due > known.due
    history.record(started.id, [event(5, EventKind.UNDO, 4, body={"also": [3]})])
    assert (history.memory(mina, ONE), history.memory(mina, TWO)) == (missed, known)


def test_the_standing_counts_what_is_due_seen_and_suspended(history: History, mina: str, rng: Random) -> None:
    started = opening(mina, rng)
    about = {"bank": BANK, "item": "four"}
    history.start_with(
        started,
        [
            attempt(1, "one", 0.0),
            attempt(2, "two", 1.0),
            attempt(3, "three", 1.0),
            event(4, EventKind.SUSPEND, bank=BANK, item="three"),
            event(5, EventKind.SUSPEND, **about),
        ],
    )
    today = next_day(NOON, "Europe/Berlin")
    standing = history.standing(mina, today)[BANK]
    assert (standing.seen, standing.due, standing.suspended, standing.leeches) == (3, 1, 2, 0)
    later = next_day(NOON + 100 * DAY, "Europe/Berlin")
    assert history.standing(mina, later)[BANK].next_due is None
    history.record(started.id, [event(6, EventKind.BURY, bank=BANK, item="one")])
    standing = history.standing(mina, today)[BANK]
    assert (standing.due, standing.next_due) == (0, today)
    assert history.standing("nobody", today) == {}


def test_what_was_attempted_elsewhere_since(history: History, mina: str, rng: Random) -> None:
    early, late, own = (opening(mina, rng, NOON + hour * HOUR) for hour in range(3))
    history.start_with(early, [attempt(1, "one", at=NOON), attempt(2, "two", at=NOON + 5 * HOUR)])
    history.start_with(late, [attempt(1, "three", at=NOON + HOUR), attempt(2, "four", at=NOON + HOUR)])
    history.start_with(own, [attempt(1, "five", at=NOON + 2 * HOUR)])
    history.record(late.id, [event(3, EventKind.UNDO, 2)])
    since = history.attempted_since(mina, NOON + 1, own.id)
    assert since == {TWO, ItemRef(BANK, "three")}
    assert ItemRef(BANK, "five") in history.attempted_since(mina, NOON + 1)
    assert history.attempted_since("nobody", 0) == set()


def test_items_answered_for_the_first_time_are_counted(history: History, mina: str, rng: Random) -> None:
    before, today = opening(mina, rng), opening(mina, rng, NOON + DAY)
    test = opening(mina, rng, mode=Mode.TEST, settings={"policy": {"feeds_schedule": False}})
    history.start_with(before, [attempt(1, "one")])
    history.start_with(test, [attempt(1, "three")])
    history.start_with(
        today,
        [
            attempt(1, "one", at=NOON + DAY),
            attempt(2, "two", at=NOON + DAY),
            attempt(3, "three", at=NOON + DAY),
            event(4, EventKind.SKIP, bank=BANK, item="four", at=NOON + DAY),
            attempt(5, "five", at=NOON + DAY),
            event(6, EventKind.UNDO, 5, at=NOON + DAY),
        ],
    )
    assert history.new_since(mina, NOON + DAY) == 2
    assert history.new_since(mina, NOON) == 3
    assert history.reviewed_since(mina, NOON + DAY) == 1
    assert history.reviewed_since(mina, NOON) == 0


def test_unfinished_sessions_come_newest_first(history: History, mina: str, rng: Random) -> None:
    started = [opening(mina, rng, NOON + hour * HOUR) for hour in range(4)]
    for each in started:
        history.start(each)
    history.record(started[0].id, [attempt(1, at=NOON + 9 * HOUR)])
    history.record(started[1].id, [event(1, EventKind.END)])
    history.record(started[2].id, [event(1, EventKind.VOID)])
    found = history.unfinished(mina)
    assert [(told.opening, told.attempts) for told in found] == [(started[3], 0), (started[0], 1)]
    assert [told.last_at for told in found] == [started[3].started, NOON + 9 * HOUR]
    assert history.unfinished(mina, Mode.TEST) == []
    assert history.unfinished(mina, Mode.STUDY) == found
    assert history.unfinished(mina, limit=1) == found[:1]
    assert history.unfinished("nobody") == []


def test_sessions_are_listed_by_bank_mode_and_page(history: History, mina: str, rng: Random) -> None:
    modes = (Mode.STUDY, Mode.TEST, Mode.TEST)
    started = [opening(mina, rng, NOON + hour * HOUR, mode=mode) for hour, mode in enumerate(modes)]
    for each in started:
        history.start(each)
    mixed = opening(mina, rng, NOON + 9 * HOUR, banks=(BANK, "other"))
    history.start_with(mixed, [attempt(1), attempt(2, bank="other", score=0.5)])
    everything = [mixed, *reversed(started)]
    assert [told.id for told in history.sessions()] == [each.id for each in everything]
    assert [told.id for told in history.sessions(limit=2, before=mixed.id)] == [
        each.id for each in everything[1:3]
    ]
    assert [told.id for told in history.sessions(mode=Mode.TEST)] == [started[2].id, started[1].id]
    (of_other,) = history.sessions(bank="other")
    assert (of_other.attempts, of_other.partial, of_other.score) == (1, 1, 0.5)
    for who in (mina, None):
        assert [told.id for told in history.sessions(who, bank=BANK)] == [mixed.id]
    assert history.sessions(mina, BANK, Mode.TEST) == []
    assert history.sessions(mina, BANK, before=mixed.id) == []
    assert history.sessions()[0].banks == (BANK, "other")
    assert history.sessions(bank='x" OR 1') == []


def test_last_scores_are_of_finished_sessions_oldest_first(history: History, mina: str, rng: Random) -> None:
    for day, scores in enumerate(((1.0, 0.5), (1.0, 1.0), (0.0, 0.0))):
        started = opening(mina, rng, NOON + day * DAY, mode=Mode.TEST)
        events = [attempt(n, f"i{n}", score) for n, score in enumerate(scores, 1)]
        end = [] if day == 2 else [event(3, EventKind.END)]
        history.start_with(started, [*events, *end])
    assert history.last_scores(mina, BANK) == [0.75, 1.0]
    assert history.last_scores(mina, BANK, limit=1) == [1.0]
    assert history.last_scores(mina, BANK, Mode.STUDY) == []


def test_totals_tell_days_items_and_confidence(history: History, mina: str, rng: Random) -> None:
    night = NOON + 15 * HOUR  # three at night in Berlin: still the same study day
    started = opening(mina, rng)
    history.start_with(
        started,
        [
            attempt(1, "one", 0.0, confidence=Confidence.SURE),
            attempt(2, "one", 1.0, night, duration_ms=None),
            attempt(3, "one", 0.25, NOON + DAY, fingerprint="fedcba9876543210"),
            event(4, EventKind.SKIP, bank=BANK, item="one", verdict=Verdict.SKIPPED),
        ],
    )
    first, second = history.day_totals(mina)
    assert (first.day, first.mode, first.attempts, first.correct, first.skipped) == (
        date(2025, 6, 18),
        Mode.STUDY,
        2,
        1,
        1,
    )
    assert (first.score, first.duration_ms, first.timed, first.accuracy) == (1.0, 4000, 1, 0.5)
    assert (second.day, second.partial, second.score) == (date(2025, 6, 19), 1, 0.25)
    assert history.day_totals(mina, since=date(2025, 6, 19)) == [second]
    assert history.day_totals(mina, "other") == []
    assert history.days_active(mina) == [date(2025, 6, 18), date(2025, 6, 19)]
    items = {(total.item, total.fingerprint): total.attempts for total in history.item_totals(mina, BANK)}
    assert items == {("one", "0123456789abcdef"): 2, ("one", "fedcba9876543210"): 1, ("one", ""): 0}
    (sure,) = history.confidence_totals(mina)
    assert (sure.confidence, sure.attempts, sure.correct) == ("sure", 1, 0)
    history.record(started.id, [event(5, EventKind.OVERRIDE, 1)])
    (sure,) = history.confidence_totals(mina)
    assert (sure.correct, sure.score) == (1, 1.0)
    history.record(started.id, [event(6, EventKind.UNDO, 5), event(7, EventKind.UNDO, 1)])
    assert history.confidence_totals(mina) == []
    assert [told.accuracy for told in history.sessions()] == [0.625]


def test_records_merge_by_union(tmp_path: Path, history: History, rng: Random) -> None:
    filled(tmp_path / "other.db", sessions=2)
    mina = history.learner("mina").id
    own = opening(mina, rng)
    history.start_with(own, [attempt(1)])
    with History.open(tmp_path / "other.db") as other:
        brought = history.merge(other.learners(), other.everything())
        assert (brought.sessions, brought.events, brought.conflicts) == (2, 42, ())
        again = history.merge(other.learners(), reversed(list(other.everything())))
        assert (again.sessions, again.events, again.conflicts) == (0, 0, ())
        other.merge(history.learners(), history.everything())
        assert list(other.everything()) == list(history.everything())
        learner = other.learners()[0].id
        assert other.memories(learner) == history.memories(learner)
    assert history.rebuild_memory() == 0
    assert history.integrity() == []


def test_a_merge_tells_what_differs_and_keeps_what_is_there(history: History, mina: str, rng: Random) -> None:
    started, other = opening(mina, rng), opening(mina, rng)
    history.start_with(started, [attempt(1)])
    history.start(other)
    brought = history.merge(
        [Learner(mina, "somebody else")],
        [
            (started, [attempt(3, "three"), attempt(1, "two"), attempt(3, "four")]),
            (msgspec.structs.replace(other, seed=1), [attempt(1)]),
            (opening("stranger", rng, NOON + DAY), [attempt(1, learner="another stranger")]),
        ],
    )
    assert (brought.sessions, brought.events) == (1, 2)
    assert len(brought.conflicts) == 3
    assert history.learner("mina").id == mina
    assert [told.item for told in history.events(started.id)] == ["one", "three"]
    assert history.integrity() == [f"Session {started.id} lacks 1 of its 3 events."]
    history.record(started.id, [attempt(4)])
    history.merge([], [(started, [attempt(2)])])
    assert history.integrity() == []
    assert history.rebuild_memory() == 0


def test_rebuilding_puts_projections_right(history: History, mina: str, rng: Random) -> None:
    history.start_with(opening(mina, rng), [attempt(1), attempt(2, "two", 0.5), event(3, EventKind.END)])
    good = history.memories(mina), history.day_totals(mina), history.sessions(), history.standing(mina, NOON)
    database = history._file.db
    database.execute("UPDATE memory SET due=5 WHERE item='one'")
    database.execute("DELETE FROM memory WHERE item='two'")
    database.execute("INSERT INTO memory SELECT learner, bank, 'ghost', 1,1,1,1,1,1,1,'{' FROM memory")
    database.execute("UPDATE day_total SET attempts='many'")
    database.execute("DELETE FROM item_total WHERE item='one'")
    database.execute("UPDATE session_total SET score=score+1")
    database.execute("DELETE FROM progress")
    assert history.rebuild_memory() == 7
    assert history.rebuild_memory() == 0
    assert (
        history.memories(mina),
        history.day_totals(mina),
        history.sessions(),
        history.standing(mina, NOON),
    ) == good


def test_openings_are_forgotten_when_there_are_very_many(
    history: History, mina: str, rng: Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quiz.storage.memory_rows._MANY", 2)
    for day in range(5):
        history.start_with(opening(mina, rng, NOON + day * DAY), [attempt(1, at=NOON + day * DAY)])
    assert len(history.happenings(mina, ONE)) == 5


def test_two_windows_may_make_the_same_learner(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    with History.open(history.path) as other:
        looked = iter([None])
        found = history._learner_named
        monkeypatch.setattr(history, "_learner_named", lambda name: next(looked, found(name)))
        made = other.learner("mina")
        assert history.learner("mina") == made


def test_a_session_goes_on_though_its_progress_row_is_lost(history: History, mina: str, rng: Random) -> None:
    started = opening(mina, rng)
    history.start_with(started, [attempt(1)])
    history._file.db.execute("DELETE FROM progress")
    history.record(started.id, [attempt(2)])
    assert history.rebuild_memory() == 0


def test_happened_rows_refuse_to_change(history: History, mina: str, rng: Random) -> None:
    history.start_with(opening(mina, rng), [attempt(1)])
    for table in ("event", "session"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET crc=0"):
            with pytest.raises(Exception, match="only ever added to"):
                history._file.db.execute(statement)


def test_a_record_opened_for_reading_is_never_written(history: History, mina: str, rng: Random) -> None:
    started = opening(mina, rng)
    history.start_with(started, [attempt(1)])
    with History.open(history.path, read_only=True) as reader:
        assert reader.is_read_only
        assert reader.events(started.id) == history.events(started.id)
        for write in (
            lambda: reader.record(started.id, [attempt(2)]),
            lambda: reader.learner("new"),
            reader.rebuild_memory,
        ):
            with pytest.raises(HistoryReadOnly):
                write()
        assert reader.learner("mina").id == mina


def test_reading_makes_no_record(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="There is no record"):
        History.open(tmp_path / "none.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_the_data_version_tells_that_another_program_wrote(history: History) -> None:
    before = history.data_version()
    history.learner("own")
    assert history.data_version() == before
    with History.open(history.path) as other:
        other.learner("other")
    assert history.data_version() != before


def test_session_ids_are_version_7_and_sort_by_time(rng: Random) -> None:
    ids = [new_session_id(NOON + n, rng) for n in range(100)]
    assert ids == sorted(ids)
    assert all(text[14] == "7" and text[19] in "89ab" for text in ids)
    assert all(id_text(id_key(text)) == text for text in ids)
    assert int(ids[0].replace("-", "")[:12], 16) == NOON
    assert new_session_id(-5, rng).startswith("00000000-0000-7")


def test_events_are_ordered_by_number_not_by_clock(history: History, mina: str, rng: Random) -> None:
    started = opening(mina, rng)
    history.start_with(started, [attempt(1, at=NOON), attempt(2, "two", at=NOON - 20 * DAY)])
    assert [told.n for told in history.events(started.id)] == [1, 2]
    assert history.unfinished(mina)[0].last_at == NOON
    assert isinstance(history.events(started.id)[0], Event)
    assert history.memory(mina, TWO) is not None
    assert MINUTE < HOUR
