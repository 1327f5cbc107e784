"""Every code that anything in quiz can give is explained, and nothing else is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from quiz.authoring.diagnostic_codes import all_codes, explanation_of
from quiz.banks.yaml.syntax_errors import COMPLAINTS
from quiz.core.content.diagnostics import Severity
from tests.authoring.banks import problems_in, single

QUIZ = Path(__file__).parents[2] / "quiz"
CODE_IS = {"Problem": 0, "_misfit": 0, "SyntaxMessage": 1, "report": 1}
"""Which argument of a call is a code."""
NO_FINDING = {"here"}
"""What stands for a place and is never shown."""
REFERENCES = ("topic", "stimulus", "note", "source")


def codes_given() -> Iterator[tuple[str, str]]:
    """Yield the codes in calls that make problems, with the file each stands in."""
    for path in sorted(QUIZ.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if not any(f"{name}(" in text for name in CODE_IS):
            continue
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = CODE_IS.get(name)
            if place is None or len(node.args) <= place:
                continue
            code = node.args[place]
            if isinstance(code, ast.Constant) and isinstance(code.value, str) and " " not in code.value:
                yield code.value, str(path)
            elif isinstance(code, ast.JoinedStr):
                beginning = code.values[0]
                assert isinstance(beginning, ast.Constant), (ast.dump(code), path)
                assert beginning.value == "unknown-", (ast.dump(code), path)
                yield from ((f"unknown-{what}", str(path)) for what in REFERENCES)


ITEM = single("Which river is it?", "Po", "Oder")


@cache
def given() -> dict[str, str]:
    """Return the codes that anything gives, each with a file that does."""
    return dict(codes_given())


def test_the_search_finds_codes_of_all_sorts() -> None:
    assert {
        "unknown-field",
        "tab",
        "alias",
        "not-a-list",
        "duplicate-option",
        "unknown-note",
        "no-gap",
    } <= set(given())
    assert {complaint.code for complaint in COMPLAINTS} <= set(given())


def test_each_is_explained() -> None:
    untold = {code: file for code, file in given().items() if code not in {*all_codes(), *NO_FINDING}}
    assert untold == {}, "explain them in authoring/format_diagnostics.py"


def test_nothing_else_is_explained() -> None:
    from quiz.authoring.lint import all_rules

    assert set(all_codes()) - set(given()) == {rule.code for rule in all_rules()}


def test_an_explanation_is_made_of_sentences() -> None:
    for code, one in all_codes().items():
        assert one.severity in {*Severity}, code
        for text in (one.why, one.mend):
            assert text[0].isupper() or text[0] == "“", code
            assert text.endswith("."), code
            assert len(text) < 200, code


def test_editors_offer_every_code_that_the_checker_lets_stand_and_no_other() -> None:
    from quiz.authoring.lint import all_rules
    from quiz.authoring.schema import bank_schema

    offered = bank_schema()["definitions"]["Ignore"]["properties"]["ignore"]["items"]["enum"]
    told = "bad-ignore"  # what tells which are refused cannot be among those that are tried
    emitted = sorted((set(given()) - NO_FINDING - {told}) | {rule.code for rule in all_rules()} - {told})
    refused = {
        emitted[int(problem.where[-1])]
        for problem in problems_in(ITEM, f"lint: {{ignore: [{', '.join(emitted)}], reason: R}}\n")
        if problem.code == told
    }
    assert set(offered) == {*emitted, told} - refused
    assert len(set(offered)) == len(offered)
    assert {all_codes()[code].severity for code in refused} == {"error"}


def test_errors_of_the_format_cannot_stand() -> None:
    can_stand = {code for code, one in all_codes().items() if one.can_stand}
    assert can_stand.isdisjoint({"missing-field", "duplicate-option", "key-among-distractors"})
    assert {"redundant-accept", "text-cut-off", "quiet-negative", "duplicate-item"} <= can_stand
    assert explanation_of("nonsense") is None
