"""`quiz cards`, as a teacher runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import quiz


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a class of three, of whom the second left."""
    home = tmp_path / "quiz-home"
    assert quiz(home, "class", "add", "7b", "-", typed="Ada\nBo\nCy\n").returncode == 0
    assert quiz(home, "class", "forget", "7b", "Bo", "--yes").returncode == 0
    return home


def test_a_card_a_pupil_with_the_number_that_stays(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "cards.html"
    ran = quiz(home, "cards", "7b", "-o", str(page), "--json")
    assert json.loads(ran.stdout) == {
        "file": str(page),
        "class": "7b",
        "cards": [{"number": 1, "pupil": "Ada"}, {"number": 3, "pupil": "Cy"}],
    }
    text = page.read_text(encoding="utf-8")
    assert text.count('<section class="card"') == 2
    assert 'class="number">3 <small>7b<' in text
    assert "Ada" not in text
    assert page.stat().st_mode & 0o777 == 0o600


def test_whose_card_is_which_is_printed(home: Path, tmp_path: Path) -> None:
    ran = quiz(home, "cards", "7b", "-o", str(tmp_path / "cards.html"))
    assert ran.stdout.splitlines()[1:] == ["   1  Ada", "   3  Cy"]
    assert quiz(home, "class", "show", "7b").stdout.splitlines()[1:] == ["   1  Ada", "   3  Cy"]


def test_a_class_without_a_list(tmp_path: Path) -> None:
    page = tmp_path / "cards.html"
    ran = quiz(tmp_path / "quiz-home", "cards", "--pupils", "24", "-o", str(page))
    assert ran.stdout == f"{page}: 24 cards\n"
    assert page.read_text(encoding="utf-8").count('<section class="card"') == 24


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Name a class list, or say how many"),
        (["7b", "--pupils", "3"], "Name a class list, or say how many"),
        (["--pupils", "0"], "between 1 and 60"),
        (["--pupils", "61"], "between 1 and 60"),
        (["9z"], "There is no class list “9z”"),
    ],
)
def test_refusals(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    ran = quiz(tmp_path / "quiz-home", "cards", *arguments, "-o", str(tmp_path / "cards.html"))
    assert ran.returncode == 2
    assert sentence in ran.stderr
    assert not (tmp_path / "cards.html").exists()


def test_a_class_with_more_numbers_than_cards(tmp_path: Path) -> None:
    home = tmp_path / "quiz-home"
    quiz(home, "class", "add", "all", "-", typed="\n".join(f"Pupil {k}" for k in range(61)))
    ran = quiz(home, "cards", "all", "-o", str(tmp_path / "cards.html"))
    assert ran.returncode == 2
    assert "go up to 61; there are 60 cards" in ran.stderr
    assert quiz(home, "cards", "--pupils", "3", "-o", str(tmp_path / "no" / "c.html")).returncode == 2
