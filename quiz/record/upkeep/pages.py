"""The rows in the pages of an SQLite file, whatever became of the trees they belonged to.

https://www.sqlite.org/fileformat2.html describes the layout; numbers in brackets are its sections. What
cannot be read is counted: a page that belongs to nothing that was read may have held something.
"""

from __future__ import annotations

import mmap
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

Row = list[Any]

_INTERIOR_OF_INDEX, _INTERIOR_OF_TABLE, _LEAF_OF_INDEX, _LEAF_OF_TABLE = 0x02, 0x05, 0x0A, 0x0D
_SORTS = frozenset({_INTERIOR_OF_INDEX, _INTERIOR_OF_TABLE, _LEAF_OF_INDEX, _LEAF_OF_TABLE})
_INTEGER_BYTES = (0, 1, 2, 3, 4, 6, 8)
_MAGIC = b"SQLite format 3\0"
_LARGEST_ROW = 1 << 28
"""In bytes. No row of a record comes near this; a greater length is damaged."""
_USUAL_SIZE = 4096
_UNREADABLE = (IndexError, ValueError, struct.error, OverflowError)


class _Cell(NamedTuple):
    payload: bytes
    size: int
    """How many bytes it takes up in its page."""
    pages: tuple[int, ...]
    """The numbers, from 1, of the pages that hold its overflow."""


class PageReader:
    """Reads a file's rows page by page. `unread` is final once all rows were read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.count = 0
        """The number of pages that there should be."""
        self.unread = 0
        """The number of pages that could not be read completely."""

    def rows(self) -> Iterator[Row]:
        """Yield all rows that can be decoded. Raises OSError where the file cannot be read."""
        size = self._path.stat().st_size
        if size < 512:
            self.count = self.unread = int(size > 0)
            return
        with self._path.open("rb") as file:
            extents = list(_extents(file.fileno(), size))
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                yield from _Pages(content, extents, self).rows()


class _Pages:
    def __init__(self, content: mmap.mmap, extents: list[tuple[int, int]], reader: PageReader) -> None:
        self._content = content
        self._extents = extents
        self._reader = reader
        self._size = _page_size(content)
        self._sound: set[int] = set()

    def rows(self) -> Iterator[Row]:
        is_ours = self._content[:16] == _MAGIC
        free = set(self._free_pages()) if is_ours else set()
        for start in self._starts():
            number = start // self._size + 1
            if number not in free:
                yield from self._rows_of_page(number, start)
        here = len(self._content) // self._size
        told = int.from_bytes(self._content[28:32], "big") if is_ours else here
        held = sum(-(-(end - start) // self._size) for start, end in self._extents)
        expected = max(told, here) if max(told, here) <= 2 * held + 8 else held
        self._reader.count = expected
        self._reader.unread = max(0, expected - len(self._sound | free))

    def _starts(self) -> Iterator[int]:
        """Yield the offsets of pages, except those in holes of a sparse file."""
        last = -1
        for begin, end in self._extents:
            for start in range(begin // self._size * self._size, end, self._size):
                if start > last:
                    yield start
                    last = start

    def _free_pages(self) -> Iterator[int]:
        """Yield the numbers of free pages."""
        seen: set[int] = set()
        number = int.from_bytes(self._content[32:36], "big")
        while number and number not in seen and number * self._size <= len(self._content):
            seen.add(number)
            yield number
            start = (number - 1) * self._size
            count = int.from_bytes(self._content[start + 4 : start + 8], "big")
            for place in range(min(count, self._size // 4 - 2)):
                at = start + 8 + 4 * place
                yield int.from_bytes(self._content[at : at + 4], "big")
            number = int.from_bytes(self._content[start : start + 4], "big")

    def _rows_of_page(self, number: int, start: int) -> Iterator[Row]:
        page = self._content[start : start + self._size]
        head = 100 if number == 1 else 0
        if len(page) < head + 12 or page[head] not in _SORTS:
            return
        sort = page[head]
        cells = int.from_bytes(page[head + 3 : head + 5], "big")
        first = head + (12 if sort in {_INTERIOR_OF_INDEX, _INTERIOR_OF_TABLE} else 8)
        taken, is_whole = 0, first + 2 * cells <= len(page)
        for at in range(first, min(first + 2 * cells, len(page) - 1), 2):
            try:
                cell = self._cell(page, int.from_bytes(page[at : at + 2], "big"), sort)
                row = [] if sort == _INTERIOR_OF_TABLE else _values(cell.payload)
            except _UNREADABLE:
                is_whole = False
                continue
            taken += cell.size
            self._sound.update(cell.pages)
            if row:
                yield row
        if is_whole and self._is_full(page, head, first + 2 * cells, taken):
            self._sound.add(number)

    def _is_full(self, page: bytes, head: int, end_of_pointers: int, taken: int) -> bool:
        """Return whether a page's cells and gaps add up to the page, so that none was missed."""
        begin = int.from_bytes(page[head + 5 : head + 7], "big") or 65_536
        unused, at, seen = page[head + 7], int.from_bytes(page[head + 1 : head + 3], "big"), 0
        while at:
            if at + 4 > len(page) or seen > len(page):
                return False
            size = int.from_bytes(page[at + 2 : at + 4], "big")
            unused, at, seen = unused + size, int.from_bytes(page[at : at + 2], "big"), seen + 4
        return begin >= end_of_pointers and taken + unused == len(page) - begin

    def _cell(self, page: bytes, at: int, sort: int) -> _Cell:
        begin = at
        if sort in {_INTERIOR_OF_INDEX, _INTERIOR_OF_TABLE}:
            at += 4
        length, at = _varint(page, at)
        if sort == _INTERIOR_OF_TABLE:
            return _Cell(b"", max(4, at - begin), ())
        is_table = sort == _LEAF_OF_TABLE
        if is_table:
            _, at = _varint(page, at)
        most = self._size - 35 if is_table else (self._size - 12) * 64 // 255 - 23
        if length <= most:
            if at + length > len(page):
                raise ValueError("beyond the page")
            return _Cell(page[at : at + length], max(4, at + length - begin), ())
        least = (self._size - 12) * 32 // 255 - 23
        here = least + (length - least) % (self._size - 4)
        here = here if here <= most else least
        rest = int.from_bytes(page[at + here : at + here + 4], "big")
        payload, pages = self._with_rest(page[at : at + here], length, rest)
        return _Cell(payload, at + here + 4 - begin, pages)

    def _with_rest(self, begun: bytes, length: int, following: int) -> tuple[bytes, tuple[int, ...]]:
        """Return a row with its overflow, and the numbers of the overflow pages."""
        if length > min(_LARGEST_ROW, len(self._content)):
            raise ValueError("too long")
        parts, left, pages = [begun], length - len(begun), dict[int, None]()
        while left > 0:
            start = (following - 1) * self._size
            if not 0 < start < len(self._content) or following in pages:
                raise ValueError("the rest is gone")
            pages[following] = None
            parts.append(self._content[start + 4 : start + 4 + min(left, self._size - 4)])
            following = int.from_bytes(self._content[start : start + 4], "big")
            left -= self._size - 4
        return b"".join(parts), tuple(pages)


def _page_size(content: mmap.mmap) -> int:
    size = int.from_bytes(content[16:18], "big")
    size = 65_536 if size == 1 else size
    return _USUAL_SIZE if size < 512 or size & (size - 1) else size


def _extents(descriptor: int, size: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a file that are not holes: a sparse file of 50 GB may hold almost nothing."""
    at = 0
    try:
        while at < size:
            begin = os.lseek(descriptor, at, os.SEEK_DATA)
            at = os.lseek(descriptor, begin, os.SEEK_HOLE)
            yield begin, at
    except AttributeError:  # Windows
        yield at, size
    except OSError:  # the rest is a hole
        return


def _values(payload: bytes) -> Row:
    """Return the columns of a row (2.1). Raises ValueError where its lengths do not agree."""
    end, at = _varint(payload, 0)
    kinds: list[int] = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: Row = []
    for kind in kinds:
        value, at = _value(payload, at, kind)
        values.append(value)
    if at != len(payload):
        raise ValueError("its lengths do not agree")
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
    if kind < 12:
        raise ValueError("no such sort of value")
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
