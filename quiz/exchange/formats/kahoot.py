"""Kahoot's spreadsheet for importing questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quiz.core.content.bank import Bank
from quiz.errors import ExchangeError
from quiz.exchange.building import build, each
from quiz.exchange.declaration import ForeignFile, Format, Imported, Loss, Written
from quiz.exchange.sheets import (
    Limits,
    draft_of,
    is_workbook,
    layout_of,
    pieces,
    question_rows,
    rows_of,
    workbook,
)

_LIMITS: Final = Limits(question=120, answer=75)
_HEAD_ROW: Final = 7
_HEAD: Final = (
    "Question - max 120 characters",
    *(f"Answer {number} - max 75 characters" for number in range(1, 5)),
    "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",
    "Correct answer(s) - choose at least one",
)
_NOTHING: Final[frozenset[str]] = frozenset()


def recognise(source: ForeignFile) -> int:
    """Return how certain it is that a file is a workbook with Kahoot's columns."""
    return 60 if is_workbook(source) else 0


def read(source: ForeignFile) -> Imported:
    """Read a spreadsheet. Raises ExchangeError where its columns are missing."""
    rows = rows_of(source)
    layout = layout_of(rows)
    if layout is None:
        raise ExchangeError("Its first sheet has no row with “Question”, “Answer 1” and “Correct answer”.")
    return build(each(draft_of, pieces(rows, layout)), source.stem)


def write(bank: Bank, media: Mapping[str, bytes]) -> Written:  # noqa: ARG001
    """Write the items that Kahoot takes into its spreadsheet."""
    losses: list[Loss] = []
    rows = question_rows(bank, tuple(FORMAT.writes), _LIMITS, losses)
    cells: dict[tuple[int, int], str | int] = {(1, 1): bank.title}
    cells |= {(_HEAD_ROW, column): head for column, head in enumerate(_HEAD, 1)}
    for number, row in enumerate(rows, 1):
        cells[_HEAD_ROW + number, 0] = number
        cells |= {(_HEAD_ROW + number, column): cell for column, cell in enumerate(row, 1) if cell != ""}
    return Written(workbook(cells), tuple(losses))


FORMAT = Format(
    name="kahoot",
    title="Kahoot spreadsheet",
    endings=(".xlsx",),
    about="Columns are found by their heads. Items with texts that are too long for Kahoot (120 characters "
    "for a question, 75 for an answer) are listed and left out; of more than four options the first four go "
    "out.",
    reads=frozenset({"single-choice", "multiple-response", "true-false"}),
    writes=dict.fromkeys(("single-choice", "multiple-response", "true-false"), _NOTHING),
    recognise=recognise,
    read=read,
    write=write,
    extra="sheets",
)
