"""Rows of cells in separated text: CSV, tabs and the like."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from quiz.exchange.csv_cells import FORMULA_STARTS

SEPARATORS: Final = ("\t", ";", "|", ",")
"""The characters that may separate cells, in order of preference."""
_SAMPLE: Final = 100
_MOST_LINES: Final = 400
"""A row of more lines has an unclosed quote."""
_FORMULA = re.compile(f"'*[{re.escape(''.join(FORMULA_STARTS))}]")


class Row(NamedTuple):
    """The cells of a row, and the line, from 1, where it begins."""

    line: int
    cells: list[str]

    @property
    def place(self) -> str:
        """Its place, in words."""
        return f"line {self.line}"


def separator_of(text: str) -> str:
    """Return the separator that gives most of the first rows the same number of cells, at least two.

    Returns an empty text if there is none.
    """
    best, share = "", 0.5
    sample = "\n".join(text.split("\n", _SAMPLE * 2)[: _SAMPLE * 2])
    for separator in SEPARATORS:
        widths = Counter(len(row.cells) for row in _some_rows(sample, separator))
        width, count = widths.most_common(1)[0] if widths else (0, 0)
        alike = count / max(1, sum(widths.values()))
        if width > 1 and alike > share + 0.1:
            best, share = separator, alike
    return best


def _some_rows(sample: str, separator: str) -> Iterator[Row]:
    for number, row in enumerate(rows_of(sample, separator)):
        if number >= _SAMPLE:
            return
        yield row


def rows_of(text: str, separator: str, first_line: int = 1) -> Iterator[Row]:
    """Yield the rows of a separated text that are not empty.

    An unclosed quote is treated as an ordinary character, so that it does not swallow what follows.
    """
    rows = _parsed(text, separator, first_line, csv.QUOTE_MINIMAL)
    if rows is None:
        rows = _parsed(text, separator, first_line, csv.QUOTE_NONE) or []
    yield from rows


def _parsed(text: str, separator: str, first_line: int, quoting: int) -> list[Row] | None:
    """Return the rows, or None if the quotes in the text do not match."""
    if quoting == csv.QUOTE_NONE:
        lines = enumerate(text.split("\n"), first_line)
        return [Row(number, line.split(separator)) for number, line in lines if line.strip()]
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=separator, strict=False)
    rows = []
    before = 0
    try:
        for cells in reader:
            if reader.line_num - before > _MOST_LINES:
                return None
            if any(cell.strip() for cell in cells):
                rows.append(Row(first_line + before, cells))
            before = reader.line_num
    except csv.Error:
        return None
    return rows


def guarded(text: str) -> str:
    """Return a cell that no spreadsheet treats as a formula; `unguarded` reverses it."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the content of a guarded cell; other cells are returned unchanged."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def joined(cells: list[list[str]], separator: str) -> str:
    """Return rows as separated text; cells with a separator, a quote or a line end are quoted."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=separator, lineterminator="\n")
    writer.writerows(cells)
    return target.getvalue()
