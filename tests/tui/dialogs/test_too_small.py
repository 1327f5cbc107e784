"""What is shown in too small a terminal."""

from __future__ import annotations

import pytest

from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.dialogs.too_small import TooSmallScreen


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (1, 80), (3, 1), (250, 1)])
async def test_it_is_laid_out_once_however_small_the_terminal(
    workspace: Workspace, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out = 0
    textuals = TooSmallScreen._refresh_layout

    def count(screen: TooSmallScreen, *told: object, **more: object) -> None:
        nonlocal laid_out
        laid_out += 1
        textuals(screen, *told, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(TooSmallScreen, "_refresh_layout", count)
    app = QuizApp(workspace)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, TooSmallScreen)
        assert 0 < laid_out < 10
