"""`quiz check`: what is wrong with banks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINDINGS, EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from quiz.core.findings import Finding

NAME = "check"
HELP = "say what is wrong with banks, with file, line and column"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("paths", metavar="PATH", nargs="*", help="bank files and folders; all banks if none")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def run(args: argparse.Namespace) -> int:
    """Check banks and print what is wrong with them.

    Returns 1 if any finding is an error, 0 otherwise.

    Raises:
        UsageError: a path is not there, or a folder holds no bank.
    """
    from quiz.commands.report import as_data, print_json, print_lines, rendered, summed_up, wants_colour

    found = _paths(args.paths)
    findings = _findings(found)
    if args.json:
        print_json({"banks": len(found), "findings": as_data(findings)})
    else:
        has_colour = wants_colour()
        for finding in findings:
            print_lines(rendered(finding, has_colour=has_colour), "")
        print_lines(summed_up(findings, len(found)))
    return EXIT_FINDINGS if any(finding.is_error for finding in findings) else EXIT_FINE


def _paths(named: list[str]) -> list[Path]:
    """Return the bank files that were named, all that are within reach if none was."""
    from pathlib import Path

    from quiz.storage.library import Library

    if not named:
        return Library.within_reach().paths()
    folders, files = [], []
    for path in map(Path, named):
        if path.is_dir():
            folders.append(path)
        elif path.exists() or path.is_symlink():
            files.append(path)
        else:
            raise UsageError(f"There is no file or folder “{path}”.", "Check its name.")
    found = Library(folders, files).paths()
    if not found:
        raise UsageError("There is no bank in these folders.", "A bank's file name ends in .yaml or .yml.")
    return found


def _findings(found: list[Path]) -> list[Finding]:
    """Return what is wrong with each file, and with their ids among each other."""
    from quiz.storage.bank_files import read_bank
    from quiz.storage.library import same_id

    findings: list[Finding] = []
    first: dict[str, Path] = {}
    for path in found:
        reading = read_bank(path)
        findings += reading.findings
        if reading.bank is not None:
            name = reading.bank.bank
            if name in first:
                findings.append(same_id(name, path, first[name]))
            first.setdefault(name, path)
    return findings
