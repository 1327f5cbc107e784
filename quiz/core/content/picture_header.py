"""Reading the format and size of a picture from its first bytes."""

from __future__ import annotations

import struct
from typing import Final

WEBP_HEADER: Final = 30
"""The length in bytes of the longest of WebP's three headers."""


def ending_of(data: bytes) -> str:
    """Return the usual file ending for a picture by its header, or an empty text for an unknown format."""
    if not all(extent_of(data) or (0,)):
        return ""
    first = data[:4]
    return {b"\x89PNG": ".png", b"GIF8": ".gif", b"RIFF": ".webp"}.get(first, ".jpg")


def extent_of(data: bytes) -> tuple[int, int] | None:
    """Return a picture's width and height in pixels from its header, or None for an unknown format."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
            return struct.unpack(">II", data[16:24])
        if data[:6] in {b"GIF87a", b"GIF89a"}:
            return struct.unpack("<HH", data[6:10])
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
        return _jpeg(data) if data.startswith(b"\xff\xd8") else None
    except (struct.error, IndexError):
        return None


def _webp(data: bytes) -> tuple[int, int] | None:
    if len(data) < WEBP_HEADER:
        return None
    match data[12:16]:
        case b"VP8X":
            return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
        case b"VP8 ":
            width, height = struct.unpack("<HH", data[26:30])
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            bits = int.from_bytes(data[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    """Find the frame header among a JPEG's segments."""
    at = 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in range(0xC0, 0xD0) and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        else:
            at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return None
