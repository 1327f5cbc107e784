"""Finds the parts of a piece of code that are coloured, in a process of its own.

Many of Pygments' lexers take minutes for a few kilobytes of hostile code, and cannot be interrupted.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from contextlib import suppress
from tempfile import TemporaryFile
from typing import Final

MOST_CHARACTERS: Final = 20_000
"""How long a piece of code may be to be coloured."""
MOST_SECONDS: Final = 2.0
"""How long that may take."""
_GLANCE_SECONDS: Final = 0.02
_LEXER: Final = """\
import json, sys
from pygments.lexers import get_lexer_by_name
told = json.load(sys.stdin)
lexer = get_lexer_by_name(told["language"], stripnl=False, ensurenl=False)
print(json.dumps([[str(kind), len(text)] for kind, text in lexer.get_tokens(told["code"])]))
"""


async def coloured_parts(code: str, language: str) -> list[tuple[str, int]]:
    """Return the parts of some code in order: Pygments' name of each kind, and its length in characters.

    The list is empty where the language is unknown, the code is too long, or it takes too much time.
    """
    if not language or len(code) > MOST_CHARACTERS:
        return []
    with suppress(OSError, ValueError), TemporaryFile() as told, TemporaryFile() as found:
        told.write(json.dumps({"code": code, "language": language}).encode())
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
        return [(str(kind), int(length)) for kind, length in json.loads(found.read())]
    return []


async def _ended(process: subprocess.Popen[bytes]) -> None:
    """Wait for a process to end, for as long as it may take."""
    waited = 0.0
    while process.poll() is None and waited < MOST_SECONDS:
        await asyncio.sleep(_GLANCE_SECONDS)
        waited += _GLANCE_SECONDS
