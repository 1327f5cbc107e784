"""`quiz record`: listing, leaving with it, and taking in another machine's."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.generate_record import generate
from quiz.record.sqlite_record import SqliteRecord
from tests.cli.commands.test_stats import quiz
from tests.fakes import NOON
from tests.generated import generated_home
from tests.sampling import spread
from tests.terminal import Terminal


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a generated record; not to be changed."""
    return generated_home(tmp_path_factory.mktemp("whole"), attempts=300, items=30, days=40)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a small generated record."""
    generate(tmp_path / "home", attempts=40, items=8, banks=1, days=5, seed=7, until=NOON)
    return tmp_path / "home"


def sessions(home: Path) -> list[str]:
    with SqliteRecord.open(home / "history.db") as record:
        return [told.id for told in record.sessions(limit=10_000)]


def test_sessions_are_listed_newest_first_and_filtered(whole: Path) -> None:
    done = quiz(whole, "record")
    assert done.returncode == 0, done.stderr
    ids = [line.split()[0] for line in done.stdout.splitlines()]
    assert ids == sessions(whole)[:20]
    told = json.loads(quiz(whole, "record", "list", "--json", "--mode", "exam", "--bank", "bank-001").stdout)
    assert told
    assert {one["mode"] for one in told} == {"exam"}
    assert {bank for one in told for bank in one["banks"]} == {"bank-001"}
    assert told[0]["learner_name"] == "sam"
    assert len(quiz(whole, "record", "--limit", "4", "list", "--limit", "3").stdout.splitlines()) == 3
    assert len(quiz(whole, "record", "--limit", "4").stdout.splitlines()) == 4
    assert quiz(whole, "record", "list", "--limit", "0").returncode == 2
    assert "There are no sessions" in quiz(whole, "record", "list", "--bank", "courtship").stdout
    assert "not a usable bank" in quiz(whole, "record", "list", "--bank", "nothing").stderr


def test_a_study_session_is_shown(whole: Path) -> None:
    listed = json.loads(quiz(whole, "record", "list", "--json", "--mode", "study").stdout)
    session = next(one["id"] for one in listed if one["attempts"])
    told = json.loads(quiz(whole, "record", "show", session, "--json").stdout)
    said = quiz(whole, "record", "show", session[:-2]).stdout
    assert len(told["attempts"]) == said.count("answer: ")
    assert all(one["stem"] in said for one in told["attempts"])
    test = json.loads(quiz(whole, "record", "list", "--json", "--mode", "exam").stdout)[0]["id"]
    assert "not a study session" in quiz(whole, "record", "show", test).stderr


def test_a_session_is_deleted_after_asking(home: Path) -> None:
    session = sessions(home)[0]
    done = quiz(home, "record", "delete", session)
    assert (done.returncode, "--yes" in done.stderr) == (2, True)
    with Terminal(["record", "delete", session], home=home) as terminal:
        terminal.wait_for("[y/N]")
        terminal.press("n", "enter")
        assert terminal.wait() == 0
    assert session in sessions(home)
    assert quiz(home, "record", "delete", session, "--yes").returncode == 0
    assert session not in sessions(home)
    with SqliteRecord.open(home / "history.db") as record:
        assert record.events(session)
        assert record.rebuild_memory() == 0


def test_an_export_is_taken_in_elsewhere_once(whole: Path, tmp_path: Path) -> None:
    target, elsewhere = tmp_path / "out.jsonl", tmp_path / "elsewhere"
    assert quiz(whole, "record", "export", "--output", str(target)).returncode == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert "already" in quiz(whole, "record", "export", "-o", str(target)).stderr
    first = quiz(elsewhere, "record", "import", str(target))
    assert (first.returncode, first.stderr) == (0, "")
    assert f"{len(sessions(whole))} new sessions" in first.stdout
    assert "sam is new here." in first.stdout
    again = json.loads(
        quiz(elsewhere, "record", "import", str(target), str(whole / "history.db"), "--json").stdout
    )
    assert [(one["sessions"], one["events"]) for one in again.values()] == [(0, 0), (0, 0)]
    with (
        SqliteRecord.open(whole / "history.db") as here,
        SqliteRecord.open(elsewhere / "history.db") as there,
    ):
        assert list(here.everything()) == list(there.everything())
        sam = here.learner("sam").id
        assert here.memories(sam) == there.memories(sam)
    assert quiz(elsewhere, "record", "export").stdout.splitlines()[1:] == target.read_text().splitlines()[1:]


def test_somebody_is_taken_for_whom_one_says(home: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    done = quiz(elsewhere, "record", "import", str(home / "history.db"), "--as", "sam=Samira")
    assert "sam there is Samira here." in done.stdout
    with SqliteRecord.open(elsewhere / "history.db") as record:
        assert record.memories(record.learner("Samira").id)
    assert (
        "Nobody in this file"
        in quiz(elsewhere, "record", "import", str(home / "history.db"), "--as", "x=y").stderr
    )
    assert "who is who" in quiz(elsewhere, "record", "import", str(home / "history.db"), "--as", "=y").stderr


def test_what_cannot_be_taken_in_is_told(home: Path, tmp_path: Path) -> None:
    target, elsewhere = tmp_path / "out.jsonl", tmp_path / "elsewhere"
    quiz(home, "record", "export", "-o", str(target))
    lines = target.read_text().splitlines(keepends=True)
    lines[2] = lines[2].replace('"n":1,', '"n":9,')
    target.write_text("".join(lines))
    done = quiz(elsewhere, "record", "import", str(target))
    assert done.returncode == 1
    assert "Line 3 is not as it was written: its checksum is wrong." in done.stdout
    for name, content in (("x.txt", b"root"), ("y.db", b"SQLite format 3\x00 and nothing")):
        (tmp_path / name).write_bytes(content)
        told = quiz(elsewhere, "record", "import", str(tmp_path / name))
        assert told.returncode in {1, 2}
        assert told.stderr.startswith("quiz: ")
        assert "error of its own" not in told.stderr
    assert "no file" in quiz(elsewhere, "record", "import", str(tmp_path / "nothing")).stderr


def test_an_import_is_preceded_by_a_backup(home: Path, whole: Path) -> None:
    quiz(home, "record", "import", str(whole / "history.db"))
    backups = list((home / "backups").iterdir())
    assert len(backups) == 1
    with SqliteRecord.open(backups[0], read_only=True) as record:
        before = {told.id for told in record.sessions(limit=1000)}
    assert before == set(sessions(home)) - set(sessions(whole))


def test_a_table_of_all_attempts(whole: Path, tmp_path: Path) -> None:
    text = quiz(whole, "record", "export", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 300
    assert {row["learner"] for row in rows} == {"sam"}
    assert {row["counts"] for row in rows} == {"yes", "no"}
    folder = tmp_path / "no" / "where.csv"
    assert "cannot be written" in quiz(whole, "record", "export", "-o", str(folder)).stderr


@pytest.mark.parametrize(
    ("way", "what"),
    spread(
        ["{quiz} - < {file}", "cat {file} | {quiz} /dev/stdin", "{quiz} <(cat {file})"], ["export", "record"]
    ),
)
def test_what_is_piped_in_is_taken_in(way: str, what: str, whole: Path, tmp_path: Path) -> None:
    file = tmp_path / "theirs"
    if what == "export":
        file.write_text(quiz(whole, "record", "export").stdout, encoding="utf-8")
    else:
        shutil.copy(whole / "history.db", file)
    program = f"{shlex.quote(sys.executable)} -m quiz record import"
    done = subprocess.run(
        ["/bin/bash", "-c", way.format(quiz=program, file=shlex.quote(str(file)))],
        env={**os.environ, "QUIZ_HOME": str(tmp_path / "home")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert sessions(tmp_path / "home") == sessions(whole)


def test_what_is_no_file_cannot_be_taken_in(home: Path, tmp_path: Path) -> None:
    for name in (str(tmp_path), os.devnull):
        done = quiz(home, "record", "import", name)
        assert done.returncode == 2
        assert "is not a file" in done.stderr
