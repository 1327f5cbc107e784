"""Finds the parts of a piece of code that are coloured, in a process of its own.

Many of Pygments' lexers take minutes for a few kilobytes of hostile code, and cannot be interrupted.
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import suppress
from typing import Final

MOST_CHARACTERS: Final = 20_000
"""How long a piece of code may be to be coloured."""
MOST_SECONDS: Final = 2.0
"""How long that may take."""
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
    with suppress(OSError, TimeoutError, ValueError):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            "-c",
            _LEXER,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            told = json.dumps({"code": code, "language": language}).encode()
            found, _ = await asyncio.wait_for(process.communicate(told), MOST_SECONDS)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return [(str(kind), int(length)) for kind, length in json.loads(found)]
    return []
