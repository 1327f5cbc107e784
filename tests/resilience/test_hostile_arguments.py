"""Hostile texts in every place of every command: a result, or a sentence that says what is wrong."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from quiz.cli.commands import all_commands
from quiz.cli.main import main
from tests.sample_banks import SMALL
from tests.sampling import one_in

TEXTS = (
    "\udcff", "small\udc80", "", " ", "-", "x" * 5000, "-1", "1e999", "nan", "10" * 200, "٣", "[/b]",
    "\x1b]0;x\x07", "a\nb", "\u202etxt", "/dev/null", ".", "{}", "%s%n", "'; DROP TABLE event",
)  # fmt: skip
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]")


def places(name: str) -> Iterator[tuple[str, ...]]:
    """Yield every place of a command that takes a text, as what goes before that text."""
    parser = argparse.ArgumentParser()
    all_commands()[name].add_arguments(parser)
    yield from _places(parser, (name,))


def _places(parser: argparse.ArgumentParser, before: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    named = 0
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, inner in action.choices.items():
                yield from _places(inner, (*before, word))
        elif action.option_strings and action.nargs != 0:
            yield (*before, action.option_strings[-1])
        elif not action.option_strings:
            named += 1
            yield (*before, *["small"] * (named - 1))


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stand in an empty folder, with one bank, no terminal and nothing to read."""
    banks = tmp_path / "quiz-home" / "banks"
    banks.mkdir(parents=True)
    (banks / "small.yaml").write_text(SMALL, encoding="utf-8")
    odd = SMALL.replace("bank: small", "bank: odd")
    assert odd != SMALL
    (banks / os.fsdecode(b"\xff.yaml")).write_text(odd, encoding="utf-8")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with Path(os.devnull).open() as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        yield


@pytest.mark.parametrize("step", one_in(2, [10, 1]))
@pytest.mark.parametrize("name", all_commands())
def test_no_text_makes_a_command_fail(name: str, step: int, capfd: pytest.CaptureFixture[str]) -> None:
    for number, place in enumerate(dict.fromkeys(places(name))):
        for text in TEXTS[number % step :: step]:
            code = main([*place, text])
            out, err = capfd.readouterr()
            said = f"quiz {' '.join(place)} {text!a}: {code}\n{out[-500:]}\n{err[-500:]}"
            assert code in {0, 1, 2, 3}, said
            assert "error of its own" not in err, said
            assert "Traceback" not in err, said
            assert not UNPRINTABLE.search(out + err), said
            assert out or err, said
