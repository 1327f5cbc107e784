"""An exam's score sheet: one set of facts, four ways to write them."""

from __future__ import annotations

import csv
import io
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.content.bank import Bank
from quiz.core.content.grading import Confidence, Entered
from quiz.core.content.item_ref import ItemRef
from quiz.core.content.kinds.short_answer import ShortAnswer
from quiz.core.exam.result import ExamResult as Result
from quiz.core.session import ItemLookup
from quiz.exchange.csv_cells import csv_text, defused
from quiz.exchange.score_sheet import FORMATS, as_csv, as_json, as_markdown, as_text, facts
from tests.core.exam.exams import CAPITAL, CITIES, EXAM, OCEAN
from tests.core.exam.test_result import MIXED, result

SAID = {CAPITAL: Confidence.SURE, OCEAN: Confidence.SURE, CITIES: Confidence.GUESS}


@pytest.fixture
def told() -> Result:
    return result(MIXED, SAID, confidence=True, pass_mark=60, form="K7Q-3FX", earlier=(0.25, 0.5))


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_facts_add_up(told: Result) -> None:
    sheet = facts(told)
    assert sheet["points"] == sum(item["points"] for item in sheet["items"])
    assert sheet["out_of"] == sum(item["weight"] for item in sheet["items"])
    assert sum(sheet["counts"].values()) == len(sheet["items"])
    assert sheet["certainty"]["mark"] == sum(item["mark"] or 0 for item in sheet["items"])
    assert sum(part["points"] for part in sheet["topics"]) == sheet["points"]
    assert (sheet["per_cent"], sheet["passed"], sheet["form"]) == (30, False, "K7Q-3FX")


def test_times_are_local_to_where_the_test_was_taken(told: Result) -> None:
    assert facts(told)["started"] == "2025-06-18T12:00:00+02:00"


def test_json_holds_the_facts(told: Result) -> None:
    assert json.loads(as_json(told)) == facts(told)


def test_csv_has_a_row_for_each_item_with_the_same_facts(told: Result) -> None:
    rows, sheet = rows_of(as_csv(told)), facts(told)
    assert [row["item"] for row in rows] == [item["item"] for item in sheet["items"]]
    assert [float(row["points"]) for row in rows] == [item["points"] for item in sheet["items"]]
    assert {row["test_per_cent"] for row in rows} == {"30"}
    assert {row["test_passed"] for row in rows} == {"no"}
    assert [row["mark"] for row in rows] == ["3", "-12", "0.5", ""]


def test_text_says_it_to_a_person(told: Result) -> None:
    text = as_text(told)
    for words in (
        "1.5 of 5 points · 30 % · not passed (pass mark 60 %)",
        "1 correct, 1 partly right, 1 incorrect, 1 left empty",
        "Certainty-based marks: -8.5 of 15",
        "Earlier exams: 25 %, 50 %",
        "✗ The largest ocean?",
        "answer: Baltic",
        "key: Pacific",
    ):
        assert words in text


def test_markdown_holds_a_row_for_each_item(told: Result) -> None:
    lines = as_markdown(told).splitlines()
    assert lines[0] == "# Exam: An exam"
    assert any(line.startswith("| 2 | The largest ocean? | ✗ incorrect, sure") for line in lines)


def test_an_item_that_is_gone_is_named(told: Result) -> None:
    items = (msgspec.structs.replace(told.items[0], stem="", key="", is_here=False), *told.items[1:])
    assert "capital (no longer in its bank)" in as_text(msgspec.structs.replace(told, items=items))


def test_a_test_without_attempts_can_be_written(told: Result) -> None:
    empty = msgspec.structs.replace(told, items=())
    for write in FORMATS.values():
        assert write(empty)


# What banks and learners write

HOSTILE = "=1+1|`x`*y*<b>[a](b)\x1b[31m\n@cmd"
SHEET = ShortAnswer(id="sheet", topic="t", stem=HOSTILE, key=HOSTILE, rationale=HOSTILE)
BANK = Bank(format=1, bank="exam", title=HOSTILE, topics={"t": HOSTILE}, items=(SHEET, *EXAM.items))


def hostile() -> Result:
    ref = ItemRef("exam", "sheet")
    told = result({ref: Entered((HOSTILE,))}, lookup=ItemLookup.of(BANK), items_asked=(ref, CAPITAL))
    return msgspec.structs.replace(told, learner=HOSTILE, banks=(HOSTILE,))


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_that_a_terminal_obeys_is_written(name: str) -> None:
    assert "\x1b" not in FORMATS[name](hostile())


def test_no_cell_of_the_csv_is_a_formula() -> None:
    cells = [cell for row in rows_of(as_csv(hostile())) for cell in row.values()]
    assert any(cell.startswith("'=1+1") for cell in cells)
    assert not any(cell.startswith(("=", "@", "\t", "\r")) for cell in cells)


def test_markdown_shows_text_as_it_is_written() -> None:
    text = as_markdown(hostile())
    assert r"\|\`x\`\*y\*\<b\>\[a\](b)" in text
    assert all(line.count(" | ") == 6 for line in text.splitlines() if line.startswith("| 1 "))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_text_that_begins_like_a_formula_is_defused(start: str) -> None:
    assert defused(f"{start}1+1") == f"'{start}1+1"


def test_numbers_stay_numbers() -> None:
    assert csv_text(["a", "b", "c", "d"], [[-6, 1.5, None, True]]) == "a,b,c,d\n-6,1.5,,yes\n"


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_no_text_breaks_the_rows(texts: list[str]) -> None:
    head = [f"c{number}" for number in range(len(texts))]
    rows = list(csv.reader(io.StringIO(csv_text(head, [texts, texts]), newline="")))
    assert [len(row) for row in rows] == [len(texts)] * 3
