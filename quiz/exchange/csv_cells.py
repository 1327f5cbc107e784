"""Cells of CSV files that a spreadsheet takes for text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from quiz.core.text.safe_text import visible

Cell: TypeAlias = str | int | float | bool | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula (owasp.org, CSV Injection)."""


def defused(text: str) -> str:
    """Return a text that no spreadsheet computes: what begins like a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return rows of cells as CSV (RFC 4180, lines ended by a line feed). Numbers stay numbers."""
    return csv_lines([head]) + csv_lines(rows)


def csv_lines(rows: Iterable[Sequence[Cell]]) -> str:
    """Return rows of cells as lines of CSV without a head."""
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows([_cell(cell) for cell in row] for row in rows)
    return target.getvalue()


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return visible(defused(cell)) if isinstance(cell, str) else cell
