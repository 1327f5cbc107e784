"""`quiz study` with what one wants to study, as a person runs it."""

from __future__ import annotations

import argparse
import json
import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.cli.commands.study import add_arguments, chosen_by
from quiz.core.study_filter import ItemState, Purpose, StudyFilter, StudyOrder
from tests.cli.running import quiz
from tests.fakes import make_workspace
from tests.sample_banks import SMALL


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "quiz-home"
    (folder / "banks").mkdir(parents=True)
    (folder / "banks" / "small.yaml").write_text(SMALL, encoding="utf-8")
    return folder


def test_what_would_be_asked_is_told_and_kept_under_a_name(home: Path) -> None:
    kept = quiz(home, "study", "small", "--topic", "seas", "--cram", "--order", "file", "--save", "the seas")
    assert (kept.returncode, kept.stderr) == (0, "")
    assert '[saved."the seas"]' in (home / "config.toml").read_text(encoding="utf-8")
    told = json.loads(quiz(home, "study", "--saved", "the seas", "--json").stdout)
    assert told["count"] == 2
    assert told["items"] == [{"bank": "small", "item": name} for name in ("ocean", "largest")]
    assert told["chosen"]["purpose"] == "cram"
    listed = quiz(home, "study", "--saved", "the seas", "--list", "--limit", "1")
    assert listed.stdout == "1 item would be asked now.\n  small/ocean  Which ocean is the largest?\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--saved", "nothing"], "Nothing to study is saved as “nothing”."),
        (["--kind", "numerc"], "There is no kind “numerc” in these banks."),
        (["--limit", "0"], "--limit wants a number from 1, not 0."),
        (["--state", "sleepy"], "invalid choice"),
        (["--cram", "--ahead"], "not allowed with"),
        (["--save", "a.b"], "cannot have a dot"),
    ],
)
def test_what_cannot_be_is_said(home: Path, arguments: list[str], said: str) -> None:
    done = quiz(home, "study", "small", *arguments)
    assert done.returncode == 2
    assert said in done.stderr


choices = st.builds(
    StudyFilter,
    banks=st.sampled_from([(), ("small",)]),
    topics=st.sampled_from([(), ("seas",), ("seas", "cities")]),
    kinds=st.sampled_from([(), ("true-false",)]),
    states=st.lists(st.sampled_from(ItemState), unique=True, max_size=3).map(tuple),
    limit=st.none() | st.integers(1, 300),
    minutes=st.none() | st.integers(1, 90),
    order=st.sampled_from(StudyOrder),
    purpose=st.sampled_from(Purpose),
)


def as_flags(chosen: StudyFilter) -> str:
    """Return the command that studies what is chosen on the screen."""
    words = ["quiz", "study", *chosen.banks]
    for flag, names in (
        ("--topic", chosen.topics),
        ("--tag", chosen.tags),
        ("--kind", chosen.kinds),
        ("--state", chosen.states),
    ):
        words += [word for name in names for word in (flag, str(name))]
    for flag, number in (("--limit", chosen.limit), ("--minutes", chosen.minutes)):
        words += [] if number is None else [flag, str(number)]
    words += [] if chosen.order is StudyOrder.USUAL else ["--order", str(chosen.order)]
    words += [] if chosen.purpose is Purpose.TODAY else [f"--{chosen.purpose}"]
    return shlex.join(words)


@given(chosen=choices)
def test_flags_choose_all_that_the_screen_does(
    chosen: StudyFilter, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp() / "the-command-shown"
    if not folder.exists():
        folder.mkdir()
        (folder / "small.yaml").write_text(SMALL, encoding="utf-8")
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    args = parser.parse_args(shlex.split(as_flags(chosen))[2:])
    workspace = make_workspace(folder, folder / "small.yaml")
    try:
        assert chosen_by(args, workspace) == chosen
    finally:
        workspace.record.close()
