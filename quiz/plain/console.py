"""Lines in and lines out."""

from __future__ import annotations

import shutil
import textwrap
from typing import TextIO

from quiz.core.characters import visible


class Leave(Exception):
    """The learner leaves: an end of input or a word for it."""


class Console:
    """Writes lines without colours or movement, and reads lines."""

    def __init__(self, source: TextIO, target: TextIO, width: int | None = None) -> None:
        self._source = source
        self._target = target
        self._width = width or (shutil.get_terminal_size((80, 24)).columns if target.isatty() else 0)

    def say(self, text: str = "") -> None:
        """Write a text, wrapped where the output is a terminal."""
        for line in visible(text).split("\n"):
            wrapped = textwrap.wrap(line, self._width) if self._width > 20 else [line]
            for part in wrapped or [""]:
                self._target.write(f"{part}\n")
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
