"""What the record says of what was done: memories, lists and totals."""

from __future__ import annotations

from datetime import date
from random import Random

import msgspec

from quiz.core.content.grading import Confidence, Verdict
from quiz.core.content.item import ItemRef
from quiz.core.events.model import EventKind, Mode
from quiz.core.scheduling.fsrs_schedule import remembered
from quiz.core.scheduling.study_day import next_day
from quiz.record.interface import Record
from tests.record.record_stress import BANK, DAY, HOUR, NOON, attempt, event, header

ONE, TWO = ItemRef(BANK, "one"), ItemRef(BANK, "two")


def test_memories_are_what_the_schedule_says_of_all_sessions(record: Record, mina: str, rng: Random) -> None:
    for day, score in enumerate((0.0, 1.0, 1.0)):
        started = header(mina, rng, NOON + day * DAY)
        record.start_with(started, [attempt(1, "one", score, started.started)])
    told = record.session_events(mina, ONE)
    assert len(told) == 3
    assert record.memory(mina, ONE) == remembered(told)
    assert record.memories(mina, [BANK]) == {ONE: remembered(told)}
    assert record.memories(mina, ["other"]) == {}
    assert record.memories(mina, []) == {}
    assert record.memory(mina, TWO) is None


def test_rating_and_override_change_the_memory_even_without_naming_the_item(
    record: Record, mina: str, rng: Random
) -> None:
    started = header(mina, rng)
    record.start_with(started, [attempt(1, "one", 0.0), attempt(2, "two", 1.0)])
    missed, known = record.memory(mina, ONE), record.memory(mina, TWO)
    record.append(started.id, [event(3, EventKind.OVERRIDE, 1)])
    record.append(started.id, [event(4, EventKind.RATE, 2, body={"rating": 4})])
    assert (missed and missed.misses) == 1
    assert record.memory(mina, ONE) == msgspec.structs.replace(record.memory(mina, ONE) or missed, misses=0)
    easy = record.memory(mina, TWO)
    assert known is not None
    assert easy is not None
    assert easy.due > known.due
    record.append(started.id, [event(5, EventKind.UNDO, 4, body={"also": [3]})])
    assert (record.memory(mina, ONE), record.memory(mina, TWO)) == (missed, known)


def test_the_standing_counts_what_is_due_seen_and_suspended(record: Record, mina: str, rng: Random) -> None:
    started = header(mina, rng)
    about = {"bank": BANK, "item": "four"}
    record.start_with(
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
    standing = record.progress_by_bank(mina, today)[BANK]
    assert (standing.seen, standing.due, standing.suspended, standing.leeches) == (3, 1, 2, 0)
    later = next_day(NOON + 100 * DAY, "Europe/Berlin")
    assert record.progress_by_bank(mina, later)[BANK].next_due is None
    record.append(started.id, [event(6, EventKind.BURY, bank=BANK, item="one")])
    standing = record.progress_by_bank(mina, today)[BANK]
    assert (standing.due, standing.next_due) == (0, today)
    assert record.progress_by_bank("nobody", today) == {}


def test_what_was_attempted_elsewhere_since(record: Record, mina: str, rng: Random) -> None:
    early, late, own = (header(mina, rng, NOON + hour * HOUR) for hour in range(3))
    record.start_with(early, [attempt(1, "one", at=NOON), attempt(2, "two", at=NOON + 5 * HOUR)])
    record.start_with(late, [attempt(1, "three", at=NOON + HOUR), attempt(2, "four", at=NOON + HOUR)])
    record.start_with(own, [attempt(1, "five", at=NOON + 2 * HOUR)])
    record.append(late.id, [event(3, EventKind.UNDO, 2)])
    since = record.attempted_since(mina, NOON + 1, own.id)
    assert since == {TWO, ItemRef(BANK, "three")}
    assert ItemRef(BANK, "five") in record.attempted_since(mina, NOON + 1)
    assert record.attempted_since("nobody", 0) == set()


def test_items_answered_for_the_first_time_are_counted(record: Record, mina: str, rng: Random) -> None:
    before, today = header(mina, rng), header(mina, rng, NOON + DAY)
    test = header(mina, rng, mode=Mode.EXAM, settings={"policy": {"feeds_schedule": False}})
    record.start_with(before, [attempt(1, "one")])
    record.start_with(test, [attempt(1, "three")])
    record.start_with(
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
    assert record.new_since(mina, NOON + DAY) == 2
    assert record.new_since(mina, NOON) == 3
    assert record.reviewed_since(mina, NOON + DAY) == 1
    assert record.reviewed_since(mina, NOON) == 0


def test_unfinished_sessions_come_newest_first(record: Record, mina: str, rng: Random) -> None:
    started = [header(mina, rng, NOON + hour * HOUR) for hour in range(4)]
    for each in started:
        record.start(each)
    record.append(started[0].id, [attempt(1, at=NOON + 9 * HOUR)])
    record.append(started[1].id, [event(1, EventKind.END)])
    record.append(started[2].id, [event(1, EventKind.VOID)])
    found = record.unfinished(mina)
    assert [(told.header, told.attempts) for told in found] == [(started[3], 0), (started[0], 1)]
    assert [told.last_at for told in found] == [started[3].started, NOON + 9 * HOUR]
    assert record.unfinished(mina, Mode.EXAM) == []
    assert record.unfinished(mina, Mode.STUDY) == found
    assert record.unfinished(mina, limit=1) == found[:1]
    assert record.unfinished("nobody") == []


def test_sessions_are_listed_by_bank_mode_and_page(record: Record, mina: str, rng: Random) -> None:
    modes = (Mode.STUDY, Mode.EXAM, Mode.EXAM)
    started = [header(mina, rng, NOON + hour * HOUR, mode=mode) for hour, mode in enumerate(modes)]
    for each in started:
        record.start(each)
    mixed = header(mina, rng, NOON + 9 * HOUR, banks=(BANK, "other"))
    record.start_with(mixed, [attempt(1), attempt(2, bank="other", score=0.5)])
    everything = [mixed, *reversed(started)]
    assert [told.id for told in record.sessions()] == [each.id for each in everything]
    assert [told.id for told in record.sessions(limit=2, before=mixed.id)] == [
        each.id for each in everything[1:3]
    ]
    assert [told.id for told in record.sessions(mode=Mode.EXAM)] == [started[2].id, started[1].id]
    (of_other,) = record.sessions(bank="other")
    assert (of_other.attempts, of_other.partial, of_other.score) == (1, 1, 0.5)
    for who in (mina, None):
        assert [told.id for told in record.sessions(who, bank=BANK)] == [mixed.id]
    assert record.sessions(mina, BANK, Mode.EXAM) == []
    assert record.sessions(mina, BANK, before=mixed.id) == []
    assert record.sessions()[0].banks == (BANK, "other")
    assert record.sessions(bank='x" OR 1') == []


def test_last_scores_are_of_finished_sessions_oldest_first(record: Record, mina: str, rng: Random) -> None:
    for day, scores in enumerate(((1.0, 0.5), (1.0, 1.0), (0.0, 0.0))):
        started = header(mina, rng, NOON + day * DAY, mode=Mode.EXAM)
        events = [attempt(n, f"i{n}", score) for n, score in enumerate(scores, 1)]
        end = [] if day == 2 else [event(3, EventKind.END)]
        record.start_with(started, [*events, *end])
    assert record.last_scores(mina, BANK) == [0.75, 1.0]
    assert record.last_scores(mina, BANK, limit=1) == [1.0]
    assert record.last_scores(mina, BANK, Mode.STUDY) == []


def test_totals_tell_days_items_and_confidence(record: Record, mina: str, rng: Random) -> None:
    night = NOON + 15 * HOUR  # three at night in Berlin: still the same study day
    started = header(mina, rng)
    record.start_with(
        started,
        [
            attempt(1, "one", 0.0, confidence=Confidence.SURE),
            attempt(2, "one", 1.0, night, duration_ms=None),
            attempt(3, "one", 0.25, NOON + DAY, fingerprint="fedcba9876543210"),
            event(4, EventKind.SKIP, bank=BANK, item="one", verdict=Verdict.SKIPPED),
        ],
    )
    first, second = record.day_totals(mina)
    assert (first.day, first.mode, first.attempts, first.correct, first.skipped) == (
        date(2025, 6, 18),
        Mode.STUDY,
        2,
        1,
        1,
    )
    assert (first.score, first.duration_ms, first.timed, first.accuracy) == (1.0, 4000, 1, 0.5)
    assert (second.day, second.partial, second.score) == (date(2025, 6, 19), 1, 0.25)
    assert record.day_totals(mina, since=date(2025, 6, 19)) == [second]
    assert record.day_totals(mina, "other") == []
    assert record.days_active(mina) == [date(2025, 6, 18), date(2025, 6, 19)]
    items = {(total.item, total.fingerprint): total.attempts for total in record.item_totals(mina, BANK)}
    assert items == {("one", "0123456789abcdef"): 2, ("one", "fedcba9876543210"): 1, ("one", ""): 0}
    (sure,) = record.confidence_totals(mina)
    assert (sure.confidence, sure.attempts, sure.correct) == ("sure", 1, 0)
    record.append(started.id, [event(5, EventKind.OVERRIDE, 1)])
    (sure,) = record.confidence_totals(mina)
    assert (sure.correct, sure.score) == (1, 1.0)
    record.append(started.id, [event(6, EventKind.UNDO, 5), event(7, EventKind.UNDO, 1)])
    assert record.confidence_totals(mina) == []
    assert [told.accuracy for told in record.sessions()] == [0.625]
