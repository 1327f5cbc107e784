"""Reading what can be read of a damaged record.

The file's pages are searched one by one for rows. A row counts only if its checksum is right, so nothing is
mistaken for something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from quiz.core.events.ids import id_text
from quiz.core.events.model import Event, Mode, SessionHeader
from quiz.record.name_rows import checked
from quiz.record.read_models import Learner
from quiz.record.row_codec import EVENT, SESSION, DamagedRow, event_of, header_of
from quiz.record.sqlite.errors import translated
from quiz.record.upkeep.pages import PageReader

_SCORE = EVENT.index("score")
_PROGRESS = 7
"""The number of columns of `progress`; the fourth is the number of the session's last event."""


class Salvaged(NamedTuple):
    """What a damaged record still holds."""

    learners: list[Learner]
    sessions: list[tuple[SessionHeader, list[Event]]]
    class_lists: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    """Rows of class lists, each with its table."""
    last_events: tuple[tuple[bytes, int], ...] = ()
    """The number of the last event of each session for which it is known."""
    damaged: int = 0
    """The number of damaged rows."""
    unread: int = 0
    """The number of pages that could not be read completely."""
    pages: int = 0
    """The number of pages that there should be."""


def salvage(path: Path) -> Salvaged:
    """Read every undamaged row of a damaged record.

    Events whose session is lost come in a session with `salvaged` in its settings. The record must not be
    open in this program. Raises RecordError where the file cannot be read at all.
    """
    found = _Found()
    reader = PageReader(path)
    with translated(path):
        for row in reader.rows():
            try:
                found.take(row)
            except (DamagedRow, msgspec.DecodeError, TypeError, ValueError):
                found.damaged += 1
    return found.salvaged(reader)


class _Found:
    def __init__(self) -> None:
        self.learners: dict[str, Learner] = {}
        self.nameless: dict[str, Learner] = {}
        self.headers: dict[bytes, SessionHeader] = {}
        self.events: dict[bytes, dict[int, tuple[Event, str]]] = {}
        self.class_lists: dict[tuple[str, tuple[Any, ...]], None] = {}
        self.last_events: dict[bytes, int] = {}
        self.unknown: list[tuple[Any, ...]] = []
        """Rows that are not names, or damaged ones: an index of class lists has such rows as well."""
        self.damaged = 0

    def take(self, row: list[Any]) -> None:
        """Take in a row of any table. Raises DamagedRow, and whatever a damaged row may raise."""
        match len(row):
            case 2 if all(isinstance(text, str) for text in row):
                self.nameless[row[0]] = Learner(*row)  # names had no checksums then
            case 3 if isinstance(row[0], str) and isinstance(row[1], str) and isinstance(row[2], int):
                self._take_name(row)
            case 4 if isinstance(row[1], int) and isinstance(row[2], str) and isinstance(row[3], int):
                self.class_lists["roster_learner", checked("roster_learner", row)] = None
            case length if length == _PROGRESS and _is_key(row[0]) and isinstance(row[3], int):
                self.last_events[row[0]] = max(row[3], self.last_events.get(row[0], 0))
            case length if length == len(SESSION) and isinstance(row[0], bytes):
                self.headers[row[0]] = header_of(row)
            case length if length == len(EVENT):
                row[_SCORE] = None if row[_SCORE] is None else float(row[_SCORE])
                event = event_of(row, "")
                self.events.setdefault(row[0], {})[event.n] = event, row[3]

    def _take_name(self, row: list[Any]) -> None:
        for table in ("learner", "roster"):
            with suppress(DamagedRow):
                name = checked(table, row)
                if table == "learner":
                    self.learners[row[0]] = Learner(*name)
                else:
                    self.class_lists[table, name] = None
                return
        self.unknown.append(tuple(row))

    def salvaged(self, reader: PageReader) -> Salvaged:
        """Return what was found, with the counts of what the reader could not read."""
        of_an_index = {
            (row[2], row[0], row[1]) for table, row in self.class_lists if table == "roster_learner"
        }
        self.damaged += sum(row not in of_an_index for row in self.unknown)
        for key, found in self.events.items():
            if key not in self.headers:
                self.headers[key] = _stand_in(key, list(found.values()))
        told = {header.learner for header in self.headers.values()}
        told |= {owner for found in self.events.values() for _, owner in found.values()}
        known = {**{id_: one for id_, one in self.nameless.items() if id_ in told}, **self.learners}
        return Salvaged(
            list(known.values()),
            [
                (header, [event for _, (event, _) in sorted(self.events.get(key, {}).items())])
                for key, header in sorted(self.headers.items())
            ],
            tuple(self.class_lists),
            tuple(self.last_events.items()),
            self.damaged,
            reader.unread,
            reader.count,
        )


def _is_key(value: object) -> bool:
    return isinstance(value, bytes) and len(value) == 16


def _stand_in(key: bytes, found: Sequence[tuple[Event, str]]) -> SessionHeader:
    owners = sorted({owner for _, owner in found})
    return SessionHeader(
        id=id_text(key),
        learner=owners[0],
        device="",
        mode=Mode.STUDY,
        banks=tuple(sorted({event.bank for event, _ in found if event.bank})),
        seed=0,
        settings={"salvaged": True},
        started=min(event.at for event, _ in found),
    )
