"""Study: an item, its response, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult

from quiz.core.content.interaction import Interaction, Reveal
from quiz.core.content.item_ref import ItemRef
from quiz.core.scheduling.card import LEECH_AT
from quiz.core.session import Phase, confidence_meant
from quiz.core.study.progress import progress
from quiz.core.text.phrases import clock, span
from quiz.services.study.item_past import item_past
from quiz.services.study.start import said_of_left_out
from quiz.services.word_lists import read_words_for
from quiz.tui.available_actions import key_label
from quiz.tui.responses import response_widget
from quiz.tui.responses.base import ResponseWidget
from quiz.tui.routes import Route, StudyResults
from quiz.tui.study.study_keys import StudyKeys
from quiz.tui.text import join, show_marked
from quiz.tui.turns import in_turn
from quiz.tui.widgets.clarification import Clarification
from quiz.tui.widgets.item_heading import NewTopic
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.session_line import SessionLine
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.core.events.model import Event
    from quiz.services.study.live import LiveStudy
    from quiz.services.workspace import Workspace

TICK_SECONDS = 1
TOLD_FROM = 44
"""The height in rows from which the rail says what was answered before, once it gives nothing away."""
RAIL_ROWS = 18
"""The rows of the screen that a note in the rail leaves for all else."""


class StudyScreen(StudyKeys):
    """Asks the items of a study session, one after the other."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = ""
    name_shown = "Study"
    about = "Answer, read why, go on. What you miss comes back until it is right."

    def __init__(self, workspace: Workspace, live: LiveStudy) -> None:
        super().__init__(workspace, live)
        self._showing = 0
        self._is_undo_offered = False
        """Whether the keys were last shown with a change of the answer at hand to take back."""
        self._put_there: tuple[ItemRef, int] | None = None
        """Which item is shown, and how often it was attempted before."""

    def compose(self) -> ComposeResult:
        """Lay out the frame; the item is put into it when it is asked."""
        yield TopLine()
        yield SessionLine()
        yield self.pane
        yield KeyBar()

    async def on_mount(self) -> None:
        """Ask the first item."""
        self.set_interval(TICK_SECONDS, self.show_progress)
        for sentence in said_of_left_out(self.workspace, self.live.session.header.banks):
            self.notify(sentence, severity="warning")
        await self.show_state()

    def on_resize(self) -> None:
        """A rail that has just found room says what it has to say."""
        self.call_after_refresh(self.show_rail)

    async def show_state(self, *, anew: bool = False) -> None:
        """Show wherever the session stands now; with `anew`, the item as well, since it may have changed.

        A key that is pressed while this waits for its widgets shows where that led; then this one gives way.
        """
        self._showing += 1
        match self.live.session.phase:
            case Phase.ANSWERING:
                await self._ask()
            case Phase.REVIEWING:
                await self._review(anew=anew)
            case Phase.FINISHED:
                await self._finish()
        self.show_progress()
        self.refresh_bindings()

    async def _ask(self) -> None:
        session = self.live.session
        self._confidence = None
        near = session.clarification
        if near is not None and self.pane.responses and not self.response.is_marked:
            self.response.reopen()
            await self._ask_for_clarification(near)
            return
        widget = self._response_to(session.interaction, near)
        if isinstance(session.interaction, Reveal):
            intervals = await self.turns.when_free(self.live.intervals)
            widget.show_intervals({rating: span(time) for rating, time in intervals.items()})
        if not await self._put(widget):
            return
        self.show_action()
        if near is not None:
            await self._ask_for_clarification(near)
        has_notes = bool(session.current.item.cites)
        if has_notes and await self.turns.when_free(self.live.is_new_topic):
            await self.pane.put_above(NewTopic())
        self.live.shown()

    def _response_to(self, asked: Interaction, near: Event | None) -> ResponseWidget:
        """Return a widget that asks something: the one that is there if it can, which is sooner drawn."""
        markup = self.live.session.current.bank.reads
        for widget in self.pane.responses:
            if near is None and widget.is_marked and widget.can_ask(asked):
                widget.ask(asked, markup)
                return widget
        return response_widget(asked, near.response if near else None, markup)

    async def _ask_for_clarification(self, near: Event) -> None:
        """Say what is missing in what was given, above the field that still holds it."""
        await self.pane.take_away(Clarification)
        await self.pane.put_above(Clarification(near))

    async def _put(self, widget: ResponseWidget) -> bool:
        """Put the item and a response widget before the learner; no where another showing came between."""
        showing, session = self._showing, self.live.session
        self._put_there, self._is_hinted, self._is_undo_offered = None, False, False
        await self.pane.put(session.current, widget, show_bank=len(session.header.banks) > 1)
        if showing != self._showing:
            return False
        self._put_there = session.current.ref, session.visit
        self.call_after_refresh(self.show_rail)
        return True

    async def _review(self, *, anew: bool) -> None:
        """Mark the response and say what there is to say."""
        session, showing = self.live.session, self._showing
        bank_item, attempt = session.current, session.attempt
        is_there = bool(self.pane.responses) and self._put_there == (bank_item.ref, session.visit)
        if anew or attempt is None or not is_there:
            widget = response_widget(
                session.interaction, attempt.response if attempt else None, bank_item.bank.reads
            )
            if not await self._put(widget):
                return
        back = await self.turns.when_free(self.live.coming_back)
        await self.pane.take_away(NewTopic, Clarification)
        if showing != self._showing:
            return
        self.pane.mark(bank_item, session.grade, back)
        self._guard.shown(self.workspace.clock.passed())
        self.call_after_refresh(self.show_rail)
        self.app.collect_garbage_when_idle()

    def show_rail(self) -> None:
        """Show beside the item what the record says of it, and what else there is to be had."""
        rail, session = self.pane.rail, self.live.session
        if rail is None or not self.pane.has_rail or session.phase is Phase.FINISHED:
            return
        bank_item = session.current
        note = None
        if self.live.is_reviewing and bank_item.item.cites:
            note = bank_item.bank.notes.get(bank_item.item.cites[0])
        hint = bank_item.item.hint if self._is_hinted else ""
        rail.put(
            item_past(
                self.workspace,
                bank_item,
                has_answers=self.live.is_reviewing and self.size.height >= TOLD_FROM,
            ),
            hint=show_marked(hint, bank_item.bank.reads) if hint else None,
            note=note,
            answer=bank_item.item.key_text(),
            rows=self.size.height - RAIL_ROWS,
        )

    async def _finish(self) -> None:
        self.workspace.train_if_due()
        await self.turns.when_free(lambda: self.go(StudyResults(self.live), self._after_results))

    @in_turn
    async def _after_results(self, wish: Route[Any] | str | None) -> None:
        if wish == "undo":
            await self.take(self.live.undo)
            return
        self.dismiss()
        if isinstance(wish, Route):
            self.go(wish)

    def show_progress(self) -> None:
        """Show where one is on the left of the top line, how far and how long on the right."""
        at = progress(self.live.session)
        top = self.query_one(TopLine)
        top.left = join((at.title, "bold $foreground"), (" · study", "$foreground-muted"))
        flag = ("⚑ flagged   " if at.is_flagged else "", "$text-warning")
        top.right = join(flag, f"{at.in_words}   {clock(self.live.answering_ms)}")
        self.query_one(SessionLine).put(at.marks, at.current)

    def show_action(self) -> None:
        """Offer to answer, and to say how sure one is where that is asked."""
        if not self.live.is_reviewing and self.pane.responses:
            if self.workspace.config.confidence:
                sure, guess = (key_label(self, f"study.{name}") for name in ("sure", "guess"))
                self.pane.show_action("Fairly sure", f"{sure} sure   {guess} guess")
            else:
                self.pane.show_action()

    def on_response_widget_changed(self) -> None:
        """Say what is still to be done, and that the change can be taken back."""
        self.show_action()
        if (self._changed is not None) != self._is_undo_offered:
            self._is_undo_offered = not self._is_undo_offered
            self.refresh_bindings()

    def on_response_widget_hint_changed(self) -> None:
        """Show what the keys do after something was revealed or picked up."""
        self.show_action()
        self.refresh_bindings()

    async def on_response_widget_submitted(self, message: ResponseWidget.Submitted) -> None:
        """Grade what was handed in; it is on record before the verdict is shown."""
        if self.live.session.phase is not Phase.ANSWERING:
            return
        confidence = confidence_meant(self._confidence, is_asked=self.asks_confidence)
        self._guard.is_repeat(self.workspace.clock.passed())
        await read_words_for(self.live.session.current, message.response)
        await self.take(lambda: self.live.submit(message.response, confidence))
        is_leech = await self.turns.when_free(lambda: self.live.is_new_leech)
        if isinstance(self.live.session.interaction, Reveal) and self.live.is_reviewing:
            await self.take(self.live.advance)  # the learner has just rated it: there is no verdict to read
        if is_leech:
            note, edit, suspend = (key_label(self, f"study.{name}") for name in ("note", "edit", "suspend"))
            self.notify_here(
                f"Not known on {LEECH_AT} days. Read its note ({note}), mend it ({edit}), or suspend it "
                f"({suspend}).",
                title="A leech",
                severity="warning",
            )
