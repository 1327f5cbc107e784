"""A bank with an unusable item: the others can be studied, and exams and drills wait."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.banks.library import Library
from quiz.errors import BankError
from tests.cli.running import quiz

BANK = """\
format: 1
bank: b
title: Rivers
items:
  - {id: one, stem: Which river is it?, key: Po, distractors: [Oder], rationale: R}
  - {id: two, stem: Which one is wrong?, key: Po, distractors: [Po], rationale: R}
  - {id: three, stem: Which one is a draft?, key: Po, distractors: [Elbe], status: draft}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "b.yaml"
    made.write_text(BANK, encoding="utf-8")
    return made


def test_the_others_are_studied_and_somebody_is_told(path: Path, tmp_path: Path) -> None:
    done = quiz(tmp_path / "home", "study", "--plain", str(path), typed="1\n\n")
    assert "1 question of “Rivers” cannot be asked" in done.stdout
    assert "quiz check" in done.stdout
    assert "Question 1 of 1." in done.stdout
    listed = quiz(tmp_path / "home", "list", str(path)).stdout
    assert "1 more cannot be used. Line 6: “Po” is also the key." in listed


@pytest.mark.parametrize("command", [["exam", "--plain", "--items", "1"], ["export", "--format", "csv"]])
def test_exams_and_exports_refuse_it(command: list[str], path: Path, tmp_path: Path) -> None:
    done = quiz(tmp_path / "home", *command, str(path))
    assert done.returncode == 3, done
    assert "Line 6: “Po” is also the key." in done.stderr


def test_drafts_are_their_authors_alone(path: Path) -> None:
    mine, others = Library([], [path], with_drafts=True), Library([], [path])
    assert [item.id for item in mine.bank("b").items] == ["one", "three"]
    assert [item.id for item in others.bank("b").items] == ["one"]
    assert [one.ref.item for one in mine.contents("b").items] == ["one", "three"]
    assert [one.ref.item for one in others.contents("b").items] == ["one"]
    (card,) = others.summaries()
    assert (card.items, card.drafts, card.left_out, others.item_count(card)) == (2, 1, 1, 1)
    assert others.locate(next(one.ref for one in mine.contents("b").items if one.is_draft))[1] == 7


def test_a_whole_bank_has_no_drafts_even_for_its_author(path: Path) -> None:
    library = Library([], [path], with_drafts=True)
    with pytest.raises(BankError, match="Line 6"):
        library.whole_bank("b")
    path.write_text(BANK.replace("[Po]", "[Inn]"), encoding="utf-8")
    library = Library([], [path], with_drafts=True)
    assert [item.id for item in library.whole_bank("b").items] == ["one", "two"]
