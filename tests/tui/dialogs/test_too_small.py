"""What is said in a terminal that is too small."""

from __future__ import annotations

import asyncio

import pytest

from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.dialogs.too_small import TooSmallScreen


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (5, 5), (1, 80), (250, 1)])
async def test_however_small_it_is_laid_out_once_and_then_left_alone(
    size: tuple[int, int], workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    layouts: list[object] = []
    lay_out = TooSmallScreen._refresh_layout

    def count(screen: TooSmallScreen, *told: object, **named: object) -> None:
        layouts.append(screen.size)
        lay_out(screen, *told, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(TooSmallScreen, "_refresh_layout", count)
    app = QuizApp(workspace)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, TooSmallScreen)
        before = len(layouts)
        assert before > 0
        await asyncio.sleep(0.1)
        assert len(layouts) == before
