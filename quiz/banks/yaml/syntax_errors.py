"""The YAML parser's errors, reworded so that a bank's author can correct them."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from quiz.banks.yaml.source_map import Place, SourceText
from quiz.core.content.diagnostics import Finding, Problem

QUOTE_IT = "Put the whole text in quotes."
INDENT = "Give fields that belong together the same indentation, with spaces only."


class SyntaxMessage(NamedTuple):
    """The message for parser errors that match a pattern."""

    pattern: str
    code: str
    message: str
    help: str
    at_context: bool = False
    """Whether the place is where the parser began to scan, not where it gave up."""


COMPLAINTS: tuple[SyntaxMessage, ...] = (
    SyntaxMessage(
        "quoted scalar.*(unexpected end of stream|unexpected document)", "unclosed-quote",
        "The quote that begins here is never closed.",
        "Close it, or put a text that contains quotes between the other kind of quotes.", at_context=True,
    ),
    SyntaxMessage(
        "unknown escape|hexdecimal|hexadecimal|escape code", "escape",
        "A backslash means something else between double quotes.",
        "Put the text in single quotes, where a backslash is a backslash.",
    ),
    SyntaxMessage(
        "tab character|cannot start any token.*\t", "tab",
        "A tab stands where spaces belong.", "Indent with spaces.",
    ),
    SyntaxMessage(
        "cannot start any token", "special-character",
        "A text cannot begin with this character.", QUOTE_IT,
    ),
    SyntaxMessage(
        "scanning an (alias|anchor)", "special-character",
        "A text cannot begin with * or &.", QUOTE_IT, at_context=True,
    ),
    SyntaxMessage(
        "tag", "special-character",
        "A text cannot begin with an exclamation mark.", QUOTE_IT, at_context=True,
    ),
    SyntaxMessage(
        "block scalar", "special-character",
        "After | or > the text begins on the next line.",
        "Move the text to the next line, indented, or put all of it in quotes.",
    ),
    SyntaxMessage(
        "sequence entries are not allowed", "list-in-line",
        "A list cannot begin on the line of its field.",
        "Begin it on the next line; a text that begins with a hyphen goes in quotes.",
    ),
    SyntaxMessage(
        "parsing a flow sequence", "unclosed-list",
        "The list that begins here is not closed, or a comma is missing in it.",
        "Close it with ]. A text that begins with [ goes in quotes, and so does one with a comma.",
        at_context=True,
    ),
    SyntaxMessage(
        "parsing a flow mapping", "unclosed-list",
        "The mapping that begins here is not closed, or a comma is missing in it.",
        "Close it with }. A text that begins with { goes in quotes, and so does one with a comma.",
        at_context=True,
    ),
    SyntaxMessage(
        "could not find expected ':'", "no-colon",
        "This line is neither a field nor a part of a text.",
        "Write a colon and a space after a field's name; indent a text that goes on over several lines.",
        at_context=True,
    ),
    SyntaxMessage(
        "unexpected ':'", "colon-in-text",
        "A colon cannot stand here within a list or a mapping.", "Put the text that it belongs to in quotes.",
    ),
    SyntaxMessage(
        "expected.*node content", "special-character",
        "A text cannot begin with this character.", QUOTE_IT,
    ),
    SyntaxMessage(
        "document start|incompatible|directive", "second-document",
        "There is something here that does not belong to the bank.",
        "A file holds one bank: no lines that begin with %, nothing after “...”.",
    ),
    SyntaxMessage(
        "'-' indicator|parsing a block collection|parsing a block sequence", "indentation",
        "This line does not fit the list that it stands in.", INDENT,
    ),
)  # fmt: skip

_NESTING_LIMIT = re.compile("nesting|nested|depth|recursion|too deep")
_AFTER_CLOSE = re.compile(r"[\"'}\]]\s*$")


def nesting_limit(error: yaml.MarkedYAMLError) -> int | None:
    """Return the index of the character where the parser met its own nesting limit, or None."""
    mark = error.problem_mark
    return mark.index if mark and _NESTING_LIMIT.search(str(error.problem)) else None


def colon_at(error: yaml.MarkedYAMLError, source: SourceText) -> int | None:
    """Return the index of the colon at which a text without quotes was cut, None for other errors."""
    mark = error.problem_mark
    if mark is None or "mapping values are not allowed" not in str(error.problem):
        return None
    before = source.text[mark.index - mark.column : mark.index]
    is_colon = source.text.startswith(":", mark.index)
    return mark.index if is_colon and re.search(r":\s", before) else None


def explained(error: yaml.MarkedYAMLError, source: SourceText) -> Finding:
    """Return the finding for a parser error."""
    problem, context = str(error.problem or ""), str(error.context or "")
    mark = error.problem_mark or error.context_mark
    here, at = _place(mark), mark.index if mark else 0
    before = source.text[max(0, at - here.column + 1) : at]
    if "mapping values are not allowed" in problem:
        return source.finding(_colon(before), here)
    said = f"{context} {problem} {source.text[at : at + 1]}"
    for complaint in COMPLAINTS:
        if re.search(complaint.pattern, said):
            place = _place(error.context_mark) if complaint.at_context and error.context_mark else here
            return source.finding(Problem(complaint.code, complaint.message, (), complaint.help), place)
    if "key" in problem or "block end" in problem:
        return source.finding(_misfit(before), here)
    return source.finding(
        Problem("yaml-syntax", f"This is not YAML: {problem or context}.", (), QUOTE_IT), here
    )


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else Place()


def _colon(before: str) -> Problem:
    """Return the problem of a misplaced colon: one within a text, or on a misplaced line."""
    if re.search(r":\s", before):
        return Problem(
            "colon-in-text", "A colon with a space after it stands in a text without quotes.", (),
            "Put the whole text in quotes: it contains “: ”.",
        )  # fmt: skip
    return Problem("indentation", "This line is read as a part of the line before it.", (), INDENT)


def _misfit(before: str) -> Problem:
    """Return the problem of something that does not fit what is around it."""
    if _AFTER_CLOSE.search(before):
        return Problem(
            "text-after-close", "There is text after the closing quote or bracket.", (),
            "A text that begins with a quote or a bracket goes in quotes as a whole; "
            "within single quotes an apostrophe is written twice.",
        )  # fmt: skip
    return Problem("indentation", "This line does not fit the lines before it.", (), INDENT)
