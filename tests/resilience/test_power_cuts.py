"""The power goes at every single write: what was said to be on record is there, and nothing is corrupt."""

from __future__ import annotations

import shutil
import sqlite3
from hashlib import blake2b
from pathlib import Path
from random import Random

import pytest

from quiz.core.events.ids import id_text
from quiz.record.sqlite_record import SqliteRecord
from tests.resilience.power import Disk, Said, trace
from tests.resilience.recording import ROOT, workspace_at

pytestmark = [pytest.mark.extra("strace"), pytest.mark.durable]


@pytest.mark.parametrize(
    ("answers", "torn", "least"), [(3, 1, 300), pytest.param(400, 5, 50_000, marks=pytest.mark.long)]
)
def test_no_cut_loses_an_answer_or_corrupts_the_record(
    answers: int, torn: int, least: int, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    workspace_at(home, 1).record.close()
    folder = home / "record"
    disk = Disk({"history.db": (folder / "history.db").read_bytes()})
    program = ["-m", "tests.resilience.recording", str(home), str(answers)]
    steps = trace(folder, program, tmp_path / "trace", ROOT)
    assert sum(isinstance(step, Said) for step in steps) == answers
    there = _scratch(tmp_path)
    rng, said, seen, states = Random(1), dict[str, int](), set[bytes](), 0
    for number, step in enumerate(steps):
        disk.do(step)
        if isinstance(step, Said):
            _, session, n = step.words.split()
            said[session] = int(n)
        for how, files in disk.after_a_cut(rng, torn):
            states += 1
            mark = blake2b(repr((sorted(said.items()), sorted(files.items()))).encode()).digest()
            if mark not in seen:
                seen.add(mark)
                _check(there, files, said, f"{how} after step {number}: {str(step)[:80]}", number % 50 == 0)
    shutil.rmtree(there)
    assert states >= least
    print(f"{states} states, {len(seen)} of them different, after {len(steps)} steps")


def _scratch(folder: Path) -> Path:
    memory = Path("/dev/shm")
    there = (memory if memory.is_dir() else folder) / f"quiz-cuts-{folder.name}-{id(folder)}"
    there.mkdir()
    return there


def _check(there: Path, files: dict[str, bytes], said: dict[str, int], how: str, is_thorough: bool) -> None:
    shutil.rmtree(there)
    for name, content in files.items():
        (there / name).parent.mkdir(parents=True, exist_ok=True)
        (there / name).write_bytes(content)
    if is_thorough:
        with SqliteRecord.open(there / "history.db") as record:
            assert record.integrity() == [], how
            assert record.rebuild_memory() == 0, how
    db = sqlite3.connect(there / "history.db", isolation_level=None)
    try:
        db.execute("PRAGMA synchronous=OFF")
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)], how
        kept = {
            id_text(key): (last, count)
            for key, last, count in db.execute("SELECT session, max(n), count(*) FROM event GROUP BY session")
        }
    finally:
        db.close()
    for session, n in said.items():
        last, count = kept[session]
        assert last == count >= n, f"{how}: {n} was said, {kept[session]} is there"
