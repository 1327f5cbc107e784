"""The disk is full, or another program holds the record, while somebody answers: said, and gone on."""

from __future__ import annotations

import resource
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.resilience.test_kills import on_record
from tests.resilience.world import bank_of
from tests.terminal import Terminal

NO_LIMIT = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
VERDICTS = ("Correct.", "Not quite.")


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "world.yaml"
    path.write_text(bank_of("plain"), encoding="utf-8")
    return path


def _answers(bank: Path, home: Path, begin: Callable[[Terminal], object], *said: str) -> None:
    """Answer while something is wrong, read what is said, and answer again once it is put right."""
    with Terminal(["study", str(bank)], home=home, size=(100, 34)) as terminal:
        terminal.wait_for("1 of 11", "⏎ Answer")
        end = begin(terminal)
        terminal.press("1", "enter")
        terminal.wait_for(*said)
        assert not any(verdict in terminal.text for verdict in VERDICTS)
        assert callable(end)
        end()
        terminal.wait_until(lambda _: _again(terminal), "a verdict")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    assert on_record(home) == 1


def _again(terminal: Terminal) -> bool:
    if any(verdict in terminal.text for verdict in VERDICTS):
        return True
    terminal.press("enter")
    terminal.read(0.5)
    return False


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="limits of a running program cannot be set here")
def test_a_disk_that_fills_up_and_is_cleared(bank: Path, tmp_path: Path) -> None:
    def begin(terminal: Terminal) -> Callable[[], object]:
        resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        return lambda: resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, NO_LIMIT)

    _answers(bank, tmp_path / "home", begin, "Not saved", "refused to write")


def test_a_record_that_another_program_holds_for_ten_seconds(bank: Path, tmp_path: Path) -> None:
    """What is answered meanwhile waits, is said to wait, and is saved once."""
    home = tmp_path / "home"

    def begin(terminal: Terminal) -> Callable[[], object]:
        other = sqlite3.connect(home / "history.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()

        def end() -> None:
            terminal.press("enter")
            terminal.wait_until(lambda _: time.monotonic() - began >= 10, "ten seconds pass")
            assert not any(verdict in terminal.text for verdict in VERDICTS)
            other.execute("ROLLBACK")
            other.close()

        return end

    _answers(bank, home, begin, "Waiting", "Another program holds the record.")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"not a record at all\n" * 400, "is not a record"),
        ("newer", "newer"),
        ("cut", "damaged"),
    ],
    ids=["empty", "something else", "newer", "cut"],
)
def test_a_record_that_cannot_be_used_is_said_before_anything_is_drawn(
    content: bytes | str, said: str, bank: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    with Terminal(["study", str(bank)], home=home, size=(100, 34)) as terminal:
        terminal.wait_for("1 of 11")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    record = home / "history.db"
    if content == "newer":
        with sqlite3.connect(record) as db:
            db.execute("PRAGMA user_version=99")
        db.close()
    elif content == "cut":
        record.write_bytes(record.read_bytes()[:-4096])
    else:
        assert isinstance(content, bytes)
        record.write_bytes(content)
    before = record.read_bytes()
    with Terminal([str(bank)], home=home, size=(600, 34)) as terminal:
        assert terminal.wait() == 1
        assert said in " ".join(terminal.text.split())
        assert "Traceback" not in terminal.text
        assert b"\x1b[?1049h" not in terminal.written
    assert record.read_bytes() == before


BOUND = """
import ctypes, os, sys
DROP_FROM_BOUNDING_SET, DAC_OVERRIDE = 24, 1  # linux/prctl.h, linux/capability.h
ctypes.CDLL(None).prctl(DROP_FROM_BOUNDING_SET, DAC_OVERRIDE, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "quiz", *sys.argv[1:]])
"""
"""Runs the program so that what may not be written is not written by root either."""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can take this from root")
def test_a_home_that_is_read_only_is_said_and_what_is_on_record_is_shown(bank: Path) -> None:
    home = bank.parent / "home"
    with Terminal(["study", str(bank)], home=home, size=(100, 34)) as terminal:
        terminal.wait_for("1 of 11", "⏎ Answer")
        terminal.wait_until(lambda _: _tried(terminal, *VERDICTS), "a verdict")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    (home / "history.db").chmod(0o444)
    home.chmod(0o555)
    try:
        before = (home / "history.db").read_bytes()
        with _bound(bank, home) as terminal:
            terminal.wait_for("Continue", "where you left off")
            terminal.press("c")
            terminal.wait_for("2 of 11")
            terminal.wait_until(lambda _: _tried(terminal, "may not be written"), "why nothing is saved")
            assert not any(verdict in terminal.text for verdict in VERDICTS)
            terminal.press("ctrl+q")
            assert terminal.wait() == 0
        assert (home / "history.db").read_bytes() == before
    finally:
        home.chmod(0o755)
        (home / "history.db").chmod(0o600)
    assert on_record(home) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can take this from root")
def test_a_home_in_which_no_record_can_be_made_is_said_before_anything_is_drawn(bank: Path) -> None:
    home = bank.parent / "home"
    home.mkdir()
    home.chmod(0o555)
    with _bound(bank, home) as terminal:
        assert terminal.wait() == 1
        assert "may not be written" in " ".join(terminal.text.split())
        assert "Traceback" not in terminal.text
        assert b"\x1b[?1049h" not in terminal.written
    assert list(home.iterdir()) == []


def _tried(terminal: Terminal, *said: str) -> bool:
    """Answer an item of whatever kind, and say whether one of some things is said."""
    if any(words in terminal.text for words in said):
        return True
    terminal.press("1", "enter")
    terminal.read(0.5)
    return False


def _bound(bank: Path, home: Path) -> Terminal:
    program = (sys.executable, "-c", BOUND)
    return Terminal([str(bank)], home=home, size=(200, 34), program=program)
