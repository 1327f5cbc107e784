"""The command line: `list`, `paths`, the app's preconditions, and what a failure looks like."""

from __future__ import annotations

import json
import platform
import sqlite3
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from quiz.cli.main import main
from quiz.cli.startup import is_plain_terminal
from tests.cli.commands.test_check import BAD, GOOD, write


@pytest.fixture
def banks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the working directory, with nothing in it."""
    folder = tmp_path / "banks"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_list_shows_banks_and_what_is_wrong(
    tmp_path: Path, banks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "quiz-home" / "banks" / "mine.yaml", GOOD, "mine")
    write(banks / "broken.yaml", BAD)
    assert main(["list", "--banks", "."]) == 0
    out = capsys.readouterr().out
    assert "mine: T\n  1 item, 0 topics, 0 sources\n" in out
    assert "broken.yaml\n  cannot be used. Line " in out
    assert "“quiz check” says more.\n" in out
    assert main(["list", "--banks", ".", "--json"]) == 0
    cards = {card["id"]: card for card in json.loads(capsys.readouterr().out)}
    assert (cards["mine"]["items"], cards["mine"]["is_usable"]) == (1, True)
    assert cards["broken.yaml"]["is_usable"] is False
    assert main(["list", "--banks", "gone"]) == 2


def test_a_bank_with_anothers_id_is_listed_with_the_reason(
    tmp_path: Path, banks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(banks / "one.yaml", GOOD, "mine")
    write(banks / "two.yaml", GOOD, "mine")
    assert main(["list", "one.yaml", "two.yaml"]) == 0
    out = capsys.readouterr().out
    assert "mine: T\n" in out
    assert "two.yaml\n  cannot be used. Line 2: The bank in one.yaml is called “mine” as well." in out


def test_paths_are_those_of_quiz_home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["paths", "--json"]) == 0
    places = json.loads(capsys.readouterr().out)
    home = tmp_path / "quiz-home"
    assert places["config"] == str(home / "config.toml")
    assert places["record"].startswith(str(home))
    assert places["your_banks"] == str(home / "banks")
    assert Path(places["shipped_banks"]).is_dir()
    assert not home.exists()
    assert main(["paths"]) == 0
    assert f"config         {home / 'config.toml'}\n" in capsys.readouterr().out


def test_paths_without_quiz_home_are_the_platforms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("QUIZ_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert main(["paths", "--json"]) == 0
    places = json.loads(capsys.readouterr().out)
    if sys.platform == "linux":
        assert places["record"].startswith(str(tmp_path / "data" / "quiz"))
        assert places["config"] == str(tmp_path / "config" / "quiz" / "config.toml")


def test_an_unknown_command_is_refused_with_a_guess(banks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chekc"]) == 2
    assert "Did you mean “quiz check”?" in capsys.readouterr().err
    assert main(["check", "--unknown"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("usage: quiz check ")
    assert "there is no option or place for: --unknown" in said
    assert main(["--unknown"]) == 2


def test_options_may_come_before_the_command(banks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(banks / "mine.yaml", GOOD, "mine")
    assert main(["--banks", ".", "list", "--json"]) == 0
    assert "mine" in {card["id"] for card in json.loads(capsys.readouterr().out)}
    assert main(["list", "mine.yaml", "--json"]) == 0
    assert "mine" in {card["id"] for card in json.loads(capsys.readouterr().out)}
    assert main(["list", "gone.yaml"]) == 2


@pytest.mark.parametrize("term", ["dumb", ""])
def test_the_app_is_not_drawn_on_a_terminal_that_cannot_move(
    term: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert is_plain_terminal()
    assert main([]) == 2
    assert "quiz study --plain" in capsys.readouterr().err
    monkeypatch.setattr("sys.platform", "win32")
    assert not is_plain_terminal()
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert not is_plain_terminal()


@pytest.mark.parametrize("arguments", [[], ["a.yaml"], ["--banks", "."]])
def test_the_app_wants_a_terminal(
    arguments: list[str], banks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(banks / "a.yaml", GOOD)
    assert main(arguments) == 2
    assert "needs a terminal" in capsys.readouterr().err
    assert not (banks.parent / "quiz-home").exists()


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    from quiz import __version__

    assert main(["--version"]) == 0
    assert capsys.readouterr().out == (
        f"quiz {__version__} (Python {platform.python_version()}, Textual {version('textual')}, "
        f"SQLite {sqlite3.sqlite_version})\n"
    )
    assert main(["--help"]) == 0
    assert "check" in capsys.readouterr().out


def test_no_traceback_reaches_anybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> int:
        raise ZeroDivisionError("secret \x1b[2J")

    monkeypatch.setattr("quiz.cli.commands.show_paths.run", fail)
    assert main(["paths"]) == 1
    out, err = capsys.readouterr()
    note = tmp_path / "quiz-home" / "crash.txt"
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("quiz stopped because of an error of its own (ZeroDivisionError).")
    assert str(note) in err
    assert "ZeroDivisionError" in note.read_text(encoding="utf-8")
    assert note.stat().st_mode & 0o077 == 0


def test_an_interruption_is_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("quiz.cli.commands.show_paths.run", interrupt)
    assert main(["paths"]) == 130
    assert capsys.readouterr() == ("", "\n")
