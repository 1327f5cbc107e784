"""An exam's score sheet as text, JSON, CSV and Markdown, with the same facts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quiz.core.content.grading import Verdict
from quiz.core.exam.result import ExamResult, clock_remark
from quiz.core.exam.session import By
from quiz.core.item_result import ItemResult, points_text
from quiz.core.scheduling.study_day import moment, zone_of
from quiz.core.text.phrases import clock, count, per_cent
from quiz.core.text.safe_text import one_line, visible
from quiz.exchange.csv_cells import Cell, csv_text

VERDICTS: dict[Verdict, tuple[str, str]] = {
    Verdict.CORRECT: ("✓", "correct"),
    Verdict.PARTIAL: ("◐", "partly right"),
    Verdict.INCORRECT: ("✗", "incorrect"),
    Verdict.SKIPPED: ("–", "left empty"),
}
"""The symbol and word of each verdict."""
HANDED_IN = {By.LEARNER: "handed in by the learner", By.CLOCK: "handed in when time was over"}
REST = "other"
"""The name for items without a topic."""
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~#&!])")


def facts(result: ExamResult) -> dict[str, Any]:
    """Return everything in a score sheet as plain data. Durations are in seconds, shares in per cent."""
    settings = result.settings
    return {
        "session": result.session,
        "learner": result.learner,
        "banks": list(result.banks),
        "form": settings.form,
        "seed": result.seed,
        "started": _iso(result.started, result.zone),
        "ended": _iso(result.ended, result.zone),
        "seconds": _seconds(result.duration_ms),
        "handed_in_by": result.by.value,
        "clock_set_back_seconds": _seconds(result.set_back_ms),
        "limits": {"minutes": settings.minutes, "seconds_per_item": settings.seconds_per_item},
        "feedback": settings.feedback.value,
        "points": rounded(result.points),
        "out_of": rounded(result.out_of),
        "per_cent": _per_cent(result.share),
        "pass_mark": settings.pass_mark,
        "passed": result.has_passed,
        "counts": {verdict.value: result.count(verdict) for verdict in Verdict},
        "median_seconds": _seconds(result.median_ms),
        "topics": [
            {
                "topic": part.name, "items": part.items, "points": rounded(part.points),
                "out_of": rounded(part.out_of), "per_cent": _per_cent(part.share),
            }
            for part in result.topics
        ],
        "certainty": _certainty(result),
        "earlier_per_cent": [_per_cent(share) for share in result.earlier],
        "items": [_item_facts(item) for item in result.items],
    }  # fmt: skip


def _item_facts(item: ItemResult) -> dict[str, Any]:
    return {
        "number": item.number,
        "bank": item.ref.bank,
        "item": item.ref.item,
        "topic": item.topic,
        "stem": item.stem,
        "response": item.response_text,
        "key": item.key,
        "verdict": item.verdict.value,
        "score": rounded(item.score),
        "weight": rounded(item.weight),
        "points": rounded(item.points),
        "confidence": item.confidence.value if item.confidence else None,
        "mark": None if item.mark is None else rounded(item.mark),
        "seconds": _seconds(item.duration_ms),
        "flagged": item.is_flagged,
        "changed_since": not (item.is_here and item.is_same),
    }


def _certainty(result: ExamResult) -> dict[str, Any] | None:
    if not result.has_marks:
        return None
    return {
        "mark": rounded(result.mark),
        "best": rounded(result.best_mark),
        "by_confidence": [
            {
                "confidence": part.confidence.value, "items": part.items, "per_cent": _per_cent(part.share),
                "mark": rounded(part.mark),
            }
            for part in result.certainty
        ],
    }  # fmt: skip


def as_json(result: ExamResult) -> str:
    """Return the sheet as JSON."""
    return json.dumps(facts(result), indent=2) + "\n"


WHOLE = ("learner", "session", "form", "started", "seconds", "per_cent", "pass_mark", "passed")
"""The facts about the whole exam that are in every row of its CSV."""


def as_csv(result: ExamResult) -> str:
    """Return the sheet as CSV: a row for each item, with the exam's facts before the item's."""
    told = facts(result)
    whole: list[Cell] = [told[name] for name in WHOLE]
    columns = list(_item_facts(result.items[0])) if result.items else []
    head = [*("test_seconds" if name == "seconds" else f"test_{name}" for name in WHOLE), *columns]
    return csv_text(head, [[*whole, *item.values()] for item in told["items"]])


def as_text(result: ExamResult) -> str:
    """Return the sheet as plain lines."""
    lines = [f"Exam: {_titles(result)}", *_head(result), ""]
    lines += _table("By topic", _topic_rows(result))
    lines += _table("By certainty", _certainty_rows(result))
    lines.append("Items")
    width = len(str(len(result.items)))
    for item in result.items:
        sign, words = VERDICTS[item.verdict]
        stem = item.stem or f"{item.ref.item} (no longer in its bank)"
        lines.append(f"  {item.number:>{width}} {sign} {one_line(stem)}")
        indent = " " * (width + 5)
        lines.append(f"{indent}{' · '.join([words, *_item_words(item)])}")
        if item.response_text:
            lines.append(f"{indent}answer: {one_line(item.response_text)}")
        if item.is_missed and item.key:
            lines.append(f"{indent}key: {one_line(item.key)}")
    return "".join(f"{visible(line)}\n" for line in lines)


def as_markdown(result: ExamResult) -> str:
    """Return the sheet as Markdown, with texts from banks and learners escaped."""
    lines = [f"# Exam: {_plain(_titles(result))}", ""]
    for line in _head(result):
        lines += [_plain(line), ""]
    for title, rows in (("By topic", _topic_rows(result)), ("By certainty", _certainty_rows(result))):
        if rows:
            lines += [f"## {title}", "", *_markdown_table(rows[0], rows[1:]), ""]
    rows = [
        (
            str(item.number),
            item.stem or item.ref.item,
            ", ".join([" ".join(VERDICTS[item.verdict]), *_marked(item)]),
            item.response_text,
            item.key,
            f"{points_text(item.points)} of {points_text(item.weight)}",
            clock(item.duration_ms),
        )
        for item in result.items
    ]
    head = ("#", "Item", "Verdict", "Answer", "Key", "Points", "Time")
    lines += ["## Items", "", *_markdown_table(head, rows)]
    return "".join(f"{visible(line)}\n" for line in lines)


FORMATS: Mapping[str, Callable[[ExamResult], str]] = {
    "text": as_text,
    "json": as_json,
    "csv": as_csv,
    "md": as_markdown,
}
"""The functions that write a sheet, by format."""


def _titles(result: ExamResult) -> str:
    return one_line(", ".join(result.banks))


def _head(result: ExamResult) -> list[str]:
    """Return the lines about the whole exam."""
    settings = result.settings
    started = moment(result.started).astimezone(zone_of(result.zone))
    limit = f" of {clock(settings.limit_ms)}" if settings.limit_ms else ""
    taken = [
        one_line(result.learner), f"form {settings.form or result.seed}",
        f"{started.day} {started:%B %Y, %H:%M}", f"{clock(result.duration_ms)}{limit}", HANDED_IN[result.by],
    ]  # fmt: skip
    passed = {True: "passed", False: "not passed", None: ""}[result.has_passed]
    points = [f"{points_text(result.points)} of {points_text(result.out_of)} points", f"{result.per_cent} %"]
    if passed:
        points.append(f"{passed} (pass mark {settings.pass_mark} %)")
    counts = [f"{result.count(verdict)} {words}" for verdict, (_, words) in VERDICTS.items()]
    lines = [" · ".join(filter(None, taken)), " · ".join(points), ", ".join(counts)]
    lines += filter(None, [clock_remark(result)])
    if result.has_marks:
        best = points_text(result.best_mark)
        lines.append(f"Certainty-based marks: {points_text(result.mark)} of {best}")
    if result.earlier:
        earlier = ", ".join(per_cent(share) for share in result.earlier)
        lines.append(f"Earlier exams: {earlier}")
    lines.append(f"Session {result.session}")
    return lines


def _topic_rows(result: ExamResult) -> list[tuple[str, ...]]:
    """Return a head and a row for each topic; empty if there is only one."""
    if len(result.topics) < 2:
        return []
    rows = [
        (
            part.name or REST,
            f"{points_text(part.points)} of {points_text(part.out_of)}",
            per_cent(part.share),
        )
        for part in result.topics
    ]
    return [("Topic", "Points", "Share"), *rows]


def _certainty_rows(result: ExamResult) -> list[tuple[str, ...]]:
    rows = [
        (
            part.confidence.value,
            count(part.items, "item"),
            per_cent(part.share),
            points_text(part.mark),
        )
        for part in result.certainty
    ]
    return [("Certainty", "Items", "Right", "Marks"), *rows] if rows else []


def _item_words(item: ItemResult) -> list[str]:
    return [
        f"{points_text(item.points)} of {points_text(item.weight)}",
        clock(item.duration_ms),
        *_marked(item),
    ]


def _marked(item: ItemResult) -> list[str]:
    """Return remarks on an item besides its points."""
    words = []
    if item.confidence is not None and item.mark is not None:
        words.append(f"{item.confidence.value}, mark {points_text(item.mark)}")
    if item.is_flagged:
        words.append("flagged")
    if not item.is_same:
        words.append("the item was changed since")
    return words


def _table(title: str, rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as aligned columns under a title, without their head; empty without rows."""
    if not rows:
        return []
    cells = [[one_line(cell) for cell in row] for row in rows[1:]]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = []
    for first, *others in cells:
        right = [f"{cell:>{width}}" for cell, width in zip(others, widths[1:], strict=True)]
        lines.append("  ".join([f"  {first:<{widths[0]}}", *right]))
    return [title, *lines, ""]


def _markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return lines + [f"| {' | '.join(_plain(one_line(cell)) for cell in row)} |" for row in rows]


def _plain(text: str) -> str:
    """Return a text escaped for Markdown."""
    return _MARKDOWN.sub(r"\\\1", text)


def _iso(at_ms: int, zone: str) -> str:
    return moment(at_ms).astimezone(zone_of(zone)).isoformat(timespec="seconds")


def _seconds(milliseconds: int) -> float:
    return round(milliseconds / 1000, 1)


def rounded(number: float) -> float:
    """Return a number without the noise of binary fractions, as an integer if it is whole."""
    rounded = round(number, 4)
    return int(rounded) if rounded == int(rounded) else rounded


def _per_cent(share: float) -> float:
    return rounded(round(share * 100, 2))
