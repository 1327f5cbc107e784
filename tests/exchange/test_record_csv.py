"""All attempts as a table."""

from __future__ import annotations

import csv
import io
from random import Random
from typing import Any

from quiz.core.content.grading import Confidence, Entered
from quiz.exchange.record_csv import HEAD, AttemptRow, head, lines
from tests.record.record_stress import NOON, attempt, header


def row(**more: Any) -> dict[str, str]:
    made = header("mina", Random(1))
    told = attempt(3, **{"score": 0.5, "at": NOON, "confidence": Confidence.SURE, **more})
    text = head() + lines([AttemptRow(made, told, "mina", True, False)])
    (found,) = csv.DictReader(io.StringIO(text))
    assert list(found) == list(HEAD)
    return found


def test_a_row_says_all_of_an_attempt() -> None:
    found = row()
    assert found | {"session": ""} == {
        "session": "", "n": "3", "mode": "study", "learner": "mina", "bank": "courtship", "item": "one",
        "version": "0123456789abcdef", "at": "2025-06-18T12:00:00+02:00", "seconds": "4.0",
        "response": "Option of one", "score": "0.5", "verdict": "partial", "confidence": "sure",
        "overridden": "yes", "counts": "no",
    }  # fmt: skip


def test_no_cell_is_a_formula() -> None:
    assert row(response=Entered(("=HYPERLINK(1)",)))["response"] == "'=HYPERLINK(1)"
    assert row(response=Entered(("\x1b[31m+1",)))["response"] == "␛[31m+1"
    assert row(duration_ms=None, response=None, confidence=None)["seconds"] == ""
