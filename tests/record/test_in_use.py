"""Which sessions programs are at: a lock for each, which ends with its program however that ends."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from quiz.record.in_use import FOLDER, is_taken, take_session
from tests.resilience.recording import ROOT

SESSION = "01978500-0000-7000-8000-000000000001"
TAKE = """
import sys
from pathlib import Path
from quiz.record.in_use import take_session
lock = take_session(Path(sys.argv[1]), sys.argv[2])
print("taken" if lock else "refused", flush=True)
sys.stdin.read()
if lock:
    lock.let_go()
"""


@contextmanager
def another(record: Path, session: str = SESSION) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a program that takes a session and stays at it until its input ends."""
    program = subprocess.Popen(
        [sys.executable, "-c", TAKE, str(record), session],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert program.stdin is not None
    assert program.stdout is not None
    try:
        yield program, program.stdout.readline().strip()
    finally:
        program.kill()
        program.wait()
        program.stdin.close()
        program.stdout.close()


def test_a_session_is_taken_once_and_free_when_its_program_ends(tmp_path: Path) -> None:
    record = tmp_path / "history.db"
    assert not is_taken(record, SESSION)
    with another(record) as (program, said):
        assert said == "taken"
        assert is_taken(record, SESSION)
        assert take_session(record, SESSION) is None
        assert not is_taken(record, SESSION[:-1] + "2")
        assert program.stdin is not None
        program.stdin.close()
        program.wait()
        assert not is_taken(record, SESSION)
        assert list((tmp_path / FOLDER).iterdir()) == []


def test_a_program_that_is_killed_leaves_nothing_taken_and_its_file_is_swept(tmp_path: Path) -> None:
    record = tmp_path / "history.db"
    with another(record) as (program, _):
        program.kill()
        program.wait()
    assert not is_taken(record, SESSION)
    lock = take_session(record, SESSION[:-1] + "2")
    assert lock is not None
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == [SESSION[:-1] + "2"]
    lock.let_go()
    lock.let_go()
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_what_this_program_is_at_is_not_in_use_elsewhere(tmp_path: Path) -> None:
    record = tmp_path / "history.db"
    lock = take_session(record, SESSION)
    assert lock is not None
    assert not is_taken(record, SESSION)
    again = take_session(record, SESSION)
    assert again is not None
    with another(record) as (_, said):
        assert said == "refused"
    lock.let_go()


@pytest.mark.skipif(sys.platform == "win32", reason="folders are protected in another way there")
def test_where_no_lock_can_be_made_nobody_is_known_to_be_at_a_session(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way", encoding="utf-8")
    record = tmp_path / "history.db"
    lock = take_session(record, SESSION)
    assert lock is not None
    assert not is_taken(record, SESSION)
    lock.let_go()
