"""Studying in lines: the same session and the same record as on the full screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from quiz.core.study_filter import StudyFilter
from quiz.plain.console import Console
from quiz.plain.study import PlainStudy
from quiz.services.study.start import resume_study, start_study
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.routes import Study
from tests.fakes import FakeClock, make_workspace
from tests.programs import run as run_quiz
from tests.sample_banks import SMALL
from tests.screens import press


@pytest.fixture
def study(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Callable[..., str]:
    def run(*lines: str) -> str:
        workspace = make_workspace(tmp_path, bank_file(SMALL), clock=clock)
        left = workspace.unfinished()
        live = resume_study(workspace, left) if left else start_study(workspace, StudyFilter())
        assert live is not None
        said = StringIO()
        PlainStudy(workspace, live, Console(StringIO("".join(f"{line}\n" for line in lines)), said)).run()
        workspace.record.close()
        return said.getvalue()

    return run


def test_a_whole_session(study: Callable[..., str]) -> None:
    said = study("1", "", "Pacifik", "", "1", "", "1 2", "", "2", "")
    assert "✓" not in said
    assert said.count("Correct.") == 4
    assert "Accepted: the usual spelling is Pacific." in said
    assert "Incorrect.\nCorrect answer: False\nIt lies on a river." in said
    assert "Session finished.\n3 of 4 right the first time, 1 after another go." in said
    assert "Worth another look: Paris lies by the sea. Correct answer: False" in said


def test_what_is_neither_right_nor_wrong_is_asked_again_once(study: Callable[..., str]) -> None:
    said = study("1", "", "Pacific or Indian", "Pacific", "", ":quit")
    assert "Say it more exactly: give one answer only.\n" in said
    assert said.count("Correct.") == 2
    assert "Incorrect." not in said


def test_leaving_and_going_on(study: Callable[..., str]) -> None:
    assert "Left." in study("1", "", ":quit")
    assert "Question 2 of 4." in study(":quit")
    assert "Left." in study()


def test_what_can_be_typed_in_place_of_an_answer(study: Callable[..., str]) -> None:
    said = study(":hint", ":note", ":flag", ":nonsense", ":skip", "Pacific", "y", "n", "4", "u", "::x", "q")
    assert "It lies on the Seine." in said
    assert "You can read the note once you have answered." in said
    assert "Marked." in said
    assert "Instead of an answer you can type" in said
    assert "Put off." in said
    assert "There is nothing to override." in said
    assert "Oceans\nThe Pacific is the largest ocean." in said
    assert "Rated easy" in said
    assert "Taken back." in said


def test_nothing_written_moves_the_cursor_or_colours(study: Callable[..., str]) -> None:
    said = study("1", "", "x", "", "1", "")
    assert all(character == "\n" or character.isprintable() for character in said)


def test_the_command_goes_plain_by_itself_in_a_pipe(tmp_path: Path, bank_file: Callable[[str], Path]) -> None:
    done = run_quiz(
        ["study", str(bank_file(SMALL))],
        typed="1\n\n:quit\n",
        environment={**os.environ, "QUIZ_HOME": str(tmp_path / "home")},
    )
    assert done.returncode == 0, done.stderr
    assert "A small bank: 4 questions." in done.stdout
    assert "Correct." in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
@pytest.mark.parametrize(
    ("arguments", "environment"), [(("--plain",), {}), ((), {"TERM": "dumb"})], ids=["asked", "dumb"]
)
def test_in_a_terminal_that_cannot_move_it_goes_plain_by_itself(
    arguments: tuple[str, ...],
    environment: dict[str, str],
    tmp_path: Path,
    bank_file: Callable[[str], Path],
) -> None:
    from tests.terminal import Terminal

    with Terminal(
        ["study", str(bank_file(SMALL)), *arguments], home=tmp_path / "home", environment=environment
    ) as terminal:
        terminal.wait_for("A small bank: 4 questions.", "The number of your answer:")
        terminal.press("1", "enter")
        terminal.wait_for("Correct.", "Enter goes on:")
        terminal.press("q", "enter")
        assert terminal.wait() == 0
        assert b"\x1b" not in terminal.written


def test_colours_are_there_for_whoever_asks(tmp_path: Path, bank_file: Callable[[str], Path]) -> None:
    def run(*flags: str) -> str:
        done = run_quiz(
            ["study", str(bank_file(SMALL)), "--plain", *flags],
            typed="1\n\n:quit\n",
            environment={**os.environ, "QUIZ_HOME": str(tmp_path / f"home{len(flags)}")},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    coloured = run("--colour")
    assert "\x1b[1;32mCorrect.\x1b[0m\n" in coloured or "\x1b[1;31mIncorrect.\x1b[0m\n" in coloured
    assert "\x1b" not in run()


def test_a_bank_that_cannot_be_used_is_said_with_a_code_of_its_own(
    tmp_path: Path, bank_file: Callable[[str], Path]
) -> None:
    path = bank_file(SMALL.replace("title: A small bank\n", ""))
    done = run_quiz(
        ["study", str(path)],
        environment={**os.environ, "QUIZ_HOME": str(tmp_path / "home")},
    )
    assert done.returncode == 3
    assert f"{path} cannot be used. Line " in done.stderr
    assert "“title”" in done.stderr
    assert f"“quiz check {path}” says more." in done.stderr


def test_a_topic_or_tag_that_is_not_there_is_refused(
    tmp_path: Path, bank_file: Callable[[str], Path]
) -> None:
    for flags, said in (
        (["--topic", "seaz"], "There is no topic “seaz” in these banks."),
        (["--tag", "zz"], "There is no tag “zz” in these banks."),
    ):
        done = run_quiz(
            ["study", str(bank_file(SMALL)), *flags],
            environment={**os.environ, "QUIZ_HOME": str(tmp_path / "home")},
        )
        assert done.returncode == 2
        assert said in done.stderr


async def test_the_record_is_the_same_as_the_full_screens(
    tmp_path: Path, bank_file: Callable[[str], Path]
) -> None:
    def recorded(workspace: Workspace) -> list[tuple[object, ...]]:
        (session,) = workspace.record.sessions(None, None, None, 10)
        events = workspace.record.events(session.id)
        workspace.record.close()
        return [(e.n, e.kind, e.item, e.fingerprint, e.response, e.score, e.verdict, e.body) for e in events]

    plain = make_workspace(tmp_path / "plain", bank_file(SMALL), clock=FakeClock())
    live = start_study(plain, StudyFilter())
    lines = (":flag", "1", "", "Pacifik", "", ":skip", "1 2", "", "2", "", "q")
    typed = StringIO("".join(f"{line}\n" for line in lines))
    PlainStudy(plain, live, Console(typed, StringIO())).run()

    clock = FakeClock()
    full = make_workspace(tmp_path / "full", bank_file(SMALL), clock=clock)
    app = QuizApp(full, Study(StudyFilter()))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        keys = ["f", "1", "enter", "enter", *"Pacifik", "enter", "enter", "s", "1", "2", "enter", "enter"]
        await press(pilot, clock, *keys, "2", "enter", "enter")
        await pilot.pause()
    both = recorded(plain), recorded(full)
    assert both[0] == both[1]
    assert [kind.value for _, kind, *_ in both[0]][:4] == ["flag", "attempt", "attempt", "skip"]
