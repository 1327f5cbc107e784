"""Cells of CSV files that spreadsheets treat as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from quiz.core.text.safe_text import visible

Cell: TypeAlias = str | int | float | bool | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings that make a spreadsheet treat a cell as a formula (owasp.org, CSV Injection)."""


def defused(text: str) -> str:
    """Return a text that no spreadsheet computes: an apostrophe precedes what looks like a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return rows as CSV (RFC 4180, with line feeds). Numbers stay numbers."""
    return csv_lines([head]) + csv_lines(rows)


def csv_lines(rows: Iterable[Sequence[Cell]]) -> str:
    """Return rows as CSV without a head."""
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows([_cell(cell) for cell in row] for row in rows)
    return target.getvalue()


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return visible(defused(cell)) if isinstance(cell, str) else cell
