"""`quiz doctor`, `quiz config` and `quiz paths`, as a person runs them."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from pathlib import Path

import pytest

from quiz.config.settings import THEME_NAMES, Config, settings_of, wanted
from tests import programs
from tests.sample_banks import SMALL


@pytest.fixture
def quiz(tmp_path: Path):
    """Run a command line and return what came of it."""

    def run(*arguments: str, typed: str = "", code: int = 0, **environment: str) -> str:
        told = {**os.environ, "QUIZ_HOME": str(tmp_path / "home"), **environment}
        done = programs.run(arguments, typed=typed, environment=told)
        assert "Traceback" not in done.stderr
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


@pytest.fixture
def studied(tmp_path: Path, quiz) -> Path:
    """A record with an answer to an item of a bank; returns the record's file."""
    bank = tmp_path / "small.yaml"
    bank.write_text(SMALL, encoding="utf-8")
    quiz("study", str(bank), "--plain", typed="1\n\n:quit\n")
    return tmp_path / "home" / "history.db"


def test_a_sound_record_is_said_to_be_sound(quiz, studied: Path) -> None:
    said = quiz("doctor")
    assert "The record is sound." in said
    assert "small/capital" in said  # its bank is not among those found by themselves
    found = json.loads(quiz("doctor", "--json"))
    assert found["complaints"] == []
    assert found["orphans"] == ["small/capital"]


def test_before_the_first_session_there_is_nothing_to_look_after(quiz) -> None:
    assert "There is no record yet." in quiz("doctor")
    found = json.loads(quiz("doctor", "--json"))
    assert (found["has_record"], found["complaints"], found["orphans"]) == (False, [], [])
    assert {"quiz", "Python", "SQLite", "textual", "fsrs"} <= set(found["versions"])


def test_what_is_remembered_is_worked_out_anew(quiz, studied: Path) -> None:
    with sqlite3.connect(studied) as db:
        db.execute("DELETE FROM memory")
    db.close()
    assert "had to be calculated again" in quiz("doctor", code=1)
    assert "agrees with the record" in quiz("doctor")


def test_backup_and_restore(quiz, studied: Path, tmp_path: Path) -> None:
    quiz("doctor", "--backup")
    assert "history-" in quiz("doctor", "--backups")
    quiz("study", str(tmp_path / "small.yaml"), "--plain", typed="Pacific\n\n:quit\n")
    assert "Restored" in quiz("doctor", "--restore")
    with sqlite3.connect(studied) as db:
        assert db.execute("SELECT count(*) FROM event WHERE kind='attempt'").fetchone() == (1,)
    db.close()


def test_a_damaged_record_is_never_taken_for_an_empty_one(quiz, studied: Path) -> None:
    studied.write_bytes(b"This is not a database. " * 400)
    before = studied.read_bytes()
    said = quiz("study", "--plain", code=1)
    assert str(studied) in said
    assert studied.read_bytes() == before


def test_restoring_needs_a_backup(quiz, studied: Path, tmp_path: Path) -> None:
    assert "There is no backup to restore." in quiz("doctor", "--restore", code=2)
    assert "There is no file" in quiz("doctor", "--restore", str(tmp_path / "nothing.db"), code=2)


def test_settings_are_shown_changed_and_kept(quiz, tmp_path: Path) -> None:
    assert "new_per_day" in quiz("config")
    quiz("config", "new_per_day", "7")
    assert json.loads(quiz("config", "--json"))["new_per_day"] == 7
    assert "new_per_day = 7" in (tmp_path / "home" / "config.toml").read_text(encoding="utf-8")
    assert json.loads(quiz("config", "--json", QUIZ_NEW_PER_DAY="3"))["new_per_day"] == 3


def test_what_is_wrong_with_the_config_is_said_with_its_line(quiz, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    file = tmp_path / "home" / "config.toml"
    file.write_text('theme = "nord"\nnew_per_dya = 3\ncriterion = 9\n', encoding="utf-8")
    said = quiz("config", code=1)
    assert "config.toml:2: There is no setting “new_per_dya”. Did you mean “new_per_day”?" in said
    assert "config.toml:3: “criterion” cannot be 9" in said
    assert json.loads(quiz("config", "theme", "--json", code=1))["theme"] == "nord"


def test_changing_a_setting_keeps_comments(quiz, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    file = tmp_path / "home" / "config.toml"
    file.write_text("# mine\ncriterion = 2  # twice\n", encoding="utf-8")
    quiz("config", "criterion", "3")
    assert file.read_text(encoding="utf-8") == "# mine\ncriterion = 3  # twice\n"


def test_a_setting_that_is_not_there_is_refused(quiz) -> None:
    assert "There is no setting “colour”" in quiz("config", "colour", code=2)
    assert "cannot be" in quiz("config", "criterion", "often", code=2)


def test_every_setting_is_explained(quiz) -> None:
    said = quiz("config", "--help")
    for setting in settings_of(Config()):
        assert setting.name in said
        assert setting.description in said
        assert wanted(setting.name) in said
    assert all(theme in said for theme in THEME_NAMES)


def test_who_set_what_is_shown(quiz) -> None:
    quiz("config", "theme", "nord")
    said = quiz("config", "--set", "criterion=2", QUIZ_MOUSE="no").splitlines()
    told = {line.split()[0]: line.split()[1:] for line in said}
    assert told["theme"] == ["nord", "(config.toml)"]
    assert told["mouse"] == ["no", "(environment)"]
    assert told["criterion"] == ["2", "(--set)"]
    assert told["fuzz"] == ["yes"]
    assert "QUIZ_THEME in the environment overrides it" in quiz(
        "config", "theme", "dracula", QUIZ_THEME="nord"
    )


def test_keys_are_listed_and_changed_one_by_one(quiz, tmp_path: Path) -> None:
    quiz("config", "keys.home.study", "f10")
    quiz("config", "keys.help", "f2")
    said = quiz("config", "keys")
    assert re.search(r"^home\.study +f10 +Study what is due", said, re.MULTILINE)
    assert re.search(r"^home\.exam +x +Take an exam", said, re.MULTILINE)
    assert "Did you mean “home.study”?" in quiz("config", "keys.home.stduy", "f10", code=2)


def test_a_config_that_cannot_be_written_is_said(quiz, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("", encoding="utf-8")
    assert "could not be saved" in quiz("config", "theme", "nord", code=2)


def test_a_setting_on_the_command_line_counts_for_that_once(quiz, studied: Path, tmp_path: Path) -> None:
    said = quiz("--set", "learner=anna", "stats", "--json")
    assert json.loads(said)["overview"]["learner"] == "anna"
    assert json.loads(quiz("stats", "--json", "--set", "learner=ben"))["overview"]["learner"] == "ben"
    assert json.loads(quiz("stats", "--json", QUIZ_LEARNER="cem"))["overview"]["learner"] == "cem"
    assert not (tmp_path / "home" / "config.toml").exists()
    assert "Did you mean “theme”?" in quiz("list", "--set", "thme=nord", code=2)
    assert "--set needs a setting and its value" in quiz("list", "--set", "theme", code=2)


def test_a_bank_folder_that_is_away_keeps_nothing_from_working(quiz, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    quiz("config", "banks", str(gone))
    said = quiz("list")
    assert f"There is no folder “{gone}”, which the setting “banks” names." in said
    assert "courtship" in said
    gone.mkdir()
    (gone / "small.yaml").write_text(SMALL, encoding="utf-8")
    assert "A small bank" in quiz("list")
    assert "5 banks checked" in quiz("check")
