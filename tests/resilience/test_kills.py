"""The program is killed at random moments: every verdict that could be seen is on record, once."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import sys
import time
from pathlib import Path
from random import Random

import pytest

from quiz.core.events import EventKind
from quiz.storage.history import History
from tests.resilience.world import BANK, bank_of
from tests.terminal import Terminal

VERDICT = re.compile(r"✓ Correct|✗ Incorrect|◐ Part")
"""What study and tests show; a drill shows only that it is at the next item."""
PLACE = re.compile(r"\b(\d+) of (\d+)\b")
ANSWERING = ("1", "2", "3", "enter", "enter", "enter", "space", "s", "f", "a", "u", "tab", "down")
KEYS = {"study": ANSWERING, "test": ANSWERING, "drill": ("y", "n", "y", "n", "1", "space", "p", "s", "enter")}
SPRINT = f"""
import sys
from quiz.commands.common import open_app, open_workspace
from quiz.core.sessions.drill.settings import DrillSettings
from quiz.storage.start_drill import DrillPlan, start_drill
from quiz.tui.screens.drill import drill_screen

with open_workspace([sys.argv[1]]) as workspace:
    plan = DrillPlan(("{BANK}",), DrillSettings(format="sprint", seconds=300))
    begin = lambda app: app.push_screen(drill_screen(workspace, start_drill(workspace, plan)))
    sys.exit(open_app(workspace, begin))
"""
QUIZ = (sys.executable, "-m", "quiz")
BEGIN = {
    "study": ((*QUIZ, "study", "{bank}"), ""),
    "test": ((*QUIZ, "test", "{bank}", "--feedback", "at-once", "--items", "11"), ""),
    "drill": ((sys.executable, "-c", SPRINT, "{bank}"), "\r"),
}
"""How a session of each mode is begun, and what is to be pressed then."""


pytestmark = pytest.mark.long


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "world.yaml"
    path.write_text(bank_of("plain"), encoding="utf-8")
    return path


def begun(mode: str, bank: Path, home: Path) -> Terminal:
    """Begin a session in a terminal."""
    program, keys = BEGIN[mode]
    command = [word.replace("{bank}", str(bank)) for word in program]
    terminal = Terminal(home=home, size=(100, 30), program=command)
    terminal.wait_until(lambda shown: bool(PLACE.search(shown)) or "begins" in shown, "an item")
    if keys:
        terminal.wait_until(lambda shown: _has_begun(terminal, keys), "the first item")
    return terminal


def _has_begun(terminal: Terminal, keys: str) -> bool:
    if "begins" not in terminal.text:
        return True
    terminal.press(*keys)
    terminal.read(0.3)
    return False


def resumed(bank: Path, home: Path) -> Terminal:
    """Start the app again and go on with the session that was left."""
    terminal = Terminal([str(bank)], home=home, size=(100, 30))
    terminal.wait_for("You left a", "Continue")
    terminal.press("c")
    terminal.wait_for("plain", gone="Continue")
    if "Sprint" in terminal.text:  # its clock stands
        terminal.press("p")
    return terminal


def play(terminal: Terminal, rng: Random, keys: tuple[str, ...]) -> set[int]:
    """Press random keys, then kill the program; return the places at which a verdict was seen."""
    seen: set[int] = set()
    last = 0
    for _ in range(rng.randint(8, 30)):
        if terminal.status is not None:
            break
        terminal.press(rng.choice(keys))
        for _ in range(20):
            before = len(terminal.written)
            terminal.read(0.03)
            if len(terminal.written) == before:
                break
        last = _look(terminal, seen)
        pid, status = os.waitpid(terminal.pid, os.WNOHANG)
        if pid:
            terminal.status = os.waitstatus_to_exitcode(status)
    if terminal.status is None:
        terminal.press(rng.choice(keys))
        time.sleep(rng.random() * 0.03)
    terminal.kill()
    before = -1
    while before != len(terminal.written):  # what it had written before it died
        before = len(terminal.written)
        terminal.read(0.02)
    now: set[int] = set()
    if _look(terminal, now) == last:
        seen |= now
    return seen


def _look(terminal: Terminal, seen: set[int]) -> int:
    top = PLACE.search(terminal.text.split("\n")[0])
    place = int(top[1]) if top else 0
    if place and VERDICT.search(terminal.text):
        seen.add(place)
    if "Sprint" in terminal.text.split("\n")[0]:
        seen.update(range(1, place))
    return place


def crash_note(home: Path, terminal: Terminal) -> str:
    """Return what a program left behind when it ended otherwise than it should."""
    note = home / "crash.txt"
    return f"{terminal.text}\n{note.read_text(encoding='utf-8') if note.exists() else ''}"


def on_record(home: Path) -> int:
    """Return how many items were done with by the record, and see that it is whole."""
    with History.open(home / "history.db") as history:
        assert history.integrity() == []
        assert history.rebuild_memory() == 0
        attempts = 0
        for _, events in history.everything():
            assert [event.n for event in events] == list(range(1, len(events) + 1))
            attempts += sum(
                event.kind is EventKind.ATTEMPT or event.body.get("do") in {"verdict", "skip"}
                for event in events
            )
    with sqlite3.connect(home / "history.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()
    return attempts


@pytest.mark.parametrize("kills", [3, pytest.param(100, marks=pytest.mark.long)])
@pytest.mark.parametrize("mode", BEGIN)
def test_a_kill_loses_no_answer(mode: str, kills: int, bank: Path, tmp_path: Path) -> None:
    rng, home = Random(3), tmp_path / "home"
    seen: set[int] = set()
    before = after = 0
    for count in range(kills):
        is_left = count > 0 and _is_left(home)
        if not is_left:
            before, seen = after, set()
        with resumed(bank, home) if is_left else begun(mode, bank, home) as terminal:
            seen |= play(terminal, rng, KEYS[mode])
        after = on_record(home)
        assert after - before >= len(seen), f"{seen} were seen; {before} before, {after} after"
    assert after > 0


def _is_left(home: Path) -> bool:
    with History.open(home / "history.db") as history:
        return any(history.unfinished(learner.id) for learner in history.learners())


@pytest.mark.parametrize("mode", BEGIN)
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda how: how.name)
def test_a_signal_ends_every_session_cleanly(
    mode: str, how: signal.Signals, bank: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    with begun(mode, bank, home) as terminal:
        terminal.press("2", "enter")
        terminal.read(0.3)
        os.kill(terminal.pid, how)
        code = terminal.wait()
        assert code in {128 + how, -how}, crash_note(home, terminal)
        assert "Traceback" not in terminal.text
        if how is not signal.SIGHUP:
            assert b"\x1b[?1049l" in terminal.written
            assert b"\x1b[?25h" in terminal.written
    on_record(home)
    with resumed(bank, home) as terminal:
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


def test_ctrl_c_takes_nothing_away(bank: Path, tmp_path: Path) -> None:
    with begun("study", bank, tmp_path / "home") as terminal:
        terminal.press("ctrl+c", "ctrl+c", "ctrl+c")
        terminal.read(0.3)
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    on_record(tmp_path / "home")
