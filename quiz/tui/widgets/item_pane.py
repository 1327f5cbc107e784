"""An item as it is asked or looked at again: its stimulus beside or above it, its stem and its response.

What is read has a measure and stands about a third down the screen. The room that a verdict takes is kept
free beneath from the beginning, so that nothing moves when it comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.css.query import NoMatches
from textual.geometry import Size
from textual.getters import query_one
from textual.widget import Widget

from quiz.core.content.bank import Stimulus
from quiz.core.session import BankItem
from quiz.tui.available_actions import key_sign
from quiz.tui.responses.base import ResponseWidget
from quiz.tui.responses.folding import MISSED
from quiz.tui.responses.row import ResponseRow
from quiz.tui.widgets.action_line import ActionLine
from quiz.tui.widgets.cited_notes import CitedNotes
from quiz.tui.widgets.feedback import Feedback
from quiz.tui.widgets.item_body import ItemBody
from quiz.tui.widgets.item_heading import Stem
from quiz.tui.widgets.rail import Rail
from quiz.tui.widgets.stimulus_view import StimulusView, needs_width

if TYPE_CHECKING:
    from quiz.core.content.grading import Grade
    from quiz.services.study.live import ComingBack

MEASURE = 80
"""The most cells that an item's rows take; its text stands in 76 of them."""
BESIDE_FROM = 110
"""The width in cells from which a stimulus stands beside its item."""
BOTH_FROM = 160
"""The width in cells from which a stimulus and a rail stand beside it, and a rail is wide."""
SHORT_BELOW = 14
"""The height in cells below which a stimulus is given little room."""
SCROLL_BAR = 2
"""The cells that a scroll bar takes."""
LANDS_FROM, LANDS_FOR = 0.3, 0.12
"""How much of their colour reasons have when the verdict comes, and the seconds until they have all of it."""
BUTTON_ROWS = 2
"""The rows that the button takes beneath a verdict."""
VERDICT_ROWS = 10
"""The rows that a verdict takes, which are kept free for it."""
AIRY_FROM = 28
"""The height in cells from which a topic, a stem and the options stand apart."""


class ItemPane(Horizontal):
    """Shows one item at a time; its frame stays while items come and go.

    With `asks`, the id of the binding that goes on from a verdict, there is a line beneath that says what to
    do, and a verdict can be shown.
    """

    DEFAULT_CSS = """
    ItemPane {
        height: 1fr; width: 1fr; align-horizontal: center;
        & > .beside { display: none; width: 1fr; height: 100%; padding: 1 0 0 2; }
        & > .body { width: 1fr; max-width: 92; height: 1fr; padding: 0 2; }
        &.-broad > .body { padding: 0 4; }
        & > .body > .area { height: auto; min-height: 100%; max-width: 80; }
        &.-with-stimulus > .body { width: 2fr; }
        &.-with-stimulus > .beside { display: block; }
        & StimulusView { max-height: 100%; }
        &.-stacked { layout: vertical; align-horizontal: left; }
        &.-stacked > .beside { width: 100%; height: auto; padding: 0 1; }
        &.-stacked > .body { width: 100%; }
        & > .beside.-broad { width: 3fr; max-width: 100; }
        &.-stacked > .beside.-broad { width: 100%; max-width: 100%; }
        &.-stacked StimulusView { max-height: 50vh; }
        &.-low > .body { padding: 0 1; }
        &.-low StimulusView { max-height: 5; }
        &.-low ActionLine { margin: 0; }
    }
    """

    body = query_one(ItemBody)

    def __init__(self, *, asks: str = "", rail: Rail | None = None) -> None:
        super().__init__()
        self.asks = asks
        self.rail = rail
        self.stem, self.feedback, self.action, self.notes = Stem(), Feedback(), ActionLine(), CitedNotes()
        self._kept: list[Widget] = [self.stem]
        if asks:
            self._kept += [self.feedback, self.action, self.notes]
        self.area = Vertical(*self._kept, classes="area")
        self._beside: tuple[str, Stimulus] | None = None
        self._set_out_for: tuple[object, ...] = ()
        """The response, the width and the size of the terminal that the item was set out for."""

    def compose(self) -> ComposeResult:
        """Lay out the frame, as most of the terminal."""
        self._mind_size(self.app.size)
        yield Vertical(classes="beside")
        with ItemBody(classes="body"):
            yield self.area
        if self.rail is not None:
            yield self.rail

    def on_resize(self, event: events.Resize) -> None:
        """Put the stimulus where there is room for it, and the item a third down."""
        self._mind_size(event.size)
        self._restore_stimulus()
        self._mind_rail()
        self.set_out()

    def _mind_size(self, size: Size) -> None:
        """Note in the classes how much room there is."""
        room = {
            "-stacked": size.width < BESIDE_FROM,
            "-broad": size.width >= MEASURE + 8,
            "-low": size.height < SHORT_BELOW,
        }
        self.update_classes(room)

    def on_item_body_size_changed(self) -> None:
        """Set the item out for the room that its stimulus and its rail leave."""
        self.set_out()
        self._fit_verdict()
        self.screen.call_after_refresh(self._show_verdict)

    @property
    def has_rail(self) -> bool:
        """Whether a rail stands beside the item."""
        return self.rail is not None and self.rail.display

    def _mind_rail(self) -> None:
        """Show the rail where there is room for it, beside a stimulus only where there is a lot."""
        if self.rail is not None:
            width = self.size.width or self.app.size.width
            self.rail.display = width >= (BOTH_FROM if self._beside is not None else BESIDE_FROM)
            self.rail.set_class(width >= BOTH_FROM, "-wide")

    @property
    def responses(self) -> list[ResponseWidget]:
        """The response widget of the item, if there is one."""
        return [child for child in self.area.children if isinstance(child, ResponseWidget)]

    @property
    def response(self) -> ResponseWidget:
        """The response widget of the item. Raises NoMatches where there is none."""
        for widget in self.responses:
            return widget
        raise NoMatches("There is no response.")

    async def put(self, bank_item: BankItem, *below: Widget, show_bank: bool) -> None:
        """Show an item with its stem, and beneath it the widgets given."""
        stimulus = bank_item.bank.stimuli.get(bank_item.item.stimulus)
        with self.app.batch_update():
            await self._clear(*below)
            self.stem.put(bank_item, show_bank=show_bank)
            await self._put_beside(stimulus, bank_item.bank.bank)
            self._mind_rail()
            if new := [widget for widget in below if widget.parent is None]:
                await self.area.mount(*new, after=self.stem)
            self._set_out_for = ()
            self.set_out()
            if self.asks:
                self.show_action()
            self.body.scroll_home(animate=False)

    async def clear(self, *widgets: Widget) -> None:
        """Show nothing but the widgets given."""
        with self.app.batch_update():
            await self._clear()
            self.stem.display = False
            await self._put_beside(None, "")
            await self.area.mount(*widgets)

    async def _clear(self, *staying: Widget) -> None:
        """Take away what belongs to the item before, but for some widgets."""
        gone = [child for child in self.area.children if child not in self._kept and child not in staying]
        if gone:
            await self.area.remove_children(gone)
        self.body.response = None
        if self.asks:
            self.body.can_focus = False
            for widget in (self.feedback, self.action, self.notes):
                widget.display = False

    async def _put_beside(self, stimulus: Stimulus | None, bank: str) -> None:
        wanted = (bank, stimulus) if stimulus is not None else None
        self._restore_stimulus()
        if wanted == self._beside:
            return
        self._beside = wanted
        beside = self.query_one(".beside", Vertical)
        await beside.remove_children()
        self.set_class(stimulus is not None, "-with-stimulus")
        beside.set_class(needs_width(stimulus), "-broad")
        if stimulus is not None:
            await beside.mount(StimulusView(stimulus, bank))

    async def put_above(self, widget: Widget) -> None:
        """Put a line above the response."""
        await self.area.mount(widget, before=self.response)

    def holds(self, kind: type[Widget]) -> bool:
        """Return whether a widget of a kind stands in the item's column."""
        return any(isinstance(child, kind) for child in self.area.children)

    async def take_away(self, *kinds: type[Widget]) -> None:
        """Take the widgets of some kinds out of the item's column."""
        if gone := [child for child in self.area.children if isinstance(child, kinds)]:
            await self.area.remove_children(gone)

    def set_out(self) -> None:
        """Set the item a third down and its options apart, as far as there is room with the verdict's.

        It stays there once it is answered or judged, unless its stimulus takes another height of its own.
        """
        found = self.responses
        width, height = self.body.size
        if not found or not width:
            return
        if not self.has_class("-stacked"):
            height = self.size.height  # the rail's margin, which is set below, takes from the body's
        set_out_for = (found[0], width, self.app.size)
        is_begun = found[0].can_undo or found[0].is_marked
        is_settled = all(view.is_shortened for view in self.query(StimulusView))
        if is_begun and set_out_for == self._set_out_for and is_settled:
            return
        self._set_out_for = set_out_for
        room = min(MEASURE, width)
        is_airy = height >= AIRY_FROM
        self.stem.set_class(is_airy, "-airy")
        left = height - self.stem.rows(room) - VERDICT_ROWS
        taken = found[0].spread(room, left)
        lead = max(0, min((left - taken) // 2, height // 6))
        padding = (lead, 0, 0, 0)
        if self.area.styles.padding != padding:
            self.area.styles.padding = padding
            if self.rail is not None:
                self.rail.styles.margin = (lead, 2, 0, 0)

    def show_action(self, label: str = "Answer", remark: str = "") -> None:
        """Offer what enter does once there is something to hand in; say until then what is to be done."""
        response = self.response
        self.action.display = True
        if response.is_complete:
            name = "typing.submit" if response.takes_text else "answer.submit"
            self.action.put(response.submits or label, remark, key_sign(response, name))
        else:
            self.action.put("", response.unready)

    def mark(self, bank_item: BankItem, grade: Grade, back: ComingBack | None = None) -> None:
        """Mark the response, say beneath it what there is to say, and offer the way on."""
        with self.app.batch_update():
            response = self.response
            if not response.is_marked:
                self._let_land(self.feedback, self.notes)
            told = response.explain(grade)
            response.mark(grade, bank_item.item.key_response())
            rows = response.query(ResponseRow).exclude(".rights > ResponseRow") if grade.feedback else ()
            labels = {row.plain_text: row.label for row in rows if row.label}
            self.feedback.put(bank_item, grade, back, room=self._room_left(), told=told, labels=labels)
            self.action.display = True
            self.action.put("Next", key=key_sign(self, self.asks))
            if not self.has_rail:
                self.notes.put(bank_item, self._room_left() - VERDICT_ROWS)
            self.body.response = response
            self._fit_verdict()

    def _let_land(self, *widgets: Widget) -> None:
        """Let reasons come out of the ground once the verdict is there, without a layout or a wait."""
        can_fade = not (self.app.native_ansi_color or self.app.no_color)
        if can_fade and self.app.animation_level != "none":
            for widget in widgets:
                widget.styles.text_opacity = LANDS_FROM
                widget.styles.animate("text_opacity", 1.0, duration=LANDS_FOR)

    def _fit_verdict(self) -> None:
        """Fold what is marked where the stem, the rows and the verdict have no room together."""
        response, width = self.body.response, min(MEASURE, self.body.size.width - SCROLL_BAR)
        if response is None or width < 1:
            return
        others = set(self.area.children) - {self.stem, response, self.feedback, self.action, self.notes}
        room = self.body.size.height - self.stem.rows(width) - self.area.styles.padding.top
        room -= sum(child.outer_size.height + child.styles.margin.height for child in others if child.display)
        rows = response.fit(width, room - self.feedback.least_rows(width), BUTTON_ROWS)
        if rows:
            self.feedback.give_room(room - rows - 1 - BUTTON_ROWS)

    def _room_left(self) -> int:
        shown = (child.region.bottom for child in self.area.children if child.display)
        return self.body.size.height - (max(shown, default=0) - self.area.region.y) - 1

    def _shorten_stimulus(self, by: int) -> int:
        """Let a stimulus above its item give up to so many rows to the verdict; return how many."""
        is_above = self.has_class("-stacked")
        return sum(view.shorten(by) for view in self.query(StimulusView)) if is_above else 0

    def _restore_stimulus(self) -> None:
        for view in self.query(StimulusView):
            view.restore()

    def on_feedback_placed(self) -> None:
        """Let keys scroll what is said, and show it."""
        if self.body.max_scroll_y > 0 or self.body.hint:
            self.body.can_focus = True
            self.body.focus(scroll_visible=False)
        self._show_verdict()

    def _show_verdict(self) -> None:
        """Show the verdict and the row above it that says what is right, the stem too if there is room."""
        if self.body.response is None:
            return
        top = self.area.region.y
        rows = (row for row in self.query(ResponseRow) if row.tone in MISSED or row.says_what_is_right)
        telling = [row.region.y - top for row in rows if row.display]
        start = self.feedback.region.y - top
        end = start + self.feedback.verdict_rows
        wanted = max(0, end - self.body.scrollable_content_region.height)
        wanted -= self._shorten_stimulus(wanted)
        self.body.scroll_to(y=min([wanted, start, *telling]), animate=False)
