"""Reading and writing lines."""

from __future__ import annotations

import shutil
import textwrap
from enum import StrEnum
from typing import TextIO

from quiz.core.text.safe_text import visible


class Leave(Exception):
    """Raised when the learner leaves: at the end of input or on a command."""


class Tone(StrEnum):
    """The colour of a line where colours were asked for, as an escape sequence."""

    PLAIN = ""
    STRONG = "\x1b[1m"
    RIGHT = "\x1b[1;32m"
    PARTLY = "\x1b[1;33m"
    WRONG = "\x1b[1;31m"


END = "\x1b[0m"


class Console:
    """Writes lines without moving the cursor, and without colours unless asked for, and reads lines."""

    def __init__(
        self, source: TextIO, target: TextIO, width: int | None = None, *, has_colour: bool = False
    ) -> None:
        self._source = source
        self._target = target
        self._has_colour = has_colour
        self._width = width or (shutil.get_terminal_size((80, 24)).columns if target.isatty() else 0)

    def say(self, text: str = "", tone: Tone = Tone.PLAIN) -> None:
        """Write a text, wrapped if the output is a terminal."""
        begin, end = (tone.value, END) if tone and self._has_colour else ("", "")
        for line in visible(text).split("\n"):
            wrapped = textwrap.wrap(line, self._width) if self._width > 20 else [line]
            for part in wrapped or [""]:
                self._target.write(f"{begin}{part}{end}\n" if part else "\n")
        self._target.flush()

    def ask(self, prompt: str) -> str:
        """Write a prompt and read one line. Raises Leave at the end of input."""
        self._target.write(visible(f"{prompt}: "))
        self._target.flush()
        line = self._source.readline()
        if not line:
            self._target.write("\n")
            raise Leave
        if not self._source.isatty():
            self._target.write("\n")
        return line.rstrip("\r\n")
