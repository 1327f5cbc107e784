"""A record, a clock, and tests taken with them."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import msgspec

from quiz.core.content.grading import Verdict
from quiz.core.content.item import ItemRef
from quiz.core.events.ids import new_session_id
from quiz.core.events.model import Opening
from quiz.core.exam.session import TestSession as Session
from quiz.core.session import Shelf
from quiz.record.record import History
from quiz.services.exam.live import LiveTest
from tests.core.exam import exams
from tests.core.exam.exams import EXAM
from tests.fakes import FakeClock


class Desk:
    """A record and a clock, and tests taken with them."""

    def __init__(self, path: Path, clock: FakeClock) -> None:
        self.path = path
        self.clock = clock
        self.history = History.open(path, rng=Random(1))
        self.learner = self.history.learner("mina").id
        self.rng = Random(1)

    def opening(self, *items: ItemRef, **told: Any) -> Opening:
        now = self.clock.now()
        made = exams.opening(*items, started=now, **told)
        return msgspec.structs.replace(made, id=new_session_id(now, self.rng), learner=self.learner)

    def start(self, *items: ItemRef, **told: Any) -> LiveTest:
        return LiveTest.start(self.history, self.clock, self.opening(*items, **told), Shelf.of(EXAM))

    def resume(self, live: LiveTest) -> LiveTest:
        """Take the test up as another start of the program does: nothing but the record is left."""
        opening = self.history.opening(live.session.opening.id)
        return LiveTest.resume(self.history, self.clock, opening, Shelf.of(EXAM))

    def kinds(self, live: LiveTest) -> list[str]:
        return [event.kind.value for event in self.history.events(live.session.opening.id)]

    def rebuilt(self, live: LiveTest) -> Session:
        opening = live.session.opening
        return Session.begin(opening, Shelf.of(EXAM), self.history.events(opening.id))

    def go_on(self, milliseconds: int) -> None:
        self.clock.go_on(milliseconds)

    def set_by(self, milliseconds: int) -> None:
        """Set the wall clock; the other one goes on undisturbed."""
        self.clock.time += milliseconds

    def boot(self) -> None:
        """Start the computer anew: the clock that is never set begins again."""
        self.clock.monotonic = 0


def verdicts(live: LiveTest) -> dict[ItemRef, Verdict | None]:
    return {ref: event.verdict for ref, event in live.session.attempts.items()}
