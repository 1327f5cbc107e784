"""Stylesheets are read when they come, and again when the colours change."""

from __future__ import annotations

from typing import Any

import pytest
from textual.css import stylesheet

from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.dialogs.too_small import TooSmallScreen
from tests.rest import TEXTUALS_PARSE


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sheets that were read, by what they belong to."""
    found: list[str] = []

    def parse(scope: str, css: str, read_from: tuple[str, str], **told: Any) -> Any:
        found.append(read_from[1])
        return textuals(scope, css, read_from, **told)

    textuals = stylesheet.parse
    monkeypatch.setattr(stylesheet, "parse", parse)
    monkeypatch.setattr(stylesheet.Stylesheet, "_parse_rules", TEXTUALS_PARSE)
    return found


async def test_a_screen_s_own_sheet_is_all_that_is_read_when_it_opens(
    workspace: Workspace, read: list[str]
) -> None:
    app = QuizApp(workspace)
    async with app.run_test() as pilot:
        assert "TopLine.DEFAULT_CSS" in read
        read.clear()
        await app.push_screen(TooSmallScreen(40, 12))
        await pilot.pause()
        assert sorted(read) == ["Static.DEFAULT_CSS", "TooSmallScreen.CSS"]


async def test_other_colours_are_read_everywhere(workspace: Workspace, read: list[str]) -> None:
    app = QuizApp(workspace)
    async with app.run_test() as pilot:
        before = app.screen.styles.background
        read.clear()
        app.theme = "nord"
        await pilot.pause()
        assert len(read) > 10
        assert app.screen.styles.background != before
