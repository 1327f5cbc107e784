"""Opening a file at a line in the person's editor."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from quiz.errors import UsageError

FALLBACKS = ("nano", "vim", "vi", "notepad")
COLON_EDITORS = frozenset({"hx", "helix", "subl", "zed", "micro"})
"""Editors that take `file:line`."""
GOTO_EDITORS = frozenset({"code", "codium", "cursor"})
"""Editors that take `--goto file:line`, and wait with `--wait`."""


def run_editor(command: Sequence[str]) -> None:
    """Run an editor and wait until it is closed.

    Raises:
        UsageError: it did not start.
    """
    try:
        subprocess.run(command, check=False)  # noqa: S603 - the person's own editor
    except OSError as error:
        raise UsageError(
            f"The editor did not start: {error.strerror}.", "Set EDITOR to the command of your editor."
        ) from None


def editor_command(path: Path, line: int, environment: Mapping[str, str]) -> list[str]:
    """Return the command that opens a file at a line, from 1: $VISUAL, $EDITOR or an installed editor.

    Raises:
        UsageError: there is no editor, or the variable is no command.
    """
    named = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        words = shlex.split(named) or [name for name in FALLBACKS if shutil.which(name)][:1]
    except ValueError:
        raise UsageError(
            f"EDITOR has a quotation mark without its partner: {named}", "Set EDITOR to a command."
        ) from None
    if not words or shutil.which(words[0]) is None:
        missing = f"“{words[0]}” is not installed." if words else "No editor was found."
        raise UsageError(missing, "Set EDITOR to the command of your editor.")
    name = Path(words[0]).stem
    if name in GOTO_EDITORS:
        return [*words, "--wait", "--goto", f"{path}:{line}"]
    if name in COLON_EDITORS:
        return [*words, f"{path}:{line}"]
    if name == "notepad":
        return [*words, str(path)]
    return [*words, f"+{line}", str(path)]
