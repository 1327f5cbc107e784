"""The commands, one module each. Every module in this package is found automatically.

A module's name holds the command's: `list_banks.py` is the command `list`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator


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
    modules = (_command(module) for module in _modules())
    return {command.NAME: command for command in sorted(modules, key=lambda command: command.NAME)}


def command_named(name: str) -> Command | None:
    """Return the command of that name without importing the others, None where there is none."""
    commands = (_command(module) for module in _modules() if name in module.split("_"))
    return next((command for command in commands if name == command.NAME), None)


def _modules() -> Iterator[str]:
    import pkgutil

    return (found.name for found in pkgutil.iter_modules(__path__))


def _command(module: str) -> Command:
    import importlib

    return cast("Command", importlib.import_module(f"{__name__}.{module}"))
