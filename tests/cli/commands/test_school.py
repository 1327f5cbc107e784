"""`quiz school`, as an administrator, a teacher and pupils run it; docs/school.md is followed."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from quiz.cli.main import main
from quiz.core.events.model import EventKind, Mode
from quiz.record.sqlite_record import SqliteRecord
from tests.cli.running import quiz as quiz_alone
from tests.postgres import Server, programs
from tests.record.record_stress import attempt, event, header
from tests.sample_banks import SMALL

DOCS = Path(__file__).parents[3] / "docs"
pytestmark = pytest.mark.extra("pg_ctlcluster", "psycopg")
Run = Callable[..., str]


@pytest.fixture
def quiz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line at the home of somebody, and return what it prints."""
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pass"))

    def run(*arguments: str, home: str = "admin", code: int = 0) -> str:
        monkeypatch.setenv("QUIZ_HOME", str(tmp_path / home))
        assert main(arguments) == code, capsys.readouterr()
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return told.out + told.err

    return run


def names(tmp_path: Path, *pupils: str) -> str:
    file = tmp_path / "names.txt"
    file.write_text("\n".join(pupils), encoding="utf-8")
    return str(file)


def codes(printed: str) -> dict[str, str]:
    return {name: code for code, _, name in (line.partition("  ") for line in printed.splitlines())}


def test_from_the_class_to_the_last_goodbye(school: str, quiz: Run, tmp_path: Path) -> None:
    printed = quiz("school", "class", school, "8b", names(tmp_path, "Ada", "Bo", "Bo"))
    assert [line.partition("  ")[2] for line in printed.splitlines()] == ["Ada", "Bo", "Bo"]
    again = quiz("school", "class", school, "8b", names(tmp_path, "Ada", "Bo", "Bo", "Cy"))
    assert list(codes(again)) == ["Cy"]
    joined = quiz("school", "join", school, "--code", codes(printed)["Ada"], home="ada")
    assert "You are Ada at this school" in joined
    bank = tmp_path / "small.yaml"
    bank.write_text(SMALL, encoding="utf-8")
    assert quiz_alone(tmp_path / "ada", "study", str(bank), "--plain", typed="1\n\n:quit\n").returncode == 0
    assert "1 event went out" in quiz("school", "sync", home="ada")
    assert json.loads(quiz("school", "sync", "--json", home="ada")) == {"sent": 0, "came": 0, "remarks": []}
    assert "nothing to send." in quiz("doctor", home="ada")
    people = json.loads(quiz("school", "people", school, "--json"))
    assert [one["name"] for one in people] == ["Ada", "Bo", "Bo", "Cy"]
    assert [one["has_joined"] for one in people] == [True, False, False, False]
    assert "Say which by the id" in quiz("school", "code", school, "Bo", code=2)
    file = str(tmp_path / "ada.jsonl")
    assert "1 session of Ada" in quiz("school", "export", school, "Ada", "-o", file)
    assert "There already is a file" in quiz("school", "export", school, "Ada", "-o", file, code=2)
    assert "0 new events, 1 already there" in quiz("school", "import", school, file)
    assert "1 event went too" in quiz("school", "forget", school, "Ada", "--answers", "--yes")
    assert "Ada" not in quiz("school", "people", school)
    assert "1 session of" in quiz("school", "import", school, file, code=1)
    assert "does not accept the password" in quiz("school", "sync", home="ada", code=1)
    assert "does not accept the password" in quiz("doctor", home="ada", code=1)
    assert "Nothing goes to the school" in quiz("school", "leave", home="ada")
    assert "You have joined no school" in quiz("school", "sync", home="ada", code=2)


def test_a_class_machines_record_is_taken_in_by_name(school: str, quiz: Run, tmp_path: Path) -> None:
    quiz("school", "class", school, "8b", names(tmp_path, "mina"))
    bank = tmp_path / "small.yaml"
    bank.write_text(SMALL, encoding="utf-8")
    home = tmp_path / "shared"
    asked = ["study", str(bank), "--plain", "--set", "learner=mina"]
    assert quiz_alone(home, *asked, typed="1\n\n:quit\n").returncode == 0
    file = str(tmp_path / "shared.jsonl")
    quiz("record", "export", "-o", file, home="shared")
    assert "1 new event," in quiz("school", "import", school, file)
    assert "not a record" in quiz("school", "import", school, str(bank), code=2)
    assert "cannot be read" in quiz("school", "import", school, str(tmp_path / "none"), code=2)


def test_a_teacher_reads_results(school: str, quiz: Run, tmp_path: Path) -> None:
    from quiz.record.postgres.bulk import bring_in
    from quiz.record.postgres.connection import connected_as_owner

    quiz("school", "class", school, "8b", names(tmp_path, "Ada", "Bo"))
    (code,) = codes(quiz("school", "teacher", school, "Ms Lee", "8b")).values()
    quiz("school", "join", school, "--code", code, home="lee")
    asked = ["class", "results", "8b", "--school"]
    assert "There are no results of the class 8b" in quiz(*asked, home="lee", code=2)
    assert "No exam was handed in" in quiz("school", "items", home="lee")
    (ada, *_) = json.loads(quiz("school", "people", school, "--json"))
    opened = header(ada["id"], Random(1), mode=Mode.EXAM)
    with connected_as_owner(school) as db:
        bring_in(db, [(opened, [attempt(1, "one", 0.5), attempt(2, "\x1b[2J"), event(3, EventKind.END)])])
    told = json.loads(quiz(*asked, "--json", home="lee"))
    assert [row["pupil"] for row in told["pupils"]] == ["Ada", "Bo"]
    assert [row["points"] for row in told["pupils"]] == [1.5, 0]
    assert "Ada" in quiz(*asked, "--sessions", opened.id, home="lee")
    for report in (quiz(*asked, home="lee"), quiz("school", "items", "8b", home="lee")):
        assert "\x1b" not in report
        assert "50" in report
    quiz("school", "class", school, "8c", names(tmp_path, "Ada", "Cy"))
    quiz("school", "teacher", school, "Ms Lee", "8c")
    for several in (["8b", "8c"], []):
        told = json.loads(quiz("class", "results", *several, "--school", "--json", home="lee"))
        assert [row["pupil"] for row in told["pupils"]] == ["Ada (8b)", "Bo (8b)", "Ada (8c)", "Cy (8c)"]
    assert "one class at a time" in quiz(
        "class", "results", "--school", "--leave-out", "1", home="lee", code=2
    )
    assert "Which class" in quiz("class", "results", home="lee", code=2)
    assert json.loads(quiz("school", "items", "--json", home="lee"))[0]["facility"] == 0.5
    assert "No exam" in quiz("school", "items", "--to", "2025-06-17", home="lee")
    assert "needs a date" in quiz("school", "items", "--from", "today", home="lee", code=2)


def test_hostile_names_are_names(school: str, quiz: Run, tmp_path: Path) -> None:
    hostile = ["Robert'); DROP TABLE quiz.person;--", "%s %(who)s $1", "\\", "NULL", "Ａda 🎓", '"']
    printed = quiz("school", "class", school, "8'b", names(tmp_path, *hostile))
    assert len(codes(printed)) == len(hostile)
    for name, code in list(codes(printed).items())[:3]:
        home = f"home-{hostile.index(name)}"
        assert f"You are {name} at" in quiz("school", "join", school, "--code", code, home=home)
    for name in hostile:
        quiz("school", "forget", school, name, "--class", "8'b", "--yes")
    assert quiz("school", "people", school) == ""


def test_what_is_wrong_is_said(school: str, quiz: Run, server: Server, tmp_path: Path) -> None:
    assert "There is a school in this database" in quiz("school", "init", school, code=2)
    assert "Drills and marked papers stay there" in quiz("school", "status", school, code=1)
    nowhere = server.address("postgres")
    assert "holds no school" in quiz("school", "migrate", nowhere, code=1)
    assert "holds no school" in quiz("school", "status", nowhere, code=1)
    assert "no class" in quiz("school", "teacher", school, "Ms Lee", "9z", code=2)
    hidden = quiz("school", "class", school, "8\u202eb", names(tmp_path, "Ada"), code=2)
    assert "cannot be the name of a class" in hidden
    assert "A teacher needs a name" in quiz("school", "teacher", school, " ", "8b", code=2)
    assert "Nobody in this school" in quiz("school", "forget", school, "Nobody", "--yes", code=2)
    assert "This is not the address" in quiz("school", "status", "nonsense", code=2)
    assert "takes a code" in quiz("school", "join", "postgresql://school.example/quiz", code=2)


def test_without_the_library_it_is_said_what_to_install(quiz: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    assert "pip install 'quizterm[school]'" in quiz("school", "status", "postgresql://x/quiz", code=2)


def test_the_page_for_administrators_is_true(
    server: Server, quiz: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names(tmp_path, "Ada", "Bo")
    known = {"postgresql://school.example/": server.address("")}
    homes = {"join": "pupil", "sync": "pupil", "results": "lee", "items": "lee", "export": "admin"}
    for program, arguments in _commands("school.md", known):
        if program == "quiz":
            printed = quiz(*arguments, home=homes.get(arguments[1], "admin"))
            if arguments[1] in {"class", "code"}:
                known["CODE"] = printed.split()[0]
            elif arguments[1] == "teacher":
                _begin_the_year(server.address("quiz"), printed.split()[0], quiz, tmp_path)
        else:
            _as_administrator(server, program, arguments)


def _begin_the_year(school: str, code: str, quiz: Run, tmp_path: Path) -> None:
    """Let the teacher join, with another class of hers and an exam that a pupil handed in."""
    from quiz.record.postgres.bulk import bring_in
    from quiz.record.postgres.connection import connected_as_owner

    quiz("school", "join", school, "--code", code, home="lee")
    quiz("school", "class", school, "8c", names(tmp_path, "Cy"))
    quiz("school", "teacher", school, "Ms Lee", "8c")
    (ada, *_) = json.loads(quiz("school", "people", school, "--json"))
    opened = header(ada["id"], Random(1), mode=Mode.EXAM)
    with connected_as_owner(school) as db:
        bring_in(db, [(opened, [attempt(1, "one", 0.5), event(2, EventKind.END)])])


def test_a_marked_paper_counts_at_school_once_it_was_taken_in(school: str, quiz: Run, tmp_path: Path) -> None:
    quiz("school", "class", school, "8b", names(tmp_path, "Ada"))
    (code,) = codes(quiz("school", "teacher", school, "Ms Lee", "8b")).values()
    quiz("school", "join", school, "--code", code, home="lee")
    with SqliteRecord.open(tmp_path / "lee" / "history.db") as record:
        ada = record.class_lists.add("8b", ["Ada"]).class_list.pupils[0]
        marked = header(ada.id, Random(2), mode=Mode.EXAM, settings={"paper": True})
        record.start_with(marked, [attempt(1, "one", 0.5), event(2, EventKind.END)])
    quiz("school", "sync", home="lee")
    assert "There are no results" in quiz("class", "results", "8b", "--school", home="lee", code=2)
    file = str(tmp_path / "shared.jsonl")
    quiz("record", "export", "-o", file, home="lee")
    assert "2 new events" in quiz("school", "import", school, file)
    told = json.loads(quiz("class", "results", "8b", "--school", "--json", home="lee"))
    assert [row["points"] for row in told["pupils"]] == [0.5]


def test_the_page_on_several_machines_is_true(
    school: str, quiz: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "Sync").mkdir()
    (code,) = codes(quiz("school", "class", school, "8b", names(tmp_path, "Ada"))).values()
    (person,) = json.loads(quiz("school", "people", school, "--json"))
    address = school.replace("admin@", "")
    known = {"CODE": code, "LOGIN@": f"quiz_{person['id']}@", "postgresql://school.example/quiz": address}
    known["@school.example/quiz"] = f"@{address.partition('//')[2]}"
    for number, (_, arguments) in enumerate(_commands("machines.md", known)):
        home = f"second-{arguments[0]}" if number in {1, 2} or "@" in str(arguments) else "first"
        quiz(*[one.replace("~", str(tmp_path)) for one in arguments], home=home)
    assert "folder" in quiz("doctor", home="first").casefold()


def _commands(page: str, known: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the commands in the sh blocks of a page, with what is known by then in the place of its words."""
    text = (DOCS / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert len(lines) > 4
    for line in lines:
        command = line.partition("  #")[0]
        for word, meant in known.items():
            command = command.replace(word, meant)
        program, *arguments = shlex.split(command)
        yield program, arguments


def _as_administrator(server: Server, program: str, arguments: list[str]) -> None:
    """Run one of PostgreSQL's programs."""
    environment = {**os.environ, "PGHOST": "127.0.0.1", "PGPORT": str(server.port), "PGUSER": "admin"}
    ran = subprocess.run(
        [programs() / program, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, (program, arguments, ran.stderr)
