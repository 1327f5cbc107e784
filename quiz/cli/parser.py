"""The parser of the command line."""

from __future__ import annotations

import argparse
from typing import NoReturn

from quiz.core.text.safe_text import visible


class ArgumentParser(argparse.ArgumentParser):
    """A parser whose error messages show what was typed without control characters."""

    def error(self, message: str) -> NoReturn:
        """Print what is wrong with the arguments, and exit with 2."""
        super().error(visible(message))
