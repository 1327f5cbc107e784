"""Checking bank files: the findings of reading a file and of the rules of item writing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

import msgspec

from quiz.authoring.other_banks import KnownTasks
from quiz.authoring.quality import placed, quality_in
from quiz.authoring.rule import BankContext
from quiz.authoring.written_text import as_suspected, suspects_in
from quiz.banks.files import BankReading, read_bank, read_bank_text, same_id, source_of
from quiz.banks.images import image_problem
from quiz.banks.yaml.source_map import SourceText, by_place, lines_of_items, locate
from quiz.core.content.bank import Bank
from quiz.core.content.diagnostics import Finding, Problem, Severity
from quiz.core.content.images import NO_WORDS, images_of
from quiz.core.content.reversal import as_written


class Checked(NamedTuple):
    """The result of checking a bank file."""

    path: Path
    bank: Bank | None
    """The bank, None where it has errors."""
    findings: tuple[Finding, ...]
    """Everything but what its author lets stand, as it stands in the file."""


Look: TypeAlias = Callable[[BankContext], Iterable[Problem]]
"""Finds what is wrong with a bank by looking at more than that bank."""


def checked(path: Path, looks: Sequence[Look] = ()) -> Checked:
    """Look at a bank file by all rules, and by `looks`. Never raises: what cannot be read is a finding."""
    return _examined(path, read_bank(path), looks)


def checked_text(data: bytes, name: str, looks: Sequence[Look] = ()) -> Checked:
    """Look at a bank's bytes as at a file called `name` in the folder that one is in."""
    return _examined(Path(name), read_bank_text(data, name), looks)


def _examined(path: Path, reading: BankReading, looks: Sequence[Look]) -> Checked:
    bank_context = _context_of(reading)
    source = reading.source
    if bank_context is None or source is None:
        return Checked(path, None, tuple(reading.findings))
    bank = bank_context.bank
    quality = quality_in(bank_context, {finding.code for finding in reading.findings})
    stands = set(source.findings(quality.let_stand))
    kept = [
        finding
        for finding in reading.findings
        if finding not in stands and (finding.is_error or finding.code not in bank.lint.ignore)
    ]
    problems = [*quality.problems, *placed(_image_problems(path, bank), bank_context)]
    problems += (problem for look in looks for problem in look(bank_context))
    suspects = suspects_in(bank_context)
    spots = locate(source, (problem.where for problem in (*problems, *suspects)))
    problems += as_suspected(suspects, source, spots)
    found = _with_items([*kept, *source.findings(problems, spots)], bank_context, source)
    whole = as_written(reading.bank) if reading.bank else None
    return Checked(path, whole, tuple(sorted(found, key=by_place)))


def _context_of(reading: BankReading) -> BankContext | None:
    """Return what can be looked at of a bank, None for nothing."""
    if reading.bank is not None:
        return BankContext(as_written(reading.bank))
    part = reading.readable
    return BankContext(part.bank, part.places, part.others) if part else None


MOST_LINES = 30
"""How many lines of an item are looked through for its id."""
_ITEM = re.compile(r"items\[(\d+)\]")


def _with_items(findings: Sequence[Finding], bank_context: BankContext, source: SourceText) -> list[Finding]:
    """Return findings with the ids of the items that they are about, by path or else by line."""
    ids = bank_context.ids
    lines: list[int] | None = None
    if not all(ids):
        lines = item_lines_of(source, len(ids))
        ids = tuple(name or _id_at(source, lines[place]) for place, name in enumerate(ids))
    named = []
    for finding in findings:
        at = _ITEM.match(finding.path)
        place = int(at[1]) if at else -1
        if not finding.path and ids:
            if lines is None:
                lines = item_lines_of(source, len(ids))
            place = bisect_right(lines, finding.line) - 1
        if 0 <= place < len(ids):
            path = finding.path or f"items[{place}]"
            finding = msgspec.structs.replace(finding, item=ids[place], path=path)
        named.append(finding)
    return named


_ID = re.compile(r"[ ]*-[ ]+\{?[ ]*(?:id:[ ]*([a-z0-9-]+)|.*\n(?:[ ]+(?!id:|-).*\n)*[ ]+id:[ ]*([a-z0-9-]+))")


def _id_at(source: SourceText, line: int) -> str:
    """Return the id of an item that cannot be parsed and begins at a line, empty where it shows none."""
    found = _ID.match("\n".join(source.line(at) for at in range(line, line + MOST_LINES + 1)))
    return (found[1] or found[2]) if found else ""


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


def all_checked(paths: list[Path], looks: Sequence[Look] = ()) -> list[Checked]:
    """Check bank files by all rules and by `looks`, and their ids and items among each other."""
    first: dict[str, Path] = {}
    if len(paths) > 1:
        looks = [*looks, KnownTasks().problems]
    done = []
    for path in paths:
        found = checked(path, looks)
        if found.bank is not None:
            name = found.bank.bank
            if name in first:
                found = found._replace(findings=(*found.findings, same_id(name, path, first[name])))
            first.setdefault(name, path)
        done.append(found)
    return done


def item_lines(path: Path, items: int) -> tuple[int, ...]:
    """Return the line, from 1, where each of so many items of a bank file begins."""
    return tuple(item_lines_of(source_of(path), items))


def item_lines_of(source: SourceText, items: int) -> list[int]:
    """Return the line, from 1, where each of so many items of a source begins."""
    lines = lines_of_items(source, items)
    return [*lines, *[1] * (items - len(lines))]
