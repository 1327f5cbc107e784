"""`quiz check`: find errors in banks, and what could be better."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINDINGS, EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from quiz.authoring.check import Checked, Look

NAME = "check"
HELP = "find errors in banks and what could be better, with file, line and column"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        help="bank files and folders (default: all banks), or - for piped input",
    )
    parser.add_argument("--strict", action="store_true", help="treat warnings as failures")
    parser.add_argument(
        "--report",
        action="store_true",
        help="add figures on each bank: coverage, positions and lengths of keys",
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_const", const="json", dest="format", help="as --format json")
    how.add_argument(
        "--format",
        choices=("text", "json", "sarif", "github"),
        default="text",
        help="how findings are printed: for people, as data, for editors and CI services",
    )
    how.add_argument(
        "--fix", action="store_true", help="mend what is safe first: missing ids, missing quotes, code fences"
    )
    how.add_argument("--watch", action="store_true", help="check again whenever a file is saved")
    parser.add_argument(
        "--source", metavar="FILE", help="look for each item's quote in this text (.txt, .md, .html, .pdf)"
    )
    parser.epilog = "“quiz explain CODE” explains why a finding matters and how to fix it."


def run(args: argparse.Namespace) -> int:
    """Check banks and print what is wrong with them.

    Returns 1 if any finding is an error, or with `--strict` a warning; 0 otherwise.

    Raises:
        UsageError: a path is not there, a folder holds no bank, or no file is named to be mended.
        BankError: a bank could not be mended.
    """
    from quiz.authoring.check import all_checked

    if "-" in args.paths:
        return _check_piped(args)
    if args.watch:
        return _watch(args)
    if args.fix and not args.paths:
        raise UsageError("--fix changes files: name them.", "For example: quiz check --fix capitals.yaml")
    found = _paths(args.paths)
    if args.fix:
        _fix(found)
    return _report(all_checked(found, _looks(args)), args)


def _check_piped(args: argparse.Namespace) -> int:
    """Check the bank that is piped in. Raises UsageError where more is asked for than that."""
    import sys

    from quiz.authoring.check import checked_text
    from quiz.banks.file_bytes import MOST_BYTES

    if args.paths != ["-"] or args.fix or args.watch:
        raise UsageError("What is piped in is checked alone.", "For example: quiz check - < capitals.yaml")
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    return _report([checked_text(data, "stdin", _looks(args))], args)


def _looks(args: argparse.Namespace) -> list[Look]:
    """Return what is looked for beside the rules: with `--source`, quotes in that text. Raises UsageError."""
    if not args.source:
        return []
    from functools import partial
    from pathlib import Path

    from quiz.authoring.articles import read_article
    from quiz.authoring.quotes import missing_quotes

    return [partial(missing_quotes, article=read_article(Path(args.source)))]


def _report(done: list[Checked], args: argparse.Namespace) -> int:
    """Print the findings and return the exit code."""
    import sys

    from quiz.authoring.overview import overview_lines, overview_of
    from quiz.cli.render_diagnostics import (
        as_data,
        print_json,
        print_lines,
        rendered,
        summed_up,
        wants_colour,
    )

    findings = [finding for checked in done for finding in checked.findings]
    overviews = [overview_of(checked.bank) for checked in done if checked.bank] if args.report else []
    if args.format == "sarif":
        from quiz.cli.finding_formats import sarif

        print_json(sarif(findings))
    elif args.format == "github":
        from quiz.cli.finding_formats import github_line

        print_lines(*map(github_line, findings))
    elif args.format == "json":
        import msgspec

        data = {"banks": len(done), "findings": as_data(findings)}
        print_json({**data, "reports": msgspec.to_builtins(overviews)} if args.report else data)
    else:
        has_colour = wants_colour()
        for finding in findings:
            sys.stdout.write(f"{rendered(finding, has_colour=has_colour)}\n\n")
        for overview in overviews:
            print_lines(*overview_lines(overview), "")
        print_lines(summed_up(findings, len(done)))
    is_bad = any(finding.fails(strict=args.strict) for finding in findings)
    return EXIT_FINDINGS if is_bad else EXIT_FINE


def _fix(found: list[Path]) -> None:
    """Fix what is safe to fix in bank files, and say what was fixed."""
    from quiz.authoring.fix import fix
    from quiz.cli.render_diagnostics import counted, print_lines
    from quiz.core.text.safe_text import one_line

    for path in found:
        mended = fix(path)
        done = []
        if mended.fences:
            done.append("took off the code fence around it")
        if mended.quoted:
            done.append(f"put {counted(mended.quoted, 'text')} with a colon in quotes")
        if mended.ids:
            done.append(f"gave {counted(len(mended.ids), 'item')} an id ({', '.join(mended.ids)})")
        if mended.accepted:
            done.append(f"took out {counted(mended.accepted, 'wording')} accepted anyway")
        if done:
            print_lines(one_line(f"{path}: {' and '.join(done)}."), "")


def _watch(args: argparse.Namespace) -> int:
    """Check again whenever a file is saved, until interrupted."""
    import sys

    from quiz.authoring.check import all_checked
    from quiz.authoring.watch import watch
    from quiz.cli.render_diagnostics import counted, print_lines

    _paths(args.paths)

    def paths() -> list[Path]:
        try:
            return _paths(args.paths)
        except UsageError:  # missing for a moment while an editor saves it
            return []

    def show(found: list[Path]) -> None:
        if sys.stdout.isatty():
            sys.stdout.write("\x1b[2J\x1b[H")
        if found:
            _report(all_checked(found, _looks(args)), args)
        else:
            print_lines("The file is gone. It is checked again as soon as it is back.")
        print_lines(f"Watching {counted(len(found), 'file')}; ctrl+c ends.")
        sys.stdout.flush()

    try:
        watch(paths, show)
    except KeyboardInterrupt:
        print_lines("")
    return EXIT_FINE


def _paths(named: list[str]) -> list[Path]:
    """Return the bank files that were named, or all bank files if none were."""
    from pathlib import Path

    from quiz.banks.library import Library
    from quiz.cli.startup import bank_folders, read_settings
    from quiz.paths import on_disk

    if not named:
        return Library.within_reach(bank_folders(read_settings())).paths()
    folders, files = [], []
    for path in map(Path, named):
        if on_disk(path.is_dir):
            folders.append(path)
        elif on_disk(path.exists) or on_disk(path.is_symlink):
            files.append(path)
        else:
            raise UsageError(f"There is no file or folder “{path}”.", "Check its name.")
    found = Library(folders, files).paths()
    if not found:
        raise UsageError("There is no bank in these folders.", "A bank's file name ends in .yaml or .yml.")
    return found
