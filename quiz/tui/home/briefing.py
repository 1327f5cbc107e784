"""The briefing: all notes of a bank, to read before or between."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content, Span
from textual.getters import query_one
from textual.widgets import Static

from quiz.core.study_filter import StudyFilter
from quiz.core.text.safe_text import one_line
from quiz.tui.available_actions import key_label
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.home.asked_panel import AskedPanel
from quiz.tui.routes import Study
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.action_line import ActionLine
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.markdown_text import MarkdownText
from quiz.tui.widgets.picture import Picture
from quiz.tui.widgets.row_list import ListRow, RowList
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.core.content.bank import Bank


BESIDE_FROM = 160
"""The width in cells from which what is asked of a note stands beside it, and not beneath the list."""
MUTED = "$foreground-muted"
READ, UNREAD = ("✓ ", "$text-success"), ("· ", MUTED)


class BriefingScreen(BaseScreen[None]):
    """The notes on the left, the one under the cursor on the right; beneath it a button goes on."""

    CSS_PATH = "briefing.tcss"
    AUTO_FOCUS = "#contents"
    name_shown = "Briefing"
    about = "The notes that the questions of this bank ask about."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("briefing.page", "space", "page", "Read on", "A page further, then the next note"),
        bar_key("briefing.study", "s", "study", "Study", "Answer the questions of this bank"),
        bar_key("briefing.close", "escape,q,r", "close", "Back", "Back to where you were"),
    ]

    contents = query_one("#contents", RowList)
    page = query_one("#page", VerticalScroll)

    def __init__(self, bank: Bank, note: str | None = None, leads_on: bool = False) -> None:
        super().__init__()
        self._bank = bank
        self._first = note
        self._leads_on = leads_on
        self._read: set[str] = set()
        """The notes that were on the screen so far."""

    def compose(self) -> ComposeResult:
        """Lay out contents and page."""
        yield TopLine()
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield RowList(id="contents")
                yield AskedPanel(id="below")
            with VerticalScroll(id="page", can_focus=True):
                yield Static(id="heading")
                yield MarkdownText(id="text")
                yield Static(id="source", classes="muted")
                yield ActionLine()
            yield AskedPanel(id="beside")
        yield KeyBar()

    def on_mount(self) -> None:
        """List the notes."""
        top = self.query_one(TopLine)
        top.left = join((self._bank.title, "bold $foreground"), (" · briefing", MUTED))
        rows = [self._row(name) for name in self._bank.notes]
        self.contents.show_rows(rows, self._first)
        if not self._bank.notes:
            self.query_one("#heading", Static).update(show("This bank has no notes."))

    def _row(self, name: str) -> ListRow:
        """Return the row of a note; there may be thousands, so it is made in one step."""
        sign, style = READ if name in self._read else UNREAD
        title = one_line(self._bank.notes[name].title)
        return ListRow(name, Content(sign + title, [Span(0, len(sign), style)]))

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """Show the note under the cursor, and that it was read."""
        name = event.row.key
        if name not in self._read:
            self._read.add(name)
            self.contents.show_row(self._row(name))
        note, place = self._bank.notes[name], self.contents.cursor + 1
        count = len(self._bank.notes)
        self.query_one(TopLine).right = show_line(f"note {place} of {count} · {len(self._read)} read")
        self.query_one("#heading", Static).update(show_line(note.title, "bold"))
        self.query_one("#text", MarkdownText).show_text(note.text)
        self.query_one("#source", Static).update(show_line(self._bank.source_line(note)))
        self.query(Picture).remove()
        if note.image is not None:
            self.page.mount(Picture(self._bank.bank, note.image), after="#text")
        stems = [item.headline for item in self._bank.items if name in item.cites]
        for panel in self.query(AskedPanel):
            panel.show_stems(stems)
        self._show_way_on()
        self.page.scroll_home(animate=False)
        self.call_after_refresh(self.refresh_bindings)

    def on_resize(self) -> None:
        """Tell beside the note what is asked of it, where there is room."""
        self.set_class(self.size.width >= BESIDE_FROM, "-beside")

    @property
    def _next(self) -> ListRow | None:
        """The row of the note after the one under the cursor."""
        return next(iter(self.contents.rows[self.contents.cursor + 1 :]), None)

    def _show_way_on(self) -> None:
        action, following = self.query_one(ActionLine), self._next
        if following is not None:
            title = self._bank.notes[following.key].title
            action.put("Read on", show_line(title).plain, key_label(self, "briefing.page"))
        elif self._leads_on:
            action.put("Study", "That was the last note.", key_label(self, "briefing.study"))
        else:
            action.put("")

    def on_action_line_pressed(self) -> None:
        """Show the next note, or after the last one do what it offers."""
        if self._next is not None:
            self.contents.action_move(1)
        else:
            self.action_study()

    def on_row_list_chosen(self) -> None:
        """Go to the page to scroll it."""
        self.page.focus()

    def action_page(self) -> None:
        """Scroll a page down, or show the next note at the page's end."""
        if self.page.scroll_offset.y < self.page.max_scroll_y:
            self.page.scroll_page_down(animate=False)
            self.call_after_refresh(self.refresh_bindings)
        else:
            self.contents.action_move(1)

    def action_study(self) -> None:
        """Answer the questions of this bank."""
        self.go(Study(StudyFilter(banks=(self._bank.bank,))), in_place=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to study where that is not being done already, and to read on where there is more."""
        if action == "page" and self.is_mounted:
            return self._next is not None or self.page.scroll_offset.y < self.page.max_scroll_y
        return self._leads_on if action == "study" else super().check_action(action, parameters)
