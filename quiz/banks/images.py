"""Pictures beside a bank: whether a file may be shown, judged by its place and its first bytes."""

from __future__ import annotations

import os
import stat
import struct
from pathlib import Path
from typing import Final

from quiz.core.content.diagnostics import Problem
from quiz.core.content.item import Image

MOST_BYTES: Final = 8 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
WEBP_HEADER: Final = 30
"""The length in bytes of the longest of WebP's three headers."""


def image_problem(folder: Path, image: Image) -> Problem | None:
    """Return why a bank's picture cannot be shown, or None. `folder` is the bank's."""
    name = image.file
    if Path(name).is_absolute() or "\\" in name or ":" in name or ".." in name.split("/"):
        return Problem(
            "foreign-image", f"“{name}” leads out of the bank's folder.", (),
            "Put the file beside the bank or below, and name it from there.",
        )  # fmt: skip
    try:
        home, path = folder.resolve(), (folder / name).resolve()
        if not path.is_relative_to(home):
            return Problem(
                "foreign-image", f"“{name}” is a link that leads out of the bank's folder.", (),
                "Put the file itself there.",
            )  # fmt: skip
        data, size = _beginning_of(path)
    except (OSError, RuntimeError, ValueError):
        return Problem(
            "missing-image", f"There is no readable file “{name}”.", (), "Check its name and place."
        )
    if size > MOST_BYTES:
        help = "Make it smaller; a screen shows no more."  # noqa: A001
        return Problem("large-image", f"“{name}” is larger than {MOST_BYTES // 1024 // 1024} MB.", (), help)
    extent = extent_of(data)
    if extent is None or not all(extent):
        return Problem(
            "broken-image",
            f"“{name}” is not a PNG, JPEG, WebP or GIF.",
            (),
            "Save it in one of these formats.",
        )
    if extent[0] * extent[1] > MOST_PIXELS:
        help = "Make it smaller; a screen shows no more."  # noqa: A001
        return Problem("large-image", f"“{name}” has {extent[0]:,} × {extent[1]:,} pixels.", (), help)
    return None


def _beginning_of(path: Path) -> tuple[bytes, int]:
    """Return the start of a regular file, where its header is, and its size in bytes. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError
        return file.read(MOST_BYTES if status.st_size <= MOST_BYTES else 64), status.st_size


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
