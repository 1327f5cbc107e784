"""Home is painted before a large bank that was never read, and fills in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from quiz.banks import put_off
from quiz.banks.index.index import BankIndex
from quiz.banks.library import Library
from quiz.errors import BankError
from quiz.tui.app import QuizApp
from quiz.tui.home.screen import HomeScreen
from quiz.tui.home.settings import SettingsScreen
from quiz.tui.statistics.bank import BankStatisticsScreen
from quiz.tui.statistics.overview import StatisticsScreen
from tests.fakes import make_workspace
from tests.resilience.maximal import SINGLE, Case, bank_with
from tests.screens import flat


@pytest.fixture
def reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[QuizApp]:
    """Yield an app that goes on reading its only bank, until it is told that this has been read."""
    monkeypatch.setattr(put_off, "LARGE", 1)
    monkeypatch.setattr(QuizApp, "read_put_off", lambda _: None)
    workspace = make_workspace(tmp_path)
    workspace.library = Library((), [Case("large", bank_with, SINGLE).write(tmp_path / "large.yaml")])
    workspace.library.put_off.is_on = True
    yield QuizApp(workspace)
    workspace.record.close()


async def test_a_large_bank_is_read_once_home_is_painted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(put_off, "LARGE", 1)
    path = Case("large", bank_with, SINGLE).write(tmp_path / "large.yaml")
    os.utime(path, (0, 0))  # what changed a moment ago is read again
    workspace = make_workspace(tmp_path)
    index = BankIndex(tmp_path / "banks.db")
    workspace.library = Library((), [path], index)
    workspace.library.put_off.is_on = True
    (before,) = workspace.library.summaries()
    assert before.is_being_read
    assert not before.is_usable
    assert not before.is_whole
    app = QuizApp(workspace)
    async with app.run_test() as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert workspace.library.bank("large").title == "Large"
        assert not workspace.library.put_off
        assert index.recall(str(path), path.stat()) is not None
    workspace.record.close()
    index.close()


async def test_a_bank_that_is_being_read_is_not_told_as_wrong_and_keeps_the_cursor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(put_off, "LARGE", 1)
    monkeypatch.setattr(QuizApp, "read_put_off", lambda _: None)
    workspace = make_workspace(tmp_path)
    first = Case("", partial(bank_with, bank="small"), SINGLE).write(tmp_path / "first.yaml")
    second = Case("", bank_with, SINGLE).write(tmp_path / "second.yaml")
    workspace.library = Library((), [first, second])
    workspace.library.put_off.is_on = True
    app = QuizApp(workspace)
    async with app.run_test() as pilot:
        home = app.screen
        assert isinstance(home, HomeScreen)
        said = flat(app)
        assert "second.yaml" in said
        assert "being read" in said
        assert "error" not in said
        assert "not usable" not in said
        await app._take_early_keys()
        await pilot.press("down")
        for key in "sxdrBp":
            app.clear_notifications()
            await pilot.press(key)
            assert [each.message for each in app._notifications] == [
                "This bank is still being read. Try again in a moment."
            ]
        with pytest.raises(BankError, match=r"“second.yaml” is still being read"):
            workspace.library.bank(str(second))
        with pytest.raises(BankError, match="There is no bank “large” yet"):
            workspace.library.bank("large")
        app._take_put_off([])
        await pilot.pause()
        assert home.chosen is not None
        assert home.chosen.key == "large"
        assert "being read" not in flat(app)
    workspace.record.close()


async def test_a_large_bank_that_changes_later_is_read_when_it_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(put_off, "LARGE", 1)
    workspace = make_workspace(tmp_path)
    app = QuizApp(workspace)
    path = tmp_path / "large.yaml"
    workspace.library = Library((), [path])
    workspace.library.put_off.is_on = True
    async with app.run_test() as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        Case("large", bank_with, SINGLE).write(path)
        assert workspace.library.bank("large").title == "Large"
    workspace.record.close()


@pytest.mark.parametrize("has_come", [True, False])
async def test_a_key_at_home_waits_for_banks_that_are_being_read_but_not_for_long(
    reading: QuizApp, has_come: bool
) -> None:
    async with reading.run_test() as pilot:
        await pilot.press("i", "enter")
        assert isinstance(reading.screen, HomeScreen)
        if has_come:
            reading._take_put_off([])
        else:
            await reading._take_early_keys()
        await pilot.pause(0.1)
        assert isinstance(reading.screen, BankStatisticsScreen if has_come else StatisticsScreen)


async def test_what_needs_no_bank_waits_for_none(reading: QuizApp) -> None:
    async with reading.run_test() as pilot:
        await pilot.press("comma")
        assert isinstance(reading.screen, SettingsScreen)


async def test_leaving_waits_for_no_bank_that_is_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[bool] = []
    workspace = make_workspace(tmp_path)
    monkeypatch.setattr(workspace.library.put_off, "stop", lambda: stopped.append(True))
    app = QuizApp(workspace)
    async with app.run_test() as pilot:
        await pilot.pause()
    assert stopped == [True]
    workspace.record.close()
