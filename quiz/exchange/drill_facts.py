"""A drill's report as data: plain values, JSON and CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from quiz.core.content.grading import Verdict
from quiz.core.drill.report import DrillReport, ItemOutcome
from quiz.core.scheduling.study_day import moment, zone_of
from quiz.exchange.csv_cells import Cell, csv_text

# fmt: off
_COLUMNS = (
    "session", "format", "class", "started", "about", "place", "who_or_item", "text", "right", "with_help",
    "wrong", "passed", "points", "first_vote", "second_vote", "gain", "missed", "teach_again", "partly_right",
    "score", "given",
)
# fmt: on


def facts(report: DrillReport) -> dict[str, Any]:
    """Return everything in a report as plain data. Durations are in seconds, shares from 0 to 1."""
    return {
        "session": report.id,
        "format": report.format,
        "class": report.class_name or None,
        "banks": list(report.banks),
        "started": started_at(report).isoformat(timespec="seconds"),
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


def started_at(report: DrillReport) -> datetime:
    """Return when a drill started, in its time zone."""
    return moment(report.started).astimezone(zone_of(report.zone))


def as_json(report: DrillReport) -> str:
    """Return the report as JSON."""
    return json.dumps(facts(report), indent=2) + "\n"


def as_csv(report: DrillReport) -> str:
    """Return the report as CSV: a row for each competitor, each member of a team, each pupil without one,
    each item, each option voted on and each answer."""
    told = facts(report)
    shared = {name: told[name] for name in ("session", "format", "class", "started")}
    rows = [shared | row for row in _csv_rows(told, report)]
    return csv_text(_COLUMNS, [[row.get(name) for name in _COLUMNS] for row in rows])


def _csv_rows(told: Mapping[str, Any], report: DrillReport) -> Iterator[dict[str, Cell]]:
    """Yield the cells of each row that are not the same in all, by their columns."""
    for line in told["board"]:
        head = {"about": "competitor", "place": line["place"], "who_or_item": line["who"]}
        yield head | _counts(line) | {"points": line["points"]}
        for name in line["members"]:
            yield {"about": "member", "who_or_item": name, "text": line["who"]}
    for about, names in (("not called", told["not_called"]), ("absent", told["absent"])):
        for name in names:
            yield {"about": about, "who_or_item": name}
    for item in told["items"]:
        head = {"about": "item", "who_or_item": item["item"], "text": item["stem"]}
        result = {name: item[name] for name in ("gain", "missed", "teach_again")}
        yield head | _counts(item) | _by_vote(item["right_in_vote"]) | result
        for answer in item["answers"]:
            yield {"about": "answer", "who_or_item": item["item"], "text": answer["who"]} | {
                **_verdict_counts(Verdict.of(answer["score"]), report),
                "score": answer["score"],
                "given": answer["given"],
            }
        for vote in item["votes"]:
            about = "key" if vote["key"] else "option"
            row = {"about": about, "who_or_item": item["item"], "text": vote["option"]}
            yield row | _by_vote(vote["hands"])


def _counts(line: Mapping[str, Any]) -> dict[str, Cell]:
    """Return the cells that count the answers of a competitor or to an item."""
    return {name: line[name] for name in ("right", "with_help", "wrong", "passed", "partly_right")}


def _verdict_counts(verdict: Verdict, report: DrillReport) -> dict[str, Cell]:
    """Return the cells that count a single answer."""
    between = _between(int(verdict is Verdict.PARTIAL), report)
    return {"right": int(verdict is Verdict.CORRECT), "wrong": int(verdict is Verdict.INCORRECT), **between}


def _by_vote(figures: Sequence[Cell]) -> dict[str, Cell]:
    """Return the cells for the first vote and the second."""
    return dict(zip(("first_vote", "second_vote"), figures, strict=False))
