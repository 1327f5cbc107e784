"""Taking an exam in lines: the same items, clock and record as on the full screen."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from quiz.core.events.model import EventKind
from quiz.core.exam.settings import ExamSettings, FeedbackTime
from quiz.plain.console import Console
from quiz.plain.exam import PlainExam
from quiz.services.exam.start import resume_exam, start_exam
from tests.fakes import MINUTE, FakeClock, make_workspace
from tests.sample_banks import SMALL

Run = Callable[..., tuple[str, list[EventKind]]]


@pytest.fixture
def take(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Run:
    def run(*lines: str, **settings: object) -> tuple[str, list[EventKind]]:
        workspace = make_workspace(tmp_path, bank_file(SMALL), clock=clock)
        told = ExamSettings(shuffle=False, **settings)
        left = workspace.unfinished()
        live = resume_exam(workspace, left) if left else start_exam(workspace, ("small",), told, 1)
        said = StringIO()
        PlainExam(live, Console(StringIO("".join(f"{line}\n" for line in lines)), said)).run()
        kinds = [event.kind for event in workspace.record.events(live.session.header.id)]
        workspace.record.close()
        return said.getvalue(), kinds

    return run


def test_no_verdict_is_said_before_it_is_handed_in(take: Run) -> None:
    said, kinds = take("1", "Pacific", "2", "1 2", "y")
    assert "Correct" not in said
    assert "Hand the exam in?" in said
    assert kinds.count(EventKind.ATTEMPT) == 4
    assert kinds[-1] is EventKind.END


def test_going_about_flagging_and_what_is_still_empty(take: Run) -> None:
    said, kinds = take(
        ":flag", ":next", ":back", ":items", ":go 3", "2", ":time", ":nonsense", ":hand in", "y"
    )
    assert "1. empty, flagged" in said
    assert "There is no time limit." in said
    assert "Instead of an answer you can type" in said
    assert "Flagged: 1." in said
    assert "Hand the exam in?" in said
    assert kinds.count(EventKind.ATTEMPT) == 4


def test_an_answer_can_be_changed_until_then(take: Run) -> None:
    said, _ = take("2", ":back", "1", ":hand in", "n", ":quit")
    assert "Question 1 of 4. Answered." in said
    assert "Left." in said


def test_leaving_and_going_on(take: Run) -> None:
    take("1", ":quit")
    said, _ = take(":items", ":quit")
    assert "1. answered" in said
    assert "Question 2 of 4" in said


def test_time_that_ran_out_meanwhile_hands_it_in(take: Run, clock: FakeClock) -> None:
    take("1", ":quit", minutes=5)
    clock.go_on(6 * MINUTE)
    said, kinds = take("2")
    assert "Item" not in said
    assert kinds[-1] is EventKind.END


def test_verdicts_at_once_where_that_was_asked_for(take: Run) -> None:
    said, _ = take("2", ":quit", feedback=FeedbackTime.AT_ONCE)
    assert "Incorrect.\nCorrect answer: Paris\nLyon is the third largest." in said


def test_confidence_is_asked_for_where_it_counts(take: Run) -> None:
    said, _ = take("1", "x", "s", ":quit", confidence=True)
    assert said.count("How sure?") == 2
