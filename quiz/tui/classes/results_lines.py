"""The rows of the screen with a class's results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.core.scheduling.study_day import moment, zone_of
from quiz.core.statistics.class_items import ClassItem
from quiz.core.statistics.class_results import Cell, PupilRow
from quiz.core.text.phrases import count
from quiz.exchange.class_results import SIGNS, Sheet, figures_text, pupil_points
from quiz.tui.text import join, show_line
from quiz.tui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from quiz.services.classes import Occasion
    from quiz.services.workspace import Workspace

STYLES = {
    Cell.RIGHT: "$text-success",
    Cell.PARTLY: "$text-warning",
    Cell.WRONG: "$text-error",
    Cell.EMPTY: "$foreground-muted",
    Cell.NOT_ASKED: "$foreground-muted",
    Cell.ABSENT: "$foreground-muted",
}
NAME_WIDTH = 20
MARK_WIDTH = 2
"""How many cells a list takes for the mark of its cursor."""
CELL_WIDTH = 3
GAP = 4
"""How many cells stay free before the points and for a scrollbar."""


def pupil_rows(sheet: Sheet, order: tuple[int, ...]) -> list[ListRow]:
    """Return a row for each pupil, with the result of each question in its place and the points."""
    rows = []
    for name, row in sheet.rows:
        cells = _cells(row, order)
        left = join(show_line(name).truncate(NAME_WIDTH, ellipsis=True, pad=True), *cells)
        rows.append(ListRow(row.pupil.id, left, show_line(_points(sheet, row))))
    return rows


def _points(sheet: Sheet, row: PupilRow) -> str:
    return "absent" if row.is_absent else pupil_points(sheet, row)


def fitting(sheet: Sheet, width: int) -> int:
    """Return how many questions fit on a line of so many cells, between the pupils and their points."""
    points = max((len(_points(sheet, row)) for _, row in sheet.rows), default=0)
    return max(1, (width - MARK_WIDTH - NAME_WIDTH - points - GAP) // CELL_WIDTH)


def _cells(row: PupilRow, order: tuple[int, ...]) -> list[tuple[str, str]]:
    if row.is_absent:
        return []
    return [(f"{SIGNS[row.cells[place]]:>{CELL_WIDTH}}", STYLES[row.cells[place]]) for place in order]


def heading(order: tuple[int, ...]) -> str:
    """Return the numbers of the questions above their columns, as far in as a list's rows begin."""
    return " " * (MARK_WIDTH + NAME_WIDTH) + "".join(f"{place + 1:>{CELL_WIDTH}}" for place in order)


def item_row(column: ClassItem) -> ListRow:
    """Return a question's row: its stem, and how much of its points was reached by how many."""
    stem = column.stem or f"{column.version.ref.item} (no longer in its bank)"
    sign = ("! ", "$text-warning") if column.remarks else ("  ", "")
    left = join(sign, show_line(f"{column.number:>3}. {stem}", limit=200))
    return ListRow(f"item {column.number}", left, show_line(figures_text(column).partition(" · ")[0]))


def occasion_row(workspace: Workspace, occasion: Occasion) -> ListRow:
    """Return an exam's or a drill's row: its day, its banks, and how many pupils took part."""
    titles = {bank.id: bank.title for bank in workspace.library.usable()}
    day = moment(occasion.started).astimezone(zone_of(workspace.zone))
    banks = ", ".join(titles.get(bank, bank) for bank in occasion.banks)
    left = show_line(f"{day:%d %b %Y %H:%M}  {banks}")
    return ListRow(occasion.key, left, show_line(count(occasion.pupils, "pupil")))
