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

from quiz.core.content.item import ItemRef
from quiz.core.events.model import Event, EventKind, Mode
from quiz.core.scheduling.fsrs_schedule import replayed
from quiz.core.statistics.calibration import Bin, Reviews, added, binned, predictions
from quiz.record.projections.predictions import predicted_reviews
from quiz.record.record import History
from quiz.record.sqlite.connection import connect
from quiz.record.sqlite.migrations import LATEST, MIGRATIONS, bring_up_to_date
from tests.record.record_stress import BANK, DAY, HOUR, NOON, attempt, event, filled, opening

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


def in_full(history: History, learner: str) -> dict[Bin, Reviews]:
    """Work the sums out from all that counts of what happened, the slow way."""
    sums: dict[Bin, Reviews] = {}
    for item in ITEMS:
        told = predictions(replayed(history.happenings(learner, ItemRef(BANK, item))))
        for place, reviews in binned(told).items():
            sums[place] = added(sums[place], reviews) if place in sums else reviews
    return sums


def kept(history: History, learner: str, bank: str | None = BANK) -> dict[Bin, Reviews]:
    with history.reading() as db:
        return predicted_reviews(db, learner, bank)


def same(one: dict[Bin, Reviews], other: dict[Bin, Reviews]) -> bool:
    """Say whether two sums are the same but for the rounding to millionths of each item's."""
    return one.keys() == other.keys() and all(
        one[place][:2] == other[place][:2] and one[place] == pytest.approx(other[place], abs=1e-3)
        for place in one
    )


@settings(max_examples=60, deadline=None)
@given(steps, st.integers(0, 2**16))
def test_sums_are_those_of_a_full_replay(told: list[Any], seed: int) -> None:
    rng = Random(seed)
    now = NOON
    with tempfile.TemporaryDirectory() as folder, History.open(Path(folder) / "h.db", rng=rng) as history:
        mina = history.learner("mina").id
        sessions: list[tuple[str, int]] = []
        for what, which, item, is_right, passed in told:
            now = max(NOON - 100 * DAY, now + passed)
            if what == "start" or not sessions:
                policy = {"policy": {"day_starts_at": rng.choice((0, 4)), "fuzz": False}}
                made = opening(mina, rng, now, mode=rng.choice(list(Mode)), settings=policy)
                history.start(made)
                sessions.append((made.id, 0))
            place = which % len(sessions)
            session, n = sessions[place]
            history.record(session, [_event(what, n, item, now, is_right=is_right, which=which)])
            sessions[place] = session, n + 1
        assert same(kept(history, mina), in_full(history, mina))
        assert same(kept(history, mina, None), kept(history, mina))
        assert history.rebuild_memory() == 0


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
    with History.open(path) as history:
        mina = history.learner("mina").id
        before = kept(history, mina, "courtship")
    database = sqlite3.connect(path)
    database.execute("UPDATE prediction_total SET recalled=recalled+1")
    database.execute("UPDATE prediction SET told='not json' WHERE item=(SELECT min(item) FROM prediction)")
    database.execute("INSERT INTO prediction VALUES('nobody', 'nothing', 'x', '[[1,5,1]]')")
    database.commit()
    database.close()
    with History.open(path) as history:
        assert kept(history, mina, "courtship") != before
        assert history.rebuild_memory() > 0
        assert kept(history, mina, "courtship") == before
        assert kept(history, "nobody", None) == {}
        assert history.rebuild_memory() == 0


def test_a_damaged_row_does_not_stop_anybody_from_answering(tmp_path: Path) -> None:
    rng = Random(3)
    path = tmp_path / "history.db"
    with History.open(path, rng=rng) as history:
        mina = history.learner("mina").id
        for day in range(3):
            made = opening(mina, rng, NOON + day * DAY)
            history.start_with(made, [attempt(1, at=made.started)])
        with sqlite3.connect(path) as database:
            database.execute("UPDATE prediction SET told='[[1,2]]'")
        database.close()
        made = opening(mina, rng, NOON + 9 * DAY)
        history.start_with(made, [attempt(1, at=made.started)])
        history.rebuild_memory()
        assert same(kept(history, mina), in_full(history, mina))


def test_a_record_from_before_learns_what_was_predicted(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    filled(path, sessions=4)
    with History.open(path) as history:
        mina = history.learner("mina").id
        before = kept(history, mina)
    file = connect(path)
    with file.writing() as db:
        db.execute("DELETE FROM prediction")
        db.execute("DELETE FROM prediction_total")
        db.execute(f"PRAGMA user_version={LATEST - 1}")
    bring_up_to_date(file, lambda _file, _version: None, (*MIGRATIONS[:-1], ()))
    file.close()
    with History.open(path) as history:
        assert kept(history, mina) == before
        assert before
