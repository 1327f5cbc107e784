"""Files of names for class lists: plain text, tables and spreadsheets, in any usual encoding."""

from __future__ import annotations

from pathlib import Path

from quiz.core.class_list import UnreadableClassList, names_of
from quiz.errors import ExchangeError, UsageError
from quiz.exchange.csv_cells import csv_lines
from quiz.exchange.declaration import ForeignFile
from quiz.exchange.sheets import is_workbook, rows_of

MOST_BYTES = 1_000_000
"""The largest file of names, in bytes."""
_TABLES = frozenset({".csv", ".tsv"})
"""Endings of files that hold a table."""


def read_names(path: Path, column: str = "") -> list[str]:
    """Return the names in a file: one per line, or one column of a table or spreadsheet.

    Raises UsageError for any other file.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(f"{path} is too large for a list of names.")
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", "Check its name.") from error
    return names_in(data, str(path), is_table=path.suffix.lower() in _TABLES, column=column)


def names_in(data: bytes, name: str, *, is_table: bool = False, column: str = "") -> list[str]:
    """Return the names in a file's bytes, of any kind and encoding.

    Raises UsageError for an unreadable file; `name` is its name in messages.
    """
    source = ForeignFile(name, data)
    try:
        if is_workbook(source):
            return names_of(csv_lines(rows_of(source)), is_table=True, column=column)
        return names_of(source.decoded.text, is_table=is_table, column=column)
    except (UnreadableClassList, ExchangeError) as error:
        raise UsageError(f"{name}: {error}") from error
