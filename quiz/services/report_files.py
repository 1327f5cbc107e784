"""Writing reports to files."""

from __future__ import annotations

import os
from pathlib import Path

from quiz.core.drill.report import DrillReport
from quiz.core.exam.result import ExamResult
from quiz.core.scheduling.study_day import moment, zone_of
from quiz.errors import UsageError
from quiz.private_files import write_new, write_over
from quiz.record.upkeep.saved_reports import note_report

MOST_TRIES = 100
_OPEN = {("dev", "stdout"), ("dev", "stderr"), ("dev", "fd")}
"""Where the system shows files that are open already, as it does below /proc: what stands in one stays."""


def write_page(path: Path, content: str | bytes) -> None:
    """Write what was asked for into a private file, in the place of what was there.

    A link stays one, and so does a device, a pipe or standard output, into which it is written. Raises
    UsageError where it cannot be written.
    """
    written = content.encode() if isinstance(content, str) else content
    try:
        parts = path.absolute().parts
        is_open = parts[1:2] == ("proc",) or parts[1:3] in _OPEN
        if not is_open and (path.is_file() or not path.exists()):
            write_over(Path(os.path.realpath(path)), written)
        else:
            _write_into(path, written)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.", "Choose another place.") from error


def _write_into(path: Path, content: bytes) -> None:
    """Write into a device or a pipe, or behind what a file holds. Raises OSError, also for a pipe unread."""
    flags = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    os.set_blocking(descriptor, True)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def write_report(path: Path, content: str | bytes, record: Path) -> None:
    """Write a report that may name people as `write_page` does, and note beside the record where it is."""
    write_page(path, content)
    note_report(record, path)


def save_report(
    report: DrillReport | ExamResult,
    text: str,
    ending: str,
    record: Path,
    folder: Path | None = None,
) -> Path:
    """Write the report of a drill or an exam into a new private file, and return its path.

    Without a folder it is written where one stands.

    The path is noted beside the record, because the report holds names that may be forgotten later. Raises
    UsageError where it cannot be written. No file is ever overwritten.
    """
    folder = Path.cwd() if folder is None else folder
    kind = "exam" if isinstance(report, ExamResult) else "drill"
    day = moment(report.started).astimezone(zone_of(report.zone)).strftime("%Y-%m-%d-%H%M")
    for number in range(1, MOST_TRIES + 1):
        path = folder / f"{kind}-{day}{f'-{number}' if number > 1 else ''}.{ending}"
        try:
            write_new(path, text.encode())
        except FileExistsError:
            continue
        except OSError as error:
            raise UsageError(
                f"{path} cannot be written: {error.strerror}.", "Start quiz in a folder of your own."
            ) from error
        note_report(record, path)
        return path
    raise UsageError(f"There are {MOST_TRIES} reports of this {kind} in {folder} already.")
