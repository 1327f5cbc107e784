"""Exporting the record and importing another machine's, for `quiz record`."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager, nullcontext
from typing import TYPE_CHECKING, BinaryIO

from quiz.errors import EXIT_FINDINGS, EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from quiz.record.import_record import TakenIn
    from quiz.record.interface import Record
    from quiz.services.workspace import Workspace


def export_history(record: Record, args: argparse.Namespace) -> int:
    """Write the whole record to a new file or to standard output. Raises UsageError."""
    from pathlib import Path

    from quiz.cli.render_diagnostics import print_lines
    from quiz.core.text.safe_text import one_line
    from quiz.paths import on_disk

    if args.output in {None, "-"}:
        _write(record, args.format, sys.stdout.buffer)
        return EXIT_FINE
    path = Path(args.output)
    if not path.name:
        raise UsageError(f"“{args.output}” is not a file name.", "Name a new file.")
    if on_disk(path.exists):
        raise UsageError(f"There already is a file “{path}”.", "Choose another name, or move it away.")
    try:
        from quiz.private_files import draft_of, put_in_place

        with draft_of(path) as draft:
            with draft.open("wb") as file:
                _write(record, args.format, file)
            put_in_place(draft, path)
    except OSError as error:
        raise UsageError(f"“{path}” cannot be written: {error.strerror or error}.") from error
    from quiz.record.upkeep.saved_reports import note_report

    note_report(record.path, path)
    print_lines(one_line(f"Wrote {path}."))
    return EXIT_FINE


def _write(record: Record, form: str, file: BinaryIO) -> None:
    """Write a record in the given format, session by session."""
    names = {learner.id: learner.name for learner in record.learners()}
    if form == "jsonl":
        from quiz.exchange import record_jsonl

        file.write(record_jsonl.head(names.items()))
        file.writelines(record_jsonl.session_lines(header, events) for header, events in record.everything())
        return
    from itertools import islice

    from quiz.exchange import record_csv
    from quiz.services.past_sessions import past_attempts

    file.write(record_csv.head().encode())
    attempts = past_attempts(record)
    while part := list(islice(attempts, 1000)):
        rows = [
            record_csv.AttemptRow(
                one.header, one.event, names.get(one.event.learner or one.header.learner, ""),
                one.is_overridden, one.counts,
            )
            for one in part
        ]  # fmt: skip
        file.write(record_csv.lines(rows).encode("utf-8", "replace"))


def import_history(workspace: Workspace, args: argparse.Namespace) -> int:
    """Import exports and records, after making a backup. Returns 1 where something could not be imported."""
    from pathlib import Path

    from quiz.cli.render_diagnostics import print_json
    from quiz.paths import on_disk
    from quiz.record.upkeep.backups import back_up_daily

    named = dict(_named(text) for text in args.named)
    for name in args.file:
        if name != "-" and not on_disk(Path(name).exists):
            raise UsageError(f"There is no file “{name}”.", "Name an export or a record of quiz.")
    told: dict[str, TakenIn] = {}
    with ExitStack() as spooled:
        paths = {name: spooled.enter_context(_as_file(name, workspace.record.path)) for name in args.file}
        back_up_daily(workspace.record.path, workspace.today)
        for name, path in paths.items():
            told[name] = _take_in(workspace.record, name, path, named)
            if not args.json:
                _print_taken(name, told[name])
    if args.json:
        import msgspec

        print_json(msgspec.to_builtins(told))
    return EXIT_FINDINGS if any(one.conflicts or one.flaws for one in told.values()) else EXIT_FINE


@contextmanager
def _as_file(name: str, record: Path) -> Iterator[Path]:
    """Give a file that can be read twice: the one named, or a copy of what a pipe or standard input delivers.

    The copy lies beside the record, where a draft that a killed program leaves is removed. Raises UsageError
    for anything else, such as a folder or a device.
    """
    import stat
    from pathlib import Path
    from shutil import copyfileobj

    from quiz.private_files import draft_of

    try:
        mode = 0 if name == "-" else Path(name).stat().st_mode
        if name != "-" and stat.S_ISREG(mode):
            yield Path(name)
            return
        if name != "-" and not (stat.S_ISFIFO(mode) or name in {"/dev/stdin", "/dev/fd/0"}):
            raise UsageError(f"“{name}” is not a file.", "Name an export or a record of quiz.")
        with draft_of(record.with_name("import")) as copy:
            with (
                nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as source,
                copy.open("wb") as file,
            ):
                copyfileobj(source, file, 1 << 20)
            yield copy
    except OSError as error:
        raise UsageError(f"“{name}” cannot be copied and read: {error.strerror or error}.") from error


def _named(text: str) -> tuple[str, str]:
    theirs, sign, ours = text.rpartition("=")
    if not ours.strip() or (sign and not theirs.strip()):
        raise UsageError(f"“{text}” does not say who is who.", "--as OURS, or --as THEIRS=OURS")
    return theirs.strip(), ours.strip()


def _take_in(record: Record, name: str, path: Path, named: dict[str, str]) -> TakenIn:
    """Import one file, an export or a record."""
    import msgspec

    from quiz.exchange import record_jsonl
    from quiz.record.import_record import is_record, take_in
    from quiz.record.read_models import Learner
    from quiz.record.sqlite_record import SqliteRecord

    try:
        if is_record(path):
            with SqliteRecord.open(path, read_only=True) as other:
                return take_in(record, other.learners(), other.everything(), named)
        with path.open("rb") as file:
            people = record_jsonl.people_in(record_jsonl.lines_of(file))
        flaws: list[str] = []
        with path.open("rb") as file:
            sessions = record_jsonl.sessions_in(record_jsonl.lines_of(file), flaws)
            learners = [Learner(person.id, person.name) for person in people]
            taken = take_in(record, learners, sessions, named)
    except record_jsonl.NotAnExport as error:
        raise UsageError(f"“{name}” cannot be imported. {error}") from error
    except OSError as error:
        raise UsageError(f"“{path}” cannot be read: {error.strerror or error}.") from error
    return msgspec.structs.replace(taken, flaws=(*flaws, *taken.flaws))


def _print_taken(name: str, told: TakenIn) -> None:
    from quiz.cli.render_diagnostics import counted, print_lines
    from quiz.core.text.safe_text import one_line

    found = f"{counted(told.sessions, 'new session')}, {counted(told.events, 'new event')}"
    print_lines(one_line(f"{name}: {found}."))
    for match in told.matches:
        if match.how in {"name", "asked"} and match.id != match.here.id:
            print_lines(f"  {one_line(f'{match.name or match.id} there is {match.here.name} here.')}")
        elif match.how == "new" and match.name:
            print_lines(f"  {one_line(match.name)} is new here.")
    for sentence in _shortened([*told.conflicts, *told.flaws]):
        print_lines(f"  {one_line(sentence)}")


def _shortened(sentences: list[str], most: int = 20) -> Iterator[str]:
    yield from sentences[:most]
    if len(sentences) > most:
        yield f"… and {len(sentences) - most:,} more like these."
