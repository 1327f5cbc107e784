"""ClassQuiz's spreadsheet for importing quizzes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quiz.core.content.bank import Bank
from quiz.errors import ExchangeError
from quiz.exchange.building import build, each
from quiz.exchange.declaration import ForeignFile, Format, Imported, Loss, Written
from quiz.exchange.sheets import (
    Layout,
    Limits,
    draft_of,
    is_workbook,
    pieces,
    question_rows,
    rows_of,
    workbook,
)

_LIMITS: Final = Limits(question=300, answer=150)
_TITLE, _SUMMARY = (4, 2), (5, 2)
"""The cells of the title and the description, C5 and C6."""
_HEAD_ROW: Final = 12
_LAYOUT: Final = Layout(_HEAD_ROW, 1, (2, 3, 4, 5), 7)
_HEAD: Final = (
    "Question",
    "Answer 1",
    "Answer 2",
    "Answer 3",
    "Answer 4",
    "Time (seconds)",
    "Correct answers",
)
_MOST_ROWS: Final = 87
"""How many questions ClassQuiz reads."""
_NOTHING: Final[frozenset[str]] = frozenset()


def recognise(source: ForeignFile) -> int:
    """Return how certain it is that a file is a workbook with a title where ClassQuiz has it."""
    if not is_workbook(source):
        return 0
    try:
        return 70 if _is_laid_out(rows_of(source)) else 0
    except ExchangeError:
        return 0


def _is_laid_out(rows: list[list[str]]) -> bool:
    row, column = _TITLE
    is_long = len(rows) > _HEAD_ROW + 1 and len(rows[row]) > column and len(rows[_HEAD_ROW + 1]) > 7
    return is_long and bool(rows[row][column] and rows[_HEAD_ROW + 1][1] and rows[_HEAD_ROW + 1][7])


def read(source: ForeignFile) -> Imported:
    """Read a spreadsheet. Raises ExchangeError if it does not have ClassQuiz's layout."""
    rows = rows_of(source)
    if not _is_laid_out(rows):
        raise ExchangeError("It has no title in C5 and no questions from row 14 on.")
    return build(each(draft_of, pieces(rows, _LAYOUT)), rows[_TITLE[0]][_TITLE[1]])


def write(bank: Bank, media: Mapping[str, bytes]) -> Written:  # noqa: ARG001
    """Write the items that ClassQuiz takes into its spreadsheet."""
    losses: list[Loss] = []
    rows = question_rows(bank, tuple(FORMAT.writes), _LIMITS, losses)
    losses += [
        Loss("the bank", f"items beyond number {_MOST_ROWS}") for _ in rows[_MOST_ROWS : _MOST_ROWS + 1]
    ]
    cells: dict[tuple[int, int], str | int] = {(4, 1): "Title", (5, 1): "Description"}
    cells |= {_TITLE: bank.title, _SUMMARY: bank.summary or f"The bank “{bank.bank}”"}
    cells |= {(_HEAD_ROW, column): head for column, head in enumerate(_HEAD, 1)}
    for number, row in enumerate(rows[:_MOST_ROWS], 1):
        cells |= {(_HEAD_ROW + number, column): cell for column, cell in enumerate(row, 1) if cell != ""}
    return Written(workbook(cells), tuple(losses))


FORMAT = Format(
    name="classquiz",
    title="ClassQuiz spreadsheet",
    endings=(".xlsx",),
    about="Title in C5, description in C6, questions from row 14 on. Items with texts that are too long for "
    "ClassQuiz (300 characters for a question, 150 for an answer) are listed and left out; of more than four "
    "options the first four go out.",
    reads=frozenset({"single-choice", "multiple-response", "true-false"}),
    writes=dict.fromkeys(("single-choice", "multiple-response", "true-false"), _NOTHING),
    recognise=recognise,
    read=read,
    write=write,
    extra="sheets",
)
