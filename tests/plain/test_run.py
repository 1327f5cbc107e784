"""Beginning a session in lines: one that was left is gone on with where that can be."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from quiz.core.exam.settings import ExamSettings
from quiz.core.study_filter import StudyFilter
from quiz.plain.run import exam_in_lines, study_in_lines
from tests.fakes import MINUTE, FakeClock, make_workspace
from tests.sample_banks import SMALL

OTHER = SMALL.replace("bank: small", "bank: another")


@pytest.fixture
def study(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    def run(bank: str, *lines: str, is_exam: bool = False) -> str:
        path = tmp_path / "bank.yaml"
        path.write_text(bank, encoding="utf-8")
        workspace = make_workspace(tmp_path, path, clock=clock, seed=len(bank) + len(lines))
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        if is_exam:
            assert exam_in_lines(workspace, (), ExamSettings(), None, has_colour=False) == 0
        else:
            assert study_in_lines(workspace, StudyFilter()) == 0
        workspace.record.close()
        return capsys.readouterr().out

    return run


def test_what_was_left_is_gone_on_with(study: Callable[..., str]) -> None:
    assert "Continuing" not in study(SMALL, "1", "")
    said = study(SMALL, "Pacific")
    assert "Continuing the session that was left." in said
    assert "Which ocean is the largest?" in said


def test_what_was_left_is_no_hindrance_where_its_bank_is_gone(study: Callable[..., str]) -> None:
    study(SMALL, "1", "")
    said = study(OTHER, "1", "")
    assert "Continuing" not in said
    assert "Which city is the capital of France?" in said


def test_an_exam_that_was_left_is_gone_on_with_whatever_was_studied_since(
    study: Callable[..., str], clock: FakeClock
) -> None:
    assert "Continuing" not in study(SMALL, ":quit", is_exam=True)
    clock.go_on(MINUTE)
    study(SMALL, "1", "")
    assert "Continuing the exam that was left." in study(SMALL, ":quit", is_exam=True)


def test_nothing_left_to_do_is_said(study: Callable[..., str]) -> None:
    study(SMALL, "1", "", "Pacific", "", "2", "", "1 2", "")
    assert study(SMALL) == "Nothing is due and no new question is left for today.\n"
