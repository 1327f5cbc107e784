"""Reading what can be read of a damaged record.

The file's pages are looked through one by one for rows, whatever became of the tree they belonged to. A row
counts when its checksum is right, so nothing is taken for something that it is not.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from quiz.core.events.ids import id_text
from quiz.core.events.model import Event, Mode, SessionHeader
from quiz.record.read_models import Learner
from quiz.record.row_codec import EVENT, SESSION, DamagedRow, event_of, header_of
from quiz.record.sqlite.errors import translated

_LEAF_OF_INDEX, _INTERIOR_OF_INDEX, _LEAF_OF_TABLE = 0x0A, 0x02, 0x0D
_INTEGER_BYTES = (0, 1, 2, 3, 4, 6, 8)
_SCORE = EVENT.index("score")


class Salvaged(NamedTuple):
    """What a damaged record still says."""

    learners: list[Learner]
    sessions: list[tuple[SessionHeader, list[Event]]]


def salvage(path: Path) -> Salvaged:
    """Read every row of a damaged record that is as it was written.

    Events whose session is lost come in one that says `salvaged` in its settings. The record must not be
    open in this program. Raises RecordError where the file cannot be read at all.
    """
    learners: dict[str, Learner] = {}
    headers: dict[bytes, SessionHeader] = {}
    events: dict[bytes, dict[int, tuple[Event, str]]] = {}
    with translated(path):
        for row in _rows_in(path):
            try:
                if len(row) == len(EVENT):
                    row[_SCORE] = None if row[_SCORE] is None else float(row[_SCORE])
                    event = event_of(row, "")
                    events.setdefault(row[0], {})[event.n] = event, row[3]
                elif len(row) == len(SESSION):
                    headers[row[0]] = header_of(row)
                elif len(row) == 2 and all(isinstance(text, str) for text in row):
                    learners[row[0]] = Learner(*row)
            except (DamagedRow, TypeError, ValueError):
                continue
    for key, found in events.items():
        if key not in headers:
            headers[key] = _stand_in(key, list(found.values()))
    told = {header.learner for header in headers.values()}
    told |= {owner for found in events.values() for _, owner in found.values()}
    return Salvaged(
        [learner for learner in learners.values() if learner.id in told],
        [
            (header, [event for _, (event, _) in sorted(events.get(key, {}).items())])
            for key, header in sorted(headers.items())
        ],
    )


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


def _rows_in(path: Path) -> Iterator[list[Any]]:
    with path.open("rb") as file:
        if path.stat().st_size < 512:
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            size = int.from_bytes(content[16:18], "big")
            size = 65_536 if size == 1 else size
            if size < 512 or size & (size - 1):
                size = 4096
            for start in range(0, len(content), size):
                yield from _rows_of_page(content, start, size)


def _rows_of_page(content: mmap.mmap, start: int, size: int) -> Iterator[list[Any]]:
    page = content[start : start + size]
    head = 100 if start == 0 else 0
    if len(page) < head + 12:
        return
    sort = page[head]
    if sort not in {_LEAF_OF_INDEX, _INTERIOR_OF_INDEX, _LEAF_OF_TABLE}:
        return
    cells = int.from_bytes(page[head + 3 : head + 5], "big")
    first = head + (12 if sort == _INTERIOR_OF_INDEX else 8)
    for at in range(first, min(first + 2 * cells, len(page) - 1), 2):
        cell = int.from_bytes(page[at : at + 2], "big") + (4 if sort == _INTERIOR_OF_INDEX else 0)
        try:
            yield _values(_payload(content, page, cell, size, is_table=sort == _LEAF_OF_TABLE))
        except (IndexError, ValueError, struct.error):
            continue


def _payload(content: mmap.mmap, page: bytes, at: int, size: int, *, is_table: bool) -> bytes:
    """Return the bytes of a cell's row, together with those on overflow pages (file format 2.3)."""
    length, at = _varint(page, at)
    if is_table:
        _, at = _varint(page, at)
    most = size - 35 if is_table else (size - 12) * 64 // 255 - 23
    if length <= most:
        return page[at : at + length]
    if length > len(content):
        raise ValueError("longer than the file")
    least = (size - 12) * 32 // 255 - 23
    here = least + (length - least) % (size - 4)
    here = here if here <= most else least
    parts, left = [page[at : at + here]], length - here
    following = int.from_bytes(page[at + here : at + here + 4], "big")
    while left > 0:
        start = (following - 1) * size
        if not 0 < start < len(content):
            raise ValueError("the rest is gone")
        parts.append(content[start + 4 : start + 4 + min(left, size - 4)])
        following = int.from_bytes(content[start : start + 4], "big")
        left -= size - 4
    return b"".join(parts)


def _values(payload: bytes) -> list[Any]:
    """Return the columns of a row (file format 2.1)."""
    end, at = _varint(payload, 0)
    kinds: list[int] = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    if len(kinds) not in {2, len(SESSION), len(EVENT)}:
        return []
    values: list[Any] = []
    for kind in kinds:
        value, at = _value(payload, at, kind)
        values.append(value)
    return values


def _value(payload: bytes, at: int, kind: int) -> tuple[Any, int]:
    if kind == 0:
        return None, at
    if kind in {8, 9}:
        return kind - 8, at
    if kind == 7:
        return struct.unpack(">d", payload[at : at + 8])[0], at + 8
    if kind < 7:
        end = at + _INTEGER_BYTES[kind]
        return int.from_bytes(payload[at:end], "big", signed=True), end
    end = at + (kind - 12) // 2
    raw = payload[at:end]
    return (raw.decode() if kind % 2 else raw), end


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = 0
    for count in range(8):
        byte = raw[at + count]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + count + 1
    return value << 8 | raw[at + 8], at + 9
