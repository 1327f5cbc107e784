"""Tables of questions with tabs between their cells."""

from __future__ import annotations

from collections.abc import Mapping

from quiz.core.content.bank import Bank
from quiz.exchange.declaration import ForeignFile, Format, Imported, Written
from quiz.exchange.formats import csv_table


def recognise(source: ForeignFile) -> int:
    """Return how certain it is that a file is a table with tabs."""
    first = source.text[:20_000].split("\n", 1)[0]
    return csv_table.recognise(source) + 1 if "\t" in first and not first.startswith("#") else 0


def read(source: ForeignFile) -> Imported:
    """Read a table with tabs."""
    return csv_table.read_table(source, "\t")


def write(bank: Bank, media: Mapping[str, bytes]) -> Written:  # noqa: ARG001
    """Write a bank as a table with tabs."""
    return Written(csv_table.table_of(bank, "\t").encode())


FORMAT = Format(
    name="tsv",
    title="tab-separated values",
    endings=(".tsv", ".tab"),
    about="As CSV, with tabs.",
    reads=frozenset(csv_table.WRITES),
    writes=csv_table.WRITES,
    recognise=recognise,
    read=read,
    write=write,
)
