"""Two programs study on one record at once: every answer is there once, and what follows from it is right."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from quiz.core.events.model import EventKind
from quiz.record.sqlite_record import SqliteRecord
from tests.resilience.recording import ROOT, workspace_at
from tests.sample_banks import SMALL

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


def test_two_studies_in_lines_are_each_at_a_session_of_their_own(tmp_path: Path) -> None:
    home, bank = tmp_path / "home", tmp_path / "small.yaml"
    bank.write_text(SMALL, encoding="utf-8")
    with study(home, bank) as first:
        _answer(first, "1", until="Correct")
        with study(home, bank) as second:  # it would have gone on with what the first one is at
            _read(second, until="Question 1 of")
            _answer(second, "seven seas", until="Incorrect")
            _answer(first, "", until="Question 2 of")
            _answer(first, "2", until="orrect")
    with SqliteRecord.open(home / "history.db") as record:
        given = [len([e for e in told if e.kind is EventKind.ATTEMPT]) for _, told in record.everything()]
    assert sorted(given) == [1, 2]
    with study(home, bank) as third:  # both have ended: now the newest is gone on with
        _read(third, until="Question 2 of")


@contextmanager
def study(home: Path, bank: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a study in lines until the end of a block, where it is left."""
    program = subprocess.Popen(
        [sys.executable, "-m", "quiz", "study", str(bank), "--plain", "--set", "criterion=1"],
        env={**os.environ, "QUIZ_HOME": str(home), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield program
    finally:
        program.communicate(timeout=30)


def _answer(program: subprocess.Popen[str], line: str, until: str) -> None:
    """Type a line, and read until a text comes."""
    assert program.stdin is not None
    program.stdin.write(f"{line}\n")
    program.stdin.flush()
    _read(program, until)


def _read(program: subprocess.Popen[str], until: str) -> None:
    assert program.stdout is not None
    said = ""
    while until not in said:
        got = program.stdout.readline()
        assert got, said
        said += got
