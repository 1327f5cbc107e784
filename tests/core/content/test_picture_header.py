"""A picture's format and size from its first bytes."""

from __future__ import annotations

import struct

from quiz.core.content.picture_header import ending_of, extent_of

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 300, 70_000)
GIF = struct.pack("<HH", 260, 3)
BLOCKS = b"RIFF\0\0\0\0WEBP"
EXTENDED = BLOCKS + b"VP8X" + b"\0" * 8 + (259).to_bytes(3, "little") + (65_999).to_bytes(3, "little")
LOSSY = BLOCKS + b"VP8 " + b"\0" * 10 + struct.pack("<HH", 0x4000 | 300, 0x8000 | 16_383)
LOSSLESS = BLOCKS + b"VP8L" + b"\0" * 5 + (299 | 16_383 << 14).to_bytes(4, "little") + b"\0" * 5
FRAME = b"\0\x11\x08" + struct.pack(">HH", 70, 300)
COMMENT = b"\xff\xfe" + struct.pack(">H", 6) + b"\xff\xc0\xff\xc0"


def test_a_header_tells_the_size_and_the_format() -> None:
    cases: list[tuple[bytes, tuple[int, int], str]] = [
        (PNG, (300, 70_000), ".png"),
        (b"GIF87a" + GIF, (260, 3), ".gif"), (b"GIF89a" + GIF, (260, 3), ".gif"),
        (EXTENDED, (260, 66_000), ".webp"), (LOSSY, (300, 16_383), ".webp"),
        (LOSSLESS, (300, 16_384), ".webp"),
        (b"\xff\xd8\xff\xc0" + FRAME, (300, 70), ".jpg"), (b"\xff\xd8\xff\xcf" + FRAME, (300, 70), ".jpg"),
        (b"\xff\xd8" + COMMENT + b"\xff\xff\xff\xc2" + FRAME, (300, 70), ".jpg"),
        *(
            (b"\xff\xd8" + marker + b"\0\x04ab" + b"\xff\xc1" + FRAME, (300, 70), ".jpg")
            for marker in (b"\xff\xc4", b"\xff\xc8", b"\xff\xcc", b"\xff\xbf", b"\xff\xd0", b"\xff\xe0")
        ),
    ]  # fmt: skip
    for data, extent, ending in cases:
        assert extent_of(data + b"\7" * 9) == extent
        assert ending_of(data) == ending


def test_what_is_cut_or_unknown_has_no_size() -> None:
    cases: list[bytes] = [
        b"", b"BM", b"GIF88a" + GIF, b"GIF89a\1", PNG[:20], PNG.replace(b"IHDR", b"IEND"), LOSSY[:29],
        LOSSY.replace(b"WEBP", b"WAVE"), LOSSY.replace(b"VP8 ", b"VP9 "), b"\xff\xd8", b"\xff\xd8\xff",
        b"\xff\xd8\0\0", b"\xff\xd8\xff\xc0\0", b"\xff\xd8\xff\xc4\0\x02\0", b"\xff\xd7\xff\xc0" + FRAME,
    ]  # fmt: skip
    for data in cases:
        assert extent_of(data) is None


def test_a_picture_without_an_extent_is_none() -> None:
    cases: list[tuple[int, int]] = [(0, 5), (5, 0), (0, 0)]
    for extent in cases:
        assert ending_of(b"GIF89a" + struct.pack("<HH", *extent)) == ""
