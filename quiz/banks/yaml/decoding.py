"""Decoding bytes to text, and finding the characters that a bank must not hold."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from typing import Final

import msgspec

from quiz.banks.yaml.source_map import Place, SourceText
from quiz.core.content.diagnostics import Finding, Problem, Severity
from quiz.core.text.forbidden import FORBIDDEN
from quiz.core.text.safe_text import MOST_MARKS, TOO_MANY_MARKS, code_name

MOST_REPORTED: Final = 20
"""How many characters of a file are reported, so that a picture named .yaml does not fill the screen."""

_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})")
"""The pair of escapes that JSON writes for one character beyond U+FFFF."""
_UNSEEN = re.compile("|".join("\u00ad\u061c\u200b\u200e\u200f").encode())


def decoded(data: bytes, name: str) -> tuple[SourceText, Finding | None]:
    """Return a file's text without byte order mark and with line feeds only, or what prevents that.

    A pair of escapes that JSON writes for one character becomes that character.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _undecodable(data, error, name)
    if "\r" in text or ("\\u" in text and _PAIR.search(text)):
        return SourceText(_PAIR.sub(_paired, text.replace("\r\n", "\n")), name), None
    return SourceText(data.removeprefix(BOM_UTF8), name), None


def _paired(found: re.Match[str]) -> str:
    """Return the character of a pair of escapes."""
    return found[1] + found[2].encode().decode("unicode_escape").encode("utf-16", "surrogatepass").decode(
        "utf-16"
    )


def _undecodable(data: bytes, error: UnicodeDecodeError, name: str) -> tuple[SourceText, Finding]:
    line_start = data.rfind(b"\n", 0, error.start) + 1
    readable = SourceText(data[line_start : error.start + 200].decode("utf-8", "replace"), name)
    column = len(data[line_start : error.start].decode("utf-8", "replace")) + 1
    line = data.count(b"\n", 0, error.start) + 1
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        message = "The file is in UTF-16, not in UTF-8."
    else:
        message = f"The byte 0x{data[error.start]:02X} here is not UTF-8."
    problem = Problem("not-utf-8", message, (), "Save the file as UTF-8.")
    finding = readable.finding(problem, Place(1, column))
    return readable, msgspec.structs.replace(finding, line=line)


def foul_characters(data: bytes, source: SourceText) -> list[Finding]:
    """Return findings for the first twenty characters that a terminal must never be given.

    `data` is what the source was decoded from: checking the bytes clears most files in a tenth of the time.
    """
    found: list[Finding] = []
    if _is_clean(data):
        return found
    for pattern in (FORBIDDEN, TOO_MANY_MARKS):
        for match in pattern.finditer(source.text):
            if len(found) == MOST_REPORTED:
                return found
            place = source.place_of(len(source.text[: match.start()].encode("utf-8", "surrogatepass")))
            found.append(source.finding(_foul(match[0]), place))
    return found


_ASCII = bytes(range(128))
_HARMLESS = b"\t\n\r" + bytes(range(0x20, 0x7F)) + bytes(range(128, 256))


def _is_clean(data: bytes) -> bool:
    """Return quickly whether there is certainly nothing to report."""
    if data.translate(None, _HARMLESS) or b"\r" in data.replace(b"\r\n", b""):
        return False
    if data.isascii():
        return True
    others = data.removeprefix(BOM_UTF8).translate(None, _ASCII).decode()
    return FORBIDDEN.search(others) is None and TOO_MANY_MARKS.search(others) is None


def foul_in(text: str) -> Problem | None:
    """Return the problem of a text that spells a forbidden character, or None."""
    match = FORBIDDEN.search(text) or TOO_MANY_MARKS.search(text)
    if match is None:
        return None
    return _foul(match[0], "Take the escape out; put a text with backslashes in single quotes.")


def _foul(characters: str, help: str = "Delete it.") -> Problem:  # noqa: A002
    if len(characters) > MOST_MARKS:
        return Problem(
            "too-many-marks", f"More than {MOST_MARKS} combining marks follow each other here.", (),
            "Delete the marks that do not belong to the letter.",
        )  # fmt: skip
    return Problem("forbidden-character", f"A bank must not hold {code_name(characters)}.", (), help)


def unseen_characters(source: SourceText) -> list[Finding]:
    """Return a warning for each invisible character, the first twenty."""
    found: list[Finding] = []
    for match in _UNSEEN.finditer(source.data):
        if len(found) == MOST_REPORTED:
            break
        problem = Problem(
            "invisible-character", f"{code_name(match[0].decode())} stands here, which nobody can see.", (),
            "Delete it unless the text needs it.", Severity.WARNING,
        )  # fmt: skip
        found.append(source.finding(problem, source.place_of(match.start())))
    return found
