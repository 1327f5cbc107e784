"""The screen that asks what to do where the record is gone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from quiz.config.settings import Config
from quiz.errors import RecordMissing
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep.backups import back_up_daily
from quiz.services.missing_record import MissingRecord
from quiz.tui.dialogs.missing_record import MissingRecordApp
from quiz.tui.widgets.row_list import RowList
from tests.record.record_stress import filled

TODAY = date(2025, 6, 18)


@pytest.fixture
def missing(tmp_path: Path) -> MissingRecord:
    path = tmp_path / "history.db"
    filled(path, sessions=1)
    back_up_daily(path, TODAY)
    filled(path, sessions=1, seed=4)
    back_up_daily(path, TODAY + timedelta(days=1))
    path.unlink()
    with pytest.raises(RecordMissing) as told:
        SqliteRecord.open(path)
    return MissingRecord(path, told.value)


def events_in(missing: MissingRecord) -> int:
    with SqliteRecord.open(missing.path) as record:
        return sum(len(events) for _, events in record.everything())


@pytest.mark.parametrize(
    ("keys", "events"),
    [
        (("enter",), 42),
        (("down", "enter", "down", "enter"), 21),
        (("down", "enter", "escape", "enter"), 42),
        (("down", "down", "enter"), 0),
    ],
    ids=["newest", "look", "look and back", "anew"],
)
async def test_what_is_chosen_is_done(missing: MissingRecord, keys: tuple[str, ...], events: int) -> None:
    app = MissingRecordApp(Config(), missing)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
    assert app.is_settled
    assert events_in(missing) == events


@pytest.mark.parametrize("keys", [("escape",), ("q",), ("end", "enter"), ("ctrl+q",)])
async def test_whoever_leaves_changes_nothing(missing: MissingRecord, keys: tuple[str, ...]) -> None:
    app = MissingRecordApp(Config(), missing)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
    assert not app.is_settled
    assert not missing.path.exists()


async def test_a_copy_that_is_damaged_is_said_and_another_can_be_chosen(missing: MissingRecord) -> None:
    newest = missing.copies[0].path
    newest.write_bytes(newest.read_bytes().replace(b"Option of", b"option of"))
    app = MissingRecordApp(Config(), missing)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert "is damaged" in str(app.screen.query_one("#refused").render())
        assert app.screen.query_one(RowList).has_focus
        await pilot.press("down", "enter", "down", "enter")
    assert app.is_settled
    assert events_in(missing) == 21
