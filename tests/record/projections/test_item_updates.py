"""What is new about an item goes on from its memory on record, unless it reaches back."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.events.model import Event, EventKind, SessionHeader
from quiz.record.projections import item_updates
from quiz.record.sqlite_record import SqliteRecord
from tests.record.record_stress import BANK, DAY, HOUR, NOON, attempt, event, header
from tests.sampling import tries


@pytest.fixture
def replays(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The items whose events were read again, as they are."""
    found: list[str] = []
    real = item_updates.session_events

    def seen(db: Any, headers: Any, learner: str, ref: Any) -> Any:
        found.append(ref.item)
        return real(db, headers, learner, ref)

    monkeypatch.setattr(item_updates, "session_events", seen)
    return found


def session(record: SqliteRecord, at: int, *events: Event) -> tuple[SessionHeader, list[Event]]:
    return header(record.learner("mina").id, Random(at), at), list(events)


def answers(at: int, *items: str) -> list[Event]:
    return [attempt(n, item, 1.0, at + n) for n, item in enumerate(items, 1)]


def test_what_comes_after_all_before_is_not_read_again(record: SqliteRecord, replays: list[str]) -> None:
    for day in range(4):
        record.merge((), [session(record, NOON + day * DAY, *answers(NOON + day * DAY, "one", "two"))])
    later = session(record, NOON + 9 * DAY)
    record.start(later[0])
    record.append(later[0].id, [attempt(1, "one", 0.0, NOON + 9 * DAY)])
    record.append(later[0].id, [event(2, EventKind.OVERRIDE, 1, NOON + 9 * DAY)])
    assert replays == ["one"]  # an override reaches back
    replays.clear()
    assert record.rebuild_memory() == 0


def test_what_was_answered_and_undone_elsewhere_takes_nothing_away(
    record: SqliteRecord, replays: list[str]
) -> None:
    record.merge((), [session(record, NOON, *answers(NOON, "one"))])
    undone = [
        *answers(NOON + DAY, "one", "two"),
        *(event(n, EventKind.UNDO, n - 2, NOON + DAY) for n in (3, 4)),
    ]
    record.merge((), [session(record, NOON + DAY, *undone)])
    assert [ref.item for ref in record.memories(record.learner("mina").id)] == ["one"]
    assert replays == []
    assert record.rebuild_memory() == 0


@pytest.mark.parametrize("at", [NOON, NOON + HOUR, NOON + 2 * DAY])
def test_what_lands_before_or_beside_something_replays_its_item_alone(
    record: SqliteRecord, replays: list[str], at: int
) -> None:
    for day in (0, 2):
        told = [attempt(1, "one", 1.0, NOON + day * DAY), attempt(2, "two", 1.0, NOON + day * DAY - DAY)]
        record.merge((), [session(record, NOON + day * DAY, *told)])
    told = [attempt(1, "one", 0.0, at), attempt(2, "two", 1.0, NOON + 5 * DAY)]
    record.merge((), [session(record, NOON + 7, *told)])
    assert replays == ["one"]
    assert record.rebuild_memory() == 0


def test_a_memory_that_is_lost_or_damaged_is_worked_out_again(record: SqliteRecord) -> None:
    for day, change in enumerate(("DELETE FROM memory", "UPDATE memory SET card='{'", "SELECT 1")):
        at = NOON + day * DAY
        record.merge((), [session(record, at, *answers(at, "one"))])
        record._file.db.execute(change)
    assert record.rebuild_memory() == 0


pieces = st.lists(
    st.tuples(
        st.sampled_from(("answer", "answer", "answer", "undo", "override", "rate", "forget", "tag", "flag")),
        st.sampled_from(("one", "two")),
        st.sampled_from((0, 1, HOUR, DAY, 9 * DAY, -DAY)),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=tries(40))
@given(sessions=st.lists(pieces, min_size=1, max_size=4), seed=st.integers(0, 2**16))
def test_sessions_that_come_in_any_order_and_in_parts_leave_what_a_rebuild_leaves(
    sessions: list[Any], seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rng, now, parts = Random(seed), NOON, []
    path = tmp_path_factory.mktemp("record") / "h.db"
    with SqliteRecord.open(path, rng=rng) as record:
        mina = record.learner("mina").id
        for told in sessions:
            events = []
            for n, (what, item, passed, back) in enumerate(told, 1):
                now += passed
                events.append(_event(what, n, item, now, max(1, n - back)))
            made, cut = header(mina, rng, now), rng.randrange(len(events) + 1)
            parts += [(made, events[:cut]), (made, events[cut:])]
        rng.shuffle(parts)
        for first in range(0, len(parts), 3):
            record.merge((), parts[first : first + 3], with_gaps=True)
        assert record.rebuild_memory() == 0
        assert record.integrity() == []


def _event(what: str, n: int, item: str, at: int, back: int) -> Event:
    match what:
        case "undo" | "override" if n > 1:
            return event(n, EventKind(what), back, at)
        case "rate" if n > 1:
            return event(n, EventKind.RATE, back, at, body={"rating": 1 + at % 4})
        case "forget" | "flag":
            return event(n, EventKind(what), at=at, bank=BANK, item=item)
        case "tag":
            return event(n, EventKind.TAG, at=at, bank=BANK, item=item, body={"added": [f"t{at % 3}"]})
    return attempt(n, item, float(at % 2), at)
