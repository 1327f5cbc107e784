"""What is told of the bank under the cursor where there is room: what it asks, and its notes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from textual.content import Content

from quiz.core.content.bank import Note
from quiz.core.content.interaction import Choose
from quiz.core.content.item import Item
from quiz.core.text.markdown_excerpt import gist
from quiz.core.text.phrases import count, day_name
from quiz.errors import BankError
from quiz.services.next_items import NextItem, next_items
from quiz.tui.home.bank_detail import BankDetail
from quiz.tui.text import join, show, show_line, wrapped
from quiz.tui.widgets.figures import Figures
from quiz.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from quiz.services.home import HomeView
    from quiz.services.workspace import Workspace

MUTED = "$foreground-muted"
EMPTY = 2
"""How many rows of a card stay empty, above and below."""
MOST, MOST_NEW = 10, 6
"""How many questions are named at most, and how many where none was answered yet."""
MOST_OPTIONS, OPTION_ROWS, STEM_ROWS = 5, 2, 3
"""What a question may have at most to be an example, and in how many rows each of it is told."""
MOST_NOTES, NOTE_ROWS, GIST = 6, 3, 240
"""How many notes are told of at most, in how many rows each, and how many characters are taken for them."""


def example_of(coming: Sequence[NextItem]) -> Item | None:
    """Return the first question that is answered by choosing, and short; None where there is none."""
    for one in coming:
        asked = one.item.interaction()
        is_plain = not one.item.stimulus and one.item.image is None
        if is_plain and isinstance(asked, Choose) and asked.is_single and len(asked.options) <= MOST_OPTIONS:
            return one.item
    return None


def example_lines(item: Item, width: int, rows: int) -> list[Content]:
    """Show a question that is answered by choosing, without saying which answer is right.

    Its answers stand a row apart where there are rows for it.
    """
    asked = item.interaction().arranged(Random(item.id))
    lines = [show("It asks, for example", MUTED), Content()]
    lines += wrapped(show_line(item.stem, "bold"), width, STEM_ROWS)
    lines.append(Content())
    options = asked.options if isinstance(asked, Choose) else ()
    is_airy = len(lines) + len(options) * (OPTION_ROWS + 1) <= rows
    for option in options:
        first, *more = wrapped(show_line(option), max(1, width - 2), OPTION_ROWS)
        lines += [join(("○ ", MUTED), first), *(join("  ", part) for part in more)]
        lines += [Content()] if is_airy and option != options[-1] else []
    return lines[: max(0, rows)]


def next_lines(coming: Sequence[NextItem], today: date, width: int, rows: int) -> list[Content]:
    """Name as many of the questions that come next as there are rows for, each with its day."""
    is_begun = any(one.day is not None for one in coming)
    lines = [show("What comes next" if is_begun else "What it asks besides", "bold"), Content()]
    days = ["new" if one.day is None else day_name(one.day, today) for one in coming] if is_begun else []
    label = max(map(len, days), default=1)
    for day, one in zip(days or ["·"] * len(coming), coming, strict=True):
        style = "$text-due" if one.day and one.day <= today else "$text-new" if day == "new" else MUTED
        first, *more = wrapped(show_line(one.item.headline), max(1, width - label - 2), 2)
        told = [join((f"{day:<{label}}  ", style), first), *(join(" " * (label + 2), part) for part in more)]
        if len(lines) + len(told) > rows:
            break
        lines += told
    return lines if len(lines) > EMPTY else []


def note_lines(notes: Sequence[Note], width: int, rows: int) -> list[Content]:
    """Say what as many notes are about as there are rows for, and count the rest."""
    lines = [show(count(len(notes), "note") + " to read first", "bold")]
    rows = min(rows, (NOTE_ROWS + 2) * MOST_NOTES + EMPTY + 1)
    for place, note in enumerate(notes):
        told = [Content(), show_line(note.title)]
        told += wrapped(show_line(gist(note.text, GIST), MUTED), width, NOTE_ROWS)
        if len(lines) + len(told) > rows - EMPTY * (place < len(notes) - 1):
            return [*lines, Content(), show(f"… and {len(notes) - place} more", MUTED)]
        lines += told
    return lines


class BankPanel(Figures):
    """Lines about the bank under the cursor; not there without any."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(self._told)
        self._workspace = workspace
        self._shown: tuple[str | None, HomeView | None] = None, None
        """The bank, and how things stood when it was read."""

    def show_view(self, view: HomeView, bank: str | None) -> None:
        """Show a bank as things stand now, or nothing of one that cannot be used."""
        if self._shown[0] == bank and self._shown[1] is view:
            return
        self._shown = bank, view
        self._forget()
        row = next((line for line in view.lines if line.key == bank and line.is_usable), None)
        if row is not None:
            with suppress(BankError):  # what is wrong with its file is said beside its row
                self._read(row.key, row.today.new)
        self.visible = self._has_any()
        self.refresh(layout=True)

    def _forget(self) -> None:
        raise NotImplementedError

    def _read(self, bank: str, new: int) -> None:
        """Read what is shown of a bank of which so many items are new today."""
        raise NotImplementedError

    def _has_any(self) -> bool:
        raise NotImplementedError

    def _told(self, width: int) -> list[Content]:
        raise NotImplementedError

    @property
    def _rows(self) -> int:
        """How many rows there are beside the banks, without those that stay empty."""
        return self.screen.query_one("#body").size.height - EMPTY


class NextPanel(BankPanel):
    """Which questions come next, beneath how well the bank is known."""

    DEFAULT_CSS = "NextPanel { height: auto; width: 100%; padding-top: 1; }"
    _coming: Sequence[NextItem] = ()

    def _forget(self) -> None:
        self._coming = ()

    def _read(self, bank: str, new: int) -> None:
        coming = next_items(self._workspace, bank, new, MOST)
        if self.screen.query(ExamplePanel):  # which shows one of them whole
            example = example_of(coming)
            coming = [one for one in coming if one.item is not example][:MOST_NEW]
        self._coming = coming

    def _has_any(self) -> bool:
        return bool(self._coming)

    def _told(self, width: int) -> list[Content]:
        rows = self._rows - self.screen.query_one(BankDetail).height_in(width) - 1
        return next_lines(self._coming, self._workspace.today, width, rows)


class ExamplePanel(BankPanel):
    """A question of the bank, for whoever has not seen one yet."""

    DEFAULT_CSS = """
    ExamplePanel { height: auto; width: 100%; margin-top: 1; padding: 1 2; background: $surface; }
    """
    _item: Item | None = None

    def _forget(self) -> None:
        self._item = None

    def _read(self, bank: str, new: int) -> None:
        self._item = example_of(next_items(self._workspace, bank, new, MOST))

    def _has_any(self) -> bool:
        return self._item is not None

    def _told(self, width: int) -> list[Content]:
        rows = self._rows - self.screen.query_one("#banks", RowList).size.height - 1
        return example_lines(self._item, width, rows) if self._item is not None else []


class NotesPanel(BankPanel):
    """What the bank's notes are about."""

    DEFAULT_CSS = """
    NotesPanel { height: auto; width: 5fr; margin-left: 2; padding: 1 3; background: $surface; }
    """
    _notes: Sequence[Note] = ()

    def _forget(self) -> None:
        self._notes = ()

    def _read(self, bank: str, new: int) -> None:  # noqa: ARG002
        self._notes = tuple(self._workspace.library.bank(bank).notes.values())

    def _has_any(self) -> bool:
        return bool(self._notes)

    def _told(self, width: int) -> list[Content]:
        return note_lines(self._notes, width, self._rows) if self._notes else []
