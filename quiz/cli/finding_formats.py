"""Findings in the formats that editors and CI services read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, Final

from quiz import __version__
from quiz.core.content.diagnostics import Finding, Severity

SARIF_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_GITHUB: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def sarif(findings: Sequence[Finding]) -> dict[str, Any]:
    """Return findings as a log in SARIF 2.1.0 (OASIS, 2020)."""
    from quiz.authoring.diagnostic_codes import all_codes

    codes = sorted({finding.code for finding in findings})
    known = all_codes()
    rules = [
        {
            "id": code,
            "shortDescription": {"text": known[code].why if code in known else code},
            "help": {"text": known[code].mend if code in known else code},
        }
        for code in codes
    ]
    driver = {"name": "quiz", "version": __version__, "rules": rules}
    results = [_result(finding, codes.index(finding.code)) for finding in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endColumn": finding.column + finding.width,
    }
    place: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": PurePath(finding.file).as_posix()},
            "region": region,
        }
    }
    if finding.path:
        names = {"fullyQualifiedName": finding.path, **({"name": finding.item} if finding.item else {})}
        place["logicalLocations"] = [names]
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.severity.value,
        "message": {"text": f"{finding.message} {finding.help}".strip()},
        "locations": [place],
    }


def github_line(finding: Finding) -> str:
    """Return a finding as a workflow command that GitHub shows beside the line."""
    told = {
        "file": finding.file,
        "line": finding.line,
        "col": finding.column,
        "endColumn": finding.column + finding.width,
        "title": f"{finding.code} {finding.item}".strip(),
    }
    properties = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in told.items())
    message = _escaped("\n".join(filter(None, (finding.message, finding.help))))
    return f"::{_GITHUB[finding.severity]} {properties}::{message}"


def _escaped(text: str, more: str = "") -> str:
    """Return a text with what ends a command or one of its properties written as a percent code."""
    for sign in f"%\r\n{more}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
