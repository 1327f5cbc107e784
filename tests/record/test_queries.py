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
from quiz.record.record import History
from tests.record.record_stress import BANK, DAY, HOUR, NOON, attempt, event, opening

ONE, TWO = ItemRef(BANK, "one"), ItemRef(BANK, "two")


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
