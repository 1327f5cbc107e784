"""Study: an item, its response, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.getters import query_one

from quiz.core.content.grading import Verdict
from quiz.core.content.interaction import Reveal
from quiz.core.content.item import ItemRef
from quiz.core.session import Phase, confidence_meant
from quiz.core.study.progress import progress
from quiz.core.text.phrases import clock, span
from quiz.services.word_lists import read_words_for
from quiz.tui.available_actions import key_label
from quiz.tui.responses import response_widget
from quiz.tui.responses.base import ResponseWidget
from quiz.tui.responses.key_hints import KeyLine
from quiz.tui.responses.row import ResponseRow
from quiz.tui.routes import Route, StudyResults
from quiz.tui.study.keys import StudyKeys
from quiz.tui.text import join
from quiz.tui.turns import in_turn
from quiz.tui.widgets.clarification import Clarification
from quiz.tui.widgets.feedback import Feedback
from quiz.tui.widgets.item_heading import NewTopic, Stem
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.next_button import NextButton
from quiz.tui.widgets.stimulus_view import StimulusView, needs_width
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.core.events.model import Event
    from quiz.services.study.live import LiveStudy
    from quiz.services.workspace import Workspace

VERDICT_ROWS = 8
"""How many rows a verdict takes, without the notes that it cites."""
DOTS = {None: "·", Verdict.CORRECT: "●", Verdict.PARTIAL: "◐", Verdict.INCORRECT: "○", Verdict.SKIPPED: "·"}


class StudyScreen(StudyKeys):
    """Asks the items of a study session, one after the other."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = ""
    name_shown = "Study"
    about = "Answer, read why, go on. What you miss comes back until it is right."

    body = query_one("#body", VerticalScroll)

    def __init__(self, workspace: Workspace, live: LiveStudy) -> None:
        super().__init__(workspace, live)
        self._begun = workspace.clock.passed()
        self._showing = 0
        self._put_there: tuple[ItemRef, int] | None = None
        """Which item is shown, and how often it was attempted before."""

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
        self.set_interval(1, self.show_progress)
        self.live.observe(self.show_progress)
        await self.turns.run(self.show_state)

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
        if near is not None and self.query(ResponseWidget) and not self.response.is_marked:
            self.response.reopen()
            await self._ask_for_clarification(near)
            return
        widget = response_widget(
            session.interaction, near.response if near else None, session.current.bank.reads
        )
        if isinstance(session.interaction, Reveal):
            intervals = await self.turns.when_free(self.live.intervals)
            widget.show_intervals({rating: span(time) for rating, time in intervals.items()})
        if not await self._put(widget):
            return
        self.show_keys()
        if near is not None:
            await self._ask_for_clarification(near)
        has_notes = bool(session.current.item.cites)
        if has_notes and await self.turns.when_free(self.live.is_new_topic):
            await self.item_area.mount(NewTopic(), before=0)
        self.live.shown()

    async def _ask_for_clarification(self, near: Event) -> None:
        """Say what is missing in what was given, above the field that still holds it."""
        await self.query(Clarification).remove()
        await self.item_area.mount(Clarification(near), before=self.response)

    async def _put(self, widget: ResponseWidget) -> bool:
        """Put the item and a response widget before the learner; no where another showing came between."""
        showing = self._showing
        session = self.live.session
        bank_item = session.current
        self._put_there = None
        several = len(session.header.banks) > 1
        stimulus = bank_item.bank.stimuli.get(bank_item.item.stimulus)
        with self.app.batch_update():
            beside = self.query_one("#beside", Vertical)
            await beside.remove_children()
            await self.item_area.remove_children()
            if showing != self._showing:
                return False
            beside.display = stimulus is not None
            beside.set_class(needs_width(stimulus), "-broad")
            if stimulus is not None:
                await beside.mount(StimulusView(stimulus, bank_item.bank.bank))
            await self.item_area.mount(Stem(bank_item, show_bank=several), widget)
            self.body.scroll_home(animate=False)
        if showing != self._showing:
            return False
        self._put_there = bank_item.ref, session.visit
        return True

    async def _review(self, *, anew: bool) -> None:
        """Mark the response and say what there is to say."""
        session, showing = self.live.session, self._showing
        bank_item, grade = session.current, session.grade
        attempt = session.attempt
        is_there = bool(self.query(ResponseWidget)) and self._put_there == (bank_item.ref, session.visit)
        if anew or attempt is None or not is_there:
            widget = response_widget(
                session.interaction, attempt.response if attempt else None, bank_item.bank.reads
            )
            if not await self._put(widget):
                return
        back = await self.turns.when_free(self.live.coming_back)
        await self.query("Feedback, NewTopic, Clarification").remove()
        if showing != self._showing:
            return
        self.response.mark(grade, bank_item.item.key_response())
        rows = self.body.size.height - self.item_area.size.height - VERDICT_ROWS
        feedback = Feedback(bank_item, grade, back, note_rows=rows)
        await self.item_area.mount(feedback)
        if showing != self._showing:
            return
        self._guard.shown(self.workspace.clock.passed())
        self.show_keys()
        feedback.query_one(NextButton).focus(scroll_visible=False)
        self.call_after_refresh(self._scroll_to_verdict, feedback)
        self.app.collect_garbage_when_idle()

    def _scroll_to_verdict(self, feedback: Feedback) -> None:
        """Show the verdict and the missed row above it; the stem as well where there is room for all."""
        top = self.item_area.region.y
        missed = [row.region.y - top for row in self.query(ResponseRow) if row.tone in {"wrong", "open"}]
        end = feedback.region.y - top + feedback.verdict_rows
        wanted = max(0, end - self.body.scrollable_content_region.height + 1)
        self.body.scroll_to(y=min([wanted, *missed]), animate=False)

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
        top.left = join((at.title, "bold"), (" · study", "$foreground-muted"))
        dots = "".join(DOTS[mark] for mark in at.marks)
        passed = clock(self.workspace.clock.passed() - self._begun)
        shown = [f"{at.place} of {at.total}", dots if at.total <= self.size.width // 3 - 10 else "", passed]
        flag = ("⚑ " if at.is_flagged else "", "$text-warning")
        top.right = join(flag, "   ".join(part for part in shown if part))

    def show_keys(self) -> None:
        """Show what the keys do now; none once the response is marked, nor while the item is changed."""
        widget = next(iter(self.query(ResponseWidget)), None)
        keys = [] if widget is None else list(widget.hint)
        if keys and self.workspace.config.confidence:
            keys = [(key, effect) for key, effect in keys if effect != "submit"]
            keys += [
                (key_label(self, "answer.submit"), "fairly sure"),
                (key_label(self, "study.sure"), "sure"),
                (key_label(self, "study.guess"), "guess"),
            ]
        self.query_one(KeyLine).show_pairs([] if self.live.is_reviewing else keys)

    def on_response_widget_hint_changed(self) -> None:
        """Show what the keys do after something was revealed or picked up."""
        self.show_keys()

    async def on_response_widget_submitted(self, message: ResponseWidget.Submitted) -> None:
        """Grade what was handed in; it is on record before the verdict is shown."""
        if self.live.session.phase is not Phase.ANSWERING:
            return
        confidence = confidence_meant(self._confidence, is_asked=self.workspace.config.confidence)
        self._guard.is_repeat(self.workspace.clock.passed())
        await read_words_for(self.live.session.current, message.response)
        await self.take(lambda: self.live.submit(message.response, confidence))
        is_leech = await self.turns.when_free(lambda: self.live.is_new_leech)
        if isinstance(self.live.session.interaction, Reveal) and self.live.is_reviewing:
            await self.take(self.live.advance)  # the learner has just rated it: there is no verdict to read
        if is_leech:
            note, edit, suspend = (key_label(self, f"study.{name}") for name in ("note", "edit", "suspend"))
            self.notify(
                f"Missed eight times. Read its note ({note}), mend it ({edit}), or suspend it ({suspend}).",
                title="A leech",
                severity="warning",
            )
