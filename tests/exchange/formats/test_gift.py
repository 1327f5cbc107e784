"""GIFT: the test questions of its grammar, what its answers earn, and recovery."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quiz.core.content.grading import Chosen, Entered
from quiz.core.content.item import Item
from quiz.core.content.kinds.matching import Matching
from quiz.core.content.kinds.numeric import Numeric
from quiz.core.text.numbers import parse_number
from quiz.exchange.declaration import ForeignFile, Imported
from quiz.exchange.formats.gift import FORMAT
from quiz.exchange.html_text import text_of_html

GRAMMAR = Path(__file__).parent / "gift_grammar"
KINDS = {
    "MC": {"single-choice", "multiple-response"},
    "TF": {"true-false"},
    "Short": {"short-answer", "cloze"},
    "Numerical": {"numeric"},
    "Matching": {"matching"},
}


def read(text: str) -> Imported:
    assert FORMAT.read
    return FORMAT.read(ForeignFile("some.gift", text.encode()))


def only(text: str) -> Item:
    imported = read(text)
    assert imported.bank is not None, imported.refusals
    (item,) = imported.bank.items
    return item


@pytest.mark.parametrize("path", sorted(GRAMMAR.glob("*.gift")), ids=lambda path: path.stem)
def test_every_question_of_the_grammar_comes_or_is_named(path: Path) -> None:
    assert FORMAT.read
    imported = FORMAT.read(ForeignFile(path.name, path.read_bytes()))
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8-sig"))
    asked = [one for one in expected if one["type"] in KINDS]
    silent = [one for one in expected if one["type"] in {"Essay", "Description"}]
    items = imported.bank.items if imported.bank else ()
    repeated = [refusal for refusal in imported.refusals if "asks the same as" in refusal.why]
    unasked = [refusal for refusal in imported.refusals if refusal not in repeated]
    assert len(items) + len(repeated) == len(asked)
    assert len(unasked) == len(silent)
    if not repeated:
        for item, one in zip(items, asked, strict=True):
            assert item.kind in KINDS[one["type"]]
            assert_says(item, one)


def assert_says(item: Item, one: dict[str, Any]) -> None:
    """Compare an item with what the grammar's own parser says of the question."""
    if item.kind != "cloze" and not one["hasEmbeddedAnswers"]:
        assert squeezed(plain(one["stem"])) == squeezed(item.stem)
    if one["type"] == "TF":
        assert item.grade(Chosen(("True" if one["isTrue"] else "False",))).score == 1
    elif one["type"] == "MC":
        rights = [choice for choice in one["choices"] if choice["isCorrect"] or (choice["weight"] or 0) > 0]
        full = [choice for choice in rights if choice["isCorrect"]] or rights
        keys = {squeezed(plain(choice["text"])) for choice in full}
        response = item.key_response()
        assert isinstance(response, Chosen)
        chosen = {squeezed(option) for option in response.options}
        assert chosen <= keys if item.kind == "single-choice" else chosen == keys
    elif one["type"] == "Short":
        full = [choice for choice in one["choices"] if choice["weight"] in {None, 100}]
        assert all(item.grade(Entered((plain(choice["text"]),))).score == 1 for choice in full)
    elif one["type"] == "Matching":
        assert isinstance(item, Matching)
        lefts = {squeezed(plain(pair["subquestion"])) for pair in one["matchPairs"]} - {""}
        assert {squeezed(left) for left in item.pairs} == lefts
    elif isinstance(item, Numeric) and isinstance(one["choices"], dict) and "number" in one["choices"]:
        assert parse_number(item.key) == parse_number(str(one["choices"]["number"]))


def plain(said: dict[str, str]) -> str:
    return text_of_html(said["text"]).text if said["format"] == "html" else said["text"]


def squeezed(text: str) -> str:
    """Return a text without white space and the marks of Markdown."""
    return "".join(text.split()).translate({ord(mark): None for mark in "*_"})


def test_percents_decide_what_is_right() -> None:
    item = only("Which? {~%50%a ~%50%b ~%-100%c ~d}")
    assert item.grade(Chosen(("a", "b"))).score == 1
    assert item.grade(Chosen(("a", "c"))).score == 0


def test_the_old_sign_for_a_right_option_is_read() -> None:
    assert only("Which? {~a ~=b ~c}").key_text() == "b"


def test_numbers_have_margins_and_ranges() -> None:
    item = only("How many? {#1.5..2.5####Two or so.}")
    assert isinstance(item, Numeric)
    assert (item.key, item.tolerance, item.rationale) == ("2", "0.5", "Two or so.")
    assert only("How many? {#=1,5:0,1}").key_text() == "1.5 (± 0.1)"


def test_a_bad_question_does_not_stop_the_others() -> None:
    imported = read("First? {=a ~b\n\n::Second:: Second? {=c ~d}\n\nThird? }\n\nFourth? {=e ~f}\n")
    assert imported.bank is not None
    assert [item.stem for item in imported.bank.items] == ["Second?", "Fourth?"]
    assert [refusal.place for refusal in imported.refusals] == ["line 1", "line 5"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("What is 1+1? {=2 ~3}\n// the second\nWhat is 2+2? {=4 ~5}", 3),
        ("::One:: Paris {=a}\n::Two:: Rome {=b}", 2),
        ("It is hot {T}\nIt is cold {F}", 2),
        ("How many?\n{\n#3\n}\nAnd\nhere\n{\n=a ~b\n}", 5),
    ],
)
def test_where_no_empty_line_parts_two_questions_the_line_is_told(text: str, line: int) -> None:
    imported = read(f"\n{text}\n\nWhat is left? {{=this ~that}}")
    (refused,) = imported.refusals
    assert refused.place == "line 2"
    assert refused.why == f"Another question begins in line {line + 1}: put an empty line before it."
    assert imported.bank
    assert len(imported.bank.items) == 1


def test_gaps_that_end_lines_are_one_question() -> None:
    assert only("France has {=Paris ~Lyon}\nand Italy has {=Rome}\nor {=Milan}.").kind == "cloze"


def test_categories_become_topics_and_comments_give_ids_and_tags() -> None:
    imported = read(
        "$CATEGORY: $course$/top/History/Rome\n\n// [id:abc-1] [tag:hard one]\nWhen? {=then ~now}"
    )
    assert imported.bank is not None
    (item,) = imported.bank.items
    assert (item.id, item.tags) == ("abc-1", ("hard-one",))
    assert imported.bank.topics == {item.topic: "History › Rome"}


def test_what_is_lost_is_told() -> None:
    imported = read("Which? {~a ~%50%b =c}\n\nWho? {=no one =*body}\n\nSee <img src='x.png'> {T}")
    assert [loss.what for loss in imported.losses] == [
        "partial credit", "answers with a * that stands for anything", "the picture x.png",
    ]  # fmt: skip
