"""A class's results as text, JSON, CSV and a spreadsheet, with the same facts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from quiz.core.exam.result import per_cent_text
from quiz.core.item_result import points_text
from quiz.core.scheduling.study_day import moment
from quiz.core.statistics.class_decisions import DecisionKind
from quiz.core.statistics.class_items import ClassItem, OptionFigures
from quiz.core.statistics.class_results import CELLS, Cell, ClassResults, PupilRow
from quiz.core.statistics.grades import GradeTable
from quiz.core.statistics.intervals import Interval
from quiz.core.statistics.item_analysis import LEAST_FOR_DISCRIMINATION, ExamAnalysis
from quiz.core.text.phrases import count, per_cent, whole_per_cent
from quiz.core.text.projector_fit import cells as cells_of
from quiz.core.text.safe_text import one_line, visible
from quiz.exchange.csv_cells import csv_text, defused
from quiz.exchange.score_sheet import VERDICTS, rounded
from quiz.exchange.sheets import workbook

SIGNS: dict[Cell, str] = {
    **{CELLS[verdict]: sign for verdict, (sign, _) in VERDICTS.items()},
    Cell.NOT_ASKED: "·",
    Cell.ABSENT: "absent",
}
"""The sign for each cell."""
DECIDED: dict[DecisionKind, str] = {
    DecisionKind.LEAVE_OUT: "left out",
    DecisionKind.FULL_POINTS: "full points for all",
}
LEGEND = "✓ right · ◐ partly right · ✗ wrong · – left empty · a dot: not asked"


class Sheet(NamedTuple):
    """A class's results and how to write them."""

    results: ClassResults
    grades: GradeTable | None = None
    """None for shares alone."""
    is_anonymous: bool = False
    """Whether pupils are numbered in the order of their ids, and not named."""

    @property
    def rows(self) -> tuple[tuple[str, PupilRow], ...]:
        """The pupils' rows with the name or number of each."""
        if not self.is_anonymous:
            return tuple((row.pupil.name, row) for row in self.results.pupils)
        ordered = sorted(self.results.pupils, key=lambda row: row.pupil.id)
        return tuple((f"Pupil {number}", row) for number, row in enumerate(ordered, 1))

    def grade(self, row: PupilRow) -> str:
        """Return a pupil's grade, empty without a table or possible points."""
        if self.grades is None or row.share is None:
            return ""
        return self.grades.grade(row.share)


def facts(sheet: Sheet) -> dict[str, Any]:
    """Return all facts, as plain data. Shares are from 0 to 1, alpha at most 1; the rest is as in
    `ItemAnalysis`."""
    results = sheet.results
    return {
        "class": results.class_name,
        "sessions": list(results.sessions),
        "anonymous": sheet.is_anonymous,
        "grades": sheet.grades.title if sheet.grades else None,
        "exam": _exam_facts(results.exam),
        "decisions": decision_lines(results),
        "items": [_item_facts(column) for column in results.items],
        "pupils": [
            {
                "pupil": name, "absent": row.is_absent, "points": _figure(row.points),
                "out_of": _figure(row.out_of), "share": _figure(row.share),
                "grade": sheet.grade(row) or None, "cells": [cell.value for cell in row.cells],
            }
            for name, row in sheet.rows
        ],
    }  # fmt: skip


def _exam_facts(exam: ExamAnalysis | None) -> dict[str, Any] | None:
    if exam is None:
        return None
    told = {name: _figure(getattr(exam, name)) for name in exam.__struct_fields__}
    return told | {"alpha": None if exam.alpha is None else _figure(exam.alpha / 100)}


def _item_facts(column: ClassItem) -> dict[str, Any]:
    found = column.analysis
    figures: dict[str, Any] = {}
    if found is not None:
        has_enough = found.n >= LEAST_FOR_DISCRIMINATION
        figures = {
            "n": found.n,
            "out_of": _figure(found.out_of),
            "mean": _figure(found.mean),
            "facility": _figure(found.facility),
            "facility_interval": _ends(found.facility_interval),
            "sd": _figure(found.sd),
            "discrimination": _figure(found.discrimination) if has_enough else None,
            "discrimination_interval": _ends(found.discrimination_interval) if has_enough else None,
            "efficiency": _figure(found.efficiency) if has_enough else None,
            "effective_weight": _figure(found.effective_weight),
        }
    return {
        "number": column.number,
        "number_in_forms": dict(column.in_forms),
        "bank": column.version.ref.bank,
        "item": column.version.ref.item,
        "fingerprint": column.version.fingerprint,
        "changed_since": not column.is_current,
        "stem": column.stem,
        "topic": column.topic,
        "key": column.key,
        "decision": column.decision.value if column.decision else None,
        "analysed": found is not None,
        **figures,
        "options": [_option_facts(option) for option in column.options],
        "remarks": list(column.remarks),
    }


def _option_facts(option: OptionFigures) -> dict[str, Any]:
    return {
        "option": option.text,
        "key": option.is_key,
        "count": option.count,
        "share": _figure(option.share),
        "correlation": _figure(option.correlation),
        "correlation_interval": _ends(option.interval),
    }


def decision_lines(results: ClassResults) -> list[str]:
    """Return a sentence for each decision, which every export includes."""
    numbers = {column.version: column.number for column in results.items}
    return [
        f"Question {numbers[decision.version]} ({decision.bank}/{decision.item}):"
        f" {DECIDED[decision.kind]}, decided on {moment(decision.at):%Y-%m-%d}."
        for decision in results.decisions
    ]


def as_json(sheet: Sheet) -> str:
    """Return everything as JSON."""
    return json.dumps(facts(sheet), indent=2) + "\n"


def table(sheet: Sheet) -> list[list[str | float]]:
    """Return a head, a row for each pupil, and the decisions below them."""
    head: list[str | float] = ["Class", "Pupil", "Points", "Out of", "Per cent"]
    head += ["Grade"] if sheet.grades else []
    head += [f"{column.number}. {column.stem or column.version.ref.item}" for column in sheet.results.items]
    rows = [head]
    for name, row in sheet.rows:
        share: str | float = "" if row.share is None else round(row.share * 100, 2)
        cells: list[str | float] = [sheet.results.class_name, name]
        cells += ["absent", "", ""] if row.is_absent else [rounded(row.points), rounded(row.out_of), share]
        cells += [sheet.grade(row)] if sheet.grades else []
        rows.append([*cells, *(cell.value for cell in row.cells)])
    rows += [[line] for line in decision_lines(sheet.results)]
    return rows


def as_csv(sheet: Sheet) -> str:
    """Return a row for each pupil as CSV."""
    head, *rows = table(sheet)
    return csv_text([visible(defused(str(cell))) for cell in head], rows)


def as_workbook(sheet: Sheet) -> bytes:
    """Return a row for each pupil as an Excel workbook. Raises ExchangeError without the extra “sheets”."""
    cells = {
        (at, column): visible(cell) if isinstance(cell, str) else cell
        for at, row in enumerate(table(sheet))
        for column, cell in enumerate(row)
        if cell != ""
    }
    return workbook(cells, "Results")


def as_text(sheet: Sheet) -> str:
    """Return everything as plain lines: pupils by items, the items, the whole."""
    results = sheet.results
    head = (
        f"{one_line(results.class_name)}: {count(len(results.sessions), 'session')},"
        f" {count(len(results.items), 'question')}, {count(len(results.pupils), 'pupil')}"
    )
    lines = [
        head,
        "",
        *_grid(sheet),
        "",
        *item_lines(results),
        "",
        *exam_lines(results),
        *decision_lines(results),
    ]
    return "".join(f"{visible(line).rstrip()}\n" for line in lines)


def _grid(sheet: Sheet) -> list[str]:
    names = {row.pupil.id: one_line(name) for name, row in sheet.rows}
    width = max(map(cells_of, names.values()), default=0)
    numbers = " ".join(f"{column.number:>2}" for column in sheet.results.items)
    lines = [LEGEND, f"{'':<{width}}  {numbers}  Points"]
    for _, row in sheet.rows:
        name = names[row.pupil.id] + " " * (width - cells_of(names[row.pupil.id]))
        cells = " ".join(f"{SIGNS[cell]:>2}" for cell in row.cells)
        lines.append(f"{name}  absent" if row.is_absent else f"{name}  {cells}  {pupil_points(sheet, row)}")
    return lines


def pupil_points(sheet: Sheet, row: PupilRow) -> str:
    """Return a pupil's points, with the grade."""
    if row.share is None:
        return "nothing asked"
    step = sheet.grades.step_above(row.share) if sheet.grades else None
    told = f"{points_text(row.points)} of {points_text(row.out_of)} ({per_cent_text(row.share, step)} %)"
    return f"{told}, grade {sheet.grade(row)}" if sheet.grade(row) else told


def item_lines(results: ClassResults) -> list[str]:
    """Return lines on each item, hardest first; those not analysed last."""
    lines = ["Questions, hardest first"]
    for column in results.hardest_first:
        name = one_line(column.stem) or f"{one_line(column.version.ref.item, 80)} (no longer in its bank)"
        changed = "" if column.is_current or not column.stem else " (changed since)"
        lines += [f"{column.number:>3}. {name}{changed}", f"     {figures_text(column)}"]
        lines += [f"     {told}" for told in forms_lines(column)]
        lines += [f"     {option_text(option)}" for option in column.options if option.count or option.is_key]
        lines += [f"     {one_line(remark)}" for remark in column.remarks]
    return lines


def forms_lines(column: ClassItem) -> list[str]:
    """Return a line on which number an item has in each form, where its own is not that of all."""
    if all(number == column.number for _, number in column.in_forms):
        return []
    told = [f"{number} in form {letter}" for letter, number in column.in_forms]
    return [f"question {', '.join(told)}"]


def figures_text(column: ClassItem) -> str:
    """Return an item's figures on one line."""
    found = column.analysis
    if column.decision is DecisionKind.LEAVE_OUT:
        return DECIDED[column.decision]
    if found is None:
        return "answered by some of the class: listed, not analysed"
    told = []
    if found.facility is not None and found.facility_interval is not None:
        low, high = (round(100 * end) for end in found.facility_interval)
        told.append(f"{per_cent(found.facility)} of the points ({low}–{high} %), n = {found.n}")
    told += [] if found.sd is None else [f"SD {found.sd:.2f}"]
    if found.n < LEAST_FOR_DISCRIMINATION:
        told.append(f"discrimination needs {LEAST_FOR_DISCRIMINATION} pupils")
    elif found.discrimination is not None and found.discrimination_interval is not None:
        low, high = (round(end) for end in found.discrimination_interval)
        told.append(f"discrimination {found.discrimination:.0f} % ({low} to {high})")
        told += [] if found.efficiency is None else [f"efficiency {found.efficiency:.0f} %"]
    told += [DECIDED[column.decision]] if column.decision else []
    return " · ".join(told)


def option_text(option: OptionFigures) -> str:
    """Return how often an option was chosen, on one line."""
    told = f"{'✓' if option.is_key else ' '} {option.count:>3}  {whole_per_cent(option.share):>3} %  "
    told += one_line(option.text, 60)
    return told if option.correlation is None else f"{told} · with the rest {option.correlation:+.2f}"


def exam_lines(results: ClassResults) -> list[str]:
    """Return lines on the whole, or on why there are none."""
    exam = results.exam
    if exam is None:
        return ["Not everybody was asked the same questions: totals are not compared."]
    told = [f"mean {exam.mean:.2f} of {points_text(exam.out_of)}", f"median {exam.median:.2f}"]
    told += [] if exam.sd is None else [f"SD {exam.sd:.2f}"]
    told += [] if exam.alpha is None else [f"Cronbach's alpha {exam.alpha / 100:.2f}"]
    told += [] if exam.standard_error is None else [f"standard error {exam.standard_error:.2f}"]
    return [f"The whole ({count(exam.n, 'pupil')}): {', '.join(told)}."]


def _figure(value: float | None) -> float | None:
    return None if value is None else round(value, 9)


def _ends(interval: Interval | None) -> Sequence[float] | None:
    return None if interval is None else [round(end, 9) for end in interval]
