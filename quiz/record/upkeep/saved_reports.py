"""Where reports with names were saved, so that forgetting can list those that still exist."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

NAME = "reports.txt"
MOST = 1_000
"""How many paths of reports are kept."""


def note_report(record: Path, report: Path) -> None:
    """Note beside the record where a report was saved. Where that fails, forgetting will not mention it."""
    line = os.fsencode(str(report.absolute()).replace("\n", "")) + b"\n"
    with suppress(OSError):
        descriptor = os.open(_list_beside(record), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            file.write(line)


def saved_reports(record: Path) -> list[Path]:
    """Return the saved reports that still exist, the latest first."""
    try:
        lines = _list_beside(record).read_bytes().splitlines()
    except OSError:
        return []
    noted = dict.fromkeys(Path(os.fsdecode(line)) for line in reversed(lines[-MOST:]) if line)
    found = []
    for path in noted:
        with suppress(OSError, ValueError):
            if path.is_file():
                found.append(path)
    return found


def _list_beside(record: Path) -> Path:
    return record.parent / NAME
