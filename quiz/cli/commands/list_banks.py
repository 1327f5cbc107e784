"""`quiz list`: list all banks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quiz.errors import EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse

    from quiz.banks.library import Library
    from quiz.banks.summary import BankSummary
    from quiz.config.settings import Config
    from quiz.core.statistics.item_counts import ItemCounts

NAME = "list"
HELP = "list all banks and where they are"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from quiz.cli.startup import add_settings_argument

    parser.add_argument("file", metavar="FILE", nargs="*", help="a bank file to add to those that are found")
    parser.add_argument(
        "--banks", metavar="DIR", action="append", default=[], help="look for banks in this folder as well"
    )
    parser.add_argument("--json", action="store_true", help="print the banks as JSON")
    add_settings_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Print every bank with its id, its contents and its path.

    Raises:
        UsageError: a file or folder is not there.
    """
    from pathlib import Path

    from quiz.banks.library import Library
    from quiz.cli.render_diagnostics import counted, print_json, print_lines
    from quiz.cli.startup import bank_folders, flags_of, read_settings
    from quiz.core.text.safe_text import one_line
    from quiz.paths import on_disk

    config = read_settings(flags_of(args))
    folders = bank_folders(config, args.banks)
    files = [Path(name) for name in args.file]
    for file in files:
        if not on_disk(file.exists):
            raise UsageError(f"There is no file “{file}”.", "Check its name.")
    library = Library.within_reach([*files, *folders])
    summaries = library.summaries()
    if args.json:
        counts_by_bank = _counts(library, config)
        print_json([_as_data(summary, counts_by_bank.get(summary.id)) for summary in summaries])
        return EXIT_FINE
    for summary in summaries:
        counts = ((summary.items, "item"), (summary.topics, "topic"), (summary.sources, "source"))
        held = ", ".join(counted(number, word) for number, word in counts)
        name = f"{summary.id}: {summary.title}" if summary.is_usable else summary.title
        what = held if summary.is_whole else f"{held}; {_why_not(summary)}"
        what = what if summary.is_usable else _why_not(summary)
        print_lines(one_line(name), f"  {what}", f"  {one_line(summary.path)}")
    if not summaries:
        print_lines("There are no banks.")
    return EXIT_FINE


def _why_not(summary: BankSummary) -> str:
    """Return why a bank, or a part of it, cannot be used: its first error."""
    from quiz.core.text.safe_text import one_line

    wrong = next(finding for finding in summary.findings if finding.is_error)
    what = f"{summary.left_out:,} more " if summary.left_out else ""
    return one_line(f"{what}cannot be used. Line {wrong.line}: {wrong.message} “quiz check” says more.", 400)


def _counts(library: Library, config: Config) -> dict[str, ItemCounts]:
    """Return the learner's progress with each bank, or nothing where the record cannot be read."""
    from contextlib import suppress

    from quiz import paths
    from quiz.cli.startup import user_name
    from quiz.clock import SystemClock
    from quiz.core.scheduling.study_day import next_day
    from quiz.errors import RecordError
    from quiz.record.sqlite_record import SqliteRecord
    from quiz.services.counts import Held

    clock, file, name = SystemClock(), paths.record_file(), config.learner or user_name()
    with suppress(RecordError), SqliteRecord.open(file, read_only=True) as record:
        learner = next((one.id for one in record.learners() if one.name == name), "")
        now = clock.now()
        day_end = next_day(now, clock.zone(), config.day_starts_at)
        held = Held(record.held_items(learner), now=now, day_end=day_end)
        return {summary.id: held.of_bank(library, summary) for summary in library.usable()}
    return {}


def _as_data(summary: BankSummary, counts: ItemCounts | None) -> dict[str, Any]:
    """Return a bank as data for JSON."""
    import msgspec

    told = {
        **msgspec.structs.asdict(summary),
        "is_usable": summary.is_usable,
        "findings": len(summary.findings),
    }
    return {**told, "counts": None if counts is None else msgspec.to_builtins(counts)}
