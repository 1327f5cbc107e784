"""Exams on paper: what is printed, and finding it again by its code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quiz.core.exam.form_code import FormCode
from quiz.core.exam.settings import ExamSettings
from quiz.errors import BankError, UsageError
from quiz.services.exam.paper import forms_of_code, paper_forms
from quiz.services.workspace import Workspace
from tests.core.exam.papers import EVERY_KIND
from tests.fakes import FakeClock, make_workspace

OTHER = "format: 1\nbank: other\ntitle: Other\nitems:\n  - {id: a, stem: S?, key: K, distractors: [D]}\n"
FAULTY = OTHER.replace("other", "faulty") + "  - {id: b, stem: No key}\n"


@pytest.fixture
def shelf(tmp_path: Path, clock: FakeClock, bank_file: Callable[..., Path]) -> Iterator[Workspace]:
    """Three banks: one of every kind with a draft in it, a small one, and one with an error."""
    drafted = EVERY_KIND.replace("stem: Which is a metal?", "status: draft, stem: Which is a metal?")
    every = bank_file(drafted, "every.yaml")
    made = make_workspace(
        tmp_path, every, bank_file(OTHER, "other.yaml"), bank_file(FAULTY, "faulty.yaml"), clock=clock
    )
    yield made
    made.record.close()


def codes(workspace: Workspace, *banks: str) -> list[FormCode]:
    return [*paper_forms(workspace, banks, ExamSettings(), 7, "AB").forms]


def test_no_draft_is_printed(shelf: Workspace) -> None:
    for questions in paper_forms(shelf, ("every",), ExamSettings(), 7, "AB").forms.values():
        assert len(questions) == 9
        assert "choice" not in {question.ref.item for question in questions}


@pytest.mark.parametrize("banks", [("every",), ("every", "other")])
def test_a_code_alone_finds_its_banks(shelf: Workspace, banks: tuple[str, ...]) -> None:
    _, second = codes(shelf, *banks)
    found = forms_of_code(shelf, second, (), ExamSettings(), "AB")
    assert tuple(bank.bank for bank in found.banks) == banks
    assert [*found.forms] == codes(shelf, *banks)


def test_a_bank_with_errors_is_neither_printed_nor_in_the_way(shelf: Workspace) -> None:
    with pytest.raises(BankError):
        codes(shelf, "faulty")
    code = codes(shelf, "other")[0]
    assert forms_of_code(shelf, code, (), ExamSettings(), "A").banks[0].bank == "other"
    with pytest.raises(UsageError, match="does not belong to any of your banks"):
        forms_of_code(shelf, code._replace(digest=code.digest ^ 1), (), ExamSettings(), "A")
