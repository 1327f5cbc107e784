"""Where reports with names were saved, so that forgetting can list those that still exist."""

from __future__ import annotations

import html
import io
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from quiz.private_files import content_of, write_over

NAME = "reports.txt"
MOST = 1_000
"""How many reports are looked for, the latest."""
MOST_BYTES = 50_000_000
"""The largest report that is searched for names."""
_ZIP = b"PK\x03\x04"


def note_report(record: Path, report: Path) -> None:
    """Note beside the record where a report was saved. Where that fails, forgetting will not mention it."""
    line = os.fsencode(str(report.absolute()).replace("\n", "")) + b"\n"
    with suppress(OSError):
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0)  # no wait for a pipe
        descriptor = os.open(_list_beside(record), flags, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            file.write(line)


def saved_reports(record: Path) -> list[Path]:
    """Return the saved reports that still exist, the latest first."""
    found = []
    for path in _noted(record)[:MOST]:
        with suppress(OSError, ValueError):
            if path.is_file():
                found.append(path)
    return found


def _noted(record: Path) -> list[Path]:
    """Return where reports were saved, those that are gone as well, the latest first."""
    try:
        lines = content_of(_list_beside(record)).splitlines()
    except OSError:
        return []
    return [*dict.fromkeys(Path(os.fsdecode(line)) for line in reversed(lines) if line)]


def reports_with(record: Path, names: Iterable[str]) -> list[Path]:
    """Return the saved reports that hold any of some names, or are called by one.

    The list forgets all that are called by one, and keeps the others, which may be on a stick that is away.
    """
    noted, found, named = _noted(record), saved_reports(record), set(names)
    kept = [report for report in noted if not _is_called(report, named)]
    if kept != noted:
        lines = [os.fsencode(report) + b"\n" for report in reversed(kept)]
        with suppress(OSError):
            write_over(_list_beside(record), b"".join(lines))
    return [report for report in found if report not in kept or report_holds(report, named)]


def _is_called(report: Path, names: Iterable[str]) -> bool:
    """Say whether a report's file has one of some names in its own."""
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", report.name) for name in names)


def report_holds(report: Path, names: Iterable[str]) -> bool:
    """Return whether a report holds any of some names, as its format writes them; one too large may."""
    sought = {form.encode("utf-8", "replace") for name in names for form in _written(name)}
    try:
        if report.stat().st_size > MOST_BYTES:
            return bool(sought)
        content = report.read_bytes()
        if content.startswith(_ZIP):
            content = b"".join(_unpacked(content))
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return False
    return any(name in content for name in sought)


def _written(name: str) -> set[str]:
    """Return a name as text, JSON, HTML and Markdown hold it."""
    marked = re.sub(r"([\\`*_\[\]<>|~#&!])", r"\\\1", name)
    return {name, json.dumps(name)[1:-1], html.escape(name), marked}


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Yield the files of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            if member.file_size <= MOST_BYTES:
                yield archive.read(member)


def _list_beside(record: Path) -> Path:
    return record.parent / NAME
