"""An item as it is asked or looked at again: its stimulus beside or above it, its stem and its response."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.getters import query_one
from textual.widget import Widget

from quiz.core.content.bank import Stimulus
from quiz.core.session import BankItem
from quiz.tui.bindings import key
from quiz.tui.responses.base import ResponseWidget
from quiz.tui.widgets.item_heading import Stem
from quiz.tui.widgets.stimulus_view import StimulusView, needs_width

BESIDE_FROM = 110
"""The width in cells from which a stimulus stands beside its item."""
SHORT_BELOW = 14
"""The height in cells below which a stimulus is given little room."""


class ItemBody(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Scrolls up and down only: left and right are the screen's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("item.up", "up", "scroll_up", "Up", "Scroll up"),
        key("item.down", "down", "scroll_down", "Down", "Scroll down"),
        key("item.page-up", "pageup", "page_up", "Page up", "Scroll up a page"),
        key("item.page-down", "pagedown", "page_down", "Page down", "Scroll down a page"),
    ]


class ItemPane(Horizontal):
    """Shows one item at a time."""

    DEFAULT_CSS = """
    ItemPane {
        height: 1fr;
        & > .beside { display: none; width: 1fr; height: 100%; padding: 1 0 0 2; }
        & > .body { width: 2fr; height: 1fr; padding: 1 2; align-horizontal: center; }
        & > .body > .area { height: auto; max-width: 110; }
        &.-with-stimulus > .beside { display: block; }
        & StimulusView { max-height: 100%; }
        &.-stacked { layout: vertical; }
        &.-stacked > .beside { width: 100%; height: auto; padding: 0 1; }
        &.-stacked > .body { width: 100%; }
        & > .beside.-broad { width: 3fr; }
        &.-stacked StimulusView { max-height: 50vh; }
        &.-low > .body { padding: 0 1; }
        &.-low StimulusView { max-height: 5; }
    }
    """

    body = query_one(ItemBody)
    area = query_one(".area", Vertical)

    def compose(self) -> ComposeResult:
        """Lay out the frame."""
        yield Vertical(classes="beside")
        with ItemBody(classes="body"):
            yield Vertical(classes="area")

    def on_resize(self, event: events.Resize) -> None:
        """Put the stimulus where there is room for it."""
        self.set_class(event.size.width < BESIDE_FROM, "-stacked")
        self.set_class(event.size.height < SHORT_BELOW, "-low")

    @property
    def response(self) -> ResponseWidget:
        """The response widget of the item."""
        return self.query(ResponseWidget).first()  # query_one would keep every one it ever found

    async def put(self, bank_item: BankItem, *below: Widget, show_bank: bool) -> None:
        """Show an item with its stem, and beneath it the widgets given."""
        stimulus = bank_item.bank.stimuli.get(bank_item.item.stimulus)
        await self.clear(
            Stem(bank_item, show_bank=show_bank), *below, stimulus=stimulus, bank=bank_item.bank.bank
        )

    async def clear(self, *widgets: Widget, stimulus: Stimulus | None = None, bank: str = "") -> None:
        """Show nothing but the widgets given, and a stimulus."""
        with self.app.batch_update():
            beside = self.query_one(".beside", Vertical)
            await beside.remove_children()
            await self.area.remove_children()
            self.set_class(stimulus is not None, "-with-stimulus")
            beside.set_class(needs_width(stimulus), "-broad")
            if stimulus is not None:
                await beside.mount(StimulusView(stimulus, bank))
            await self.area.mount(*widgets)
            self.body.scroll_home(animate=False)
