"""A record that may be read but not written: everything that only looks works, and says so."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.generate_record import generate
from tests.fakes import NOON
from tests.record.record_stress import ROOT
from tests.record.sqlite.test_upgrade import OLD
from tests.terminal import Terminal

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="root's powers are dropped by Linux")

WITHOUT_POWER = """
import ctypes, os, sys
for power in (1, 2):  # to write and to read whatever one likes, which root has
    ctypes.CDLL(None).prctl(24, power, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "quiz", *sys.argv[1:]])
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home that somebody else may look at."""
    made = tmp_path / "home"
    generate(made, attempts=60, items=8, banks=1, days=5, seed=7, until=NOON)
    _lock(made)
    yield made
    made.chmod(0o755)


def _lock(home: Path) -> None:
    for path in home.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    home.chmod(0o555)


def look(home: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_POWER, *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60, input=typed,
        env={**os.environ, "QUIZ_HOME": str(home)},
    )  # fmt: skip


LOOKS = [
    ("stats", "--learner", "sam"),
    ("stats",),
    ("record", "list"),
    ("record", "export"),
    ("result", "--json"),
    ("doctor",),
    ("class", "list"),
]


@pytest.mark.parametrize("command", LOOKS, ids=" ".join)
def test_whatever_only_looks_works(home: Path, command: tuple[str, ...]) -> None:
    before = (home / "history.db").read_bytes()
    done = look(home, *command)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert "may not be written" in done.stderr
    assert (home / "history.db").read_bytes() == before


@pytest.mark.parametrize("how", ["older", "interrupted"])
def test_a_record_that_takes_more_than_reading_is_read_in_a_copy(home: Path, how: str) -> None:
    home.chmod(0o755)
    path = home / "history.db"
    path.chmod(0o644)
    if how == "older":
        path.write_bytes(gzip.decompress(OLD.read_bytes()))
    else:
        _interrupt(path)
    _lock(home)
    done = look(home, "record", "list")
    assert done.returncode == 0, done.stderr
    assert ("mina" if how == "older" else "sam") in done.stdout


def _interrupt(path: Path) -> None:
    """Leave the record as a program does that is killed while it commits."""
    code = (
        "import os, sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "db.execute('PRAGMA cache_size=1'); db.execute('BEGIN IMMEDIATE');"
        "db.execute('DELETE FROM memory'); db.execute('DELETE FROM item_total');"
        "db.execute('DELETE FROM prediction'); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert path.with_name("history.db-journal").exists()


def test_an_answer_is_refused_with_a_sentence(home: Path) -> None:
    done = look(home, "study", "--plain", typed="1\n\n1\n\n")
    assert done.returncode == 1
    assert done.stderr.count("may not be written") == 2


def test_the_app_says_so_and_shows_everything(home: Path) -> None:
    program = (sys.executable, "-c", WITHOUT_POWER)
    with Terminal(["--set", "learner=sam"], home=home, size=(100, 30), program=program) as terminal:
        terminal.wait_for("Known in a week", "may not be written")
        terminal.press("i")
        terminal.wait_for("answers")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
