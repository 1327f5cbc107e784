"""Stylesheets are read when they come, and again when the colours change."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, Final

import pytest
from textual.app import App
from textual.css import stylesheet
from textual.css.model import SelectorType
from textual.design import ColorSystem
from textual.widget import Widget

import quiz.tui
from quiz.config.settings import Config
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.base_app import BaseApp
from quiz.tui.dialogs.too_small import TooSmallScreen
from tests.rest import TEXTUALS_PARSE

TEXTUALS_CLASSES: Final = {"textual-compact"}


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


def _words_of_strings(path: Path) -> Iterator[str]:
    """Yield the words of all strings of a module that are no sheet of styles, without hyphens before them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "{" not in node.value:
            yield from (word.lstrip("-") for word in re.findall(r"[\w-]+", node.value))


def test_every_selector_names_what_there_is() -> None:
    modules = [import_module(found.name) for found in walk_packages(quiz.tui.__path__, "quiz.tui.")]
    here = [Path(module.__file__) for module in modules if module.__file__]
    classes = {kind for base in (Widget, App) for kind in _kinds(base)}
    words = {word for path in here for word in _words_of_strings(path)} | TEXTUALS_CLASSES
    words |= {name for kind in classes for name in kind.__dict__.get("COMPONENT_CLASSES", ())}
    types = {name for kind in classes for name in kind._css_type_names}
    sheets = [kind.__dict__[name] for kind in classes for name in ("CSS", "DEFAULT_CSS")
              if kind.__module__.startswith("quiz.") and name in kind.__dict__]  # fmt: skip
    sheets += [path.read_text(encoding="utf-8") for path in Path(quiz.tui.__path__[0]).rglob("*.tcss")]
    unknown = []
    read = stylesheet.Stylesheet(variables=BaseApp(Config()).get_css_variables())
    for sheet in sheets:
        read.add_source(sheet)
    for rule in read.rules:
        for selector in (each for chosen in rule.selector_set for each in chosen.selectors):
            known = types if selector.type is SelectorType.TYPE else words
            if selector.type is not SelectorType.UNIVERSAL and selector.name.lstrip("-") not in known:
                unknown.append(f"{selector.css} in {rule.selectors}")
    assert not unknown


def _kinds(base: type) -> Iterator[type]:
    yield base
    for kind in base.__subclasses__():
        yield from _kinds(kind)


async def test_all_sheets_of_the_first_screen_are_read_before_its_widgets_are_styled(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[int] = []
    parse = stylesheet.Stylesheet.parse
    monkeypatch.setattr(
        stylesheet.Stylesheet, "parse", lambda sheet: times.append(len(sheet.source)) or parse(sheet)
    )
    async with QuizApp(workspace).run_test():
        assert len(set(times)) <= 3


def test_colours_are_worked_out_once(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    generate = ColorSystem.generate
    monkeypatch.setattr(ColorSystem, "generate", lambda colours: asked.append(colours) or generate(colours))
    app = QuizApp(workspace)
    assert len(asked) == 1
    assert app.theme_variables["text-due"] == "#f2a566"
