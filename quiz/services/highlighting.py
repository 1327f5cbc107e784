"""Syntax highlighting in a separate process.

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
"""The longest piece of code that is highlighted, in characters."""
MOST_SECONDS: Final = 2.0
"""The longest time that highlighting may take, in seconds."""
_GLANCE_SECONDS: Final = 0.02
_LEXER: Final = """\
import json, sys
from pygments.lexers import get_lexer_by_name
told = json.load(sys.stdin)
lexer = get_lexer_by_name(told["language"], stripnl=False, ensurenl=False)
print(json.dumps([[str(kind), len(text)] for kind, text in lexer.get_tokens(told["code"])]))
"""


async def coloured_parts(code: str, language: str) -> list[tuple[str, int]]:
    """Return the parts of some code in order: Pygments' token type, and its length in characters.

    Empty where the language is unknown, the code is too long, or highlighting takes too long.
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
    """Wait for a process to end, however long that takes."""
    waited = 0.0
    while process.poll() is None and waited < MOST_SECONDS:
        await asyncio.sleep(_GLANCE_SECONDS)
        waited += _GLANCE_SECONDS
