"""A paper exam from the class list to grades, as a teacher runs it."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
import stat
from pathlib import Path

import pytest

from tests.cli.running import quiz
from tests.core.exam.papers import EVERY_KIND

NAMES = [f"{first} {last}" for first in ("Anna", "Ben", "Cleo") for last in ("Berg", "Carl", "Dorn", "Esch")]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of quiz with a bank of every kind and a class in it."""
    folder = tmp_path_factory.mktemp("prepared") / "quiz-home"
    (folder / "banks").mkdir(parents=True)
    (folder / "banks" / "every.yaml").write_text(EVERY_KIND, encoding="utf-8")
    assert quiz(folder, "class", "add", "8b", "-", typed="\n".join(NAMES)).returncode == 0
    return folder


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    """A copy of the prepared home."""
    return Path(shutil.copytree(prepared, tmp_path / "quiz-home"))


def printed(home: Path, page: Path) -> tuple[list[str], list[str]]:
    """Print an exam; return the codes of its forms and the lines that mark a faultless paper of each."""
    run = quiz(home, "paper", "every", "--forms", "AB", "--class", "8b", "--seed", "7", "-o", str(page))
    assert run.returncode == 0, run.stderr
    assert "every/card" in run.stderr
    key = page.with_name("exam-key.html").read_text(encoding="utf-8")
    return re.findall(r"form .: (\S+)", run.stdout), re.findall(r"<code>([AB] [^<]+)</code>", key)


def test_a_paper_exam_from_the_class_list_to_grades(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "exam.html"
    codes, keys = printed(home, page)
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    empty = "-" * 10
    papers = [f"AB {keys[0]}", f"AC {keys[1]}", f"AD A {empty}", f"BB {keys[0]}", ":u", f"BC {keys[1]}"]
    run = quiz(home, "mark", codes[1], "8b", "--plain", typed="\n".join(papers))
    assert run.returncode == 0, run.stderr
    assert "Anna Berg, form A: 13 of 13 (100 %)." in run.stdout
    assert "Taken back: Ben Berg" in run.stdout
    assert "4 papers marked." in run.stdout

    told = json.loads(quiz(home, "class", "results", "8b", "--json", "--grades", "german").stdout)
    grades = {row["pupil"]: row["grade"] for row in told["pupils"]}
    assert (grades["Anna Berg"], grades["Anna Dorn"], grades["Ben Berg"]) == ("1", "6", None)
    assert told["exam"]["n"] == 4
    assert len(told["items"]) == 10
    on_paper = page.read_text(encoding="utf-8")
    places = [on_paper.index(html.escape(one["stem"])) for one in told["items"]]
    assert places == sorted(places)
    assert {one["number"] == one["number_in_forms"]["A"] for one in told["items"]} == {True}
    choice = next(one["number"] for one in told["items"] if one["item"] == "choice")

    one = ("class", "results", "8b", "--attempts", "last", "--json", "--sessions")
    assert json.loads(quiz(home, *one, codes[0].lower()).stdout)["exam"]["n"] == 4
    assert quiz(home, *one, "BZE06-180MT-2GRE8").returncode == 2

    again = quiz(home, "mark", codes[0], "8b", "--plain", typed=f"AB {keys[0]}\nn\n")
    assert "was marked before" in again.stdout
    assert "0 papers marked." in again.stdout

    decided = quiz(home, "class", "results", "8b", "--leave-out", str(choice), "--csv")
    assert "left out, decided on" in decided.stdout
    rows = list(csv.DictReader(io.StringIO(decided.stdout)))
    assert rows[0]["Pupil"] == "Anna Berg"
    assert rows[0]["Out of"] == "11"
    taken_back = quiz(home, "class", "results", "8b", "--count-again", str(choice))
    assert "left out" not in taken_back.stdout
    assert "13 of 13 (100 %)" in taken_back.stdout


def test_the_same_code_is_the_same_paper_on_another_machine(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (code, _), _ = printed(home, tmp_path / "exam.html")
    other, there = tmp_path / "elsewhere" / "home", tmp_path / "there"
    (other / "banks").mkdir(parents=True)
    there.mkdir()
    (other / "banks" / "another-name.yml").write_text(EVERY_KIND, encoding="utf-8")
    for name, value in {"TZ": "Pacific/Apia", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "77"}.items():
        monkeypatch.setenv(name, value)
    run = quiz(
        other, "paper", "every", "--form", code, "--forms", "AB", "--class", "8b",
        "-o", str(there / "exam.html"),
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    for page in ("exam.html", "exam-key.html"):
        assert (there / page).read_bytes() == (tmp_path / page).read_bytes()


def test_no_name_is_in_an_anonymous_export(home: Path, tmp_path: Path) -> None:
    codes, keys = printed(home, tmp_path / "exam.html")
    quiz(home, "mark", codes[0], "8b", "--plain", typed=f"AB {keys[0]}\n")
    target = tmp_path / "results.csv"
    run = quiz(home, "class", "results", "8b", "--csv", "--anonymous", "-o", str(target))
    assert run.returncode == 0, run.stderr
    written = target.read_text(encoding="utf-8")
    assert "Pupil 12" in written
    assert not [name for name in NAMES for part in name.split() if part in written]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    ids = re.findall(r'"id": "(\w+)"', quiz(home, "class", "results", "8b", "--json", "--anonymous").stdout)
    assert ids == []


@pytest.mark.extra("xlsxwriter", "python_calamine")
def test_a_spreadsheet_holds_a_row_for_each_pupil(home: Path, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    codes, keys = printed(home, tmp_path / "exam.html")
    quiz(home, "mark", codes[0], "8b", "--plain", typed=f"AB {keys[0]}\n")
    target = tmp_path / "results.xlsx"
    assert quiz(home, "class", "results", "8b", "--xlsx").returncode == 2
    assert quiz(home, "class", "results", "8b", "--xlsx", "-o", str(target)).returncode == 0
    rows = CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:13]] == NAMES


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["class", "results", "9z"], "There is no class list “9z”"),
        (["class", "results", "8b"], "There are no results of the class 8b on record"),
        (["class", "results", "8b", "--from", "soon"], "--from needs a date"),
        (["class", "results", "8b", "--grades", "germn"], "Did you mean “german”?"),
        (["paper", "every", "--forms", "Z", "-o", "x.html"], "Forms have letters from A to H"),
        (["mark", "nonsense", "8b"], "not the code of a form"),
        (["mark", "BZE06-180MT-2GRE8", "8b"], "does not belong to any of your banks"),
    ],
)
def test_what_cannot_be_is_said(home: Path, arguments: list[str], words: str) -> None:
    run = quiz(home, *arguments)
    assert run.returncode == 2
    assert words in " ".join(run.stderr.split())
    assert "Traceback" not in run.stderr


def test_a_bank_that_was_changed_since_is_refused_by_its_items(home: Path, tmp_path: Path) -> None:
    codes, keys = printed(home, tmp_path / "exam.html")
    quiz(home, "mark", codes[0], "8b", "--plain", typed=f"AB {keys[0]}\n")
    bank = home / "banks" / "every.yaml"
    bank.write_text(EVERY_KIND.replace("Which is a metal?", "Which one is a metal?"), encoding="utf-8")
    run = quiz(home, "mark", codes[0], "8b", "every")
    assert run.returncode == 2
    assert "Changed since: every/choice." in run.stderr


def test_own_tables_of_grades_are_used(home: Path) -> None:
    (home / "grades.toml").write_text('[ours]\ntitle = "Ours"\nsteps = [[50, "yes"], [0, "no"]]\n', "utf-8")
    assert "There are no results" in quiz(home, "class", "results", "8b", "--grades", "ours").stderr
    (home / "grades.toml").write_text('[ours]\ntitle = "Ours"\nsteps = [[0, "no"], [50, "yes"]]\n', "utf-8")
    refused = quiz(home, "class", "results", "8b", "--grades", "ours")
    assert "its steps do not go down" in refused.stderr
