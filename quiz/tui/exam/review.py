"""The review of an exam: every item with what was given, what was right, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Static

from quiz.core.content.grading import Grade
from quiz.core.item_result import ItemResult, ReviewFilter
from quiz.core.session import BankItem, arrangement
from quiz.core.study_filter import StudyFilter
from quiz.core.text.phrases import only_or_count
from quiz.services.exam.results import finished_exam, result_of_exam
from quiz.services.word_lists import read_words_for
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key, key
from quiz.tui.exam.filter_bar import NAMES, FilterBar
from quiz.tui.responses import response_widget
from quiz.tui.responses.base import ResponseWidget
from quiz.tui.routes import Study
from quiz.tui.text import SIGNS, join, show, show_line
from quiz.tui.widgets.explanation import VerdictPanel
from quiz.tui.widgets.item_pane import ItemPane
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import ListRow, RowList
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace

LISTED_FROM = 110
"""The width in cells from which the items are listed beside the one that is shown."""


class ListedItems(RowList):
    """The items beside the one that is shown; its own keys do what they do without the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("review.next", "right,enter", "screen.walk(1)", "Next", "Forward", "→"),
        bar_key("review.back", "left", "screen.walk(-1)", "Previous", "Back", "←"),
    ]


class ReviewScreen(BaseScreen[None]):
    """Walks through the items of an exam that was handed in."""

    CSS_PATH = "review.tcss"
    AUTO_FOCUS = ""
    name_shown = "Review"
    about = (
        "Every question with your answer, the correct answer and the reason. 1 to 5 choose which are listed."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("review.next", "right,enter", "screen.walk(1)", "Next", "Forward", "→"),
        bar_key("review.back", "left,backspace", "screen.walk(-1)", "Previous", "Back", "←"),
        bar_key("review.on", "space", "read_on", "Read on", "A page further, then the next question"),
        key("review.up", "up", "scroll(-1)", "Up", "Scroll up"),
        key("review.down", "down", "scroll(1)", "Down", "Scroll down"),
        key("review.first", "home", "walk_to(0)", "First", "To the first question"),
        key("review.last", "end", "walk_to(-1)", "Last", "To the last question"),
        *(
            key(f"review.filter-{digit}", str(digit), f"filter('{which}')", name, f"{name} questions")
            for digit, (which, (name, _)) in enumerate(NAMES.items(), 1)
        ),
        bar_key("review.note", "n,f8", "note", "Note", "Read the note this question cites"),
        bar_key("review.retry", "r", "retry", "Retry missed", "Study just the missed questions now"),
        bar_key("review.close", "escape,q", "close", "Back", "Back to where you were"),
    ]

    pane = query_one(ItemPane)
    listed = query_one(ListedItems)

    def __init__(
        self, workspace: Workspace, session_id: str, chosen: ReviewFilter = ReviewFilter.ALL
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.session = finished_exam(workspace, session_id)
        self.result = result_of_exam(workspace, self.session)
        self.chosen = chosen
        self._shown: int | None = None
        """The number of the item on the screen."""

    def compose(self) -> ComposeResult:
        """Lay out the filters, the list and the item."""
        yield TopLine()
        yield FilterBar({which: len(self._admitted(which)) for which in self._filters})
        with Horizontal(id="panes"):
            yield ListedItems(id="listed")
            yield ItemPane()
        yield KeyBar()

    async def on_mount(self) -> None:
        """Show the first item of the filter."""
        if not self._admitted(self.chosen):
            self.chosen = ReviewFilter.ALL
        await self._list()
        self._mind_width()

    def on_resize(self) -> None:
        """List the items where there is room."""
        self._mind_width()

    def _mind_width(self) -> None:
        is_listed = self.size.width >= LISTED_FROM
        self.listed.display = is_listed
        self.set_focus(self.listed if is_listed else None)

    @property
    def _filters(self) -> list[ReviewFilter]:
        """The filters there are: without confidence nobody was sure."""
        asked = self.result.has_marks
        return [which for which in ReviewFilter if asked or which is not ReviewFilter.SURE_AND_WRONG]

    def _admitted(self, which: ReviewFilter) -> list[ItemResult]:
        return [item for item in self.result.items if which.admits(item)]

    @property
    def items(self) -> list[ItemResult]:
        """The items that the filter admits."""
        return self._admitted(self.chosen)

    @property
    def current(self) -> ItemResult | None:
        """The item under the cursor."""
        row = self.listed.current
        return self.result.items[int(row.key) - 1] if row is not None else None

    async def _list(self) -> None:
        self.query_one(FilterBar).choose(self.chosen)
        self.listed.show_rows([self._row(item) for item in self.items])
        await self._show()

    @staticmethod
    def _row(item: ItemResult) -> ListRow:
        sign, style = SIGNS[item.verdict.value]
        left = join(
            (f"{item.number:>3} ", "$foreground-muted"),
            (f"{sign} ", style),
            show_line(item.stem or item.ref.item),
        )
        return ListRow(str(item.number), left, show_line("⚑" if item.is_flagged else "", "$text-warning"))

    async def on_row_list_highlighted(self) -> None:
        """Show the item under the cursor."""
        await self._show()

    async def _show(self) -> None:
        """Show the current item, marked as it was handed in."""
        item = self.current
        top = self.query_one(TopLine)
        title = only_or_count(self.result.banks, "bank")
        top.left = join((title, "bold $foreground"), (" · review", "$foreground-muted"))
        if item is None:
            return
        which = "" if self.chosen is ReviewFilter.ALL else f" {NAMES[self.chosen][0].lower()}"
        top.right = show_line(f"{self.listed.cursor + 1} of {len(self.items)}{which}")
        if item.number == self._shown:
            return
        self._shown = item.number
        bank_item = self.session.lookup.get(item.ref)
        if bank_item is None:
            await self.pane.clear(
                Static(show(f"{item.ref.item} is no longer in its bank.", "bold")),
                VerdictPanel(item, None, Grade(0.0)),
            )
        else:
            await self._show_item(item, bank_item)
        self.refresh_bindings()

    async def _show_item(self, item: ItemResult, bank_item: BankItem) -> None:
        several = len(self.session.header.banks) > 1
        below: list[Widget] = []
        grade = Grade(0.0)
        if item.is_same:
            asked = arrangement(self.session.header.seed, item.ref, 0, bank_item.item)
            response = item.response if item.response is not None else asked.response_type()
            await read_words_for(bank_item, response)
            grade = bank_item.grade(response)
            below.append(response_widget(asked, response, bank_item.bank.reads))
        else:
            below.append(
                Static(show("The question was changed since you answered it.", "italic $text-warning"))
            )
        await self.pane.put(bank_item, *below, VerdictPanel(item, bank_item, grade), show_bank=several)
        for widget in self.query(ResponseWidget):
            widget.mark(grade, bank_item.item.key_response())

    def action_walk(self, by: int) -> None:
        """Go to another item."""
        if 0 <= self.listed.cursor + by < len(self.items):
            self.listed.cursor += by
        else:
            self.app.bell()

    def action_walk_to(self, place: int) -> None:
        """Go to the first or the last item."""
        self.listed.action_move_to(place)

    def on_row_list_chosen(self) -> None:
        """Go on by enter, or by a click on the current row."""
        self.action_walk(1)

    def action_read_on(self) -> None:
        """Scroll a page down, or go to the next item at the page's end."""
        body = self.pane.body
        if body.scroll_offset.y < body.max_scroll_y:
            body.scroll_page_down(animate=False)
        else:
            self.action_walk(1)

    def action_scroll(self, by: int) -> None:
        """Scroll the item by a line."""
        self.pane.body.scroll_relative(y=by, animate=False)

    async def action_filter(self, name: str) -> None:
        """Look at other items."""
        await self._filter(ReviewFilter(name))

    async def on_filter_bar_chosen(self, message: FilterBar.Chosen) -> None:
        """Look at other items, by a click."""
        await self._filter(message.filter)

    async def _filter(self, which: ReviewFilter) -> None:
        if self._admitted(which):
            self.chosen = which
            await self._list()
        else:
            self.notify(f"No question is {which.value}.")

    def action_note(self) -> None:
        """Read the notes that the item cites, in full."""
        self.show_notes(self._placed)

    @property
    def _placed(self) -> BankItem | None:
        item = self.current
        return self.session.lookup.get(item.ref) if item is not None else None

    def action_retry(self) -> None:
        """Study just the missed items."""
        self.go(Study(StudyFilter(banks=self.session.header.banks), tuple(self.result.missed)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is for this item and this exam."""
        if action == "note":
            return self.is_mounted and self._placed is not None and bool(self._placed.item.cites)
        if action == "retry":
            return bool(self.result.missed)
        return super().check_action(action, parameters)
