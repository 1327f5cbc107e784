"""Any steps of a study session in any order: its record rebuilds it, and undo leads back exactly."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from quiz.core.content.grading import Confidence
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.model import Event, EventKind
from quiz.core.session import InvalidTransition, Phase
from quiz.core.study.session import StudySession
from quiz.core.study.state import MOST_RETURNS, UNDOABLE
from tests.core.study.lessons import ITEMS, LOOKUP, header, respond
from tests.fakes import NOON, SECOND
from tests.sampling import tries
from tests.strategies import steady


@dataclass(frozen=True)
class Model:
    """What a session should be, worked out the plain way."""

    queue: tuple[str, ...]
    rights: dict[str, int] = field(default_factory=dict)
    flagged: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    asked: tuple[str, ...] = ()

    def attempted(self, name: str, *, is_pass: bool, criterion: int, gap: int) -> Model:
        rights = self.rights.get(name, 0) + is_pass
        asked = (*self.asked, name)
        rest = [each for each in self.queue if each != name]
        if rights < criterion and asked.count(name) <= MOST_RETURNS:
            rest.insert(gap, name)
        return replace(self, queue=tuple(rest), rights={**self.rights, name: rights}, asked=asked)

    def without(self, *names: str) -> Model:
        return replace(self, queue=tuple(each for each in self.queue if each not in names))


def told(session: StudySession) -> dict[str, Any]:
    """Return what a session is, but for the number of its last event."""
    rights = {ref.item: times for ref, times in session.rights.items() if times}
    names = ("queue", "phase", "flagged", "attempt", "log")
    return {name: getattr(session, name) for name in names} | {"rights": rights}


def gone_on(session: StudySession) -> StudySession:
    """Return a session past the review it may stand at: going on is no event."""
    return session.advance() if session.phase is Phase.REVIEWING else session


class StudyMachine(RuleBasedStateMachine):
    """Studies a few items, and keeps the record and a plain model beside it."""

    @initialize(
        names=st.lists(st.sampled_from([*ITEMS]), min_size=1, max_size=6, unique=True),
        criterion=st.integers(1, 3),
        gap=st.integers(0, 5),
        seed=st.integers(0, 9),
        has_gone=st.booleans(),
    )
    def begin(self, names: list[str], criterion: int, gap: int, seed: int, *, has_gone: bool) -> None:
        listed = [*names[:1], "gone", *names[1:]] if has_gone else names
        self.header = header(*listed, seed=seed, criterion=criterion, gap=gap)
        self.session = StudySession.begin(self.header, LOOKUP)
        self.model = Model(tuple(names))
        self.record: list[Event] = []
        self.before: dict[int, tuple[StudySession, Model]] = {}
        self.was_interrupted = False

    # ----------------------------------------------------------------------- steps

    def take(self, event: Event, model: Model) -> None:
        """Take a step: put its event on record, and stand where it leads."""
        assert event.n == len(self.record) + 1
        self.before[event.n] = (self.session, self.model)
        self.record.append(event)
        self.session, self.model = self.session.apply(event), model

    @property
    def name(self) -> str:
        return self.session.current.item.id

    @property
    def now(self) -> int:
        return NOON + len(self.record) * SECOND

    def phase_is(*phases: Phase) -> Any:
        return precondition(lambda self: self.session.phase in phases)

    @phase_is(Phase.ANSWERING)
    @rule(right=st.booleans(), confidence=st.none() | st.sampled_from(Confidence))
    def submit(self, confidence: Confidence | None, *, right: bool) -> None:
        name, told_settings = self.name, self.session.settings
        event = respond(self.session, right=right, at=self.now, confidence=confidence)
        assert (event.item, event.fingerprint) == (name, ITEMS[name][0].fingerprint)
        assert (event.score == 1) is right
        model = self.model.attempted(
            name, is_pass=right, criterion=told_settings.criterion, gap=told_settings.gap
        )
        self.take(event, model)
        with pytest.raises(InvalidTransition):
            respond(self.session, right=right)
        assert self.session.phase is Phase.REVIEWING

    @phase_is(Phase.REVIEWING)
    @rule()
    def advance(self) -> None:
        self.session = self.session.advance()

    @phase_is(Phase.ANSWERING)
    @rule()
    def skip(self) -> None:
        name, model = self.name, self.model.without(self.name)
        if model.queue and name not in self.model.skipped:
            model = replace(model, queue=(*model.queue, name))
        self.take(self.session.skip(self.now), replace(model, skipped=model.skipped | {name}))

    @phase_is(Phase.ANSWERING, Phase.REVIEWING)
    @rule(step=st.sampled_from(["suspend", "bury"]))
    def put_away(self, step: str) -> None:
        self.take(getattr(self.session, step)(self.now), self.model.without(self.name))

    @phase_is(Phase.ANSWERING, Phase.REVIEWING)
    @rule()
    def flag(self) -> None:
        self.take(self.session.flag(self.now), replace(self.model, flagged=self.model.flagged ^ {self.name}))

    def judged_anew(self, *, is_pass: bool) -> Model:
        """Return the model as though the attempt being reviewed had passed or failed."""
        assert self.session.attempt is not None
        _, earlier = self.before[self.session.attempt.n]
        told_settings = self.session.settings
        anew = earlier.attempted(
            self.name, is_pass=is_pass, criterion=told_settings.criterion, gap=told_settings.gap
        )
        return replace(anew, flagged=self.model.flagged)

    @phase_is(Phase.REVIEWING)
    @rule(rating=st.integers(1, 4))
    def rate(self, rating: int) -> None:
        self.take(self.session.rate(rating, self.now), self.judged_anew(is_pass=rating > 1))
        assert self.session.rating == rating

    @precondition(lambda self: self.session.can_override)
    @rule()
    def override(self) -> None:
        self.take(self.session.override(self.now), self.judged_anew(is_pass=True))
        assert self.session.grade.score == 1
        with pytest.raises(InvalidTransition):
            self.session.override(self.now)

    @phase_is(Phase.ANSWERING)
    @rule(places=st.sets(st.integers(0, 5), max_size=3))
    def settle(self, places: set[int]) -> None:
        refs = [ref for place, ref in enumerate(self.session.queue) if place in places]
        if refs and self.session.attempts:
            self.take(self.session.settle(refs, self.now), self.model.without(*(ref.item for ref in refs)))

    @precondition(lambda self: self.session.phase is Phase.FINISHED and not self.has_ended)
    @rule()
    def end(self) -> None:
        self.take(self.session.end(self.now), self.model)

    @property
    def has_ended(self) -> bool:
        return bool(self.session.log) and self.session.log[-1].kind is EventKind.END

    @precondition(lambda self: self.session.can_undo)
    @rule()
    def undo(self) -> None:
        event = self.session.undo(self.now)
        target = next(each for each in reversed(self.session.log) if each.kind in UNDOABLE)
        assert event.target == target.n
        session, model = self.before[target.n]
        self.take(event, model)
        if self.was_interrupted:
            assert told(gone_on(self.session)) == told(gone_on(session))
        else:
            assert told(self.session) == told(session)
        if target.kind in {EventKind.ATTEMPT, EventKind.SKIP}:
            assert self.session.phase is Phase.ANSWERING
            assert self.name == target.item
            assert self.session.interaction == session.interaction

    @rule()
    def be_interrupted(self) -> None:
        """Go on from the record alone, as after a crash."""
        self.session = gone_on(StudySession.begin(self.header, LOOKUP, self.record))
        self.was_interrupted = True

    # ----------------------------------------------------------------------- what always holds

    @invariant()
    def it_is_what_the_model_says(self) -> None:
        session = self.session
        assert session.queue == tuple(ItemRef("b", name) for name in self.model.queue)
        assert {ref.item for ref in session.flagged} == self.model.flagged
        assert {ref.item: n for ref, n in session.rights.items() if n} == {
            name: n for name, n in self.model.rights.items() if n
        }

    @invariant()
    def its_record_rebuilds_it(self) -> None:
        read = msgspec.json.decode(msgspec.json.encode(self.record), type=list[Event])
        rebuilt = StudySession.begin(self.header, LOOKUP, read)
        assert rebuilt.n == self.session.n == len(self.record)
        assert told(gone_on(rebuilt)) == told(gone_on(self.session))
        if self.session.phase is Phase.REVIEWING:
            assert told(rebuilt) == told(self.session)
            assert rebuilt.grade == self.session.grade
        if self.session.phase is not Phase.FINISHED and rebuilt.phase is self.session.phase:
            assert rebuilt.interaction == self.session.interaction

    @invariant()
    def its_log_is_the_record_without_what_was_undone(self) -> None:
        undos = [event for event in self.record if event.kind is EventKind.UNDO]
        gone = {event.target for event in undos} | {n for event in undos for n in event.body["also"]}
        left = tuple(each for each in self.record if each.n not in gone and each.kind is not EventKind.UNDO)
        assert self.session.log == left
        assert self.session.can_undo == any(event.kind in UNDOABLE for event in left)

    @invariant()
    def it_is_finished_when_nothing_is_left(self) -> None:
        session = self.session
        if session.phase is Phase.ANSWERING:
            assert session.queue
            assert session.current.ref == session.queue[0]
            assert session.attempt is None
        elif session.phase is Phase.FINISHED:
            assert not session.queue
        else:
            assert session.attempt == next(
                each for each in reversed(session.log) if each.kind is EventKind.ATTEMPT
            )
            assert (gone_on(session).phase is Phase.FINISHED) == (not session.queue)


StudyMachine.TestCase.settings = settings(steady, max_examples=tries(150), stateful_step_count=30)
TestStudy = StudyMachine.TestCase
