"""Study: an item, its response, and what came of it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Static

from quiz.core.grading import Confidence, Verdict
from quiz.core.interaction import Reveal
from quiz.core.schedule import is_leech_now
from quiz.core.sessions.common import NotNow, Phase, Shelf
from quiz.core.sessions.progress import progress
from quiz.core.wording import clock, span
from quiz.editor import editor_command
from quiz.errors import HistoryConflict, QuizError
from quiz.storage.workspace import Narrowing
from quiz.tui.responses import response_widget
from quiz.tui.responses.base import ResponseWidget
from quiz.tui.responses.key_line import KeyLine
from quiz.tui.text import join
from quiz.tui.widgets.feedback import Feedback
from quiz.tui.widgets.item_view import NewTopic, Stem
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.next_button import NextButton
from quiz.tui.widgets.stimulus_view import StimulusView
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.storage.live_study import LiveStudy
    from quiz.storage.workspace import Workspace

READ_FIRST_MS = 350
"""How long a verdict stays at least, so that a key held down does not carry past it unread."""
DOTS = {None: "·", Verdict.CORRECT: "●", Verdict.PARTIAL: "◐", Verdict.INCORRECT: "○", Verdict.SKIPPED: "·"}
REPEAT_MS = 150
"""Presses of enter that follow each other faster than this are one key held down."""


class StudyScreen(Screen[None]):
    """Asks the items of a study session, one after the other."""

    CSS_PATH = "study.tcss"
    AUTO_FOCUS = ""
    name_shown = "Study"
    about = "Answer, read why, go on. What you miss comes back until it is right."
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

    body = query_one("#body", VerticalScroll)
    item_area = query_one("#task", Vertical)

    def __init__(self, workspace: Workspace, live: LiveStudy) -> None:
        super().__init__()
        self.workspace = workspace
        self.live = live
        self._confidence: Confidence | None = None
        self._verdict_at = 0
        self._enter_at = 0
        self._begun = workspace.clock.passed()

    def compose(self) -> ComposeResult:
        """Lay out the frame; the item is put into it when it is asked."""
        yield TopLine()
        with Horizontal(id="field"):
            yield Vertical(id="beside")
            with VerticalScroll(id="body", can_focus=False):
                yield Vertical(id="task")
        yield KeyLine(id="keys")
        yield KeyBar()

    async def on_mount(self) -> None:
        """Ask the first item."""
        self.set_interval(1, self._show_progress)
        await self._show_state()

    async def _show_state(self) -> None:
        """Show wherever the session stands now."""
        match self.live.session.phase:
            case Phase.ANSWERING:
                await self._ask()
            case Phase.REVIEWING:
                await self._review()
            case Phase.FINISHED:
                self._finish()
        self._show_progress()
        self.refresh_bindings()

    async def _ask(self) -> None:
        session = self.live.session
        self._confidence = None
        widget = response_widget(session.interaction)
        if isinstance(session.interaction, Reveal):
            widget.show_intervals({rating: span(time) for rating, time in self.live.intervals().items()})
        await self._put(widget)
        self._show_keys()
        if self.live.is_new_topic() and session.placed.item.cites:
            await self.item_area.mount(NewTopic(is_typing=self.response.takes_text), before=0)
        self.live.shown()

    async def _put(self, widget: ResponseWidget) -> None:
        """Put the current item and a response widget before the learner."""
        session = self.live.session
        placed = session.placed
        several = len(session.opening.banks) > 1
        stimulus = placed.bank.stimuli.get(placed.item.stimulus)
        with self.app.batch_update():
            beside = self.query_one("#beside", Vertical)
            await beside.remove_children()
            await self.item_area.remove_children()
            beside.display = stimulus is not None
            if stimulus is not None:
                await beside.mount(StimulusView(stimulus))
            await self.item_area.mount(Stem(placed, show_bank=several), widget)
            self.body.scroll_home(animate=False)

    @property
    def response(self) -> ResponseWidget:
        """The response widget of the current item."""
        return self.query_one(ResponseWidget)

    async def _review(self) -> None:
        """Mark the response and say what there is to say."""
        session = self.live.session
        placed, grade = session.placed, session.grade
        attempt = session.attempt
        if not self.query(ResponseWidget) or attempt is None:
            await self._put(response_widget(session.interaction, attempt.response if attempt else None))
        await self.query("Feedback, NewTopic").remove()
        self.response.mark(grade, placed.item.key_response())
        feedback = Feedback(placed, grade, self.live.coming_back())
        await self.item_area.mount(feedback)
        self._verdict_at = self.workspace.clock.passed()
        self._show_keys()
        feedback.query_one(NextButton).focus(scroll_visible=False)
        self.call_after_refresh(self.body.scroll_to_widget, feedback, animate=False)

    def _finish(self) -> None:
        from quiz.tui.screens.results import ResultsScreen

        self.app.push_screen(ResultsScreen(self.workspace, self.live), self._after_results)

    async def _after_results(self, wish: str | None) -> None:
        if wish == "undo":
            await self._do(self.live.undo)
            return
        self.dismiss()
        if wish == "more":
            self.app.study(Narrowing(banks=self.live.session.opening.banks))  # type: ignore[attr-defined]

    def _show_progress(self) -> None:
        """Show where one is on the left of the top line, how far and how long on the right."""
        at = progress(self.live.session)
        top = self.query_one(TopLine)
        top.left = join((at.title, "bold"), (" · study", "$foreground-muted"))
        dots = "".join(DOTS[mark] for mark in at.marks)
        passed = clock(self.workspace.clock.passed() - self._begun)
        shown = [f"{at.place} of {at.total}", dots if at.total <= self.size.width // 3 - 10 else "", passed]
        flag = ("⚑ " if at.is_flagged else "", "$text-warning")
        top.right = join(flag, "   ".join(part for part in shown if part))

    def _show_keys(self) -> None:
        """Show what the keys do now; none once the response is marked."""
        keys = list(self.response.hint)
        if self.live.session.settings.confidence:
            keys = [(key, effect) for key, effect in keys if key != "enter"]
            keys += [("enter", "fairly sure"), ("f2", "sure"), ("f4", "guess")]
        self.query_one(KeyLine).show_pairs([] if self.live.is_reviewing else keys)

    def on_response_widget_hint_changed(self) -> None:
        """Show what the keys do after something was revealed or picked up."""
        self._show_keys()

    async def on_response_widget_submitted(self, message: ResponseWidget.Submitted) -> None:
        """Grade what was handed in; it is on record before the verdict is shown."""
        if self.live.session.phase is not Phase.ANSWERING:
            return
        confidence = self._confidence
        if confidence is None and self.live.session.settings.confidence:
            confidence = Confidence.FAIRLY
        self._enter_at = self.workspace.clock.passed()
        try:
            before = self.live.memory()
            await self._do(lambda: self.live.submit(message.response, confidence))
            after = self.live.memory() if self.live.is_reviewing else None
        except QuizError as error:
            self._complain(error, "Not saved")
            self.response.reopen()
            return
        if after is not None and is_leech_now(before, after):
            self.notify(
                "Missed eight times. Read its note (n), mend it (e), or suspend it (@).",
                title="A leech", severity="warning", markup=False,
            )  # fmt: skip

    async def _do(self, step: Callable[[], None]) -> None:
        """Take a step of the session, and show where it leads; a failure is said and nothing is lost."""
        try:
            step()
        except NotNow:
            return
        except HistoryConflict as conflict:
            self.notify(conflict.message, severity="warning", timeout=15, markup=False)
        except QuizError as error:
            self._complain(error, "Not saved")
            self.response.reopen()
            return
        try:
            await self._show_state()
        except QuizError as error:
            self._complain(error)

    def _complain(self, error: QuizError, title: str = "") -> None:
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
        await self._do(self.live.advance)

    def action_submit_as(self, confidence: str) -> None:
        """Hand the response in, saying how sure one is."""
        self._confidence = Confidence(confidence)
        self.response.submit()

    async def action_override(self) -> None:
        """Count the typed response as right."""
        await self._do(self.live.override)

    async def action_undo(self) -> None:
        """Take the last answer back."""
        if self.live.session.can_undo:
            await self._do(self.live.undo)

    async def action_skip(self) -> None:
        """Put the item off."""
        await self._do(self.live.skip)

    async def action_flag(self) -> None:
        """Mark the item, or take the mark away."""
        try:
            self.live.flag()
        except NotNow:
            return
        self._show_progress()

    async def action_rate(self, rating: int) -> None:
        """Choose the rating of the attempt being reviewed."""
        try:
            self.live.rate(rating)
        except NotNow:
            return
        for feedback in self.query(Feedback):
            feedback.show_back(self.live.coming_back())

    async def action_bury(self) -> None:
        """Put the item off until tomorrow."""
        await self._do(self.live.bury)

    async def action_suspend(self) -> None:
        """Never ask the item again, until it is resumed."""
        await self._do(self.live.suspend)
        self.notify("Suspended. u takes it back.", markup=False)

    def action_hint(self) -> None:
        """Show the hint above the response."""
        hint = self.live.session.placed.item.hint
        if not hint:
            self.notify("This item has no hint.", markup=False)
        elif not self.query("#hint"):
            self.item_area.mount(
                Static(join(("Hint  ", "bold $text-accent"), hint), id="hint"), before=self.response
            )

    def action_note(self) -> None:
        """Read the note that the item cites."""
        from quiz.tui.screens.note import NoteModal

        placed = self.live.session.placed
        notes = [name for name in placed.item.cites if name in placed.bank.notes]
        if notes:
            self.app.push_screen(NoteModal(placed.bank, notes))
        else:
            self.notify("This item cites no note.", markup=False)

    def action_read(self) -> None:
        """Read all the bank's notes."""
        from quiz.tui.screens.briefing import BriefingScreen

        self.app.push_screen(BriefingScreen(self.live.session.placed.bank))

    async def action_edit(self) -> None:
        """Open the item in the learner's editor, and show it mended on return."""
        try:
            path, line = self.workspace.library.locate(self.live.session.placed.ref)
            command = editor_command(path, line, os.environ)
            with self.app.suspend():
                subprocess.run(command, check=False)  # noqa: S603 - the learner's own editor
            banks = self.workspace.banks(self.live.session.opening.banks)
            self.live.reshelve(Shelf.of(*banks))
        except SuspendNotSupported:
            self.notify("An editor cannot be opened from here.", severity="warning", markup=False)
            return
        except QuizError as error:
            self.notify(str(error), severity="error", timeout=15, markup=False)
            return
        await self._show_state()

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
