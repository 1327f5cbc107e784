"""Spreadsheets of quiz programs: a question, up to four answers, a time and the numbers of the right ones."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from quiz.core.content.bank import Bank
from quiz.core.content.item import Item
from quiz.errors import ExchangeError
from quiz.exchange.archive import Archive, names_in
from quiz.exchange.building import Draft
from quiz.exchange.declaration import ForeignFile, Loss
from quiz.exchange.extras import required
from quiz.exchange.options import Unusable
from quiz.exchange.rendering import answers_of, full_stem

_MOST_ROWS: Final = 100_000
_MOST_ANSWERS: Final = 4
_ANSWER = re.compile(r"(?:answer|antwort|réponse|respuesta)\s*(\d)", re.IGNORECASE)
_QUESTION = re.compile(r"(?:question|frage|pregunta)\b", re.IGNORECASE)
_CORRECT = re.compile(r"(?:correct|richtige|bonne|right)\b", re.IGNORECASE)


class Layout(NamedTuple):
    """The columns of a sheet, from 0."""

    head_row: int
    question: int
    answers: tuple[int, ...]
    correct: int


class Limits(NamedTuple):
    """The longest texts that a program takes, in characters."""

    question: int
    answer: int


def is_workbook(source: ForeignFile) -> bool:
    """Return whether a file is an Excel workbook. Never raises."""
    return "xl/workbook.xml" in names_in(source.data)


def rows_of(source: ForeignFile) -> list[list[str]]:
    """Return the cells of the first sheet as texts. Raises ExchangeError."""
    archive = Archive(source.data)
    for name in archive.names:
        archive.read(name)
    calamine = required("python_calamine", "sheets", "A spreadsheet")
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(source.data))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except Exception as error:
        raise ExchangeError("It is a damaged spreadsheet.") from error
    if len(rows) > _MOST_ROWS:
        raise ExchangeError(f"It has more than {_MOST_ROWS:,} rows.")
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "True" if cell else "False"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell).strip()


def layout_of(rows: Sequence[Sequence[str]]) -> Layout | None:
    """Return the columns found by their heads, or None if there is no head."""
    for number, row in enumerate(rows[:40]):
        question = next((at for at, cell in enumerate(row) if _QUESTION.match(cell)), None)
        answers = tuple(at for at, cell in enumerate(row) if _ANSWER.match(cell))
        correct = next((at for at, cell in enumerate(row) if _CORRECT.match(cell)), None)
        if question is not None and len(answers) > 1 and correct is not None:
            return Layout(number, question, answers, correct)
    return None


def pieces(
    rows: Sequence[Sequence[str]], layout: Layout
) -> Iterator[tuple[str, str, tuple[Sequence[str], Layout]]]:
    """Yield the rows below the head that are not empty, for `each`."""
    for number, row in enumerate(rows[layout.head_row + 1 :], layout.head_row + 2):
        if any(row[at] for at in (layout.question, *layout.answers) if at < len(row)):
            yield f"row {number}", row[layout.question] if layout.question < len(row) else "", (row, layout)


def draft_of(piece: tuple[Sequence[str], Layout]) -> Draft:
    """Return the draft of a row. Raises `Unusable`."""
    row, layout = piece
    cells = {
        at: row[at] if at < len(row) else "" for at in (layout.question, layout.correct, *layout.answers)
    }
    options = [(number, cells[at]) for number, at in enumerate(layout.answers, 1) if cells[at]]
    stem = cells[layout.question]
    right = {int(digit) for digit in re.findall(r"\d", cells[layout.correct].removesuffix(".0"))}
    keys = [text for number, text in options if number in right]
    wrong = [text for number, text in options if number not in right]
    if not keys:
        raise Unusable("It does not say which answer is right.")
    if {text for _, text in options} == {"True", "False"} and len(keys) == 1:
        return Draft("", {"kind": "true-false", "stem": stem, "key": keys[0] == "True"})
    if len(keys) == 1:
        return Draft("", {"kind": "single-choice", "stem": stem, "key": keys[0], "distractors": wrong})
    return Draft("", {"kind": "multiple-response", "stem": stem, "keys": keys, "distractors": wrong})


def question_rows(
    bank: Bank, kinds: Sequence[str], limits: Limits, losses: list[Loss]
) -> list[list[str | int]]:
    """Return a row for every item that a program takes: question, answers, time, right answers.

    Items with texts that are too long, or with too many right answers, are left out and reported.
    """
    rows: list[list[str | int]] = []
    for number, item in enumerate(bank.items, 1):
        if item.kind not in kinds:
            continue
        place = f"item {number}"
        options = _options(item, place, losses)
        stem = full_stem(bank, item)
        long = [text for text in (text for text, _ in options) if len(text) > limits.answer]
        if len(stem) > limits.question or long:
            what = (
                f"the question, longer than {limits.question}"
                if not long
                else f"“{long[0][:30]}…”, longer than {limits.answer}"
            )
            losses.append(Loss(place, f"the item as a whole: {what} characters", item.id))
            continue
        right = [str(at) for at, (_, is_right) in enumerate(options, 1) if is_right]
        if len(right) >= _MOST_ANSWERS:
            what = "the item as a whole: its right answers leave no room for a wrong one"
            losses.append(Loss(place, what, item.id))
            continue
        texts = [text for text, _ in options]
        rows.append([stem, *texts, *[""] * (_MOST_ANSWERS - len(texts)), 30, ",".join(right)])
    return rows


def _options(item: Item, place: str, losses: list[Loss]) -> list[tuple[str, bool]]:
    if item.kind == "true-false":
        is_true = item.key_text() == "True"
        return [("True", is_true), ("False", not is_true)]
    answers = [(answer.text, answer.is_right) for answer in answers_of(item)]
    keys = [answer for answer in answers if answer[1]]
    if len(keys) >= _MOST_ANSWERS:
        return answers
    if len(answers) > _MOST_ANSWERS:
        losses.append(Loss(place, "options beyond the fourth", item.id))
    if item.kind == "multiple-response" and len(keys) == 1:
        losses.append(Loss(place, "that more than one option may be chosen", item.id))
    return answers[:_MOST_ANSWERS]


def workbook(cells: Mapping[tuple[int, int], str | float], title: str = "Questions") -> bytes:
    """Return a workbook with one sheet of cells by row and column, from 0; nothing is a formula."""
    xlsxwriter = required("xlsxwriter", "sheets", "A spreadsheet")
    target = io.BytesIO()
    never = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(target, never)
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - a date without a zone is asked for
    sheet = book.add_worksheet(title)
    for (row, column), cell in cells.items():
        sheet.write(row, column, cell)
    book.close()
    return target.getvalue()
