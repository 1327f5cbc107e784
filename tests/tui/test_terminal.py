"""The real program in a real terminal, as a learner uses it."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import time
from itertools import product
from pathlib import Path

import pytest

from tests.sample_banks import SMALL
from tests.sampling import one_in
from tests.terminal import Terminal

SIZES = [(80, 24), (40, 15), (200, 60)]


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def attempts(home: Path) -> list[tuple[str, str]]:
    """Read what is on record without the program's help."""
    with sqlite3.connect(f"file:{home / 'history.db'}?mode=ro", uri=True) as db:
        found = db.execute("SELECT item, verdict FROM event WHERE kind='attempt' ORDER BY at, n").fetchall()
    db.close()
    return found


def answer_capital(terminal: Terminal) -> None:
    terminal.wait_for("capital of France", "Choose an option.")
    terminal.press("1", "enter")
    terminal.wait_for("✓  1   Paris", "✓ Correct.", "seat of government", "Comes back", "Paris · ")


def next_item(terminal: Terminal, shown: str) -> None:
    terminal.wait_until(lambda _: _pressed(terminal, shown), shown)


def _pressed(terminal: Terminal, shown: str) -> bool:
    """Press enter until the next item is there: a verdict that only just appeared stays for a moment."""
    if shown in terminal.text:
        return True
    terminal.press("enter")
    terminal.read(0.4)
    return shown in terminal.text


def test_a_session_from_the_first_start_to_the_score_the_next_day(bank: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    command = ["--set", "new_per_day=4", str(bank)]
    with Terminal(command, home=home, size=(90, 34)) as terminal:
        terminal.wait_for("A small bank", "new", "Study")
        terminal.press("s")
        answer_capital(terminal)
        next_item(terminal, "Which ocean is the largest?")
        terminal.press("Pacifik", "enter")
        terminal.wait_for("✓ Correct.", "usual spelling: Pacific", "a third of the globe")
        next_item(terminal, "Paris lies by the sea.")
        terminal.press("1", "enter")
        terminal.wait_for("✗ Not quite.", "lies on a river", "Comes back     in this session, then tomorrow")
        next_item(terminal, "Which of these are oceans?")
        terminal.press("1", "2", "enter")
        terminal.wait_for("✓ Correct.", "The Baltic is a sea.")
        next_item(terminal, "Paris lies by the sea.")
        terminal.press("2", "enter")
        terminal.wait_for("✓ Correct.")
        next_item(terminal, "session done")
        terminal.wait_for("right the first time, 1 after another go", "Worth another look")
        terminal.wait_for("✗ Paris lies by the sea.", "✓ False", "The day is complete.")
        time.sleep(0.5)  # the results stay for a moment
        terminal.press("enter")
        terminal.wait_for("done for today")
        terminal.press("q")
        assert terminal.wait() == 0
    assert len(attempts(home)) == 5
    with Terminal(command, home=home, size=(90, 34)) as terminal:
        terminal.wait_for("A small bank", "1-day streak", "Known in a week", "Nothing is due today")


def test_a_killed_session_is_offered_again_where_it_stopped(bank: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Terminal([str(bank)], home=home) as terminal:
        terminal.wait_for("A small bank")
        terminal.press("s")
        answer_capital(terminal)
        next_item(terminal, "Which ocean is the largest?")
        terminal.kill()
    assert attempts(home) == [("capital", "correct")]
    with Terminal([str(bank)], home=home) as terminal:
        terminal.wait_for("1 of 20 done", "Continue", "where you left off")
        terminal.press("c")
        terminal.wait_for("Which ocean is the largest?", "2 of 4")
        terminal.press("Atlantic", "enter")
        terminal.wait_for("✗ Not quite.", "Half as large.")
        terminal.kill()
    assert attempts(home) == [("capital", "correct"), ("ocean", "incorrect")]
    with sqlite3.connect(home / "history.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()


@pytest.mark.parametrize(("size", "look"), one_in(2, product(SIZES, ["dark", "light", "no-color"])))
def test_every_size_and_look_shows_item_verdict_and_key(
    bank: Path, tmp_path: Path, size: tuple[int, int], look: str
) -> None:
    environment = {
        "dark": {"QUIZ_THEME": "textual-dark"},
        "light": {"QUIZ_THEME": "textual-light"},
        "no-color": {"NO_COLOR": "1"},
    }[look]
    with Terminal([str(bank)], home=tmp_path / "home", size=size, environment=environment) as terminal:
        terminal.wait_for("A small bank")
        terminal.press("enter")
        terminal.wait_for("Which city is the capital", "France?", "Paris", "Lyon", "Nice", "Answer")
        terminal.press("2", "enter")
        terminal.wait_for("✗ Not quite.")
        terminal.press("up", "up", "up", "up", "up", "up")
        terminal.wait_for("✗  2   Lyon", "✓  1   Paris", "your answer", "correct answer")


def test_too_small_a_terminal_says_so_and_comes_back(bank: Path, tmp_path: Path) -> None:
    with Terminal([str(bank)], home=tmp_path / "home", size=(80, 24)) as terminal:
        terminal.wait_for("A small bank")
        terminal.press("enter")
        terminal.wait_for("capital of France")
        for columns, rows in [(39, 24), (80, 11), (20, 5), (3, 2), (1, 1), (2, 40), (39, 11)]:
            terminal.resize(columns, rows)
            terminal.read(0.2)
        terminal.wait_for("quiz needs 40 × 12")
        terminal.resize(80, 24)
        answer_capital(terminal)


def test_quitting_at_any_moment_restores_the_terminal(bank: Path, tmp_path: Path) -> None:
    with Terminal([str(bank)], home=tmp_path / "home") as terminal:
        terminal.wait_for("A small bank")
        terminal.press("enter")
        terminal.wait_for("capital of France")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert b"\x1b[?1049l" in terminal.written
        assert b"\x1b[?25h" in terminal.written


def test_a_signal_to_end_restores_the_terminal_and_loses_nothing(bank: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Terminal([str(bank)], home=home) as terminal:
        terminal.wait_for("A small bank")
        terminal.press("enter")
        answer_capital(terminal)
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
        assert b"\x1b[?1049l" in terminal.written
    assert attempts(home) == [("capital", "correct")]


def test_a_vanished_terminal_ends_the_program_even_where_hangups_are_ignored(
    bank: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    deaf = "import signal,runpy,sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); runpy.run_module('quiz')"
    terminal = Terminal([str(bank)], home=home, program=(sys.executable, "-c", deaf))
    terminal.wait_for("A small bank")
    terminal.press("enter")
    answer_capital(terminal)
    terminal.hang_up()
    assert terminal.wait_quietly(seconds=10) is not None
    assert attempts(home) == [("capital", "correct")]


def test_a_fault_shows_a_sentence_and_no_traceback(bank: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    faulty = (
        "import quiz.tui.home.screen as h, runpy\n"
        "def action_study(self): raise RuntimeError('secret-of-the-learner')\n"
        "h.HomeScreen.action_study = action_study\n"
        "runpy.run_module('quiz')"
    )
    with Terminal([str(bank)], home=home, size=(100, 30), program=(sys.executable, "-c", faulty)) as terminal:
        terminal.wait_for("A small bank")
        terminal.press("s")
        assert terminal.wait() == 1
        shown = terminal.wait_for("quiz stopped because of an error of its own (RuntimeError)", "crash.txt")
        assert "Traceback" not in shown
        assert "secret-of-the-learner" not in shown
    assert "secret-of-the-learner" in (home / "crash.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "environment", "has_mouse"),
    [
        ((), {}, True),
        (("--set", "mouse=no"), {}, False),
        ((), {"QUIZ_MOUSE": "no"}, False),
        (("--set", "mouse=yes"), {"QUIZ_MOUSE": "no"}, True),
    ],
)
def test_everything_works_without_the_mouse(
    arguments: tuple[str, ...], environment: dict[str, str], has_mouse: bool, bank: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    with Terminal([*arguments, str(bank)], home=home, environment=environment) as terminal:
        terminal.wait_for("A small bank", "Study")
        assert (b"\x1b[?1000h" in terminal.written) is has_mouse
        terminal.press("enter")
        answer_capital(terminal)
        terminal.press("escape")
        terminal.wait_for("⏎  Continue")
        terminal.press("q")
        assert terminal.wait() == 0
    assert [item for item, _ in attempts(home)] == ["capital"]
