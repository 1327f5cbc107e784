"""Bank files: from YAML to a Bank, with every problem as a finding."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from quiz.banks.file_bytes import bytes_of
from quiz.banks.reading.reader import ReadablePart, bank_reader
from quiz.banks.yaml.decoding import decoded
from quiz.banks.yaml.source_map import Place, SourceText, by_place
from quiz.banks.yaml.tree import Tree, read_tree
from quiz.core.collector import paused_collector
from quiz.core.content.bank import Bank
from quiz.core.content.diagnostics import Finding, Problem, has_errors
from quiz.core.content.reversal import with_reverses

MOST_PROBLEMS: Final = 1000
"""Further problems of a file are left out."""


class BankReading(NamedTuple):
    """The result of reading a bank file."""

    bank: Bank | None
    """The bank; None if any finding is an error."""
    findings: list[Finding]
    """All that is wrong with the file, as it stands there."""
    readable: ReadablePart | None = None
    """What can be read of a bank that has errors."""
    source: SourceText | None = None
    """The text that was read, None where there was none."""

    @property
    def usable(self) -> Bank | None:
        """The bank as far as it can be studied: without the items that are wrong, if nothing else is."""
        if self.bank is not None or self.readable is None or not self.readable.is_sound:
            return self.bank
        return with_reverses(self.readable.bank)

    def place_of(self, item: str) -> int | None:
        """Return the place of an item in the file, by its id; None where it cannot be read there."""
        if self.bank is not None:
            places: Sequence[int] = range(len(self.bank.items))
            items = self.bank.items
        elif self.readable is not None:
            places, items = self.readable.places, self.readable.bank.items
        else:
            return None
        return next((at for at, one in zip(places, items, strict=True) if one.id == item), None)

    @property
    def left_out(self) -> int:
        """How many items cannot be studied while all others can."""
        return 0 if self.bank or self.usable is None or self.readable is None else len(self.readable.others)


def read_bank(path: Path) -> BankReading:
    """Read a bank file. Never raises: a file that cannot be read gives a finding."""
    name = str(path)
    try:
        data = bytes_of(path)
    except OSError as error:
        return BankReading(None, [SourceText("", name).finding(_unreadable(path, error))])
    return read_bank_text(data, name)


def _unreadable(path: Path, error: OSError) -> Problem:
    if isinstance(error, FileNotFoundError):
        if path.is_symlink():
            return Problem("broken-link", "The link leads nowhere.", (), "Correct it or delete it.")
        return Problem("not-found", "There is no such file.", (), "Check its name.")
    if isinstance(error, IsADirectoryError):
        return Problem(
            "not-a-file", "This is a folder, not a file.", (), "Give the folder a name without .yaml."
        )
    if error.errno == errno.ENXIO:
        return Problem("not-a-file", "This is not a regular file.", (), "A bank is a text file.")
    if isinstance(error, PermissionError):
        return Problem("unreadable", "You may not read this file.", (), "Change its permissions.")
    reason = os.strerror(error.errno) if error.errno else str(error)
    return Problem("unreadable", f"The file cannot be read: {reason}.", (), "Check the disk it is on.")


def place_in(path: Path, problem: Problem) -> Finding:
    """Return a problem of a bank file as a finding at its place, or at the start if the file is gone."""
    return source_of(path).findings([problem])[0]


def same_id(name: str, path: Path, first: Path) -> Finding:
    """Return the finding that a bank has the same id as another, at the place of its id."""
    problem = Problem(
        "duplicate-bank", f"The bank in {first} is called “{name}” as well.", ("bank",),
        "Give one of them another id.",
    )  # fmt: skip
    return place_in(path, problem)


def source_of(path: Path) -> SourceText:
    """Return the text of a bank file, an empty one if the file is gone."""
    try:
        return decoded(bytes_of(path), str(path))[0]
    except OSError:
        return SourceText("", str(path))


def read_bank_text(data: bytes, name: str) -> BankReading:
    """Read a bank from the bytes of a file called `name`. Never raises: problems become findings."""
    with paused_collector():
        tree = read_tree(data, name)
        bank, problems = _bank_of(tree)
        findings = sorted(tree.findings + tree.source.findings(problems[:MOST_PROBLEMS]), key=by_place)
        is_bad = bank is None or has_errors(findings)
        readable = _readable(tree, problems) if is_bad else None
    if len(problems) > MOST_PROBLEMS:
        left_out = Problem("too-many-problems", "More problems are left out.", (), "Mend these first.")
        findings.append(tree.source.finding(left_out, Place(findings[-1].line)))
    return BankReading(
        None if is_bad or bank is None else with_reverses(bank), findings, readable, tree.source
    )


def _readable(tree: Tree, problems: list[Problem]) -> ReadablePart | None:
    """Return what can be read of a tree that is no bank; it is not sound where it is no sound YAML."""
    if not isinstance(tree.root, dict) or len(problems) > MOST_PROBLEMS:
        return None
    part = bank_reader().readable(tree.root, problems)
    return part and part._replace(is_sound=part.is_sound and not has_errors(tree.findings))


def _bank_of(tree: Tree) -> tuple[Bank | None, list[Problem]]:
    """Return a tree's bank and its problems, at most one more than are reported."""
    root = tree.root
    if root is None:
        return None, []
    if not isinstance(root, dict):
        help = "Begin with “format: 1”, then “bank:”, “title:” and “items:”."  # noqa: A001
        return None, [Problem("not-a-mapping", "A bank is a mapping of fields; this is not.", (), help)]
    reader = bank_reader()
    implied = reader.prepare(root)
    bank = reader.whole(root) if tree.is_whole else None
    problems = bank.problems() if bank is not None else reader.problems(root, implied)
    found = list(islice(problems, MOST_PROBLEMS + 1))
    if bank is None and not found and not has_errors(tree.findings):
        found.append(
            Problem("unreadable", "This bank cannot be read.", (), "Please report this with the file.")
        )
    return bank, found
