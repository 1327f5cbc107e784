"""`quiz learner`, as a teacher runs it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.commands.test_class_results import printed
from tests.cli.running import quiz
from tests.core.exam.papers import EVERY_KIND


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which two pupils of one class and one of another took an exam."""
    tmp_path = tmp_path_factory.mktemp("prepared")
    folder = tmp_path / "quiz-home"
    (folder / "banks").mkdir(parents=True)
    (folder / "banks" / "every.yaml").write_text(EVERY_KIND, encoding="utf-8")
    assert quiz(folder, "class", "add", "8b", "-", typed="Anna Berg\nBen Carl\n").returncode == 0
    assert quiz(folder, "class", "add", "9b", "-", typed="Annika Berg\n").returncode == 0
    codes, keys = printed(folder, tmp_path / "exam.html")
    quiz(folder, "mark", codes[0], "8b", "--plain", typed=f"AB {keys[0]}\nBC {keys[0]}\n")
    quiz(folder, "mark", codes[0], "9b", "--plain", typed=f"AB {keys[0][:2]}{'-' * 10}\n")
    return folder


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    """A copy of the prepared home."""
    return Path(shutil.copytree(prepared, tmp_path / "quiz-home"))


def learners(home: Path) -> dict[str, dict[str, object]]:
    return {row["name"]: row for row in json.loads(quiz(home, "learner", "list", "--json").stdout)}


def points(home: Path, class_list: str) -> dict[str, float]:
    told = json.loads(quiz(home, "class", "results", class_list, "--json").stdout)
    return {row["pupil"]: row["points"] for row in told["pupils"]}


def test_two_who_are_one_are_merged(home: Path) -> None:
    before = learners(home)
    assert (before["Anna Berg"]["class"], before["Anna Berg"]["days"]) == ("8b", 1)
    asked = quiz(home, "learner", "merge", "Anna Berg", "Annika Berg")
    assert asked.returncode == 2
    done = quiz(home, "learner", "merge", "Anna Berg", "Annika Berg", "--yes")
    assert done.returncode == 0, done.stderr
    assert "1 session of Anna Berg count as Annika Berg's now." in done.stdout
    assert "Anna Berg" not in learners(home)
    assert points(home, "9b") == {"Annika Berg": 13}
    assert points(home, "8b") == {"Ben Carl": 13}
    assert quiz(home, "doctor").returncode == 0
    assert b"Anna Berg" not in (home / "history.db").read_bytes()


def test_a_learner_gets_another_name(home: Path) -> None:
    assert quiz(home, "learner", "rename", "Ben Carl", " Ben  Karl ").returncode == 0
    assert "Ben Karl" in learners(home)
    assert points(home, "8b")["Ben Karl"] == 13
    assert quiz(home, "doctor").returncode == 0


def test_an_import_is_given_to_somebody_else_afterwards(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "pupil"
    other.mkdir()
    (other / "banks").mkdir()
    (other / "banks" / "every.yaml").write_text(EVERY_KIND, encoding="utf-8")
    name = ["--set", "learner=Wrong Name"]
    run = quiz(other, "exam", "every", "--plain", "--items", "1", *name, typed=":h\ny\n")
    assert run.returncode == 0, run.stderr
    export = tmp_path / "export.jsonl"
    quiz(other, "record", *name, "export", "-o", str(export))
    assert quiz(home, "record", "import", str(export)).returncode == 0
    assert "Wrong Name" in learners(home)
    (session,) = json.loads(quiz(home, "record", "--json", "list", "--learner", "Wrong Name").stdout)
    moved = quiz(home, "record", "assign", session["id"], "--to", "Annika Berg")
    assert moved.returncode == 0, moved.stderr
    assert "1 session counted as Annika Berg's now." in moved.stdout
    again = quiz(home, "record", "assign", session["id"], "--to", "Annika Berg")
    assert (again.returncode, "no longer counts" in again.stderr) == (2, True)
    (copy, _) = json.loads(quiz(home, "record", "--json", "list", "--learner", "Annika Berg").stdout)
    assert quiz(home, "record", "assign", copy["id"], "--to", "Wrong Name").returncode == 0
    done = quiz(home, "learner", "merge", "Wrong Name", "Ben Carl", "--yes")
    assert done.returncode == 0, done.stderr
    assert "Wrong Name" not in learners(home)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["merge", "Nobody", "Ben Carl", "--yes"], "Nobody on record is called “Nobody”"),
        (["merge", "Ben Carl", "Ben Carl", "--yes"], "is one learner already"),
        (["rename", "Ben Carl", " "], "cannot be a learner's name"),
        (["forget", "Ben Carl"], "There is no terminal to ask"),
    ],
)
def test_what_cannot_be_is_said(home: Path, arguments: list[str], words: str) -> None:
    run = quiz(home, "learner", *arguments)
    assert run.returncode == 2
    assert words in " ".join(run.stderr.split())
