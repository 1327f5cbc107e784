"""Which reports that name people were saved where, so that forgetting can say which still do."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

NAME = "reports.txt"
MOST = 1_000
"""Of how many reports the places are kept."""


def note_report(record: Path, report: Path) -> None:
    """Note beside the record where a report was saved; where that cannot be done, forgetting knows less."""
    line = os.fsencode(str(report.absolute()).replace("\n", "")) + b"\n"
    with suppress(OSError):
        descriptor = os.open(_list_beside(record), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            file.write(line)


def saved_reports(record: Path) -> list[Path]:
    """Return the reports that were saved and are still there, the last ones first."""
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
