"""The app: it wires screens, themes and keys to a workspace. Screens do."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import work
from textual.screen import Screen

from quiz.core.content.item import Image
from quiz.core.events.model import Mode
from quiz.errors import QuizError, RecordDamaged
from quiz.services.pictures import picture_file
from quiz.tui.base_app import FramedApp

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.dom import DOMNode

    from quiz.core.events.model import SessionHeader
    from quiz.services.study.live import LiveStudy
    from quiz.services.workspace import StudyFilter, Workspace


REST_AFTER = 0.1
"""Seconds after which what was shown has surely been drawn."""
DUE, SELDOM = 10, 100
"""After how many lesser looks for garbage a whole one is due, and after how many it no longer waits."""


class QuizApp(FramedApp):
    """A study tool for the terminal."""

    CSS_PATH = ["app.tcss", "home/screen.tcss"]  # noqa: RUF012 - the first screen's sheet is the app's to read

    def __init__(
        self, workspace: Workspace, first: StudyFilter | Callable[[QuizApp], None] | None = None
    ) -> None:
        super().__init__(workspace.config)
        self.workspace = workspace
        self._first = first

    def picture_file(self, bank: str, image: Image) -> Path | None:
        """Return the file of a bank's picture, None where it cannot be shown."""
        try:
            return picture_file(Path(self.workspace.library.card(bank).path), image)
        except QuizError:
            return None

    def get_default_screen(self) -> Screen[Any]:
        """Return the home screen, which lies beneath all others."""
        from quiz.tui.home.screen import HomeScreen

        return HomeScreen(self.workspace).add_class(*self.size_classes(), update=False)

    def on_mount(self) -> None:
        """Begin a session at once where one was asked for."""
        if callable(self._first):
            self._first(self)
        elif self._first is not None:
            self.study(self._first)
        self._mind_size(self.size.width, self.size.height)
        self.watch_the_world()
        self.call_after_refresh(self._settle)
        self.theme_changed_signal.subscribe(self, lambda theme: self._keep_theme(theme.name))

    def _keep_theme(self, name: str) -> None:
        try:
            self.workspace.set("theme", name)
        except QuizError as error:
            self.complain(error)

    def _settle(self) -> None:
        """Do what could wait until there was something to see."""
        for remark in self.workspace.remarks:
            self.notify(remark, title="Settings", severity="warning", timeout=20, markup=False)
        if not gc.isenabled():
            gc.freeze()  # what the start made stays: it need never be looked through again
            gc.enable()
            young, middle, _ = gc.get_threshold()
            gc.set_threshold(young, middle, SELDOM)
        self.back_up()

    def collect_garbage_when_idle(self) -> None:
        """Look for garbage once all is drawn, while the learner reads, rather than while they wait."""
        self.set_timer(REST_AFTER, self._rest)

    def _rest(self) -> None:
        if gc.isenabled() and gc.get_count()[2] >= DUE:
            self.forget_the_gone()
            gc.collect()

    @work(thread=True, exit_on_error=False)
    def back_up(self) -> None:
        """Make today's backup behind the learner's back; a damaged record is said, the rest can wait."""
        try:
            self.workspace.back_up()
        except RecordDamaged as error:
            self.call_from_thread(self.notify, str(error), severity="error", timeout=60, markup=False)
        except QuizError:
            return

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key or a button stands for; where the record or a bank refuses, say so and go on."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except QuizError as error:
            self.complain(error)
            return True

    def complain(self, error: QuizError) -> None:
        """Say what could not be done, and what to do about it."""
        self.notify(str(error), severity="error", timeout=15, markup=False)

    def study(self, study_filter: StudyFilter, items: Iterable[Any] | None = None) -> None:
        """Begin a study session, or say that nothing is to be studied, or why that cannot be."""
        try:
            live = self.workspace.start_study(study_filter, None if items is None else list(items))
        except QuizError as error:
            self.complain(error)
            return
        if live is None:
            self.notify("Nothing is due and no new item is left for today.", title="All done", markup=False)
            return
        self.show_study(live)

    def resume(self, header: SessionHeader) -> None:
        """Go on with a session that was left, or say why that cannot be."""
        try:
            self._resume(header)
        except QuizError as error:
            self.complain(error)

    def _resume(self, header: SessionHeader) -> None:
        match header.mode:
            case Mode.STUDY:
                self.show_study(self.workspace.resume_study(header))
            case Mode.EXAM:
                from quiz.services.exam.start import resume_exam
                from quiz.tui.exam.screen import ExamScreen

                self.push_screen(ExamScreen(self.workspace, resume_exam(self.workspace, header)))
            case Mode.DRILL:
                from quiz.services.drill.start import resume_drill
                from quiz.tui.drill.screen import drill_screen

                self.push_screen(drill_screen(self.workspace, resume_drill(self.workspace, header)))

    def show_study(self, live: LiveStudy) -> None:
        """Show a study session, or its results where it is over."""
        from quiz.tui.study.screen import StudyScreen

        self.push_screen(StudyScreen(self.workspace, live))


def run_app(workspace: Workspace, first: StudyFilter | Callable[[QuizApp], None] | None = None) -> int:
    """Run the app until the learner leaves it, and return its exit code.

    `first` is what to begin with: a study session, or whatever is to be done with the app once it is there.

    Raises:
        Exception: whatever the app could not handle, once the terminal is restored.
    """
    app = QuizApp(workspace, first)
    app.on_vanish = workspace.record.close
    app.run(mouse=workspace.config.mouse)
    if app.failure is not None:
        raise app.failure
    return app.return_value or app.return_code or 0
