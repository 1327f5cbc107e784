"""A record, a clock, and tests taken with them."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import msgspec

from quiz.core.content.grading import Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.ids import new_session_id
from quiz.core.events.model import SessionHeader
from quiz.core.exam.session import ExamSession as Session
from quiz.core.session import ItemLookup
from quiz.record.sqlite_record import SqliteRecord
from quiz.services.exam.live import LiveExam
from tests.core.exam import exams
from tests.core.exam.exams import EXAM
from tests.fakes import FakeClock


class Desk:
    """A record and a clock, and tests taken with them."""

    def __init__(self, path: Path, clock: FakeClock) -> None:
        self.path = path
        self.clock = clock
        self.record = SqliteRecord.open(path, rng=Random(1))
        self.learner = self.record.learner("mina").id
        self.rng = Random(1)

    def header(self, *items: ItemRef, **told: Any) -> SessionHeader:
        now = self.clock.now()
        made = exams.header(*items, started=now, **told)
        return msgspec.structs.replace(made, id=new_session_id(now, self.rng), learner=self.learner)

    def start(self, *items: ItemRef, **told: Any) -> LiveExam:
        return LiveExam.start(self.record, self.clock, self.header(*items, **told), ItemLookup.of(EXAM))

    def resume(self, live: LiveExam) -> LiveExam:
        """Take the exam up as another start of the program does: nothing but the record is left."""
        header = self.record.header(live.session.header.id)
        return LiveExam.resume(self.record, self.clock, header, ItemLookup.of(EXAM))

    def kinds(self, live: LiveExam) -> list[str]:
        return [event.kind.value for event in self.record.events(live.session.header.id)]

    def rebuilt(self, live: LiveExam) -> Session:
        header = live.session.header
        return Session.begin(header, ItemLookup.of(EXAM), self.record.events(header.id))

    def go_on(self, milliseconds: int) -> None:
        self.clock.go_on(milliseconds)

    def set_by(self, milliseconds: int) -> None:
        """Set the wall clock; the other one goes on undisturbed."""
        self.clock.time += milliseconds

    def boot(self) -> None:
        """Start the computer anew: the clock that is never set begins again."""
        self.clock.monotonic, self.clock.boot_id = 0, self.clock.boot_id + "+"


def verdicts(live: LiveExam) -> dict[ItemRef, Verdict | None]:
    return {ref: event.verdict for ref, event in live.session.attempts.items()}
