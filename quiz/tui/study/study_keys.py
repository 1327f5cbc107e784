"""What the keys do while one studies: each is one step of the session, put on record at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widgets import Static

from quiz.core.content.grading import Confidence
from quiz.core.session import InvalidTransition, Phase
from quiz.errors import QuizError, RecordConflict
from quiz.tui.available_actions import key_label
from quiz.tui.bindings import bar_key, key
from quiz.tui.held_keys import HeldKeyGuard
from quiz.tui.responses.base import ResponseWidget
from quiz.tui.routes import Briefing, Settings
from quiz.tui.text import join, show_marked
from quiz.tui.turns import TakesTurns, Turns
from quiz.tui.widgets.item_heading import NewTopic
from quiz.tui.widgets.item_pane import ItemPane
from quiz.tui.widgets.rail import Rail

if TYPE_CHECKING:
    from quiz.services.study.live import LiveStudy
    from quiz.services.workspace import Workspace


PUT_OFF = "Put off: it comes again at the end."


class StudyKeys(TakesTurns):
    """The steps of a study session; a subclass shows where they lead."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("study.next", "enter,space", "next", "Next", "Go on to the next question", "⏎"),
        bar_key("study.sure", "f2", "submit_as('sure')", "Sure", "Hand in: I am sure"),
        bar_key("study.fairly", "f3", "submit_as('fairly')", "Fairly", "Hand in: fairly sure"),
        bar_key("study.guess", "f4", "submit_as('guess')", "Guess", "Hand in: a guess"),
        bar_key("study.override", "y", "override", "I was right", "Count what I typed as right"),
        bar_key("study.undo", "u,f9", "undo", "Undo", "Take back what was done last"),
        bar_key("study.hint", "h,f5", "hint", "Hint", "Show the hint"),
        bar_key("study.note", "n,f8", "note", "Note", "Read the note this question cites"),
        bar_key("study.skip", "s,f6", "skip", "Later", "Put this question off"),
        bar_key("study.leave", "escape,q", "leave", "Leave", "Leave; go on another time"),
        bar_key("study.flag", "f,f7", "flag", "Flag", "Mark this question to look at again"),
        key("study.again", "1", "rate(1)", "Again", "Ask again soon"),
        key("study.hard", "2", "rate(2)", "Hard", "It was hard"),
        key("study.good", "3", "rate(3)", "Good", "I knew it"),
        key("study.easy", "4", "rate(4)", "Easy", "It was easy"),
        key("study.bury", "minus", "bury", "Bury", "Not before tomorrow", "-"),
        key("study.suspend", "at", "suspend", "Suspend", "Never ask again", "@"),
        key("study.settings", "comma,ctrl+t", "settings", "Settings", "Change settings"),
        key("study.edit", "e,f10", "edit", "Edit", "Open the question in your editor"),
        key("study.read", "r", "read", "Read", "Read the bank's notes"),
    ]

    def __init__(self, workspace: Workspace, live: LiveStudy) -> None:
        super().__init__()
        self.workspace = workspace
        self.live = live
        self.turns = Turns(self, live)
        self.pane = ItemPane(asks="study.next", rail=Rail())
        self._confidence: Confidence | None = None
        self._is_hinted = False
        """Whether the hint of the item at hand is shown."""
        self._guard = HeldKeyGuard()

    async def show_state(self, *, anew: bool = False) -> None:
        """Show wherever the session stands now; with `anew`, the item as well, since it may have changed."""
        raise NotImplementedError

    def show_progress(self) -> None:
        """Show how far one is."""
        raise NotImplementedError

    @property
    def asks_confidence(self) -> bool:
        """Whether the learner is asked how sure they are, as the settings of the item's bank say now."""
        return bool(self.workspace.config.for_bank(self.live.session.current.ref.bank).confidence)

    @property
    def response(self) -> ResponseWidget:
        """The response widget of the current item."""
        return self.pane.response

    @property
    def is_typing(self) -> bool:
        """Whether the response is typed: the field may not have the focus yet."""
        return any(widget.takes_text and not widget.is_marked for widget in self.pane.responses)

    @property
    def _changed(self) -> ResponseWidget | None:
        """The response at hand, if a change of it can be taken back."""
        return next((widget for widget in self.pane.responses if widget.can_undo), None)

    async def take(self, step: Callable[[], None]) -> None:
        """Take a step of the session, and show where it leads; a failure is said and nothing is lost."""
        try:
            await self.turns.when_free(step)
        except InvalidTransition:
            return
        except RecordConflict as conflict:
            self.notify(conflict.message, severity="warning", timeout=15)
        except QuizError as error:
            self.refuse(error, "Not saved")
            for widget in self.pane.responses:
                widget.reopen()
            return
        await self.show_state()

    def show_rail(self) -> None:
        """Show beside the item what the record says of it."""
        raise NotImplementedError

    def show_action(self) -> None:
        """Show what to do now."""
        raise NotImplementedError

    async def on_action_line_pressed(self) -> None:
        """Answer or go on by the button."""
        if self.live.is_reviewing:
            await self.action_next()
        else:
            self.response.action_submit()

    async def action_next(self) -> None:
        """Go on to the next item, unless the verdict has only just appeared."""
        now = self.workspace.clock.passed()
        if not self._guard.is_repeat(now) and not self._guard.is_unread(now):
            await self.take(self.live.advance)

    def action_submit_as(self, confidence: str) -> None:
        """Hand the response in, saying how sure one is."""
        self._confidence = Confidence(confidence)
        for widget in self.pane.responses:
            widget.submit()

    async def action_override(self) -> None:
        """Count the typed response as right."""
        await self.take(self.live.override)

    async def action_undo(self) -> None:
        """Take back what was done last: a change of the answer at hand, or else the last answer."""
        if self._changed is not None:
            self._changed.undo()
        elif self.live.session.can_undo:
            self.unsay_here()
            await self.take(self.live.undo)

    async def action_skip(self) -> None:
        """Put the item off."""
        ref = self.live.session.current.ref
        await self._put_off(
            self.live.skip,
            lambda: PUT_OFF if ref in self.live.session.queue else "Left out of this session.",
        )

    async def action_flag(self) -> None:
        """Mark the item, or take the mark away."""
        await self._note_down(self.live.flag)

    async def action_rate(self, rating: int) -> None:
        """Choose the rating of the attempt being reviewed."""
        await self._note_down(lambda: self.live.rate(rating))
        self.pane.feedback.show_back(await self.turns.when_free(self.live.coming_back))

    async def _note_down(self, step: Callable[[], None]) -> None:
        """Take a step that leads nowhere else; a failure is said and nothing is lost."""
        try:
            await self.turns.when_free(step)
        except InvalidTransition:
            return
        except QuizError as error:
            self.refuse(error, "Not saved")
        self.show_progress()

    async def action_bury(self) -> None:
        """Put the item off until tomorrow."""
        await self._put_off(self.live.bury, lambda: "Put off until tomorrow.")

    async def action_suspend(self) -> None:
        """Never ask the item again, until it is resumed."""
        await self._put_off(self.live.suspend, lambda: "Suspended: it is not asked again.")

    async def _put_off(self, step: Callable[[], None], said: Callable[[], str]) -> None:
        """Leave the item by a step, and say what came of that and how it is taken back."""
        before = self.live.session
        await self.take(step)
        if self.live.session is not before:
            self.notify_here(f"{said()} {key_label(self, 'study.undo')} takes it back.")

    async def action_hint(self) -> None:
        """Show the hint in the rail, or without one above the response."""
        if not self._is_hinted:
            self._is_hinted = True
            await self.show_hint()

    async def show_hint(self) -> None:
        """Show the hint where there is room for it, and in one place only."""
        await self.query("#hint").remove()
        if self.pane.has_rail:
            self.show_rail()
        else:
            bank_item = self.live.session.current
            hint = show_marked(bank_item.item.hint, bank_item.bank.reads)
            await self.pane.put_above(Static(join(("Hint  ", "bold $text-accent"), hint), id="hint"))

    def action_note(self) -> None:
        """Read the note that the question cites."""
        self.show_notes(self.live.session.current)

    def action_read(self) -> None:
        """Read all the bank's notes."""
        self.go(Briefing(self.live.session.current.bank))

    async def action_edit(self) -> None:
        """Open the item in the learner's editor, and show it mended on return."""
        path, line = self.workspace.library.locate(self.live.session.current.ref)
        self.edit(path, line)
        lookup = self.workspace.items_of(self.live.session.header.banks)
        await self.turns.when_free(lambda: self.live.replace_items(lookup))
        await self.show_state(anew=True)

    def action_settings(self) -> None:
        """Show the settings and change them; what concerns answering counts at once."""
        self.go(Settings(), self._after_settings)

    def _after_settings(self, _: None) -> None:
        self.show_action()
        self.refresh_bindings()

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
                return session.can_undo or self._changed is not None
            case "submit_as":
                return is_answering and self.asks_confidence
            case "hint":
                return is_answering and bool(session.current.item.hint)
            case "skip":
                return is_answering
            case "note":
                is_new = is_answering and self.pane.holds(NewTopic)
                return (is_reviewing or is_new) and bool(session.current.item.cites)
            case "flag" | "bury" | "suspend" | "edit" | "read":
                return session.phase is not Phase.FINISHED
        return super().check_action(action, parameters)
