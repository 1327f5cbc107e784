"""Syntax highlighting in a separate process.

Many of Pygments' lexers take minutes for a few kilobytes of hostile code, and cannot be interrupted.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from tempfile import TemporaryFile
from typing import Final, NamedTuple, TypeAlias

MOST_CHARACTERS: Final = 20_000
"""How many characters of code are highlighted at once."""
MOST_SECONDS: Final = 2.0
"""The longest time that highlighting may take, in seconds."""
_GLANCE_SECONDS: Final = 0.02
_LEXER: Final = """\
import json, sys
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound
for code, language in json.load(sys.stdin):
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
        parts = [[str(kind), len(text)] for kind, text in lexer.get_tokens(code)]
    except ClassNotFound:
        parts = []
    print(json.dumps(parts), flush=True)
"""


class Code(NamedTuple):
    """A piece of code."""

    text: str
    language: str
    """Its language, as Pygments names it."""


Parts: TypeAlias = list[tuple[str, int]]
"""The parts of a piece of code in order: Pygments' token type, and its length in characters."""


async def coloured_parts(pieces: Sequence[Code]) -> list[Parts]:
    """Return the parts of each piece of code.

    They are empty where the language is unknown, the code is too long, or highlighting takes too long.
    """
    asked, left = [], MOST_CHARACTERS
    for code in pieces:
        is_short = bool(code.language) and len(code.text) <= left
        left -= len(code.text) if is_short else 0
        asked.append(code if is_short else None)
    wanted = [code for code in asked if code is not None]
    found = iter(await _lexed(wanted) if wanted else ())
    return [[] if code is None else next(found, []) for code in asked]


async def _lexed(wanted: Sequence[Code]) -> list[Parts]:
    """Return the parts of as many of the first pieces as can be done in time."""
    with suppress(OSError, ValueError), TemporaryFile() as told, TemporaryFile() as found:
        told.write(json.dumps(wanted).encode())
        told.seek(0)
        process = subprocess.Popen(  # noqa: S603 - a program of ours
            [sys.executable, "-P", "-c", _LEXER], stdin=told, stdout=found, stderr=subprocess.DEVNULL
        )
        try:
            await _ended(process)
        finally:
            process.kill()
            process.wait()
        found.seek(0)
        lines = [line for line in found.read().split(b"\n") if line.endswith(b"]")]
        return [[(str(kind), int(length)) for kind, length in json.loads(line)] for line in lines]
    return []


async def _ended(process: subprocess.Popen[bytes]) -> None:
    """Wait for a process to end, however long that takes."""
    waited = 0.0
    while process.poll() is None and waited < MOST_SECONDS:
        await asyncio.sleep(_GLANCE_SECONDS)
        waited += _GLANCE_SECONDS
