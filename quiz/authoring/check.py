"""Checking bank files: the findings of reading a file and of the rules of item writing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from quiz.authoring.quality import quality_of
from quiz.banks.files import findings_in, read_bank
from quiz.banks.images import image_problem
from quiz.banks.library import same_id
from quiz.banks.yaml.source_map import by_place
from quiz.core.content.bank import Bank
from quiz.core.content.diagnostics import Finding, Problem, Severity
from quiz.core.content.images import NO_WORDS, images_of
from quiz.core.content.reversal import as_written


class Checked(NamedTuple):
    """The result of checking a bank file."""

    path: Path
    bank: Bank | None
    """The bank; None if it cannot be used."""
    findings: tuple[Finding, ...]
    """All findings in the order of the file, without those that the author accepts."""


def checked(path: Path) -> Checked:
    """Read a bank file and apply all rules. Never raises: an unreadable file gives a finding."""
    read, findings = read_bank(path)
    if read is None:
        return Checked(path, None, tuple(findings))
    bank = as_written(read)
    quality = quality_of(bank, {finding.code for finding in findings})
    stands = set(findings_in(path, quality.let_stand))
    kept = [
        finding
        for finding in findings
        if finding not in stands and (finding.is_error or finding.code not in bank.lint.ignore)
    ]
    problems = (*quality.problems, *_image_problems(path, bank))
    found = sorted([*kept, *findings_in(path, problems)], key=by_place)
    return Checked(path, bank, tuple(found))


def _image_problems(path: Path, bank: Bank) -> Iterator[Problem]:
    """Yield the reasons why pictures cannot be shown."""
    for where, image in images_of(bank):
        problem = image_problem(path.resolve().parent, image)
        if problem is not None:
            yield msgspec.structs.replace(problem, where=(*where, "file"))
        if image.alt == NO_WORDS:
            yield Problem(
                "undescribed-image",
                "Nobody has said yet what the picture shows.",
                (*where, "alt"),
                "Write what it shows, without giving the key away.",
                Severity.WARNING,
            )


def all_checked(paths: list[Path]) -> list[Checked]:
    """Check bank files, and that their ids differ."""
    first: dict[str, Path] = {}
    done = []
    for path in paths:
        found = checked(path)
        if found.bank is not None:
            name = found.bank.bank
            if name in first:
                found = found._replace(findings=(*found.findings, same_id(name, path, first[name])))
            first.setdefault(name, path)
        done.append(found)
    return done


def item_lines(path: Path, items: int) -> tuple[int, ...]:
    """Return the line, from 1, where each of so many items of a bank file begins."""
    places = [Problem("here", "The item.", ("items", index)) for index in range(items)]
    return tuple(finding.line for finding in findings_in(path, places))
