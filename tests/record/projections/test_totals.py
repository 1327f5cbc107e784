"""The tables of totals."""

from __future__ import annotations

from datetime import date
from random import Random

from quiz.core.content.grading import Confidence, Verdict
from quiz.core.events.model import EventKind, Mode
from quiz.record.interface import Record
from tests.record.record_stress import BANK, DAY, HOUR, NOON, attempt, event, header
from tests.record.totals import confidence_totals, day_totals, item_totals


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
    first, second = day_totals(record, mina)
    assert (first.day, first.mode, first.attempts, first.correct, first.skipped) == (
        date(2025, 6, 18),
        Mode.STUDY,
        2,
        1,
        1,
    )
    assert (first.score, first.duration_ms, first.timed, first.accuracy) == (1.0, 4000, 1, 0.5)
    assert (second.day, second.partial, second.score) == (date(2025, 6, 19), 1, 0.25)
    assert record.days_active(mina) == [date(2025, 6, 18), date(2025, 6, 19)]
    items = {(total.item, total.fingerprint): total.attempts for total in item_totals(record, mina)}
    assert items == {("one", "0123456789abcdef"): 2, ("one", "fedcba9876543210"): 1, ("one", ""): 0}
    (sure,) = confidence_totals(record, mina)
    assert (sure.confidence, sure.attempts, sure.correct) == ("sure", 1, 0)
    record.append(started.id, [event(5, EventKind.OVERRIDE, 1)])
    (sure,) = confidence_totals(record, mina)
    assert (sure.correct, sure.score) == (1, 1.0)
    record.append(started.id, [event(6, EventKind.UNDO, 5), event(7, EventKind.UNDO, 1)])
    assert confidence_totals(record, mina) == []
    assert [told.accuracy for told in record.sessions()] == [0.625]
