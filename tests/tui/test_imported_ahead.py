"""What the first keys need is imported while Home is looked at."""

from __future__ import annotations

import asyncio
from importlib.util import find_spec
from pathlib import Path

import pytest

from quiz.tui import app as app_module
from quiz.tui.app import AHEAD, QuizApp
from tests.fakes import make_workspace


def test_what_is_imported_ahead_is_there() -> None:
    assert [name for name in AHEAD if find_spec(name) is None] == []


async def test_what_the_first_keys_need_is_imported_piece_by_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported: list[str] = []
    monkeypatch.setattr(app_module, "AHEAD", ("not.yet.there", "sys", "nor.that"))
    monkeypatch.setattr(app_module, "BETWEEN_PIECES", 0.001)
    monkeypatch.setattr(app_module, "import_module", imported.append)
    workspace = make_workspace(tmp_path)
    async with QuizApp(workspace).run_test() as pilot:
        await pilot.pause()
        for _ in range(200):
            if len(imported) == 2:
                break
            await asyncio.sleep(0.005)
    assert imported == ["not.yet.there", "nor.that"]
    workspace.record.close()
