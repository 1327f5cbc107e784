"""`quiz import` and `quiz export` as people run them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from quiz.banks.files import read_bank
from tests.cli.running import quiz
from tests.exchange.formats.test_pictures import png

PACKAGES = Path(__file__).parents[2] / "exchange" / "formats" / "anki_packages"
GIFT = """\
$CATEGORY: $course$/top/Rivers

Which is the longest? {=Nile ~Rhine#Far from it. ~%50%Danube}

An essay, please. {}

Is the Rhine in Europe? {T}
"""


@pytest.fixture
def gift(tmp_path: Path) -> Path:
    path = tmp_path / "rivers.gift"
    path.write_text(GIFT, encoding="utf-8")
    return path


def test_a_file_becomes_a_bank_of_ones_own_and_the_report_tells_all(tmp_path: Path, gift: Path) -> None:
    home = tmp_path / "home"
    ran = quiz(home, "import", str(gift))
    assert ran.returncode == 1, ran.stderr
    assert "GIFT, 2 questions" in ran.stdout
    assert "partial credit: line 3" in ran.stdout
    assert "line 5: It is an essay question" in ran.stdout
    bank = read_bank(home / "banks" / "rivers.yaml").bank
    assert bank is not None
    assert [item.kind for item in bank.items] == ["single-choice", "true-false"]
    assert "rivers: Rivers" in quiz(home, "list").stdout


def test_a_dry_run_writes_nothing(tmp_path: Path, gift: Path) -> None:
    ran = quiz(tmp_path / "home", "import", "--check", "--json", str(gift))
    (report,) = json.loads(ran.stdout)
    assert report["format"] == "gift"
    assert report["items"] == 2
    assert report["to"]["added"] == ["which-is-the-longest", "is-the-rhine-in-europe"]
    assert not (tmp_path / "home" / "banks").exists()


def test_a_newer_version_keeps_what_was_edited(tmp_path: Path, gift: Path) -> None:
    home, bank = tmp_path / "home", tmp_path / "rivers.yaml"
    quiz(home, "import", str(gift), "--to", str(bank))
    bank.write_text(bank.read_text(encoding="utf-8").replace("key: Nile", "key: The Nile"), encoding="utf-8")
    gift.write_text(GIFT.replace("=Nile", "=Nile river") + "\nNew? {T}\n", encoding="utf-8")
    ran = quiz(home, "import", str(gift), "--to", str(bank))
    assert "1 new question, 0 changed" in ran.stdout
    assert "1 question edited here and changed there" in ran.stdout
    assert "key: The Nile" in bank.read_text(encoding="utf-8")
    quiz(home, "import", str(gift), "--to", str(bank), "--theirs")
    assert "key: Nile river" in bank.read_text(encoding="utf-8")


def test_another_bank_of_that_name_is_left_alone(tmp_path: Path, gift: Path) -> None:
    home = tmp_path / "home"
    quiz(home, "import", str(gift))
    gift.write_text("Something else? {T}\n", encoding="utf-8")
    ran = quiz(home, "import", str(gift))
    assert ran.returncode == 3
    assert "holds another bank" in ran.stderr
    assert quiz(home, "import", str(gift), "--bank", "other", "--title", "Other").returncode == 0
    assert "other: Other" in quiz(home, "list").stdout


def test_a_folder_and_what_is_piped_in(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "folder"
    folder.mkdir()
    (folder / "one.txt").write_bytes("étudier\tüben, lernen\n".encode("cp1252") * 20)
    (folder / "two.bin").write_bytes(b"\x00\x01\x02")
    ran = quiz(home, "import", str(folder))
    assert ran.returncode == 1
    assert "one.txt: Quizlet, 1 question" in ran.stdout
    assert "guessed: it was read as cp125" in ran.stdout
    assert "two.bin is in no format" in ran.stderr
    piped = quiz(home, "import", "-", "--check", "--format", "csv", typed="question,answer\nWhat?,That\n")
    assert "CSV, 1 question" in piped.stdout


def test_answers_of_anki_go_on_record_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert "8 answers new on record" in quiz(home, "import", str(PACKAGES / "new.apkg")).stdout
    assert "new on record" not in quiz(home, "import", str(PACKAGES / "old.apkg")).stdout
    (session,) = json.loads(quiz(home, "record", "--json").stdout)
    assert session["attempts"] == 8
    assert "The record is sound" in quiz(home, "doctor").stdout


def test_what_is_lost_is_said_and_the_export_goes_where_it_should(tmp_path: Path, gift: Path) -> None:
    home = tmp_path / "home"
    quiz(home, "import", str(gift))
    ran = quiz(home, "export", "rivers", "--format", "aiken")
    assert "the kind: true-false comes out as single-choice" in ran.stderr
    assert ran.stdout.count("ANSWER: ") == 2
    target = tmp_path / "rivers.xml"
    assert quiz(home, "export", "rivers", "-f", "moodle-xml", "-o", str(target)).returncode == 0
    assert b"<quiz>" in target.read_bytes()
    again = quiz(home, "export", "rivers", "-f", "moodle-xml", "-o", str(target))
    assert again.returncode == 2
    assert "already" in again.stderr
    assert quiz(home, "export", "rivers", "-f", "csv", "--check").stdout == ""


def test_mistakes_are_sentences(tmp_path: Path, gift: Path) -> None:
    home = tmp_path / "home"
    assert "There is no file or folder" in quiz(home, "import", str(tmp_path / "no")).stderr
    assert "There is no format “nothing”" in quiz(home, "import", str(gift), "--format", "nothing").stderr
    assert "Name the bank" in quiz(home, "export", "-f", "gift").stderr
    assert "cannot be a bank's id" in quiz(home, "import", str(gift), "--bank", "Not An Id").stderr
    shutil.copy(gift, tmp_path / "two.gift")
    two = quiz(home, "import", str(gift), str(tmp_path / "two.gift"), "--bank", "one")
    assert two.returncode == 2


def test_pictures_come_along_and_go_out_again(tmp_path: Path) -> None:
    home, pixel = tmp_path / "home", png(1)
    (tmp_path / "sun.png").write_bytes(pixel)
    cards = tmp_path / "cards.md"
    cards.write_text("Q: What is it? ![A disc](sun.png)\nA: The sun\n", encoding="utf-8")
    ran = quiz(home, "import", str(cards), "--to", str(tmp_path / "mine" / "sky.yaml"))
    assert "1 picture in a folder beside it." in ran.stdout
    (picture,) = (tmp_path / "mine" / "sky-media").iterdir()
    assert picture.read_bytes() == pixel
    page = tmp_path / "sky.html"
    quiz(home, "export", str(tmp_path / "mine" / "sky.yaml"), "--format", "html", "--output", str(page))
    assert "data:image/png;base64," in page.read_text(encoding="utf-8")
