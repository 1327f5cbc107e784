"""Somebody who takes tests on the screen."""

from __future__ import annotations

from typing import Any

from quiz.core.events.model import EventKind
from quiz.core.exam.settings import ExamSettings as Settings
from quiz.services.exam.live import LiveExam
from quiz.services.exam.start import start_exam
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.exam.screen import ExamScreen as Taking
from tests.fakes import FakeClock

SIZE = (80, 30)
VERDICTS = ("Correct.", "Incorrect.", "Partly right.", "your answer", "✗")


class Taker:
    """Somebody who takes an exam on the small bank, its items in their order."""

    def __init__(self, workspace: Workspace, clock: FakeClock) -> None:
        self.workspace = workspace
        self.clock = clock
        self.app = QuizApp(workspace)
        self.live: LiveExam

    def start(self, **told: Any) -> Taking:
        self.live = start_exam(self.workspace, ("small",), Settings(shuffle=False, **told), seed=1)
        return Taking(self.workspace, self.live)

    @property
    def session(self) -> Any:
        return self.live.session

    @property
    def recorded(self) -> list[EventKind]:
        return [event.kind for event in self.workspace.record.events(self.session.header.id)]

    def response(self, item: str) -> Any:
        return next((self.session.response(ref) for ref in self.session.items if ref.item == item), None)


async def begin(pilot: Any, taker: Taker, **told: Any) -> None:
    await pilot.pause()
    taker.app.push_screen(taker.start(**told))
    await pilot.pause()
