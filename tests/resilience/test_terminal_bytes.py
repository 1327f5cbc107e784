"""What the real program writes to a terminal: no escape that Textual itself did not make.

The same keys are pressed over hostile texts and over harmless ones; every escape sequence written over the
hostile ones must be one that was written over the harmless ones as well, colours and places apart.
"""

from __future__ import annotations

import re
from pathlib import Path

from quiz.record.sqlite_record import SqliteRecord
from tests.programs import run
from tests.resilience.recording import workspace_at
from tests.resilience.strings import MARKUP, TERMINAL
from tests.resilience.world import bank_of, file_of
from tests.terminal import Terminal

SEQUENCE = re.compile(
    rb"\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?|\[[0-?]*[ -/]*[@-~]|[ -/]*[0-~])"
    rb"|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]|\xc2[\x80-\x9f]"
)
COLOURS_AND_PLACES = re.compile(rb"\x1b\[[0-9;]*[mH]")
OURS = b"\x1b[8;3;53m"
"""A style that Textual never makes in this form: what a hostile text asks for in its own way."""
PASTED = "\x1b[200~{}\x1b[201~"
KEYS = (
    "r", "escape", "/", "escape", ",", "escape", "i", "escape", "t", "escape", "d", "escape",
    "s", "h", "1", "enter", "n", "escape", "?", "escape",
)  # fmt: skip
"""Through the screens."""
TYPED = "format: 1\nbank: typed\ntitle: T\nitems: [{id: a, kind: short-answer, stem: S, key: right}]\n"
"""An item that is typed, into which a text is pasted; what was typed is shown with the verdict."""
OBEYED = "".join(text for text in TERMINAL if "\x00" not in text and "\r" not in text) + OURS.decode()
READ = " ".join(text for text in MARKUP[:14] if "{{" not in text)


def walk(home: Path, name: str, title: str) -> bytes:
    """Return what the program writes while somebody of a name goes through its screens."""
    home.mkdir(parents=True)
    bank = home / "world.yaml"
    bank.write_text(bank_of(title), encoding="utf-8")
    broken = file_of(home, name)
    broken.write_text(bank_of(name), encoding="utf-8")
    arguments = [str(bank), str(broken)]
    with Terminal(arguments, home=home, size=(100, 32), environment={"QUIZ_LEARNER": name}) as terminal:
        terminal.wait_for("Study", "Drill")
        _press(terminal, KEYS)
        terminal.press("ctrl+q")
        assert terminal.wait() == 0, terminal.text
        written = terminal.written
    bank.write_text(TYPED, encoding="utf-8")
    with Terminal(["study", str(bank)], home=home, size=(100, 32)) as terminal:
        terminal.wait_for("1 of 1")
        terminal.press(PASTED.format(name.replace("\x1b[201~", "")), "enter")
        terminal.wait_for("Not quite.")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0, terminal.text
        return written + terminal.written


def _press(terminal: Terminal, keys: tuple[str, ...]) -> None:
    for key in keys:
        terminal.press(key)
        for _ in range(40):
            before = len(terminal.written)
            terminal.read(0.25 if key == "escape" else 0.12)
            if len(terminal.written) == before:
                break


def kinds(output: bytes) -> set[bytes]:
    """Return the different sequences in some output; colours, places and the app's own bell are left out."""
    return {one for one in SEQUENCE.findall(output) if not COLOURS_AND_PLACES.fullmatch(one)} - {b"\x07"}


def test_nothing_but_textual_moves_the_terminal(tmp_path: Path) -> None:
    hostile = walk(tmp_path / "hostile", OBEYED, READ)
    harmless = walk(tmp_path / "harmless", "x" * len(OBEYED), "x" * len(READ))
    assert kinds(hostile) <= kinds(harmless)
    assert OURS not in hostile


def test_plain_lines_and_tables_hold_no_sequence_either(tmp_path: Path) -> None:
    """The name that is a sequence is on record, and every command that prints it prints signs instead."""
    import os

    home = tmp_path / "home"
    workspace_at(home, 1).record.close()
    file = home / "record" / "history.db"
    with SqliteRecord.open(file) as record:
        record.learner(OBEYED)
    file.rename(home / "history.db")
    for command in (
        ["stats"],
        ["list"],
        ["doctor"],
        ["record", "list"],
        ["check", str(home / "world.yaml")],
    ):
        told = {**os.environ, "QUIZ_HOME": str(home), "QUIZ_LEARNER": OBEYED}
        done = run(command, environment=told)
        found = SEQUENCE.findall((done.stdout + done.stderr).encode())
        assert not found, (command, found)
        assert "Traceback" not in done.stderr
