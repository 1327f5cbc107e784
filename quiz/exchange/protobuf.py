"""Protocol Buffers' wire format, as much as is needed to read a few fields."""

from __future__ import annotations

from collections.abc import Iterator


def fields_of(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield the numbers and values of a message's fields. Stops silently where the message is damaged."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        number, kind = tag >> 3, tag & 7
        if kind == 0:
            value, at = _varint(data, at)
            yield number, value
        elif kind == 2:
            size, at = _varint(data, at)
            if at + size > len(data):
                return
            yield number, data[at : at + size]
            at += size
        elif kind in {1, 5}:
            at += 8 if kind == 1 else 4
        else:
            return


def texts_at(data: bytes) -> dict[int, str]:
    """Return the texts of a message by their field numbers."""
    return {
        number: value.decode("utf-8", "replace")
        for number, value in fields_of(data)
        if isinstance(value, bytes)
    }


def varint_at(data: bytes, wanted: int) -> int:
    """Return a number of a message by its field, 0 if it is missing."""
    return next(
        (value for number, value in fields_of(data) if number == wanted and isinstance(value, int)), 0
    )


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 64:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        shift += 7
        if byte < 0x80:
            break
    return value, at
