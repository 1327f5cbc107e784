"""A drill's report as text and Markdown, and all forms that it is written in, with the same facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from quiz.core.content.grading import Verdict
from quiz.core.drill.report import CompetitorLine, DrillReport, GivenAnswer, ItemOutcome
from quiz.core.text.phrases import clock, count, per_cent
from quiz.core.text.projector_fit import cells
from quiz.core.text.safe_text import one_line, visible
from quiz.exchange.drill_facts import as_csv, as_json, started_at
from quiz.exchange.score_sheet import VERDICTS

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~#&!])")
_BOARD = ("", "Who", "Right", "With help", "Wrong", "Passed", "Points")
_ITEMS = ("Item", "Right", "With help", "Wrong", "Passed", "First vote", "Second vote", "Missed", "Answers")
_HELPED, _PARTLY = "With help", "Partly right"
"""What answers between right and wrong are called, by format."""
_ALWAYS = frozenset({"Item", "Right", "Wrong", "Missed"})
"""Columns of items that are shown even if they are empty."""
_LONGEST = 20_000
"""How many characters a line of names takes at most."""


def _head(columns: Sequence[str], report: DrillReport) -> list[str]:
    """Return the heads of columns, with the word for answers between right and wrong."""
    return [_PARTLY if report.has_shares and name == _HELPED else name for name in columns]


def as_text(report: DrillReport) -> str:
    """Return the report as plain lines."""
    lines = [_title(report), _summary(report), ""]
    if report.competitors:
        lines += _aligned([_head(_BOARD, report), *(_board_row(line) for line in report.competitors)])
    told = [*_teams(report), *_others(report)]
    lines += [f"  {one_line(said, _LONGEST)}" for said in told]
    lines += ["", "Items"] if report.competitors or told else ["Items"]
    for number, line in enumerate(report.items, 1):
        lines.append(f"  {number}. {one_line(_stem(line))}")
        lines += [f"     {words}" for words in _item_words(line, report)]
    lines += ["", "To teach again"]
    again = [
        f"  {one_line(_stem(line))}: {one_line(line.key)} ({missed_text(line)})" for line in report.again
    ]
    lines += again or ["  Nothing: hardly anything was missed."]
    lines += ["", f"Session {report.id}"]
    return "".join(f"{visible(line)}\n" for line in lines)


def as_markdown(report: DrillReport) -> str:
    """Return the report as Markdown, with texts from banks and class lists escaped."""
    lines = [f"# {_plain(_title(report))}", "", _plain(_summary(report)), ""]
    if report.competitors:
        board = _table(_head(_BOARD, report), [_board_row(line) for line in report.competitors])
        lines += ["## Board", "", *board, ""]
        lines += [*(f"- {_plain(told)}" for told in _teams(report)), ""] if _teams(report) else []
    lines += [words for said in _others(report) for words in (_plain(said), "")]
    items = _told(_head(_ITEMS, report), [_item_row(line) for line in report.items])
    lines += ["## Items", "", *_table(*items), ""]
    for line in report.items:
        given = [answer for answer in line.answers if answer.given]
        if line.votes or given:
            lines += [f"### {_plain(_stem(line))}", ""]
        if line.votes:
            rounds = len(line.votes[0].hands)
            rows = [
                (f"{vote.text}{' ✓' if vote.is_key else ''}", *map(str, vote.hands)) for vote in line.votes
            ]
            head = ("Option", "First vote", "Second vote")[: rounds + 1]
            lines += [*_table(head, rows), ""]
        if given:
            lines += [*_table(("Who", "Answer", ""), [_answer_row(answer) for answer in given]), ""]
    lines += ["## To teach again", ""]
    again = [f"- {_plain(_stem(line))} — {_plain(line.key)} ({missed_text(line)})" for line in report.again]
    lines += again or ["Nothing: hardly anything was missed."]
    return "".join(f"{visible(line)}\n" for line in lines)


FORMATS: Mapping[str, Callable[[DrillReport], str]] = {
    "text": as_text,
    "json": as_json,
    "csv": as_csv,
    "md": as_markdown,
}
"""The functions that write a report, by format."""


def _title(report: DrillReport) -> str:
    of_class = f" · {report.class_name}" if report.class_name else ""
    return one_line(f"{report.title}: {', '.join(report.banks)}{of_class}")


def _summary(report: DrillReport) -> str:
    started = started_at(report)
    asked = f"{len(report.items)} of {count(report.planned, 'item')}"
    end = "" if report.is_ended else ", not finished"
    return f"{started.day} {started:%B %Y, %H:%M} · {asked} · {clock(report.duration_ms)}{end}"


def _others(report: DrillReport) -> list[str]:
    """Return sentences that name the pupils who gave no answer, by why."""
    told = (("Not called", report.not_called), ("Absent", report.absent))
    return [f"{why}: {', '.join(names)}." for why, names in told if names]


def _board_row(line: CompetitorLine) -> tuple[str, ...]:
    score = line.score
    place = f"={line.place}" if line.is_tied else f"{line.place}."
    return place, line.name, *map(str, (score.right, score.helped, score.wrong, score.passed, score.points))


def _answer_row(answer: GivenAnswer) -> tuple[str, ...]:
    return answer.who, answer.given, VERDICTS[Verdict.of(answer.score)][0]


def _teams(report: DrillReport) -> list[str]:
    """Return who is in each team, a line for each that has members."""
    return [f"{line.name}: {', '.join(line.members)}" for line in report.competitors if line.members]


def _item_row(line: ItemOutcome) -> tuple[str, ...]:
    shares = [*_shares(line), "", ""][:2]
    numbers = map(str, (line.right, line.score.helped, line.wrong, line.score.passed))
    missed = _missed_of(line)
    by_ear = [_signed(answer) for answer in line.answers if answer.who and not answer.given]
    return _stem(line), *numbers, *shares, missed, ", ".join(by_ear)


def _shares(line: ItemOutcome) -> list[str]:
    """Return the share of right hands in each vote, and of how many."""
    return [_percent_of(share, hands) for share, hands in zip(line.shares, line.voters, strict=True)]


def _signed(answer: GivenAnswer) -> str:
    """Return who gave an answer, after the sign of the verdict."""
    return f"{VERDICTS[Verdict.of(answer.score)][0]} {one_line(answer.who)}"


def _told(head: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[list[str], list[list[str]]]:
    """Return a table without the columns that are empty in this drill."""
    places = [
        k for k, name in enumerate(head) if name in _ALWAYS or any(row[k] not in {"", "0"} for row in rows)
    ]
    return [head[k] for k in places], [[row[k] for k in places] for row in rows]


def _item_words(line: ItemOutcome, report: DrillReport) -> list[str]:
    """Return the result of an item in a line or two."""
    score, words = line.score, []
    counts = (
        (score.right, "right"),
        (score.helped, "partly right" if report.has_shares else "with help"),
        (score.wrong, "wrong"),
        (score.passed, "passed"),
    )
    judged = ", ".join(f"{number} {name}" for number, name in counts if number)
    if judged:
        words.append(judged)
    signs = [
        f"{_signed(answer)} ({one_line(answer.given)})"
        if answer.given and answer.score < 1
        else _signed(answer)
        for answer in line.answers
        if answer.who
    ]
    if signs:
        words.append(", ".join(signs))
    if line.votes:
        words.append("; ".join(f"{one_line(v.text)}: {' → '.join(map(str, v.hands))}" for v in line.votes))
        if line.shares:
            words.append(f"right: {' → '.join(_shares(line))}")
    if not words:
        words.append("nobody knew it" if line.is_revealed else "left out")
    elif line.votes and not line.shares:
        words.append("the key was not shown")
    return words


def missed_text(line: ItemOutcome) -> str:
    """Return which share of an item was missed, and of what it is."""
    return f"{_missed_of(line)} missed"


def _missed_of(line: ItemOutcome) -> str:
    """Return the share of points or answers that was missed, empty for none."""
    if line.is_of_points and line.missed is not None:
        return f"{per_cent(line.missed)} of points"
    return _percent_of(line.missed, line.tried)


def _stem(line: ItemOutcome) -> str:
    return line.stem or f"{line.ref} (no longer in its bank)"


def _percent_of(share: float | None, number: int) -> str:
    """Return a share in per cent and of how many it is, empty for none."""
    of = f" of {number}" if number else ""
    return "" if share is None else f"{per_cent(share)}{of}"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines with aligned columns, in any script."""
    lines = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(cells, column)) for column in zip(*lines, strict=True)]
    told = []
    for row in lines:
        padding = [" " * (width - cells(cell)) for cell, width in zip(row, widths, strict=True)]
        padded = [
            cell + room if place < 2 else room + cell
            for place, (cell, room) in enumerate(zip(row, padding, strict=True))
        ]
        told.append(f"  {'  '.join(padded)}".rstrip())
    return told


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return lines + [f"| {' | '.join(_plain(cell) for cell in row)} |" for row in rows]


def _plain(text: str) -> str:
    """Return a text escaped for Markdown, on one line."""
    return _MARKDOWN.sub(r"\\\1", one_line(text))
