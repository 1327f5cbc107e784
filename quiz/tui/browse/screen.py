"""Browse: every question of all banks, searched, narrowed, sorted, and changed many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.getters import query_one
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from quiz.core.content.item_ref import ItemRef
from quiz.core.scheduling.study_day import day_of
from quiz.core.study.item_changes import PAST, Deed, ItemChange
from quiz.core.study_filter import Purpose, StudyFilter
from quiz.core.text.phrases import count
from quiz.errors import QuizError
from quiz.services.browse.catalogue import BrowsedItem, Catalogue, Column, Facts
from quiz.services.item_changes import change_items, rescheduled, tagged, undo_change, untagged
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key, key
from quiz.tui.browse.item_table import ItemTable
from quiz.tui.browse.preview import preview_of
from quiz.tui.routes import AskText, Narrow, ShownItem, Study
from quiz.tui.text import join, show
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import RowList
from quiz.tui.widgets.text_field import TextField
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace

NOTHING = Facts(None, None)
PREVIEW_AFTER = 0.15
"""Seconds that the cursor rests on a question before its preview is read."""


class BrowseScreen(BaseScreen[None]):
    """All questions in a list, and the one under the cursor beside it."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "ItemTable"
    name_shown = "Browse"
    about = (
        "Every question of all banks. Space marks questions; what you do is done to those that are marked, or"
        " to the one under the cursor, and can be undone."
    )
    choosing = "Look at this question"
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("browse.search", "slash", "search", "Search", "Search for words", "/"),
        bar_key("browse.narrow", "l", "narrow", "Narrow", "Show only some of them"),
        bar_key("browse.sort", "o", "sort", "Sort", "Sort by the next column"),
        key("browse.reverse", "O", "reverse", "Reverse", "Sort the other way round"),
        bar_key("browse.suspend", "at", "suspend", "Suspend", "Never ask again, or ask again", "@"),
        bar_key("browse.flag", "f", "flag", "Flag", "Mark to look at again, or take the mark away"),
        key("browse.tag", "t", "tag", "Tag", "Give a tag of your own"),
        key("browse.untag", "T", "untag", "Untag", "Take a tag of your own away"),
        key("browse.due", "d", "due", "Set due", "Choose the day on which it comes back"),
        key("browse.forget", "delete", "forget", "Forget", "Make it new again"),
        bar_key("browse.undo", "u", "undo", "Undo", "Take the last change back"),
        key("browse.study", "s", "study", "Study", "Study what is marked"),
        key("browse.edit", "e", "edit", "Edit", "Open the question in your editor"),
        bar_key("browse.close", "escape,q", "close", "Back", "Back to where you were"),
    ]

    table = query_one(ItemTable)

    def __init__(self, workspace: Workspace, chosen: StudyFilter | None = None, words: str = "") -> None:
        super().__init__()
        self.workspace = workspace
        self.chosen = chosen or StudyFilter()
        self.words = words
        self.column, self.is_reversed = Column.FILE, False
        self._catalogue: Catalogue | None = None
        self._is_whole = False
        """Whether all banks have been read."""
        self._keeps_place = True
        self._changes: list[str] = []
        """The ids of the changes that were made here, the last one last."""
        self._zone, self._starts_at = workspace.zone, workspace.config.day_starts_at

    def compose(self) -> ComposeResult:
        """Lay out the search, the list and the preview."""
        yield TopLine(show("Browse", "bold $foreground"))
        yield TextField(self.words, placeholder="Search: words of a question, a tag, an id", max_length=200)
        with Horizontal(id="body"):
            with Vertical(id="list"):
                yield Static(id="heads")
                yield ItemTable(self._facts, self._day)
            with VerticalScroll(id="preview", can_focus=False):
                yield Static(id="previewed")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the first bank at once, and read all of them meanwhile."""
        self._preview_timer = self.set_timer(PREVIEW_AFTER, self._preview, pause=True)
        first = next((card.id for card in self.workspace.library.usable()), None)
        if first is not None and self._asks_for_all:
            self._catalogue = Catalogue(self.workspace, first)
            self.table.show_found(self._catalogue.found())
            self._say_found()
        self._read()

    @property
    def _asks_for_all(self) -> bool:
        return not (self.words or self.chosen.banks or self.chosen.is_narrowed)

    def _facts(self, ref: ItemRef) -> Facts:
        return self._catalogue.facts(ref) if self._catalogue is not None else NOTHING

    def _day(self, time: int) -> str:
        return day_of(time, self._zone, self._starts_at).isoformat()

    @work(thread=True, exclusive=True, group="read")
    def _read(self) -> None:
        """Read all banks off the loop."""
        catalogue = Catalogue(self.workspace)
        self.app.call_from_thread(self._take, catalogue)

    def _take(self, catalogue: Catalogue) -> None:
        if self.is_attached:
            self._catalogue, self._is_whole = catalogue, True
            self._find_in_place()

    def find(self, *, keeps_place: bool = False) -> None:
        """Find anew what is searched for, narrowed to and sorted by."""
        if self._catalogue is not None:
            self._keeps_place = keeps_place
            self._find(self._catalogue, self.words, self.chosen, self.column, self.is_reversed)

    def _find_in_place(self) -> None:
        self.find(keeps_place=True)

    @work(thread=True, exclusive=True, group="find")
    def _find(
        self, catalogue: Catalogue, words: str, chosen: StudyFilter, column: Column, is_reversed: bool
    ) -> None:
        """Find off the loop; what another search has overtaken is not shown."""
        worker = get_current_worker()
        found = catalogue.found(words, chosen, column, is_reversed=is_reversed)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, found)

    def _show(self, found: Sequence[BrowsedItem]) -> None:
        if self.is_attached:
            self.table.show_found(found, keeps_place=self._keeps_place)
            self._say_found()

    def _say_found(self) -> None:
        table, top = self.table, self.query_one(TopLine)
        is_first_bank = self._asks_for_all and not self._is_whole
        sizes = [card.items for card in self.workspace.library.usable()] if is_first_bank else []
        said = count(sum(sizes) or len(table.found), "question")
        marked = f", {len(table.marked):,} marked" if table.marked else ""
        narrowed = "  narrowed" if self.chosen.is_narrowed or self.chosen.banks else ""
        top.left = join(("Browse", "bold $foreground"), f"   {said}{marked}", (narrowed, "$text-accent"))
        self.query_one("#heads", Static).update(table.heads(self.column, is_reversed=self.is_reversed))

    def on_resize(self) -> None:
        """Show the columns there is room for."""
        self._say_found() if self.table.found else None

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """Show the question under the cursor once the cursor rests."""
        event.stop()
        self._say_found()
        self._preview_timer.reset()
        self._preview_timer.resume()

    def _preview(self) -> None:
        item = self.table.item
        if item is not None and self.query_one("#preview").display:
            self._read_preview(item)

    @work(thread=True, exclusive=True, group="preview")
    def _read_preview(self, item: BrowsedItem) -> None:
        worker = get_current_worker()
        shown = preview_of(self.workspace, item, self._facts(item.ref), self._day)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show_preview, item, shown)

    def _show_preview(self, item: BrowsedItem, shown: object) -> None:
        if self.is_attached and self.table.item is not None and self.table.item.ref == item.ref:
            self.query_one("#previewed", Static).update(shown)  # type: ignore[arg-type]

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as it is typed."""
        self.words = event.value
        self.find()

    def on_input_submitted(self) -> None:
        """Go to what was found."""
        self.table.focus()

    def action_search(self) -> None:
        """Search for words."""
        self.set_focus(self.query_one(TextField))

    def action_close(self) -> None:
        """Go from the search to the list, and from the list back."""
        if self.is_typing:
            self.table.focus()
        else:
            self.dismiss(None)

    def action_narrow(self) -> None:
        """Choose which questions are shown."""
        self.go(Narrow(self.chosen), self._narrow)

    def _narrow(self, chosen: StudyFilter | None) -> None:
        if chosen is not None:
            self.chosen = chosen
            self.find()

    def action_sort(self) -> None:
        """Sort by the next column."""
        columns = list(Column)
        self.column = columns[(columns.index(self.column) + 1) % len(columns)]
        self.find()

    def action_reverse(self) -> None:
        """Sort the other way round."""
        self.is_reversed = not self.is_reversed
        self.find()

    def on_row_list_chosen(self) -> None:
        """Look at the question under the cursor."""
        if self.table.item is not None:
            self.go(ShownItem(self.table.item.ref))

    def action_study(self) -> None:
        """Study what is marked, or the question under the cursor."""
        refs = tuple(self.table.those_meant())
        if refs:
            self.go(Study(StudyFilter(purpose=Purpose.AHEAD), refs))

    def action_edit(self) -> None:
        """Open the question in the person's editor, and read its bank anew."""
        if self.table.item is not None:
            self.edit(*self.workspace.library.locate(self.table.item.ref))
            self._read()

    def action_suspend(self) -> None:
        """Suspend questions; resume them where all are suspended."""
        self._toggle(Deed.SUSPEND, Deed.RESUME, "is_suspended")

    def action_flag(self) -> None:
        """Flag questions; take the flags away where all are flagged."""
        self._toggle(Deed.FLAG, Deed.UNFLAG, "is_flagged")

    def _toggle(self, on: Deed, off: Deed, name: str) -> None:
        refs = self.table.those_meant()
        is_on = all(getattr(self._facts(ref).memory, name, False) for ref in refs)
        self._change(ItemChange(off if is_on else on), refs)

    def action_forget(self) -> None:
        """Make questions new again."""
        self._change(ItemChange(Deed.FORGET), self.table.those_meant())

    def action_tag(self) -> None:
        """Ask for a tag, and give it."""
        self.go(AskText("Which tag?"), lambda tag: self._change_if(tag, tagged))

    def action_untag(self) -> None:
        """Ask for a tag, and take it away."""
        self.go(AskText("Which tag is to go?"), lambda tag: self._change_if(tag, untagged))

    def action_due(self) -> None:
        """Ask for a day, and let questions come back on it."""
        question = "Comes back on which day? A date, or in how many days"
        self.go(AskText(question, "1"), lambda day: self._change_if(day, self._on))

    def _on(self, written: str) -> ItemChange:
        return rescheduled(self.workspace, written)

    def _change_if(self, written: str | None, change: Callable[[str], ItemChange]) -> None:
        if written:
            self._change(change(written), self.table.those_meant())

    def _change(self, change: ItemChange, refs: Sequence[ItemRef]) -> None:
        if change.deed is Deed.RESCHEDULE:
            refs = [ref for ref in refs if self._facts(ref).stability is not None]
        if refs:
            self._put(change, tuple(refs))
        else:
            self.notify("Only questions that were answered have a day on which they come back.")

    @work(thread=True, group="change")
    def _put(self, change: ItemChange, refs: tuple[ItemRef, ...]) -> None:
        """Put a change on record off the loop."""
        try:
            done = change_items(self.workspace, refs, change)
        except QuizError as error:
            self.app.call_from_thread(self.refuse, error)
            return
        self.app.call_from_thread(self._changed, f"{PAST[change.deed]} {count(len(refs), 'question')}.", done)

    def _changed(self, said: str, done: str = "") -> None:
        if done:
            self._changes.append(done)
        self.notify(said)
        self._reread()

    @work(thread=True, exclusive=True, group="read")
    def _reread(self) -> None:
        """Read anew what is on record."""
        if self._catalogue is not None:
            self._catalogue.read_record(self.workspace)
            self.app.call_from_thread(self._find_in_place)

    def action_undo(self) -> None:
        """Take the last change back."""
        if self._changes:
            number = undo_change(self.workspace, self._changes.pop())
            self._changed(f"Taken back, {count(number, 'question')}.")
        else:
            self.notify("Nothing was changed here yet.")

    def on_screen_resume(self) -> None:
        """Show what was changed elsewhere."""
        if self._is_whole:
            self._reread()
