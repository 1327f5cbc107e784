"""The parser of the command line."""

from __future__ import annotations

import argparse
from typing import NoReturn

from quiz.core.text.safe_text import visible


class ArgumentParser(argparse.ArgumentParser):
    """A parser whose errors show what was typed without what a terminal would obey."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, and exit with 2."""
        super().error(visible(message))
