"""Decoding bytes in any usual encoding."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
"""Byte order marks and their encodings, longer marks before shorter ones with the same beginning."""

_GUESSED: Final = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "mac_roman", "cp932",
    "euc_jp", "gb18030", "big5", "euc_kr",
)  # fmt: skip
_HIGH = re.compile(rb"[\x80-\xff]")
_LIKE_WESTERN: Final = frozenset({"cp1250", "cp1254", "mac_roman"})
"""Encodings of Latin letters that a short text in Windows-1252 is mistaken for."""
_SIGN: Final = r"[^\s\w\x00-\x7f’‘“”„«»–—…]"
_WITHIN_A_WORD = re.compile(rf"(?<=[a-z]){_SIGN}|{_SIGN}(?=[a-z])|(?<=[a-z])[þðŸŠŽ](?=[a-z])|[a-z][ŸŠŽšž]\b")
"""What words do not hold: signs, and letters that stand for those of another encoding."""
_CARONS = re.compile("[šžŠŽ]")
_WOULD_HAVE_CARONS = re.compile("[èìøùòïÈÌØÙÒÏ]")
"""What stands in Windows-1252 for č, ě, ř, ů, ň and ď."""
_SAMPLE: Final = 16_384
"""How many bytes an encoding is guessed from."""


class Decoded(NamedTuple):
    """A text and its original encoding."""

    text: str
    encoding: str
    is_guessed: bool
    """Whether the encoding was guessed: neither marked nor UTF-8."""


def decoded(data: bytes) -> Decoded:
    """Return decoded bytes, with line feeds as line ends. Never raises.

    UTF-8, and UTF-16 and UTF-32 with a mark or recognised by their zeros; anything else is guessed by
    charset-normalizer, with Windows-1252 as the last resort.
    """
    text, encoding, is_guessed = _decoded(data)
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), encoding, is_guessed)


def _decoded(data: bytes) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(encoding, "replace"), encoding, is_guessed=False)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        encoding = _guess(data)
        return Decoded(data.decode(encoding, "replace"), encoding, is_guessed=True)
    wide = _without_mark(data)
    return Decoded(data.decode(wide, "replace"), wide, True) if wide else Decoded(text, "utf-8", False)


def _without_mark(data: bytes) -> str:
    """Return the text of UTF-16 bytes without a mark that are mostly Latin letters, or an empty text."""
    sample = data[:1000]
    half = len(sample) // 2
    if half < 2:
        return ""
    if sample[1::2].count(0) > half * 0.7:
        return "utf-16-le"
    return "utf-16-be" if sample[::2].count(0) > half * 0.7 else ""


def _guess(data: bytes) -> str:
    wide = _without_mark(data)
    if wide:
        return wide
    if b"\x00" in data[:_SAMPLE]:  # not a text at all
        return "cp1252"
    found = _HIGH.search(data)
    start = max(0, (found.start() if found else 0) - _SAMPLE // 2)
    from charset_normalizer import from_bytes

    sample = data[start : start + _SAMPLE]
    best = from_bytes(sample, cp_isolation=list(_GUESSED)).best()
    if best is None or (best.encoding in _LIKE_WESTERN and _reads_western(sample)):
        return "cp1252"
    return best.encoding


def _reads_western(sample: bytes) -> bool:
    """Return whether bytes read as Windows-1252 look like words: no signs in them, and no Eastern letters.

    A few names are too little for a guess by frequencies, which takes Anaïs for Anaďs.
    """
    text = sample.decode("cp1252", "replace")
    if _WITHIN_A_WORD.search(text):
        return False
    return not (_CARONS.search(text) and _WOULD_HAVE_CARONS.search(text))
