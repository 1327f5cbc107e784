"""Findings and problems: where they are, what they say by themselves, and which of them fail a bank."""

from __future__ import annotations

from quiz.core.content.diagnostics import Finding, Problem, Severity, has_errors, path_of

FOUND = {each: Finding("c", each, "f", 1, 2, "m") for each in Severity}


def test_a_path_is_written_as_in_python() -> None:
    assert path_of(("items", 3, "distractors", 1)) == "items[3].distractors[1]"
    assert path_of(()) == ""


def test_errors_fail_a_bank_and_warnings_where_it_is_strict() -> None:
    assert [each.value for each in Severity] == ["error", "warning", "note"]
    assert [(one.fails(strict=False), one.fails(strict=True)) for one in FOUND.values()] == [
        (True, True), (False, True), (False, False),
    ]  # fmt: skip
    note, error = FOUND[Severity.NOTE], FOUND[Severity.ERROR]
    assert (has_errors([note]), has_errors([note, error]), has_errors([])) == (False, True, False)


def test_what_is_not_said_is_empty_and_a_problem_is_an_error() -> None:
    note, problem = FOUND[Severity.NOTE], Problem("c", "m")
    assert (note.help, note.source, note.width, note.item, note.path) == ("", "", 1, "", "")
    assert (problem.where, problem.help, problem.severity, problem.at_field) == (
        (), "", Severity.ERROR, False,
    )  # fmt: skip
