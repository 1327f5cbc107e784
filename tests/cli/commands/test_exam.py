"""`quiz exam` and `quiz result`, as a person runs them."""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.banks.files import read_bank_text
from quiz.cli.commands.exam import add_arguments, code_from, is_set_up, settings_from
from quiz.core.exam.blueprint import SEEDS
from quiz.core.exam.form_code import FormCode, form_code
from quiz.core.exam.settings import ExamSettings as Settings
from quiz.core.exam.settings import FeedbackTime
from tests.cli.running import quiz
from tests.sample_banks import SMALL
from tests.terminal import Terminal


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home of quiz with the small bank in it."""
    folder = tmp_path / "quiz-home"
    (folder / "banks").mkdir(parents=True)
    (folder / "banks" / "small.yaml").write_text(SMALL, encoding="utf-8")
    return folder


def take(home: Path, *arguments: str) -> None:
    """Take an exam on the small bank in a terminal: the first item right, the others left empty."""
    with Terminal(["exam", "small", "--in-order", *arguments], home=home) as terminal:
        terminal.wait_for("1 of 4", "Paris")
        terminal.press("1")
        terminal.wait_for("1 ● Paris")
        terminal.press("f")
        terminal.wait_for("⚑ 1 of 4")
        terminal.press("d")
        terminal.wait_for("Hand in the exam?", "Empty       2–4", "Flagged     1")
        terminal.press("y")
        terminal.wait_for("1 of 4 points", "Not passed", "✓ 1 right   – 3 left empty")
        terminal.press_until("q", "Drill")
        terminal.press("q")
        assert terminal.wait() == 0


def test_a_test_is_taken_and_its_sheet_printed_in_every_format(home: Path) -> None:
    take(home, "--minutes", "20", "--pass-mark", "60", "--seed", "7")
    told = json.loads(quiz(home, "result", "--format", "json").stdout)
    assert (told["points"], told["out_of"], told["per_cent"], told["passed"]) == (1, 4, 25, False)
    assert (told["form"], told["limits"]["minutes"], told["handed_in_by"]) == (
        small_form(items=None, shuffle=False),
        20,
        "learner",
    )
    assert [item["verdict"] for item in told["items"]] == ["correct", "skipped", "skipped", "skipped"]
    assert told["items"][0]["flagged"]
    session = told["session"]
    text = quiz(home, "result", session)
    assert text.returncode == 0
    assert "1 of 4 points · 25 % · not passed (pass mark 60 %)" in text.stdout
    rows = list(csv.DictReader(io.StringIO(quiz(home, "result", session[:13], "--format", "csv").stdout)))
    assert [row["item"] for row in rows] == [item["item"] for item in told["items"]]
    assert "# Exam: A small bank" in quiz(home, "result", "--format", "md").stdout


def test_a_killed_test_goes_on_where_it_was(home: Path) -> None:
    with Terminal(["exam", "small", "--in-order", "--minutes", "20"], home=home) as terminal:
        terminal.wait_for("1 of 4", "Paris")
        terminal.press("2")
        terminal.wait_for("2 ● Lyon")
        terminal.press_until("enter", "2 of 4")
        terminal.kill(signal.SIGKILL)
    with Terminal(home=home) as terminal:
        terminal.wait_for("You left an exam")
        terminal.press("c")
        terminal.wait_for("2 of 4", "Which ocean is the largest?", "19:", "f9 Previous")
        terminal.press("\x1b[20~")
        terminal.wait_for("1 of 4", "2 ● Lyon")


def test_without_anything_said_it_is_set_up_first(home: Path) -> None:
    with Terminal(["exam", "small"], home=home) as terminal:
        terminal.wait_for("Set up an exam", "What it asks: 4 of 4")
        terminal.press("enter")
        terminal.wait_for("1 of 4")


def test_a_set_up_can_begin_with_what_was_said(home: Path) -> None:
    form = small_form(items=3)
    with Terminal(["exam", "small", "--items", "3", "--form", form, "--set-up"], home=home) as terminal:
        terminal.wait_for(
            "Set up an exam",
            "3 questions from A small bank",
            f"Form          {form}",
        )


def small_form(**told: object) -> str:
    """Return the code of a form of the small bank."""
    bank = read_bank_text(SMALL.encode(), "small.yaml").bank
    assert bank is not None
    return str(form_code([bank], Settings(**told), 7))


def test_a_code_gives_the_same_exam_whatever_else_is_said(home: Path) -> None:
    form = small_form(items=3)
    for more in ([], ["--items", "3"]):
        run = quiz(home, "exam", "small", "--plain", "--form", form.lower(), *more, typed=":q\n")
        assert run.returncode == 0, run.stderr
    assert "has 3 items" in quiz(home, "exam", "small", "--form", form, "--items", "2").stderr
    refused = quiz(home, "exam", "small", "--form", form, "--in-order")
    assert refused.returncode == 2
    assert "with other settings" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "is not a usable bank"),
        (["small", "--topic", "citys"], "Did you mean “cities”?"),
        (["small", "--tag", "x"], "There is no tag “x”"),
        (["small", "--items", "0"], "--items needs a number from 1 to 1000, not 0."),
        (["small", "--seconds-per-item", "1"], "--seconds-per-item needs a number from 5 to 3600"),
        (["small", "--pass-mark", "101"], "--pass-mark needs a number from 1 to 100"),
        (["small", "--form", "nonsense"], "not the code of a form"),
        (["small", "--seed", str(SEEDS)], "--seed needs a number from 0"),
        (["small", "--count", "cities"], "--count needs a topic and a number"),
        (["small", "--topic", "cities", "--count", "cities=0"], "nothing to ask"),
        (["small", "--minutes", "5", "--seconds-per-item", "9"], "not allowed with"),
    ],
)
def test_what_makes_no_sense_is_refused(home: Path, arguments: list[str], words: str) -> None:
    done = quiz(home, "exam", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [([], "No exam or drill is finished yet."), (["zzz"], "There is no session “zzz” on record.")],
)
def test_a_result_that_is_not_there_is_said(home: Path, arguments: list[str], words: str) -> None:
    done = quiz(home, "result", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_a_sheet_is_printed_without_textual(home: Path) -> None:
    code = (
        "import sys; from quiz.cli.main import main; main(['result']);"
        " sys.exit('textual' in sys.modules or 'rich' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "QUIZ_HOME": str(home)}, timeout=60, check=False
    )
    assert done.returncode == 0


def parsed(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(words)


SETTINGS = st.builds(
    Settings,
    items=st.none() | st.integers(1, 1000),
    topics=st.lists(st.sampled_from(["a", "b-2", "c"]), unique=True).map(tuple),
    tags=st.lists(st.sampled_from(["hard", "x"]), unique=True).map(tuple),
    counts=st.dictionaries(st.sampled_from(["a", "b-2"]), st.integers(0, 1000)),
    shuffle=st.booleans(),
    minutes=st.none() | st.integers(1, 1440),
    feedback=st.sampled_from(FeedbackTime),
    weights=st.booleans(),
    confidence=st.booleans(),
    pass_mark=st.none() | st.integers(1, 100),
    form=st.integers(0, SEEDS - 1).map(str),
)


def flags_of(told: Settings) -> list[str]:
    """Return the flags of `quiz exam` that set an exam up."""
    words: list[str] = []
    for flag, value in (
        ("--items", told.items),
        ("--minutes", told.minutes),
        ("--seconds-per-item", told.seconds_per_item),
        ("--pass-mark", told.pass_mark),
    ):
        words += [] if value is None else [flag, str(value)]
    for topic in told.topics:
        words += ["--topic", topic]
    for topic, number in told.counts.items():
        words += ["--count", f"{topic}={number}"]
    for tag in told.tags:
        words += ["--tag", tag]
    for flag, is_set in (
        ("--feedback=at-once", told.is_at_once),
        ("--in-order", not told.shuffle),
        ("--no-weights", not told.weights),
        ("--confidence", told.confidence),
    ):
        words += [flag] if is_set else []
    return [*words, "--form", told.form]


@given(SETTINGS)
def test_all_that_can_be_set_up_can_be_said_by_flags(told: Settings) -> None:
    code = FormCode(int(told.form), told.items, 77)
    told = msgspec.structs.replace(told, form=str(code))
    args = parsed(["one", "two", *flags_of(told)])
    assert code_from(args) == code
    again = settings_from(args)
    assert {**vars_of(again), "form": told.form} == vars_of(told)
    assert args.bank == ["one", "two"]
    assert is_set_up(args)


def vars_of(told: Settings) -> dict[str, object]:
    return {name: getattr(told, name) for name in told.__struct_fields__}


def test_nothing_said_is_nothing_set_up() -> None:
    assert not is_set_up(parsed(["bank", "--banks", "."]))
    assert is_set_up(parsed(["bank", "--feedback", "end"]))
