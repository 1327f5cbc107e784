"""Many files read at once: the same is known of them afterwards, whatever becomes of the other processes."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from quiz.banks.index import index as bank_index
from quiz.banks.index import parallel_reader as reading_ahead
from quiz.banks.index.index import BankIndex
from quiz.banks.index.parallel_reader import IndexEntry
from quiz.banks.library import Library
from tests.sample_banks import SMALL

BROKEN = "format: 1\nbank: [\n"
MANY = 9


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "banks"
    made.mkdir()
    for number in range(MANY):
        text = SMALL.replace("bank: small", f"bank: small-{number}") if number % 4 else BROKEN
        (made / f"{number} é.yaml").write_text(text, encoding="utf-8")
    os.mkfifo(made / "pipe.yaml")
    return made


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BankIndex]:
    monkeypatch.setattr(bank_index, "WORTH_BYTES", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    made = BankIndex(tmp_path / "index.db")
    yield made
    made.close()


def summaries(folder: Path, index: BankIndex | None = None) -> object:
    if index is None:
        return Library([folder]).summaries()
    return Library([folder], (), index).summaries()


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are parsed in this process."""
    names: list[str] = []
    parse = bank_index.parsed
    monkeypatch.setattr(bank_index, "parsed", lambda data, name: (names.append(name), parse(data, name))[1])
    return names


def test_the_same_is_known_as_after_reading_one_by_one(
    folder: Path, index: BankIndex, parsed: list[str]
) -> None:
    assert summaries(folder, index) == summaries(folder)
    assert len(parsed) == MANY // 3
    for number in (1, 2, 3):
        contents = index.contents(folder / f"{number} é.yaml")
        assert contents is None or len(contents.items) == 4


def test_nothing_is_read_again_afterwards(folder: Path, index: BankIndex, parsed: list[str]) -> None:
    for path in folder.glob("* é.yaml"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    summaries(folder, index)
    read = len(parsed)
    assert summaries(folder, index) == summaries(folder)
    assert len(parsed) == read


@pytest.mark.parametrize("executable", ["/bin/false", "/no/such/python", "/bin/echo", ""])
def test_a_process_that_fails_is_done_without(
    executable: str, folder: Path, index: BankIndex, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    assert summaries(folder, index) == summaries(folder)
    assert len(parsed) == MANY


def test_little_is_read_without_other_processes(
    folder: Path, index: BankIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(bank_index, "WORTH_BYTES", 10_000_000)
    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert summaries(folder, index) == summaries(folder)


def test_an_index_that_cannot_be_kept_is_no_hindrance(folder: Path, tmp_path: Path, index: BankIndex) -> None:
    index._path.mkdir()
    assert summaries(folder, index) == summaries(folder)


def test_the_process_tells_what_it_found(folder: Path, tmp_path: Path) -> None:
    paths = [str(folder / "1 é.yaml"), str(folder / "gone.yaml"), str(folder / "0 é.yaml")]
    ran = subprocess.run(
        [sys.executable, "-m", reading_ahead.HELPER],
        input=json.dumps(paths).encode(),
        capture_output=True,
        check=True,
    )
    rows = msgspec.msgpack.decode(ran.stdout, type=list[IndexEntry])
    assert [row.path for row in rows] == [paths[0], paths[2]]
    assert rows[0] == bank_index.row_of(Path(paths[0]))._replace(read_at=rows[0].read_at)


def test_processes_are_ended_when_reading_is_given_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[subprocess.Popen[bytes]] = []
    popen: Callable[..., subprocess.Popen[bytes]] = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: (begun.append(popen(*a, **k)), begun[-1])[1])
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    def give_up(path: str) -> IndexEntry | None:
        raise KeyboardInterrupt

    rows = reading_ahead.read_ahead([str(path) for path in folder.glob("* é.yaml")], give_up)
    with pytest.raises(KeyboardInterrupt):
        list(rows)
    assert [helper.returncode is not None for helper in begun] == [True]


def test_an_index_that_another_program_fills_is_done_without_and_left_to_it(
    folder: Path, tmp_path: Path, index: BankIndex
) -> None:
    with closing(BankIndex(tmp_path / "index.db")) as earlier:
        earlier.describe(folder / "1 é.yaml")
    index.recall("", folder.stat())  # it is open before the other program begins to write
    with closing(sqlite3.connect(tmp_path / "index.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert summaries(folder, index) == summaries(folder)
        other.execute("COMMIT")
        assert other.execute("SELECT count(*) FROM bank").fetchone() == (1,)
    assert (tmp_path / "index.db").exists()
