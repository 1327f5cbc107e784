"""Class lists in the record."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from quiz.errors import RecordReadOnly, UsageError
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep.backups import back_up_daily, backups_of
from tests.record.record_stress import attempt, header
from tests.record.totals import item_totals


@pytest.fixture
def record(tmp_path: Path) -> Iterator[SqliteRecord]:
    with SqliteRecord.open(tmp_path / "history.db", rng=Random(3)) as opened:
        yield opened


def names(record: SqliteRecord, class_list: str = "7b") -> list[str]:
    return [pupil.name for pupil in record.class_lists.named(class_list).pupils]


def test_a_roster_keeps_its_order_and_tells_pupils_of_one_name_apart(record: SqliteRecord) -> None:
    added = record.class_lists.add(" 7b ", ["Zoë", "Anna", "王小明", "Anna"])
    assert (added.class_list.name, added.new) == ("7b", 4)
    assert names(record) == ["Zoë", "Anna 1", "王小明", "Anna 2"]
    assert len({pupil.id for pupil in added.class_list.pupils}) == 4
    assert record.class_lists.by_id(added.class_list.id) == added.class_list


def test_a_list_read_again_adds_only_who_is_new(record: SqliteRecord) -> None:
    first = record.class_lists.add("7b", ["Anna", "Bo"]).class_list
    again = record.class_lists.add("7B", ["Bo", "Cy", "Anna"])
    assert again.new == 1
    assert again.class_list.pupils[:2] == first.pupils
    assert names(record) == ["Anna", "Bo", "Cy"]
    assert len(record.class_lists.all()) == 1


def test_pupils_of_two_classes_are_not_mixed_up(record: SqliteRecord) -> None:
    one = record.class_lists.add("7b", ["Anna"]).class_list
    other = record.class_lists.add("8a", ["Anna"]).class_list
    assert one.pupils[0].id != other.pupils[0].id


def test_a_late_pupil_of_the_same_name_is_another_one(record: SqliteRecord) -> None:
    class_list = record.class_lists.add("7b", ["Anna"]).class_list
    late = record.class_lists.join(class_list.id, "Anna", [class_list.pupils[0].id])
    assert late.name == "Anna 2"
    assert late.id != class_list.pupils[0].id


def test_a_late_pupil_who_is_on_the_roster_already_is_that_one(record: SqliteRecord) -> None:
    first, second = record.class_lists.add("7b", ["Anna", "Anna"]).class_list.pupils
    class_list = record.class_lists.named("7b").id
    assert record.class_lists.join(class_list, "anna", [first.id]) == second
    assert record.class_lists.join(class_list, "Anna 1", [second.id]) == first
    assert record.class_lists.join(class_list, "Anna", [first.id, second.id]).name == "Anna 3"


def test_forgetting_a_roster_takes_the_names_and_leaves_the_figures(record: SqliteRecord) -> None:
    class_list = record.class_lists.add("7b", ["Wilhelmina Nobody", "Bo"]).class_list
    teacher = record.learner("teacher")
    pupil = class_list.pupils[0].id
    record.start(begun := header(teacher.id, Random(1)))
    record.append(begun.id, [attempt(1, learner=pupil)])
    record.class_lists.forget(class_list.id)
    assert record.class_lists.all() == []
    assert [learner.name for learner in record.learners()] == ["teacher", "", ""]
    assert sum(total.attempts for total in item_totals(record, pupil)) == 1
    record.close()
    assert b"Wilhelmina" not in record.path.read_bytes()


def test_backups_forget_names_too_and_stay_as_old_as_they_were(record: SqliteRecord) -> None:
    class_list = record.class_lists.add("Octavia", ["Wilhelmina Nobody", "Bo"]).class_list
    other = record.class_lists.add("8a", ["Jemima Puddle"]).class_list
    for day in (1, 2):
        back_up_daily(record.path, date(2025, 6, day))
    old, older = backups_of(record.path)[0].path, backups_of(record.path)[1].path
    os.utime(older, (1000, 1000))
    assert (
        record.class_lists.forget(class_list.id)
        == record.class_lists.forget_pupils([other.pupils[0].id])
        == []
    )
    for path in (old, older):
        assert not any(name in path.read_bytes() for name in (b"Wilhelmina", b"Jemima", b"Octavia"))
        with SqliteRecord.open(path, read_only=True) as backup:
            assert [shown.name for shown in backup.class_lists.all()] == ["8a"]
            assert len(backup.learners()) == 3
            assert backup.integrity() == []
    assert older.stat().st_mtime == 1000


def test_a_backup_that_cannot_be_changed_is_told(record: SqliteRecord) -> None:
    class_list = record.class_lists.add("7b", ["Anna"]).class_list
    back_up_daily(record.path, date(2025, 6, 1))
    backup = backups_of(record.path)[0].path
    backup.write_bytes(b"no database at all")
    assert record.class_lists.forget(class_list.id) == [backup]
    assert record.class_lists.all() == []


def test_forgetting_one_pupil_leaves_the_others(record: SqliteRecord) -> None:
    class_list = record.class_lists.add("7b", ["Anna", "Anna", "Bo"]).class_list
    record.class_lists.forget_pupils([class_list.pupils[0].id])
    assert names(record) == ["Anna", "Bo"]


def test_the_person_at_the_machine_is_never_mistaken_for_a_pupil(tmp_path: Path) -> None:
    for seed in range(8):
        with SqliteRecord.open(tmp_path / f"{seed}.db", rng=Random(seed)) as record:
            own = record.learner("Anna")
            record.class_lists.add("7b", ["Anna"])
            assert record.learner("Anna") == own


def test_an_unknown_roster_is_told_with_a_guess(record: SqliteRecord) -> None:
    with pytest.raises(UsageError, match="There are: none"):
        record.class_lists.named("7b")
    record.class_lists.add("Class 7b", ["Anna"])
    with pytest.raises(UsageError, match="Did you mean “Class 7b”"):
        record.class_lists.named("class 7")
    assert record.class_lists.by_id("nobody") is None


@pytest.mark.parametrize("name", ["", "  ", "a\x1b[2J", "\u202etxt", "x" * 81])
def test_names_that_cannot_be(record: SqliteRecord, name: str) -> None:
    for class_list, pupils in ((name, ["Anna"]), ("7b", [name])):
        with pytest.raises(UsageError):
            record.class_lists.add(class_list, pupils)
    assert record.class_lists.all() == []


def test_a_roster_has_room_for_200(record: SqliteRecord) -> None:
    class_list = record.class_lists.add("7b", [f"Pupil {k}" for k in range(200)]).class_list
    with pytest.raises(UsageError, match="at most 200"):
        record.class_lists.join(class_list.id, "One more")
    assert len(record.class_lists.named("7b").pupils) == 200


def test_a_record_for_reading_shows_rosters_and_changes_none(record: SqliteRecord) -> None:
    record.class_lists.add("7b", ["Anna"])
    with SqliteRecord.open(record.path, read_only=True) as shown:
        assert names(shown) == ["Anna"]
        with pytest.raises(RecordReadOnly):
            shown.class_lists.add("8a", ["Bo"])
