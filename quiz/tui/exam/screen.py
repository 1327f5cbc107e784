"""Exam: an item of the form, what was answered so far, and the clock; no verdicts before the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.getters import query_one
from textual.screen import Screen
from textual.widget import Widget

from quiz.core.content.grading import Confidence
from quiz.core.session import InvalidTransition, Phase
from quiz.errors import QuizError
from quiz.services.word_lists import read_words_for
from quiz.tui.available_actions import key_label
from quiz.tui.bindings import bar_key, key
from quiz.tui.exam.hand_in import HAND_IN
from quiz.tui.exam.item_map import ItemMap, Mark
from quiz.tui.exam.status_line import ExamStatusLine
from quiz.tui.held_keys import HeldKeyGuard
from quiz.tui.responses import response_widget
from quiz.tui.responses.base import ResponseWidget
from quiz.tui.routes import AllItems, Confirm, HandIn, SessionResult
from quiz.tui.turns import TakesTurns, Turns, in_turn
from quiz.tui.widgets.item_pane import ItemPane
from quiz.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from quiz.core.exam.session import ExamSession
    from quiz.services.exam.live import LiveExam
    from quiz.services.workspace import Workspace


class ExamScreen(TakesTurns):
    """Asks the items of an exam; each can be gone back to and changed until the exam is handed in."""

    AUTO_FOCUS = ""
    name_shown = "Exam"
    about = "Answer in any order and change what you like. Verdicts come when you hand in."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("exam.next", "enter,space", "next", "Next", "To the next question", "⏎"),
        bar_key("exam.sure", "f2", "answer_as('sure')", "Sure", "Answer: I am sure"),
        key("exam.fairly", "f3", "answer_as('fairly')", "Fairly", "Answer: fairly sure"),
        bar_key("exam.guess", "f4", "answer_as('guess')", "Guess", "Answer: a guess"),
        bar_key("exam.skip", "s,f6,right,full_stop", "skip", "Skip", "On to the next question"),
        bar_key("exam.back", "left,f9,comma", "back", "Previous", "Back one"),
        key("exam.undo", "u", "undo", "Undo", "Take back the last change of the answer"),
        bar_key("exam.flag", "f,f7", "flag", "Flag", "Mark this question to look at again"),
        bar_key("exam.items", "g,ctrl+g", "navigate", "All questions", "See all, and go to any of them"),
        bar_key("exam.hand-in", "d,f12", "hand_in", "Hand in", "Hand the exam in"),
        bar_key("exam.leave", "escape,q", "leave", "Leave", "Leave; the clock goes on"),
    ]

    pane = query_one(ItemPane)

    def __init__(self, workspace: Workspace, live: LiveExam) -> None:
        super().__init__()
        self.workspace = workspace
        self.live = live
        self.turns = Turns(self, live)
        self._confidence: Confidence | None = None
        self._shown: object = None
        """What is on the screen: which item, and in which phase of the exam."""
        self._guard = HeldKeyGuard()
        self._is_failing = False
        self._over: Screen[Any] | None = None
        """The dialog that was opened last."""

    def compose(self) -> ComposeResult:
        """Lay out the frame; the items are put into it one at a time."""
        yield ExamStatusLine()
        yield ItemMap()
        yield ItemPane(asks="exam.next")
        yield KeyBar()

    async def on_mount(self) -> None:
        """Show the first item, and look at the clock from now on."""
        self.set_interval(1, self._tick)
        await self.turns.run(self._show_state)

    async def on_screen_resume(self) -> None:
        """Show the result where time ran out beneath another screen."""
        if self._shown is not None:
            await self.turns.run(self._show_state)

    async def _show_state(self) -> None:
        """Show wherever the exam stands now, the item anew only if it is another one."""
        session = self.live.session
        if session.phase is Phase.FINISHED:
            await self._finish()
            return
        now_shown = (session.ref, session.phase)
        if now_shown != self._shown:
            self._shown = now_shown
            self._guard.shown(self.workspace.clock.passed())
            if session.phase is Phase.REVIEWING:
                await self._review()
            else:
                await self._ask()
            self.refresh_bindings()
            self.app.collect_garbage_when_idle()
        self._show_progress()

    async def _ask(self) -> None:
        session = self.live.session
        self._confidence = None
        widget = response_widget(
            session.interaction, session.response(session.ref), session.current.bank.reads
        )
        await self._put(session, widget)
        self._show_action()

    async def _put(self, session: ExamSession, *below: Widget) -> None:
        """Put the current item before the learner."""
        await self.pane.put(session.current, *below, show_bank=len(session.header.banks) > 1)

    async def _review(self) -> None:
        """Mark the response where feedback is at once, and say what there is to say."""
        session = self.live.session
        response = session.response(session.ref)
        await self._put(session, response_widget(session.interaction, response, session.current.bank.reads))
        self.pane.mark(session.current, session.grade)

    def _show_action(self) -> None:
        """Offer to answer, to say how sure one is where that is asked, and say what was said so far."""
        session = self.live.session
        if session.phase is not Phase.ANSWERING or not self.query(ResponseWidget):
            return
        held = session.drafts.get(session.ref)
        said = f"You said: {held.confidence.value}." if held is not None and held.confidence else ""
        if session.settings.confidence:
            sure, guess = (key_label(self, f"exam.{name}") for name in ("sure", "guess"))
            self.pane.show_action(
                "Fairly sure", "   ".join((f"{sure} sure", f"{guess} guess", said)).rstrip()
            )
        else:
            self.pane.show_action("Answer", said)

    def _show_progress(self) -> None:
        """Show how the items stand, where one is and how much time is left."""
        session = self.live.session
        if session.phase is Phase.FINISHED:
            return
        at = self.live.now()
        self.query_one(ItemMap).show_marks(
            [
                Mark(session.answer_state(ref), ref in session.flagged, session.can_show(place, at))
                for place, ref in enumerate(session.items)
            ],
            session.place,
        )
        self.query_one(ExamStatusLine).show_test(self.live)
        self._show_action()

    async def _finish(self) -> None:
        """Show the result in this screen's place, or once whatever lies over it is closed."""
        over = self._over
        if over is not None and self.app.screen is over:

            def close() -> None:
                over.dismiss(None)

            over.call_later(close)
        elif self.app.screen is self:
            result = SessionResult(self.live.session.header.id)
            await self.turns.when_free(lambda: self.go(result, in_place=True))

    async def _do(self, step: Callable[[], object]) -> bool | None:
        """Take a step and show where it leads; return what it said, or None where it failed.

        A failure is said, and nothing is lost.
        """
        done: object = None
        try:
            done = await self.turns.when_free(step)
            self._is_failing = False
        except InvalidTransition as reason:
            self.notify(str(reason))
        except QuizError as error:
            self.refuse(error, "Not saved")
            self._is_failing = True
        await self._show_state()
        return done if isinstance(done, bool) else None

    async def _tick(self) -> None:
        """Look at the clock."""
        if self.turns.is_waiting:
            self._show_progress()
        else:
            await self.turns.run(self._do_what_is_due)

    async def _do_what_is_due(self) -> None:
        """Do what is due by the clock, and say what it announces."""
        words: list[str] = []
        await self._do(lambda: words.append(self.live.tick()))
        if any(words):
            self.query_one(ExamStatusLine).announce(words[0], self.live.now())
            self._show_progress()

    async def on_response_widget_changed(self, message: ResponseWidget.Changed) -> None:
        """Take note of what is given so far."""
        if message.control is self._current_widget():
            await self._do(lambda: self.live.change(message.response))

    async def on_response_widget_submitted(self, message: ResponseWidget.Submitted) -> None:
        """Take the response, and go on; at the end ask whether to hand in."""
        if message.control is not self._current_widget():
            return
        self.pane.response.reopen()
        confidence, self._confidence = self._confidence, None
        if self._is_held():
            return
        await read_words_for(self.live.session.current, message.response)
        went_on = await self._do(lambda: self.live.answer(message.response, confidence))
        if went_on is False:
            await self.action_hand_in()

    def _current_widget(self) -> ResponseWidget | None:
        """Return the response widget, if the item on the screen is the one that is answered."""
        session = self.live.session
        is_shown = session.phase is Phase.ANSWERING and self._shown == (session.ref, session.phase)
        return self.pane.response if is_shown and self.query(ResponseWidget) else None

    def on_response_widget_hint_changed(self) -> None:
        """Show what the keys do now."""
        if self.live.session.phase is Phase.ANSWERING:
            self._show_action()
            self.refresh_bindings()

    def _is_held(self) -> bool:
        """Say whether what is on the screen has only just appeared, so that the key was meant for another."""
        return self._guard.is_unread(self.workspace.clock.passed())

    def action_answer_as(self, confidence: str) -> None:
        """Answer, saying how sure one is."""
        self._confidence = Confidence(confidence)
        for widget in self.query(ResponseWidget):
            widget.submit()

    async def on_action_line_pressed(self) -> None:
        """Answer or go on by the button."""
        if self.live.session.phase is Phase.REVIEWING:
            await self.action_next()
        else:
            self.pane.response.action_submit()

    async def action_next(self) -> None:
        """Go on from a verdict."""
        if not self._is_held():
            await self.action_skip()

    async def action_skip(self) -> None:
        """Go on to the next item; at the end ask whether to hand in."""
        if await self._do(self.live.advance) is False:
            await self.action_hand_in()

    async def action_back(self) -> None:
        """Go to the item before."""
        await self._do(self.live.go_back)

    def action_undo(self) -> None:
        """Take back the last change of the answer at hand."""
        self.pane.response.undo()

    async def action_flag(self) -> None:
        """Mark the item, or take the mark away."""
        await self._do(self.live.flag)

    async def on_item_map_chosen(self, message: ItemMap.Chosen) -> None:
        """Go to the item that was clicked on the map."""
        await self._do(lambda: self.live.go_to(message.place))

    async def action_navigate(self) -> None:
        """Show all items."""
        await self._do(self.live.keep)
        if self.live.session.phase is not Phase.FINISHED:
            self._over = self.go(AllItems(self.live.session, self.live.now()), self._after_modal)

    async def action_hand_in(self) -> None:
        """Ask whether to hand in, saying what is missing; where nothing can change any more, hand in."""
        await self._do(self.live.keep)
        if self.live.session.phase is Phase.FINISHED:
            return
        if self.live.session.is_all_submitted:
            await self._do(self.live.hand_in)
        else:
            self._over = self.go(HandIn(self.live.session), self._after_modal)

    @in_turn
    async def _after_modal(self, answer: int | None) -> None:
        if answer == HAND_IN:
            await self._do(self.live.hand_in)
        elif answer is not None:
            await self._do(lambda: self.live.go_to(answer))

    async def action_leave(self) -> None:
        """Leave; where the clock goes on, ask first."""
        timing = self.live.session.timing
        if timing.limit_ms is None and timing.item_limit_ms is None:
            await self._after_leave(True)
            return
        route = Confirm("Leave the exam? All is kept, but the clock goes on.", "Leave", "Stay")
        self._over = self.go(route, self._after_leave)

    @in_turn
    async def _after_leave(self, is_meant: bool | None) -> None:
        if is_meant:
            await self._do(self.live.leave)
            if self.live.session.phase is not Phase.FINISHED and not self._is_failing:
                self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the exam's phase allows."""
        session = self.live.session
        match action:
            case "next":
                return session.phase is Phase.REVIEWING
            case "answer_as":
                return session.phase is Phase.ANSWERING and session.settings.confidence
            case "skip":
                return session.phase is Phase.ANSWERING
            case "undo":
                return any(widget.can_undo for widget in self.query(ResponseWidget))
            case "back":
                return session.place > 0
        return super().check_action(action, parameters)
