"""Libraries that only some formats need, imported when used."""

from __future__ import annotations

import importlib
from types import ModuleType

from quiz.errors import ExchangeError


def required(module: str, extra: str, what: str) -> ModuleType:
    """Import a library that belongs to an extra.

    Raises:
        ExchangeError: it is not installed; the message says what needs it and how to install it.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ExchangeError(
            f"{what} needs a library that is not installed.", f"Install it: pip install 'quizterm[{extra}]'"
        ) from error
