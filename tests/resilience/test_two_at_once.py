"""Two programs study on one record at once: every answer is there once, and what follows from it is right."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from quiz.record.sqlite_record import SqliteRecord
from tests.resilience.recording import ROOT, workspace_at

pytestmark = pytest.mark.durable


def _program(home: Path, seed: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.resilience.recording", str(home), "100000", str(seed), "wait"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.mark.parametrize("answers", [200, pytest.param(2000, marks=pytest.mark.long)])
def test_two_programs_on_one_record(answers: int, tmp_path: Path) -> None:
    home, rng, said = tmp_path / "home", Random(1), Counter[tuple[str, int]]()
    workspace_at(home, 1).record.close()
    programs = [_program(home, seed) for seed in (1, 2)]
    try:
        while said.total() < answers:
            asked = rng.choice(([0], [1], [0, 1], [1, 0]))  # one after the other, or both at the same moment
            for number in asked:
                programs[number].stdin.write("\n")
                programs[number].stdin.flush()
            for number in asked:
                line = programs[number].stdout.readline()
                assert line.startswith("ACK"), programs[number].stderr.read()
                _, session, n = line.split()
                said[session, int(n)] += 1
    finally:
        for program in programs:
            program.kill()
            program.communicate()
    with SqliteRecord.open(home / "record" / "history.db") as record:
        assert record.integrity() == []
        assert record.rebuild_memory() == 0
        assert len(record.learners()) == 1
        kept = Counter[tuple[str, int]]()
        for header, events in record.everything():
            assert [event.n for event in events] == list(range(1, len(events) + 1))
            kept.update((header.id, event.n) for event in events)
    assert set(said.values()) == {1}
    assert set(kept.values()) == {1}
    assert said.keys() <= kept.keys()
