"""The record is gone and there are copies: nothing begins anew unless the person says so."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep.backups import back_up_daily, backups_of
from quiz.record.upkeep.copies import copies_of
from tests.cli.running import quiz
from tests.record.record_stress import filled
from tests.resilience.world import bank_of
from tests.terminal import Terminal

TODAY = date(2025, 6, 18)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose record is gone, with two backups."""
    made = tmp_path / "home"
    made.mkdir()
    filled(made / "history.db", sessions=2)
    back_up_daily(made / "history.db", TODAY)
    filled(made / "history.db", sessions=1, seed=5)
    back_up_daily(made / "history.db", TODAY + timedelta(days=1))
    (made / "history.db").unlink()
    return made


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    made = tmp_path / "world.yaml"
    made.write_text(bank_of("plain"), encoding="utf-8")
    return made


def events_in(home: Path) -> int:
    with SqliteRecord.open(home / "history.db") as record:
        return sum(len(events) for _, events in record.everything())


@pytest.mark.parametrize(
    "command",
    [("stats",), ("record", "list"), ("record", "export"), ("class", "list"), ("result",), ("doctor",)],
    ids=" ".join,
)
def test_no_command_begins_anew_in_silence(home: Path, command: tuple[str, ...]) -> None:
    done = quiz(home, *command)
    assert done.returncode == 1
    assert "is gone" in done.stdout + done.stderr
    assert "quiz doctor --restore" in done.stdout + done.stderr
    assert not (home / "history.db").exists()


def test_doctor_restores_the_newest_and_says_what_holds_more(home: Path) -> None:
    listed = quiz(home, "doctor", "--backups").stdout.splitlines()
    assert ["63 events" in line for line in listed] == [True, False]
    assert quiz(home, "doctor", "--restore").returncode == 0
    assert events_in(home) == 63
    done = quiz(home, "doctor", "--restore", str(backups_of(home / "history.db")[1].path))
    assert "history-2025-06-19.db holds more: 63 events." in done.stdout
    assert events_in(home) == 42


def test_doctor_begins_anew_where_it_is_told_to(home: Path) -> None:
    assert quiz(home, "doctor", "--begin-anew").returncode == 0
    assert events_in(home) == 0
    assert len(backups_of(home / "history.db")) == 2
    again = quiz(home, "doctor", "--begin-anew")
    assert again.returncode == 2
    assert "There is a record" in again.stderr


def ask_plainly(home: Path, bank: Path, typed: str) -> tuple[int, str]:
    done = quiz(home, "study", str(bank), "--plain", typed=typed)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("typed", "events"),
    [("r\n:quit\n", 63), ("l\n2\n:quit\n", 42), ("nonsense\nn\n:quit\n", 0)],
    ids=["restore", "look", "anew"],
)
def test_plain_mode_asks(home: Path, bank: Path, typed: str, events: int) -> None:
    code, said = ask_plainly(home, bank, typed)
    assert code == 0, said
    assert "is gone" in said
    assert "restore the newest: 2025-06-19: 3 sessions, 63 events" in said
    assert events_in(home) == events


@pytest.mark.parametrize("typed", ["", "q\n"])
def test_plain_mode_changes_nothing_where_nobody_answers(home: Path, bank: Path, typed: str) -> None:
    code, said = ask_plainly(home, bank, typed)
    assert code == 1
    assert "quiz doctor --restore" in said
    assert not (home / "history.db").exists()


def test_plain_mode_asks_again_where_the_copy_is_damaged(home: Path, bank: Path) -> None:
    newest = copies_of(home / "history.db")[0].path
    newest.write_bytes(newest.read_bytes().replace(b"Option of", b"option of"))
    code, said = ask_plainly(home, bank, "r\nl\n2\n:quit\n")
    assert code == 0
    assert "is damaged" in said
    assert events_in(home) == 42


@pytest.fixture
def begun(home: Path, bank: Path) -> Iterator[Callable[[], Terminal]]:
    terminals: list[Terminal] = []

    def begin() -> Terminal:
        terminals.append(Terminal([str(bank)], home=home, size=(100, 30)))
        terminals[-1].wait_for("is gone", "Restore the newest")
        return terminals[-1]

    yield begin
    for terminal in terminals:
        terminal.__exit__(None, None, None)


def test_the_screen_asks_and_restores_the_newest(begun: Callable[[], Terminal], home: Path) -> None:
    terminal = begun()
    terminal.press("enter")
    terminal.wait_for("plain", "Nothing answered yet")
    terminal.press("ctrl+q")
    assert terminal.wait() == 0
    assert events_in(home) == 63


def test_the_screen_changes_nothing_where_one_leaves(begun: Callable[[], Terminal], home: Path) -> None:
    terminal = begun()
    terminal.press("q")
    assert terminal.wait() == 1
    assert not (home / "history.db").exists()


def test_eight_days_without_the_record_cost_no_backup(home: Path, bank: Path) -> None:
    """Even where somebody says "begin anew" each day, what was there before the loss stays."""
    path = home / "history.db"
    shutil.copy(backups_of(path)[0].path, path)
    for day in range(2, 7):
        back_up_daily(path, TODAY + timedelta(days=day))
    good = {backup.path.name for backup in backups_of(path)}
    assert len(good) == 7
    for day in range(7, 15):
        path.unlink()
        code, said = ask_plainly(home, bank, "n\n:quit\n")
        assert (code, "is gone" in said) == (0, True)
        back_up_daily(path, TODAY + timedelta(days=day))
    assert good <= {backup.path.name for backup in backups_of(path)}
