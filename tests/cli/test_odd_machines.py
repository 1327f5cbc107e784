"""A machine or an account that is set up oddly gets a sentence, not a traceback, and nothing hangs."""

from __future__ import annotations

import os
import pwd
import re
import sys
import time
from pathlib import Path

import pytest

from quiz.cli import main as command_line
from quiz.cli.main import main
from quiz.clock import SystemClock
from quiz.config.grades import grade_table
from quiz.config.reading import read_config
from quiz.config.toml_file import keep_setting
from quiz.errors import UsageError
from quiz.paths import data_dir, expanded

HOMES = ("HOME", "USER", "LOGNAME", "LNAME", "USERNAME", "QUIZ_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")


@pytest.mark.parametrize("command", [["paths"], ["stats"], ["study", "--plain"]], ids=" ".join)
def test_a_quiz_home_of_nobody_is_refused(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUIZ_HOME", "~nosuchuser/x")
    assert main(command) == 2
    assert "there is no such home folder" in capsys.readouterr().err


def test_an_account_without_name_and_home_needs_quiz_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unknown(_: object) -> None:
        raise KeyError("no such account")

    for name in HOMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    assert main(["stats"]) == 2
    assert "HOME is not set. Set QUIZ_HOME" in capsys.readouterr().err
    monkeypatch.setenv("QUIZ_HOME", str(tmp_path / "home"))
    assert main(["learner", "list"]) == 0
    assert "learner, 0 days" in capsys.readouterr().out


def test_a_home_folder_that_is_only_a_sign_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Platformdirs 4.2 answers so where there is no home."""
    monkeypatch.delenv("QUIZ_HOME")
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: Path("~/.local/share/quiz"))
    with pytest.raises(UsageError, match="no home folder"):
        data_dir()


@pytest.mark.parametrize(
    ("named", "zone"),
    [("Pacific/Apia", "Pacific/Apia"), (":Europe/Berlin", "Europe/Berlin"), ("UTC", "UTC")],
)
def test_a_zone_that_is_named_needs_no_looking_up(
    named: str, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", named)
    monkeypatch.setitem(sys.modules, "tzlocal", None)
    assert SystemClock().zone() == zone


@pytest.mark.parametrize(
    "named", ["", ":", "CET-1CEST", "Europe/Atlantis", "/etc/localtime", "../../etc/passwd"]
)
def test_whatever_else_tz_says_there_is_a_zone(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", named)
    assert re.fullmatch(r"[+-]\d\d:\d\d|[A-Z]\w+(/\w+)*", SystemClock().zone())


def test_a_rule_without_a_name_is_told_as_its_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "OWN-1:23")
    time.tzset()
    try:
        assert SystemClock().zone() == "+01:23"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_crash_without_a_home_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZ_HOME", "~nosuchuser/x")
    assert "(ValueError). QUIZ_HOME is “~nosuchuser/x”" in command_line._note_crash(ValueError("x"))


def test_a_path_of_nobody_stays_as_it_is() -> None:
    assert expanded("~nosuchuser/bank.yaml") == Path("~nosuchuser/bank.yaml")
    assert expanded("~/bank.yaml").is_absolute()


def test_a_quiz_home_that_is_too_long_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUIZ_HOME", str(tmp_path.joinpath(*["d" * 200] * 17)))
    for command in (["stats"], ["doctor"], ["learner", "list"]):
        assert main(command) in {0, 1}
        said = capsys.readouterr().err
        assert "error of its own" not in said
        assert ".new" not in said, "the record is named, not the draft of it"


def test_a_clock_beyond_what_can_be_counted_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def beyond() -> float:
        raise OverflowError("timestamp too large to convert to C _PyTime_t")

    monkeypatch.setattr(time, "time", beyond)
    assert main(["stats"]) == 2
    assert "clock is beyond the year 2261. Set it first." in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        f"theme = {'[' * 1500}{']' * 1500}",
        f"bank = {'{a = ' * 1500}1{'}' * 1500}",
        f"{'.'.join(['keys'] * 1500)} = 1",
        f"{'.'.join(['bank'] * 1500)} = 1",
        f"{'.'.join(['nothing'] * 1500)} = 1",
    ],
    ids=["lists", "tables", "keys", "banks", "unknown"],
)
def test_settings_nested_as_deeply_as_one_likes_are_told(text: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    told = read_config(path, {"QUIZ_BANK": "[" * 100_000}).findings
    assert told
    try:
        keep_setting(path, "theme", "nord")
    except UsageError:
        assert path.read_text(encoding="utf-8") == text


def test_a_name_of_more_parts_than_are_read_is_told_before_it_is_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f"[{'.'.join('a' * 50_000)}]", encoding="utf-8")
    monkeypatch.setattr("tomllib.loads", None)
    (told,) = read_config(path, {}).findings
    assert told.message == "This is nested too deeply, so nothing in the file counts."
    with pytest.raises(UsageError, match="nested too deeply"):
        keep_setting(path, "theme", "nord")


def test_grades_of_more_parts_than_are_read_are_told(tmp_path: Path) -> None:
    (tmp_path / "grades.toml").write_text(f"[{'.'.join('a' * 1_500)}]", encoding="utf-8")
    with pytest.raises(UsageError, match="nested too deeply"):
        grade_table("ours", tmp_path)


def test_settings_that_are_a_pipe_are_told_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    os.mkfifo(path)
    assert read_config(path, {}).findings[0].message == f"{path} is not a file."
    with pytest.raises(UsageError, match="is not a file"):
        keep_setting(path, "theme", "nord")


def test_a_zone_further_away_than_any_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TZ", "UTC+99")
    time.tzset()
    try:
        assert main(["stats"]) == 0
        assert main(["plan"]) == 0
    finally:
        monkeypatch.undo()
        time.tzset()
    assert "error of its own" not in capsys.readouterr().err
