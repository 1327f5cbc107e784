"""A drill's report as text, JSON, CSV and Markdown, with the same facts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quiz.core.content.grading import Verdict
from quiz.core.drill.report import CompetitorLine, DrillReport, GivenAnswer, ItemOutcome
from quiz.core.scheduling.study_day import moment, zone_of
from quiz.core.text.phrases import clock, count
from quiz.core.text.projector_fit import cells
from quiz.core.text.safe_text import one_line, visible
from quiz.exchange.csv_cells import Cell, csv_text
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


def facts(report: DrillReport) -> dict[str, Any]:
    """Return everything in a report as plain data. Durations are in seconds, shares from 0 to 1."""
    return {
        "session": report.id,
        "format": report.format,
        "class": report.class_name or None,
        "banks": list(report.banks),
        "started": _started(report).isoformat(timespec="seconds"),
        "seconds": round(report.duration_ms / 1000),
        "finished": report.is_ended,
        "planned": report.planned,
        "record_before": report.record,
        "board": [
            {
                "place": line.place, "tied": line.is_tied, "who": line.name, "right": line.score.right,
                **_between(line.score.helped, report), "wrong": line.score.wrong,
                "passed": line.score.passed, "points": line.score.points, "members": list(line.members),
            }
            for line in report.competitors
        ],
        "not_called": list(report.not_called),
        "absent": list(report.absent),
        "items": [_item_facts(line, report) for line in report.items],
        "teach_again": [str(line.ref) for line in report.again],
    }  # fmt: skip


def _item_facts(line: ItemOutcome, report: DrillReport) -> dict[str, Any]:
    return {
        "item": str(line.ref),
        "stem": line.stem,
        "key": line.key,
        "right": line.right,
        **_between(line.score.helped, report),
        "wrong": line.wrong,
        "passed": line.score.passed,
        "votes": [
            {"option": vote.text, "key": vote.is_key, "hands": list(vote.hands)} for vote in line.votes
        ],
        "right_in_vote": [round(share, 3) for share in line.shares],
        "hands_in_vote": list(line.voters),
        "gain": None if line.gain is None else round(line.gain, 3),
        "missed": None if line.missed is None else round(line.missed, 3),
        "tried": line.tried,
        "answers": [
            {"who": answer.who, "score": round(answer.score, 3), "given": answer.given}
            for answer in line.answers
        ],
        "teach_again": line in report.again,
    }


def _between(number: int, report: DrillReport) -> dict[str, int]:
    """Return how many answers were right with help, and how many partly right."""
    helped, partly = (0, number) if report.has_shares else (number, 0)
    return {"with_help": helped, "partly_right": partly}


def _head(columns: Sequence[str], report: DrillReport) -> list[str]:
    """Return the heads of columns, with the word for answers between right and wrong."""
    return [_PARTLY if report.has_shares and name == _HELPED else name for name in columns]


def as_json(report: DrillReport) -> str:
    """Return the report as JSON."""
    return json.dumps(facts(report), indent=2) + "\n"


def as_csv(report: DrillReport) -> str:
    """Return the report as CSV: a row for each competitor, member of a team, pupil who was not called or is
    absent, item, answer, and option voted on."""
    told = facts(report)
    shared: list[Cell] = [told["session"], told["format"], told["class"], told["started"]]
    rows: list[list[Cell]] = []
    for line in told["board"]:
        counts = [line["right"], line["with_help"], line["wrong"], line["passed"], line["points"]]
        more = [*[None] * 5, line["partly_right"]]
        rows.append([*shared, "competitor", line["place"], line["who"], "", *counts, *more])
        rows += [[*shared, "member", None, name, line["who"]] for name in line["members"]]
    for about, names in (("not called", told["not_called"]), ("absent", told["absent"])):
        rows += [[*shared, about, None, name] for name in names]
    for item in told["items"]:
        counts = [item["right"], item["with_help"], item["wrong"], item["passed"], None]
        shares = [*item["right_in_vote"], None, None][:2]
        rest = [*shares, item["gain"], item["missed"], item["teach_again"], item["partly_right"]]
        rows.append([*shared, "item", None, item["item"], item["stem"], *counts, *rest])
        for answer in item["answers"]:
            verdict = Verdict.of(answer["score"])
            right, wrong = int(verdict is Verdict.CORRECT), int(verdict is Verdict.INCORRECT)
            between = _between(1 - right - wrong, report)
            counts = [right, between["with_help"], wrong, *[None] * 7, between["partly_right"]]
            graded = [answer["score"], answer["given"]]
            rows.append([*shared, "answer", None, item["item"], answer["who"], *counts, *graded])
        for vote in item["votes"]:
            about = "key" if vote["key"] else "option"
            hands = [*vote["hands"], None][:2]
            rows.append([*shared, about, None, item["item"], vote["option"], *[None] * 5, *hands])
    return csv_text(_COLUMNS, [[*row, *[None] * (len(_COLUMNS) - len(row))] for row in rows])


# fmt: off
_COLUMNS = (
    "session", "format", "class", "started", "about", "place", "who_or_item", "text", "right", "with_help",
    "wrong", "passed", "points", "first_vote", "second_vote", "gain", "missed", "teach_again", "partly_right",
    "score", "given",
)
# fmt: on


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


def _started(report: DrillReport) -> Any:
    return moment(report.started).astimezone(zone_of(report.zone))


def _title(report: DrillReport) -> str:
    of_class = f" · {report.class_name}" if report.class_name else ""
    return one_line(f"{report.title}: {', '.join(report.banks)}{of_class}")


def _summary(report: DrillReport) -> str:
    started = _started(report)
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
    missed = _percent_of(line.missed, line.tried)
    return _stem(line), *numbers, *shares, missed, ", ".join(_signs(line))


def _shares(line: ItemOutcome) -> list[str]:
    """Return the share of right hands in each vote, and of how many."""
    return [_percent_of(share, hands) for share, hands in zip(line.shares, line.voters, strict=True)]


def _signs(line: ItemOutcome) -> list[str]:
    """Return who answered, each with the sign of the verdict."""
    return [
        f"{VERDICTS[Verdict.of(answer.score)][0]} {one_line(answer.who)}"
        for answer in line.answers
        if answer.who
    ]


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
        f"{sign} ({one_line(answer.given)})" if answer.given and answer.score < 1 else sign
        for sign, answer in zip(_signs(line), [each for each in line.answers if each.who], strict=True)
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
    """Return which share missed an item, and of how many."""
    return f"{_percent_of(line.missed, line.tried)} missed"


def _stem(line: ItemOutcome) -> str:
    return line.stem or f"{line.ref} (no longer in its bank)"


def _percent_of(share: float | None, number: int) -> str:
    """Return a share in per cent and of how many it is, empty for none."""
    of = f" of {number}" if number else ""
    return "" if share is None else f"{round(share * 100)} %{of}"


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
