"""The commands, one module each. Every module in this package is found automatically."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    import argparse


class Command(Protocol):
    """What a command's module defines."""

    NAME: str
    """The name that people type."""
    HELP: str
    """A one-line description."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's options."""

    def run(self, args: argparse.Namespace) -> int:
        """Run the command and return the exit code.

        Raises:
            QuizError: it cannot be done.
        """
        ...


def all_commands() -> dict[str, Command]:
    """Return all commands by name, sorted."""
    import importlib
    import pkgutil

    names = (found.name for found in pkgutil.iter_modules(__path__))
    modules = [cast("Command", importlib.import_module(f"{__name__}.{name}")) for name in names]
    return {module.NAME: module for module in sorted(modules, key=lambda module: module.NAME)}
