"""Findings as text, in the style of a compiler's messages."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import Any

from quiz.core.content.diagnostics import Finding, Severity
from quiz.core.text.projector_fit import cells
from quiz.core.text.safe_text import one_line, visible

BOLD, RED, YELLOW, BLUE, PLAIN = "\x1b[1m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m", "\x1b[0m"
COLOURS = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.NOTE: ""}
MOST_SHOWN = 100
"""How many characters of a source line are shown, at most."""
BEFORE_CARET = 60
TAB = "    "


def wants_colour() -> bool:
    """Return whether standard output is a terminal whose owner has not turned colours off."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def shown(source: str) -> str:
    """Return part of a source line with tabs expanded and invisible characters made visible."""
    return visible(source).replace("\t", TAB)


def rendered(finding: Finding, *, has_colour: bool = False) -> str:
    """Return a finding as lines: where and what, the source line with a caret, and advice."""
    paint = (lambda colour, text: f"{colour}{text}{PLAIN}") if has_colour else (lambda _, text: text)
    colour = COLOURS[finding.severity]
    where = paint(BOLD, f"{one_line(finding.file)}:{finding.line}:{finding.column}:")
    label = paint(colour, f"{finding.severity}[{finding.code}]")
    lines = [f"{where} {label} {one_line(finding.message, 600)}"]
    number = str(finding.line)
    margin = " " * len(number)
    if finding.source.strip():
        before, marked, after = _cut(finding)
        caret = " " * cells(shown(before)) + paint(colour, "^" * max(1, cells(shown(marked))))
        lines.append(f"  {paint(BLUE, f'{number} |')} {shown(before)}{shown(marked)}{shown(after)}".rstrip())
        lines.append(f"  {paint(BLUE, f'{margin} |')} {caret}")
    if finding.help:
        lines.append(f"  {margin} {paint(BLUE, '=')} help: {one_line(finding.help, 600)}")
    return "\n".join(lines)


def _cut(finding: Finding) -> tuple[str, str, str]:
    """Return the source line before, at and after the caret, shortened to what is shown."""
    start = finding.column - 1
    before = finding.source[:start]
    if len(before) > BEFORE_CARET:
        before = "…" + before[-BEFORE_CARET + 1 :]
    room = max(2, MOST_SHOWN - len(before))
    marked = finding.source[start : start + min(finding.width, room - 1)]
    after = finding.source[start + len(marked) :]
    if len(after) > room - len(marked):
        after = after[: room - len(marked) - 1] + "…"
    return before, marked, after


def summed_up(findings: Iterable[Finding], banks: int) -> str:
    """Return a summary with the number of errors, warnings and notes."""
    severities = [finding.severity for finding in findings]
    checked = f"{counted(banks, 'bank')} checked"
    if not severities:
        return f"{checked}: nothing wrong."
    counts = {severity: severities.count(severity) for severity in Severity}
    parts = [counted(count, severity.value) for severity, count in counts.items() if count]
    return f"{checked}: {', '.join(parts)}."


def counted(number: int, word: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def as_data(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings as data for JSON."""
    import msgspec

    return [msgspec.to_builtins(finding) for finding in findings]


def print_lines(*lines: str) -> None:
    """Print lines to standard output, with whatever a terminal would obey made visible."""
    sys.stdout.write("".join(f"{visible(line, len(line))}\n" for line in lines))


def print_json(data: Any) -> None:
    """Print data as JSON in ASCII, which any terminal can show."""
    import json

    print_lines(json.dumps(data, indent=2))
