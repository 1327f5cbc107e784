"""What the keys do while one studies: each is one step of the session, put on record at once."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Static

from quiz.core.content.grading import Confidence
from quiz.core.session import InvalidTransition, Phase
from quiz.errors import QuizError, RecordConflict, UsageError
from quiz.services.editor import editor_command
from quiz.tui.responses.base import ResponseWidget
from quiz.tui.text import join, show_marked
from quiz.tui.widgets.feedback import Feedback
from quiz.tui.widgets.item_heading import NewTopic

if TYPE_CHECKING:
    from quiz.services.study.live import LiveStudy
    from quiz.services.workspace import Workspace

READ_FIRST_MS = 350
"""How long a verdict stays at least, so that a key held down does not carry past it unread."""
REPEAT_MS = 150
"""Presses of enter that follow each other faster than this are one key held down."""


class StudyKeys(Screen[None]):
    """The steps of a study session; a subclass shows where they lead."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,space", "next", "Next", key_display="⏎", id="study.next", tooltip="Go on to the next item"
        ),
        Binding("f2", "submit_as('sure')", "Sure", id="study.sure", tooltip="Hand in: I am sure"),
        Binding("f3", "submit_as('fairly')", "Fairly", id="study.fairly", tooltip="Hand in: fairly sure"),
        Binding("f4", "submit_as('guess')", "Guess", id="study.guess", tooltip="Hand in: a guess"),
        Binding("y", "override", "I was right", id="study.override", tooltip="Count what I typed as right"),
        Binding("u,f9", "undo", "Undo", id="study.undo", tooltip="Take the last answer back"),
        Binding("h,f5", "hint", "Hint", id="study.hint", tooltip="Show the hint"),
        Binding("n,f8", "note", "Note", id="study.note", tooltip="Read the note this item cites"),
        Binding("s,f6", "skip", "Skip", id="study.skip", tooltip="Put this item off"),
        Binding("f,f7", "flag", "Flag", id="study.flag", tooltip="Mark this item to look at again"),
        Binding("1", "rate(1)", "Again", show=False, id="study.again", tooltip="Ask again soon"),
        Binding("2", "rate(2)", "Hard", show=False, id="study.hard", tooltip="It was hard"),
        Binding("3", "rate(3)", "Good", show=False, id="study.good", tooltip="I knew it"),
        Binding("4", "rate(4)", "Easy", show=False, id="study.easy", tooltip="It was easy"),
        Binding(
            "minus",
            "bury",
            "Bury",
            show=False,
            key_display="-",
            id="study.bury",
            tooltip="Not before tomorrow",
        ),
        Binding(
            "at",
            "suspend",
            "Suspend",
            show=False,
            key_display="@",
            id="study.suspend",
            tooltip="Never ask again",
        ),
        Binding("e", "edit", "Edit", show=False, id="study.edit", tooltip="Open the item in your editor"),
        Binding("r", "read", "Read", show=False, id="study.read", tooltip="Read the bank's notes"),
        Binding("escape,q", "leave", "Leave", id="study.leave", tooltip="Leave; go on another time"),
    ]

    workspace: Workspace
    live: LiveStudy
    item_area = query_one("#task", Vertical)

    def __init__(self) -> None:
        super().__init__()
        self._confidence: Confidence | None = None
        self._verdict_at = 0
        self._enter_at = 0

    async def show_state(self, *, anew: bool = False) -> None:
        """Show wherever the session stands now; with `anew`, the item as well, since it may have changed."""
        raise NotImplementedError

    def show_progress(self) -> None:
        """Show how far one is."""
        raise NotImplementedError

    @property
    def response(self) -> ResponseWidget:
        """The response widget of the current item."""
        return self.query(ResponseWidget).first()  # query_one would keep every one it ever found

    async def take(self, step: Callable[[], None]) -> None:
        """Take a step of the session, and show where it leads; a failure is said and nothing is lost."""
        try:
            step()
        except InvalidTransition:
            return
        except RecordConflict as conflict:
            self.notify(conflict.message, severity="warning", timeout=15, markup=False)
        except QuizError as error:
            self.complain(error, "Not saved")
            self.response.reopen()
            return
        try:
            await self.show_state()
        except QuizError as error:
            self.complain(error)

    def complain(self, error: QuizError, title: str = "") -> None:
        """Say what could not be done, and what to do about it."""
        self.notify(str(error), title=title, severity="error", timeout=15, markup=False)

    async def on_next_button_pressed(self) -> None:
        """Go on by the button."""
        await self.action_next()

    async def action_next(self) -> None:
        """Go on to the next item, unless the verdict has only just appeared."""
        now = self.workspace.clock.passed()
        was_held = now - self._enter_at < REPEAT_MS
        self._enter_at = now
        if was_held or now - self._verdict_at < READ_FIRST_MS:
            return
        await self.take(self.live.advance)

    def action_submit_as(self, confidence: str) -> None:
        """Hand the response in, saying how sure one is."""
        self._confidence = Confidence(confidence)
        self.response.submit()

    async def action_override(self) -> None:
        """Count the typed response as right."""
        await self.take(self.live.override)

    async def action_undo(self) -> None:
        """Take the last answer back."""
        if self.live.session.can_undo:
            await self.take(self.live.undo)

    async def action_skip(self) -> None:
        """Put the item off."""
        await self.take(self.live.skip)

    def action_flag(self) -> None:
        """Mark the item, or take the mark away."""
        self._note_down(self.live.flag)
        self.show_progress()

    def action_rate(self, rating: int) -> None:
        """Choose the rating of the attempt being reviewed."""
        self._note_down(lambda: self.live.rate(rating))
        for feedback in self.query(Feedback):
            feedback.show_back(self.live.coming_back())

    def _note_down(self, step: Callable[[], None]) -> None:
        """Take a step that leads nowhere else; a failure is said and nothing is lost."""
        try:
            step()
        except InvalidTransition:
            return
        except QuizError as error:
            self.complain(error, "Not saved")

    async def action_bury(self) -> None:
        """Put the item off until tomorrow."""
        await self.take(self.live.bury)

    async def action_suspend(self) -> None:
        """Never ask the item again, until it is resumed."""
        ref = self.live.session.placed.ref
        await self.take(self.live.suspend)
        if self.live.session.phase is Phase.FINISHED or self.live.session.placed.ref != ref:
            self.notify("Suspended. u takes it back.", markup=False)

    def action_hint(self) -> None:
        """Show the hint above the response."""
        placed = self.live.session.placed
        hint = placed.item.hint
        if not hint:
            self.notify("This item has no hint.", markup=False)
        elif not self.query("#hint"):
            self.item_area.mount(
                Static(
                    join(("Hint  ", "bold $text-accent"), show_marked(hint, placed.bank.reads)), id="hint"
                ),
                before=self.response,
            )

    def action_note(self) -> None:
        """Read the note that the item cites."""
        from quiz.tui.dialogs.note import NoteModal

        placed = self.live.session.placed
        notes = [name for name in placed.item.cites if name in placed.bank.notes]
        if notes:
            self.app.push_screen(NoteModal(placed.bank, notes))
        else:
            self.notify("This item cites no note.", markup=False)

    def action_read(self) -> None:
        """Read all the bank's notes."""
        from quiz.tui.home.briefing import BriefingScreen

        self.app.push_screen(BriefingScreen(self.live.session.placed.bank))

    async def action_edit(self) -> None:
        """Open the item in the learner's editor, and show it mended on return."""
        try:
            path, line = self.workspace.library.locate(self.live.session.placed.ref)
            command = editor_command(path, line, os.environ)
            with self.app.suspend():
                subprocess.run(command, check=False)  # noqa: S603 - the learner's own editor
            banks = self.workspace.banks(self.live.session.header.banks)
            self.live.reshelve(self.workspace.lookup(banks))
        except SuspendNotSupported:
            self.notify("An editor cannot be opened from here.", severity="warning", markup=False)
        except OSError as error:
            self.complain(
                UsageError(f"The editor did not start: {error.strerror}.", "Set EDITOR to its command.")
            )
        except QuizError as error:
            self.complain(error)
        else:
            await self.show_state(anew=True)

    def action_leave(self) -> None:
        """Leave; the session waits on the home screen."""
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the session's phase allows."""
        session = self.live.session
        is_reviewing = session.phase is Phase.REVIEWING
        is_answering = session.phase is Phase.ANSWERING
        match action:
            case "next" | "rate":
                return is_reviewing
            case "override":
                return session.can_override
            case "undo":
                return session.can_undo
            case "submit_as":
                return is_answering and session.settings.confidence
            case "hint":
                return is_answering and bool(session.placed.item.hint)
            case "skip":
                return is_answering
            case "note":
                return (is_reviewing or bool(self.query(NewTopic))) and bool(session.placed.item.cites)
            case "flag" | "bury" | "suspend" | "edit" | "read":
                return session.phase is not Phase.FINISHED
        return super().check_action(action, parameters)
