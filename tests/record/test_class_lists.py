"""Class lists in the record."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from quiz.errors import HistoryReadOnly, UsageError
from quiz.record.class_lists import read_names
from quiz.record.record import History
from quiz.record.upkeep.backups import back_up_daily, backups_of
from tests.record.record_stress import attempt, opening


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with History.open(tmp_path / "history.db", rng=Random(3)) as opened:
        yield opened


def names(history: History, roster: str = "7b") -> list[str]:
    return [pupil.name for pupil in history.rosters.named(roster).pupils]


def test_a_roster_keeps_its_order_and_tells_pupils_of_one_name_apart(history: History) -> None:
    added = history.rosters.add(" 7b ", ["Zoë", "Anna", "王小明", "Anna"])
    assert (added.roster.name, added.new) == ("7b", 4)
    assert names(history) == ["Zoë", "Anna 1", "王小明", "Anna 2"]
    assert len({pupil.id for pupil in added.roster.pupils}) == 4
    assert history.rosters.by_id(added.roster.id) == added.roster


def test_a_list_read_again_adds_only_who_is_new(history: History) -> None:
    first = history.rosters.add("7b", ["Anna", "Bo"]).roster
    again = history.rosters.add("7B", ["Bo", "Cy", "Anna"])
    assert again.new == 1
    assert again.roster.pupils[:2] == first.pupils
    assert names(history) == ["Anna", "Bo", "Cy"]
    assert len(history.rosters.all()) == 1


def test_pupils_of_two_classes_are_not_mixed_up(history: History) -> None:
    one = history.rosters.add("7b", ["Anna"]).roster
    other = history.rosters.add("8a", ["Anna"]).roster
    assert one.pupils[0].id != other.pupils[0].id


def test_a_late_pupil_of_the_same_name_is_another_one(history: History) -> None:
    roster = history.rosters.add("7b", ["Anna"]).roster
    late = history.rosters.join(roster.id, "Anna", [roster.pupils[0].id])
    assert late.name == "Anna 2"
    assert late.id != roster.pupils[0].id


def test_a_late_pupil_who_is_on_the_roster_already_is_that_one(history: History) -> None:
    first, second = history.rosters.add("7b", ["Anna", "Anna"]).roster.pupils
    roster = history.rosters.named("7b").id
    assert history.rosters.join(roster, "anna", [first.id]) == second
    assert history.rosters.join(roster, "Anna 1", [second.id]) == first
    assert history.rosters.join(roster, "Anna", [first.id, second.id]).name == "Anna 3"


def test_forgetting_a_roster_takes_the_names_and_leaves_the_figures(history: History) -> None:
    roster = history.rosters.add("7b", ["Wilhelmina Nobody", "Bo"]).roster
    teacher = history.learner("teacher")
    pupil = roster.pupils[0].id
    history.start(begun := opening(teacher.id, Random(1)))
    history.record(begun.id, [attempt(1, learner=pupil)])
    history.rosters.forget(roster.id)
    assert history.rosters.all() == []
    assert [learner.name for learner in history.learners()] == ["teacher", "", ""]
    assert sum(total.attempts for total in history.item_totals(pupil)) == 1
    history.close()
    assert b"Wilhelmina" not in history.path.read_bytes()


def test_backups_forget_names_too_and_stay_as_old_as_they_were(history: History) -> None:
    roster = history.rosters.add("Octavia", ["Wilhelmina Nobody", "Bo"]).roster
    other = history.rosters.add("8a", ["Jemima Puddle"]).roster
    for day in (1, 2):
        back_up_daily(history.path, date(2025, 6, day))
    old, older = backups_of(history.path)[0].path, backups_of(history.path)[1].path
    os.utime(older, (1000, 1000))
    assert history.rosters.forget(roster.id) == history.rosters.forget_pupils([other.pupils[0].id]) == []
    for path in (old, older):
        assert not any(name in path.read_bytes() for name in (b"Wilhelmina", b"Jemima", b"Octavia"))
        with History.open(path, read_only=True) as backup:
            assert [shown.name for shown in backup.rosters.all()] == ["8a"]
            assert len(backup.learners()) == 3
            assert backup.integrity() == []
    assert older.stat().st_mtime == 1000


def test_a_backup_that_cannot_be_changed_is_told(history: History) -> None:
    roster = history.rosters.add("7b", ["Anna"]).roster
    back_up_daily(history.path, date(2025, 6, 1))
    backup = backups_of(history.path)[0].path
    backup.write_bytes(b"no database at all")
    assert history.rosters.forget(roster.id) == [backup]
    assert history.rosters.all() == []


def test_forgetting_one_pupil_leaves_the_others(history: History) -> None:
    roster = history.rosters.add("7b", ["Anna", "Anna", "Bo"]).roster
    history.rosters.forget_pupils([roster.pupils[0].id])
    assert names(history) == ["Anna", "Bo"]


def test_the_person_at_the_machine_is_never_mistaken_for_a_pupil(tmp_path: Path) -> None:
    for seed in range(8):
        with History.open(tmp_path / f"{seed}.db", rng=Random(seed)) as history:
            own = history.learner("Anna")
            history.rosters.add("7b", ["Anna"])
            assert history.learner("Anna") == own


def test_an_unknown_roster_is_told_with_a_guess(history: History) -> None:
    with pytest.raises(UsageError, match="There are: none"):
        history.rosters.named("7b")
    history.rosters.add("Class 7b", ["Anna"])
    with pytest.raises(UsageError, match="Did you mean “Class 7b”"):
        history.rosters.named("class 7")
    assert history.rosters.by_id("nobody") is None


@pytest.mark.parametrize("name", ["", "  ", "a\x1b[2J", "\u202etxt", "x" * 81])
def test_names_that_cannot_be(history: History, name: str) -> None:
    for roster, pupils in ((name, ["Anna"]), ("7b", [name])):
        with pytest.raises(UsageError):
            history.rosters.add(roster, pupils)
    assert history.rosters.all() == []


def test_a_roster_has_room_for_200(history: History) -> None:
    roster = history.rosters.add("7b", [f"Pupil {k}" for k in range(200)]).roster
    with pytest.raises(UsageError, match="at most 200"):
        history.rosters.join(roster.id, "One more")
    assert len(history.rosters.named("7b").pupils) == 200


def test_a_record_for_reading_shows_rosters_and_changes_none(history: History) -> None:
    history.rosters.add("7b", ["Anna"])
    with History.open(history.path, read_only=True) as shown:
        assert names(shown) == ["Anna"]
        with pytest.raises(HistoryReadOnly):
            shown.rosters.add("8a", ["Bo"])


def test_files_of_names(tmp_path: Path) -> None:
    text, table = tmp_path / "7b.txt", tmp_path / "7b.csv"
    text.write_text("Anna\nBo\n", encoding="utf-8-sig")
    table.write_text("Nachname;Vorname\nLi;Bo\n", encoding="utf-16")
    assert read_names(text) == ["Anna", "Bo"]
    assert read_names(table) == ["Bo Li"]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(b"Zo\xeb\n", "not written in UTF-8"), (b"", "no name"), (b"A" * 1_000_001, "too large")],
)
def test_files_that_hold_no_names(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "7b.txt"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=complaint):
        read_names(path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.txt", tmp_path):
        with pytest.raises(UsageError, match="cannot be read"):
            read_names(path)
