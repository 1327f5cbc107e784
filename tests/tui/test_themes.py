"""Themes where a terminal has few colours."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.themes import ANSI_DARK, ANSI_LIGHT
from quiz.tui.widgets.calendar_map import CalendarMap


@pytest.mark.parametrize(
    ("chosen", "environment", "used"),
    [
        ("verdigris", {"TERM": "xterm"}, "ansi-dark"),
        ("verdigris-light", {"TERM": "linux"}, "ansi-light"),
        ("verdigris", {"TERM": "xterm-256color"}, "verdigris"),
        ("verdigris", {"TERM": "xterm", "COLORTERM": "truecolor"}, "verdigris"),
        ("verdigris", {"TERM": "xterm", "NO_COLOR": "1"}, "verdigris"),
        ("high-contrast", {"TERM": "xterm"}, "high-contrast"),
    ],
)
def test_a_terminal_of_16_colours_shows_its_own_unless_told(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, chosen: str, environment: dict[str, str], used: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    workspace.set("theme", chosen)
    monkeypatch.setattr(QuizApp, "run", lambda *_, **__: None)
    app = QuizApp(workspace)
    app.run_to_end(mouse=False)
    assert app.theme == used
    assert app.stylesheet._variables == app.get_css_variables()
    assert workspace.config.theme == chosen


@pytest.mark.parametrize("theme", [ANSI_DARK, ANSI_LIGHT], ids=lambda theme: theme.name)
def test_one_of_16_colours_says_what_to_do_now_and_nothing_shouts_or_hides(theme: Theme) -> None:
    colours = theme.to_color_system().generate()
    now = {"primary", "accent", "text-accent", "footer-key-foreground", "block-cursor-background"}
    assert {colours[name] for name in now} == {theme.accent}
    assert colours["border"] == "ansi_bright_black"  # tracks and scrollbars
    for role in ("primary", "secondary", "accent", "success", "warning", "error"):
        assert Color.parse(colours[f"{role}-muted"]) != Color.parse(colours[f"text-{role}"])


@pytest.mark.parametrize("theme", [ANSI_DARK, ANSI_LIGHT], ids=lambda theme: theme.name)
def test_a_calendar_tells_busy_days_in_16_colours(workspace: Workspace, theme: Theme) -> None:
    app = QuizApp(workspace)
    app.theme = theme.name
    with app._context():
        map_ = CalendarMap()
        signs = [map_._cell(upper, lower) for upper, lower in ((1, 0), (0, 4), (1, 2), (4, 1))]
        legend = map_.legend().plain
    little, much = ("ansi_green", "ansi_bright_green") if theme.dark else ("ansi_bright_green", "ansi_green")
    assert signs == [("▀", little), ("▄", much), ("█", little), ("▅", f"{little} on {much}")]
    assert legend == "· none  ▀ ▄ ████ busier"
