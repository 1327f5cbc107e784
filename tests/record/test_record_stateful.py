"""Whatever happens in whatever order, the record says what a plain fold over all events says."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from quiz.core.content.grading import Confidence, Recalled, Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.scheduling.fsrs_schedule import Memory, SessionEvent, remembered
from quiz.core.scheduling.study_day import day_of
from quiz.errors import RecordConflict
from quiz.record.held_items import HeldBanks
from quiz.record.sqlite_record import SqliteRecord
from tests.core.scheduling.sequences import random_parameters
from tests.record.record_stress import BANK, DAY, HOUR, NOON, attempt, event, header
from tests.record.totals import confidence_totals, day_totals, item_totals
from tests.sampling import tries

ITEMS = ("one", "two", "three")
ABOUT_ANOTHER = {EventKind.OVERRIDE, EventKind.RATE}
OF_ITEMS = {EventKind.ATTEMPT, EventKind.SUSPEND, EventKind.RESUME, EventKind.BURY, EventKind.FLAG}


class RecordMachine(RuleBasedStateMachine):
    """A record beside a plain list of everything that was put on it."""

    started = Bundle("started")

    @initialize(seed=st.integers(0, 2**16))
    def begin(self, seed: int) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="quiz-record-"))
        self.rng = Random(seed)
        self.now = NOON
        self.path = self.folder / "history.db"
        self.open()
        self.mina, self.otto = (self.record.learner(name).id for name in ("mina", "otto"))
        self.told: dict[str, tuple[SessionHeader, list[Event]]] = {}

    def open(self) -> None:
        self.record = SqliteRecord.open(self.path, rng=self.rng)

    def teardown(self) -> None:
        if hasattr(self, "record"):
            assert self.record.rebuild_memory() == 0
            assert self.record.integrity() == []
            self.record.close()
            shutil.rmtree(self.folder)

    # What the record is told

    def tell(self, session: str, *events: Event) -> None:
        self.record.append(session, events)
        self.told[session][1].extend(events)

    def n(self, session: str) -> int:
        return len(self.told[session][1]) + 1

    @rule(target=started, mode=st.sampled_from(list(Mode)), feeds=st.booleans(), hour=st.sampled_from((0, 4)))
    def start(self, mode: Mode, feeds: bool, hour: int) -> str:
        policy: dict[str, Any] = {"feeds_schedule": feeds, "day_starts_at": hour}
        if self.rng.random() < 0.4:
            policy["parameters"] = list(random_parameters(self.rng))
            policy["days_off"] = {"weekdays": [1, 1, 1, 1, 1, 0.5, 0], "holidays": ["2025-07-01"]}
        zone = self.rng.choice(("Europe/Berlin", "+14:00", "America/New_York"))
        made = header(self.mina, self.rng, self.now, mode=mode, settings={"policy": policy}, zone=zone)
        self.record.start(made)
        self.told[made.id] = made, []
        return made.id

    @rule(
        session=started,
        item=st.sampled_from(ITEMS),
        score=st.sampled_from((0.0, 0.0, 1 / 3, 0.5, 1.0, 1.0, None)),
        confidence=st.sampled_from((None, *Confidence)),
        by_otto=st.booleans(),
        timed=st.booleans(),
        rating=st.integers(0, 4),
    )
    def answer(
        self,
        session: str,
        item: str,
        score: float | None,
        confidence: Confidence | None,
        by_otto: bool,
        timed: bool,
        rating: int,
    ) -> None:
        more: dict[str, Any] = {"response": Recalled(rating)} if rating else {}
        if score is None:
            more = {"verdict": Verdict.SKIPPED}
        if self.rng.random() < 0.5:
            more["body"] = {"intervals": [self.rng.randrange(40) for _ in range(4)]}
        made = attempt(
            self.n(session),
            item,
            score or 0.0,
            self.now,
            confidence=confidence,
            learner=self.otto if by_otto else "",
            duration_ms=self.rng.randrange(10_000) if timed else None,
            fingerprint=self.rng.choice(("old", "new")),
            **more,
        )
        self.tell(session, made)

    @rule(session=started, item=st.sampled_from(ITEMS), count=st.integers(2, 4))
    def answer_several_at_once(self, session: str, item: str, count: int) -> None:
        first = self.n(session)
        self.tell(
            session,
            *(attempt(first + i, item, float(i % 2), self.now + i) for i in range(count)),
            event(first + count, EventKind.UNDO, first, self.now),
        )

    @rule(
        session=started,
        kind=st.sampled_from(
            (EventKind.SKIP, EventKind.FLAG, EventKind.SUSPEND, EventKind.RESUME, EventKind.BURY)
        ),
        item=st.sampled_from(ITEMS),
    )
    def set_apart(self, session: str, kind: EventKind, item: str) -> None:
        self.tell(session, event(self.n(session), kind, at=self.now, bank=BANK, item=item))

    @rule(session=started, back=st.integers(1, 6), also=st.lists(st.integers(1, 12), max_size=3))
    def undo(self, session: str, back: int, also: list[int]) -> None:
        n = self.n(session)
        target = n - back if n > back else None
        self.tell(session, event(n, EventKind.UNDO, target, self.now, body={"also": also} if also else {}))

    @rule(session=started, back=st.integers(1, 6), rating=st.integers(0, 4))
    def override_or_rate(self, session: str, back: int, rating: int) -> None:
        n = self.n(session)
        if n <= back:
            return
        made = event(n, EventKind.OVERRIDE, n - back, self.now)
        if rating:
            made = event(n, EventKind.RATE, n - back, self.now, body={"rating": rating})
        self.tell(session, made)

    @rule(session=started)
    def end(self, session: str) -> None:
        self.tell(session, event(self.n(session), EventKind.END, at=self.now))

    @rule(session=consumes(started), keep=st.booleans())
    def void(self, session: str, keep: bool) -> None:
        self.tell(session, event(self.n(session), EventKind.VOID, at=self.now))
        if keep:
            self.tell(session, attempt(self.n(session), at=self.now))

    # What else may happen

    @rule(
        step=st.sampled_from((1000, 60_000, HOUR, 7 * HOUR, DAY, 9 * DAY, 400 * DAY, -HOUR, -3 * DAY)),
    )
    def let_time_pass(self, step: int) -> None:
        self.now = max(NOON - 1000 * DAY, self.now + step)

    @rule()
    def open_again(self) -> None:
        self.record.close()
        self.open()

    @rule(session=started)
    def be_late(self, session: str) -> None:
        if not self.told[session][1]:
            return
        late = event(self.n(session) - 1, EventKind.NOTE, at=1, body={"from": "another window"})
        with pytest.raises(RecordConflict):
            self.record.append(session, [late])
        self.record.append(session, self.told[session][1][-2:])

    @rule(session=started)
    def have_another_window_go_on(self, session: str) -> None:
        with SqliteRecord.open(self.path) as other:
            made = attempt(self.n(session), "two", 0.0, self.now)
            other.append(session, [made])
            self.told[session][1].append(made)

    @precondition(lambda self: len(self.told) < 6)
    @rule(seed=st.integers(0, 99))
    def merge_into_an_empty_record(self, seed: int) -> None:
        sessions = list(self.record.everything())
        Random(seed).shuffle(sessions)
        halves = [(made, events[: len(events) // 2]) for made, events in sessions]
        with SqliteRecord.open(self.folder / f"other-{self.rng.random()}.db") as other:
            for part in (halves, sessions, sessions) if seed % 2 else (sessions, halves):
                assert other.merge(self.record.learners(), part).conflicts == ()
            assert list(other.everything()) == list(self.record.everything())
            for ask in (
                SqliteRecord.memories,
                day_totals,
                item_totals,
                confidence_totals,
            ):
                assert ask(other, self.mina) == ask(self.record, self.mina)
            assert other.sessions() == self.record.sessions()
            assert other.unfinished(self.mina) == self.record.unfinished(self.mina)
            assert other.rebuild_memory() == 0

    # What the record must say

    @invariant()
    def says_what_a_plain_fold_says(self) -> None:
        if not hasattr(self, "record"):
            return
        counting = [(made, told) for made, events in self.told.values() for told in _counting(events)]
        for learner in (self.mina, self.otto):
            mine = [(made, told) for made, told in counting if (told.learner or made.learner) == learner]
            assert self.record.memories(learner) == _memories(mine, counting)
            with self.record._file.reading() as db:
                read_anew = HeldBanks().read(db, learner, None, self.record._file.state)
            assert self.record.held_items(learner) == read_anew
            assert self.record.held_items(learner, BANK) == read_anew
            assert _days_of(self.record, learner) == _days(mine, counting)
            assert set(self.record.days_active(learner)) == {
                day for (day, _), (attempts, _, _) in _days(mine, counting).items() if attempts
            }
        voided = {made.id for made, events in self.told.values() if _is_void(events)}
        ended = {made.id for made, told in counting if told.kind is EventKind.END}
        assert {told.header.id for told in self.record.unfinished(self.mina)} == set(
            self.told
        ) - voided - ended
        asked = {made.id for made, told in counting if told.kind in {EventKind.ATTEMPT, EventKind.SKIP}}
        study = {made.id for made, _ in self.told.values() if made.mode is Mode.STUDY}
        assert {told.id for told in self.record.sessions()} == set(self.told) - voided - (
            ended & study - asked
        )

    @invariant()
    def gives_events_back(self) -> None:
        for made, events in getattr(self, "told", {}).values():
            assert self.record.header(made.id) == made
            assert self.record.events(made.id) == tuple(events)
            assert self.record.effective_events(made.id) == tuple(_counting(events))


def _is_void(events: list[Event]) -> bool:
    return EventKind.VOID in [told.kind for told in events]


def _counting(events: list[Event]) -> list[Event]:
    gone: set[int] = set()
    for told in events:
        if told.kind is EventKind.UNDO:
            gone |= {n for n in (told.target, *told.body.get("also", ())) if n is not None and n < told.n}
    kept = [told for told in events if told.n not in gone and told.kind is not EventKind.UNDO]
    return [] if _is_void(events) else kept


def _memories(
    mine: list[tuple[SessionHeader, Event]], counting: list[tuple[SessionHeader, Event]]
) -> dict[ItemRef, Memory]:
    found: dict[ItemRef, Memory] = {}
    for item in ITEMS:
        own = [SessionEvent(*pair) for pair in mine if pair[1].item == item and pair[1].kind in OF_ITEMS]
        about = [
            SessionEvent(*pair) for pair in counting if pair[1].kind in {EventKind.OVERRIDE, EventKind.RATE}
        ]
        memory = remembered([*own, *about]) if own else None
        if memory is not None:
            found[ItemRef(BANK, item)] = memory
    return found


def _days(
    mine: list[tuple[SessionHeader, Event]], counting: list[tuple[SessionHeader, Event]]
) -> dict[tuple[Any, Mode], tuple[int, int, int]]:
    """Count attempts, right ones and skips per study day and mode, the slow way."""
    right = {(made.id, told.target) for made, told in counting if told.kind is EventKind.OVERRIDE}
    attempts: Counter[tuple[Any, Mode]] = Counter()
    correct: Counter[tuple[Any, Mode]] = Counter()
    skipped: Counter[tuple[Any, Mode]] = Counter()
    for made, told in mine:
        if told.kind is EventKind.SKIP and made.mode is Mode.EXAM:
            continue  # its attempt at the end says what became of the item
        key = day_of(told.at, made.zone, made.settings["policy"]["day_starts_at"]), made.mode
        is_right = (made.id, told.n) in right
        if told.kind is EventKind.SKIP or (
            told.kind is EventKind.ATTEMPT and told.verdict is Verdict.SKIPPED
        ):
            (attempts if is_right else skipped)[key] += 1
            correct[key] += is_right
        elif told.kind is EventKind.ATTEMPT:
            attempts[key] += 1
            correct[key] += is_right or told.score == 1
    return {key: (attempts[key], correct[key], skipped[key]) for key in attempts | skipped}


def _days_of(record: SqliteRecord, learner: str) -> dict[tuple[Any, Mode], tuple[int, int, int]]:
    return {
        (total.day, total.mode): (total.attempts, total.correct, total.skipped)
        for total in day_totals(record, learner)
    }


def _run(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        RecordMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_record_says_what_a_plain_fold_says() -> None:
    _run(tries(30), 30)


@pytest.mark.long
def test_the_record_says_what_a_plain_fold_says_in_a_thousand_histories() -> None:
    _run(1000, 50)
