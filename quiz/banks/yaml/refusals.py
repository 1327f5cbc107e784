"""What a bank's YAML must not hold, found and reported while it is parsed."""

from __future__ import annotations

import math
import re
from typing import Any, Final

from quiz.banks.yaml.decoding import foul_in
from quiz.banks.yaml.source_map import SourceText
from quiz.banks.yaml.syntax_errors import QUOTE_IT
from quiz.core.content.diagnostics import Finding, Problem, Severity

MOST_NODES: Final = 2_500_000
"""How many texts, lists and mappings a file may hold, including the names of fields."""
COUNTED: Final = 500_000
"""After each such number of nodes, the average size of a node is checked."""
LEAST_CHARACTERS: Final = 4
"""The least average number of characters per node in a file with that many."""
MOST_CHARACTERS: Final = 1_000_000
"""The longest text allowed, in characters."""
DEEPEST: Final = 24
MOST_FLAWS: Final = 200
"""After this many problems reading stops."""


class Refused:
    """Stands in a tree for what was refused and reported."""

    __slots__ = ()


REFUSED: Final = Refused()


class Stop(Exception):
    """Raised where the rest of the file is not worth reading."""


_RISKY_ESCAPE = re.compile(rb"\\[0abefrvNLPxuU]")
"""Escapes that can spell a forbidden character in a double-quoted text."""
_COMMENT = re.compile(rb"[ \t]#")
_CUT = re.compile(r"[ \t](?:#|[ \t]+#[^\s#])")
"""A ` #` that may have been meant as text: a real comment has two spaces before it and one after it."""
_CUT_TEXT = Problem(
    "text-cut-off",
    "The text ends before “#”: what follows is a comment.",
    (),
    "Put the text in quotes if “#” belongs to it; put two spaces before “#” and one after it if not.",
    Severity.WARNING,
)


class Refusals:
    """Collects what is wrong with a file's YAML. Methods raise Stop where reading on is pointless."""

    def __init__(self, source: SourceText) -> None:
        self.findings: list[Finding] = []
        self.is_whole = True
        """Whether every value is present: none is empty or refused."""
        self._source = source
        self._skipped = 0
        self.most = COUNTED
        """How many nodes there may be before the average is checked."""
        data = source.data
        self._checks_escapes = _RISKY_ESCAPE.search(data) is not None
        self._checks_comments = _COMMENT.search(data) is not None
        self._comments = _COMMENT.finditer(data)
        self._comment_at = 0
        self._comment_line: float = 0
        self.examines_all = (
            self._checks_escapes or self._checks_comments or any(mark in data for mark in (b"&", b"!"))
        )
        """Whether the file gives reason to check every scalar."""

    def report(self, event: Any, code: str, message: str, help: str) -> None:  # noqa: A002
        """Report an error at an event."""
        self._add(event, Problem(code, message, (), help))

    def _add(self, event: Any, problem: Problem) -> None:
        place = self._source.place_between(event.start_mark, event.end_mark)
        self.findings.append(self._source.finding(problem, place))
        if problem.severity is Severity.ERROR:
            self.is_whole = False
        if len(self.findings) >= MOST_FLAWS:
            raise Stop

    def examined(self, event: Any, value: str | None, nodes: int) -> Any:
        """Check a scalar, the file's `nodes`-th node, and return its value or a stand-in for it."""
        if nodes + self._skipped > self.most:
            self._count(event, nodes + self._skipped)
        if len(event.value) > MOST_CHARACTERS:
            message = f"This text is longer than {MOST_CHARACTERS:,} characters."
            self.report(event, "too-long", message, "Shorten it.")
            return REFUSED
        self._check_marks(event)
        if self._checks_comments and event.implicit[0] and value:
            if self._has_comment(event.end_mark.line) and _CUT.match(self._source.after(event.end_mark)):
                self._add(event, _CUT_TEXT)
        elif self._checks_escapes and event.style == '"':
            value = event.value.replace("\r\n", "\n")
            foul = foul_in(value)
            if foul is not None:
                self._add(event, foul)
                return REFUSED
        return value

    def _has_comment(self, line: int) -> bool:
        """Return whether a line, from 0, may hold a comment. Lines are asked about in their order."""
        while self._comment_line < line or not self._comment_at:
            found = next(self._comments, None)
            if found is None:
                self._comment_line = math.inf
                return False
            self._comment_line += self._source.data.count(b"\n", self._comment_at, found.start())
            self._comment_at = found.start() + 1
        return self._comment_line == line

    def check_start(self, event: Any, depth: int, nodes: int) -> None:
        """Check a mapping or list, the file's `nodes`-th node, nested `depth` deep."""
        if nodes + self._skipped > self.most:
            self._count(event, nodes + self._skipped)
        if depth >= DEEPEST:
            self.report(
                event, "too-deep", f"Lists and mappings are nested more than {DEEPEST} deep here.",
                f"A bank needs only a few levels. {QUOTE_IT}",
            )  # fmt: skip
            raise Stop
        self._check_marks(event)

    def _check_marks(self, event: Any) -> None:
        if event.anchor is not None:
            what = f"“&{event.anchor[:60]}” is an anchor, and anchors are not read."
            self.report(event, "anchor", what, f"{QUOTE_IT} Or take it out.")
        if event.tag is not None:
            what = f"“{event.tag[:60]}” is a tag, and tags are not read."
            self.report(event, "tag", what, f"{QUOTE_IT} Or take it out.")

    def alias(self, event: Any) -> None:
        """Report an alias."""
        what = f"“*{event.anchor[:60]}” is an alias, and aliases are not read."
        self.report(event, "alias", what, f"{QUOTE_IT} Or write out what is meant.")

    def bad_name(self, event: Any, value: Any) -> Any:
        """Report a name that cannot be a field's, and return a stand-in for it."""
        if value is REFUSED:
            return REFUSED
        if value is None:
            self.report(event, "empty", "A field has no name.", "Write its name before the colon.")
            return REFUSED
        if value != "<<":
            what = f"“{value[:60]}” stands twice in the same mapping."
            self.report(event, "duplicate-field", what, "Leave one of them.")
        elif event.implicit[0]:
            self.report(
                event, "merge-key", "“<<” merges mappings, which is not read.", "Write the fields out."
            )
            return REFUSED
        return value

    def name_begins(self, event: Any) -> None:
        """Report a field whose name is a list or a mapping."""
        self.report(
            event, "name-not-text", "A list or a mapping cannot be a field's name.",
            "A text that begins with { or [ goes in quotes.",
        )  # fmt: skip

    def skipped(self, event: Any, depth: int, nodes: int) -> None:
        """Count nodes that are passed over, `depth` deep within an invalid name."""
        self._skipped += 1
        if depth > DEEPEST:
            self.check_start(event, depth, nodes)
        if nodes + self._skipped > self.most:
            self._count(event, nodes + self._skipped)

    def _count(self, event: Any, nodes: int) -> None:
        """Stop if there are too many nodes, or many that are almost empty; else allow more."""
        is_dense = event.start_mark.index < nodes * LEAST_CHARACTERS
        if is_dense or nodes > MOST_NODES:
            few = f", with less than {LEAST_CHARACTERS} characters to each" if is_dense else ""
            what = f"The file holds more than {self.most:,} values{few}."
            self.report(event, "too-large", what, "Split it into several banks.")
            raise Stop
        self.most = min(MOST_NODES, nodes + COUNTED)
