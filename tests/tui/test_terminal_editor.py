"""Mending an item in one's own editor while studying, in a real terminal."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.sample_banks import SMALL
from tests.terminal import Terminal

BEFORE, AFTER = "Which city is the capital of France?", "Which city is the seat of the French government?"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    assert BEFORE in SMALL
    path.write_text(SMALL, encoding="utf-8")
    return path


def editor(tmp_path: Path, body: str) -> str:
    """Write an editor that does one thing and notes how it was called."""
    path = tmp_path / "editor"
    path.write_text(f'#!/bin/sh\necho "$@" > "{tmp_path}/called"\n{body}\n', encoding="utf-8")
    path.chmod(0o755)
    return shlex.quote(str(path))


def mending(tmp_path: Path, before: str, after: str) -> str:
    """Return an editor that replaces a text in the file it is called with."""
    return editor(tmp_path, f'sed -i "s/{before}/{after}/" "$2"')


def studying(bank: Path, tmp_path: Path, command: str) -> Terminal:
    environment = {"EDITOR": command, "VISUAL": command}
    return Terminal(["study", str(bank)], home=tmp_path / "home", size=(90, 34), environment=environment)


@pytest.mark.parametrize("is_answered", [False, True])
def test_the_mended_item_is_shown_on_return(is_answered: bool, bank: Path, tmp_path: Path) -> None:
    line = next(number for number, text in enumerate(SMALL.splitlines(), 1) if "- id: capital" in text)
    with studying(bank, tmp_path, mending(tmp_path, BEFORE[:-1], AFTER[:-1])) as terminal:
        terminal.wait_for(BEFORE)
        if is_answered:
            terminal.press("1", "enter")
            terminal.wait_for("✓ Correct.")
        terminal.press("e")
        terminal.wait_for(AFTER, "✓ Correct." if is_answered else "Choose an option.", gone=BEFORE)
        terminal.press("q")
        terminal.wait_for("where you left off" if is_answered else "to do today")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    assert (tmp_path / "called").read_text(encoding="utf-8") == f"+{line} {bank}\n"


def test_a_bank_broken_in_the_editor_is_said_and_the_item_stays(bank: Path, tmp_path: Path) -> None:
    with studying(bank, tmp_path, editor(tmp_path, 'echo "items: [" > "$2"')) as terminal:
        terminal.wait_for(BEFORE)
        terminal.press("e")
        terminal.wait_for("cannot be", BEFORE)
        terminal.press("1", "enter")
        terminal.wait_for("✓ Correct.")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


@pytest.mark.parametrize("command", ["no-such-editor", "vim '", "/"])
def test_an_editor_that_cannot_be_opened_is_said(command: str, bank: Path, tmp_path: Path) -> None:
    with studying(bank, tmp_path, command) as terminal:
        terminal.wait_for(BEFORE)
        terminal.press("e")
        terminal.wait_for("EDITOR", BEFORE)
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
