"""The rows of the screen with a class's results."""

from __future__ import annotations

from quiz.core.statistics.class_items import ItemColumn
from quiz.core.statistics.class_results import Cell, PupilRow
from quiz.exchange.class_results import SIGNS, Sheet, figures_text, pupil_points
from quiz.tui.text import join, show_line
from quiz.tui.widgets.row_list import ListRow

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


def pupil_rows(sheet: Sheet, order: tuple[int, ...]) -> list[ListRow]:
    """Return a row for each pupil, with the result of each question in its place and the points."""
    rows = []
    for name, row in sheet.rows:
        cells = _cells(row, order)
        left = join(show_line(name).truncate(NAME_WIDTH, ellipsis=True, pad=True), *cells)
        right = "absent" if row.is_absent else pupil_points(sheet, row)
        rows.append(ListRow(row.pupil.id, left, show_line(right)))
    return rows


def _cells(row: PupilRow, order: tuple[int, ...]) -> list[tuple[str, str]]:
    if row.is_absent:
        return []
    return [(f"{SIGNS[row.cells[place]]:>3}", STYLES[row.cells[place]]) for place in order]


def heading(order: tuple[int, ...]) -> str:
    """Return the numbers of the questions above their columns, as far in as a list's rows begin."""
    return " " * (MARK_WIDTH + NAME_WIDTH) + "".join(f"{place + 1:>3}" for place in order)


def item_row(column: ItemColumn) -> ListRow:
    """Return a question's row: its stem, and how much of its points was reached by how many."""
    stem = column.stem or f"{column.version.ref.item} (no longer in its bank)"
    sign = ("! ", "$text-warning") if column.remarks else ("  ", "")
    left = join(sign, show_line(f"{column.number:>3}. {stem}", limit=200))
    return ListRow(f"item {column.number}", left, show_line(figures_text(column).partition(" · ")[0]))
