"""The briefing: all notes of a bank, to read before or between."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from quiz.core.text.phrases import count
from quiz.services.workspace import StudyFilter
from quiz.tui.available_actions import key_label
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.routes import Study
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.markdown_text import MarkdownText
from quiz.tui.widgets.picture import Picture
from quiz.tui.widgets.row_list import ListRow, RowList
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.core.content.bank import Bank


class BriefingScreen(BaseScreen[None]):
    """A table of contents on the left, the note under the cursor on the right."""

    CSS_PATH = "briefing.tcss"
    AUTO_FOCUS = "#contents"
    name_shown = "Briefing"
    about = "The notes that the items of this bank ask about."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("briefing.page", "space", "page", "Read on", "A page further, then the next note"),
        bar_key("briefing.study", "s", "study", "Study", "Study this bank now"),
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
        """The notes that were shown."""

    def compose(self) -> ComposeResult:
        """Lay out contents and page."""
        yield TopLine()
        with Horizontal(id="panes"):
            yield RowList(id="contents")
            with VerticalScroll(id="page"):
                yield Static(id="heading", classes="title")
                yield MarkdownText(id="text")
                yield Static(id="source", classes="muted")
                yield Static(id="end")
        yield KeyBar()

    def on_mount(self) -> None:
        """List the notes."""
        top = self.query_one(TopLine)
        top.left = join((self._bank.title, "bold"), (" · briefing", "$foreground-muted"))
        top.right = show_line(count(len(self._bank.notes), "note"))
        self.contents.border_title = Content("Notes")
        self.contents.show_rows(self._rows(), self._first)
        if not self._bank.notes:
            self.query_one("#heading", Static).update(show("This bank has no notes."))
            self._say_end(is_last=True)

    def _rows(self) -> list[ListRow]:
        """Return a row for each note, marked where it was read."""
        return [
            ListRow(
                name,
                show_line(note.title),
                show("read", "$foreground-muted") if name in self._read else Content(),
            )
            for name, note in self._bank.notes.items()
        ]

    def _say_end(self, *, is_last: bool) -> None:
        """Say on the last page what to do now."""
        end = self.query_one("#end", Static)
        end.display = is_last and self._leads_on
        button = (f" {key_label(self, 'briefing.study')}  Study ", "bold $background on $primary")
        end.update(join(button, ("   That was the last note.", "$foreground-muted")))

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """Show the note under the cursor; the one before was read."""
        name = event.row.key
        if name not in self._read:
            self._read.add(name)
            self.contents.show_rows(self._rows(), name)
            return
        note = self._bank.notes[name]
        self._say_end(is_last=name == list(self._bank.notes)[-1])
        self.query_one("#heading", Static).update(show_line(note.title))
        self.query_one("#text", MarkdownText).show_text(note.text)
        self.query_one("#source", Static).update(show_line(self._bank.source_line(note)))
        self.query(Picture).remove()
        if note.image is not None:
            self.page.mount(Picture(self._bank.bank, note.image), after="#text")
        self.page.scroll_home(animate=False)

    def on_row_list_chosen(self) -> None:
        """Go to the page to scroll it."""
        self.page.focus()

    def action_study(self) -> None:
        """Study the bank."""
        self.go(Study(StudyFilter(banks=(self._bank.bank,))), in_place=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to study where that is what comes next."""
        return self._leads_on if action == "study" else super().check_action(action, parameters)

    def action_page(self) -> None:
        """Scroll a page down, or show the next note at the page's end."""
        if self.page.scroll_offset.y < self.page.max_scroll_y:
            self.page.scroll_page_down(animate=False)
        else:
            self.contents.action_move(1)
