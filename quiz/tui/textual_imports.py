"""Importing Textual without what it loads for other programs than this one, 7 % of the start."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any, Final

CALLED: Final = (
    "difflib",
    "mimetypes",
    "platformdirs",
    "rich.tree",
    "textual.canvas",
    "textual.css._help_text",
    "textual.file_monitor",
    "textual.fuzzy",
)
"""Modules of which Textual only ever calls something, if at all: loaded with the first call."""


def import_textual() -> None:
    """Import Textual's app, unless something else has done so.

    Of `textual.types` it needs a name that `textual._types` has as well, and not five kinds of widgets.
    asyncio does without TLS where there is no `ssl`, and no connection of the app's loop is encrypted.
    """
    if "textual.app" in sys.modules:
        return
    with _instead({"ssl": None}):
        import asyncio  # noqa: F401
    try:
        with _instead({name: _CalledLater(name) for name in CALLED}):
            from textual import _types

            with _instead({"textual.types": _types}):
                import textual.app
    except ImportError:  # another Textual needs more of one of these
        import textual.app  # noqa: F401


@contextmanager
def _instead(others: Mapping[str, ModuleType | None]) -> Iterator[None]:
    """Import other modules in place of some that are not imported yet; None is as if there were none."""
    put: dict[str, Any] = {name: module for name, module in others.items() if name not in sys.modules}
    sys.modules.update(put)
    try:
        yield
    finally:
        for name in put:
            sys.modules.pop(name, None)


class _CalledLater(ModuleType):
    """Takes the place of a module: whatever is asked of it imports that module when it is called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)
        return partial(_call, self.__name__, name)


def _call(module: str, name: str, *arguments: Any, **options: Any) -> Any:
    return getattr(import_module(module), name)(*arguments, **options)
