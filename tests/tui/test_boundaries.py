"""What the screens' code keeps to, found in the code itself."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

import quiz
from quiz.cli.render_diagnostics import print_lines
from quiz.config.key_ids import KEY_IDS
from quiz.core.text.forbidden import FORBIDDEN
from quiz.tui import navigation, routes
from quiz.tui.navigation import DIALOGS, RESULTS, SCREENS
from tests.resilience.strings import ALL

HERE = Path(quiz.__file__).parent
FILES = sorted((HERE / "tui").rglob("*.py"))


def module_of(path: Path) -> str:
    return ".".join(("quiz", *path.relative_to(HERE).with_suffix("").parts))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def screens_in(path: Path) -> set[str]:
    return {
        name
        for name, found in vars(import_module(module_of(path))).items()
        if isinstance(found, type) and issubclass(found, Screen) and found.__module__ == module_of(path)
    }


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the modules and names that a file imports, wherever in it that stands."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)


def bases_in(path: Path) -> set[str]:
    """Return the names that a file inherits from."""
    classes = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef)]
    bases = [base for node in classes for base in node.bases]
    return {base.value.id if isinstance(base, ast.Subscript) else base.id for base in bases}  # type: ignore[attr-defined]


def test_no_screen_imports_another_but_to_inherit_from_it() -> None:
    others = [other for other in FILES if other.name != "palette.py"]  # which Textual itself opens
    screens = {(module_of(other), name) for other in others for name in screens_in(other)}
    for path in filter(screens_in, FILES):
        named = {name for module, name in imported(path) if (module, name) in screens}
        assert named <= bases_in(path), path


def test_there_are_screens_to_look_at() -> None:
    assert sum(len(screens_in(path)) for path in FILES) > 30


def test_screens_are_opened_by_routes_only() -> None:
    for path in FILES:
        if path.name in {"base_app.py", "palette.py", "textual_workarounds.py", "missing_record.py"}:
            continue
        text = path.read_text(encoding="utf-8")
        assert "push_screen" not in text, path
        assert "switch_screen" not in text, path
        assert "type: ignore[attr-defined]" not in text, path


def test_every_route_but_the_four_that_are_looked_up_has_its_screen() -> None:
    declared = {
        found
        for found in vars(routes).values()
        if isinstance(found, type) and issubclass(found, routes.Route) and found is not routes.Route
    }
    looked_up = {routes.Study, routes.Resume, routes.RunDrill, routes.SessionResult}
    assert declared == looked_up | set(DIALOGS) | set(SCREENS)


@pytest.mark.parametrize(
    ("route", "name", "has_workspace"),
    [*((*pair, False) for pair in DIALOGS.items()), *((*pair, True) for pair in SCREENS.items())],
    ids=lambda value: str(getattr(value, "__name__", value)),
)
def test_a_route_holds_what_its_screen_takes(route: Any, name: str, has_workspace: bool) -> None:
    signature = inspect.signature(navigation._screen(name))
    signature.bind(*(["workspace"] if has_workspace else []), *route.__struct_fields__)


def test_every_mode_has_a_screen_for_its_result() -> None:
    for name in RESULTS.values():
        assert issubclass(navigation._screen(name), Screen)  # type: ignore[arg-type]


@cache
def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]


def called(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def test_fields_are_those_that_take_no_control_characters() -> None:
    made = {called(call) for path in FILES for call in calls(path)}
    assert {"TextField", "TextLines", "FieldInput"} <= made
    assert not {"Input", "TextArea", "MaskedInput"} & made


def test_notices_come_through_the_app_alone() -> None:
    """Every widget's and screen's `notify` is Textual's, which asks the app's: the one that cleans."""
    elsewhere = [path for path in FILES if path.name != "textual_workarounds.py"]
    told = [call for path in elsewhere for call in calls(path) if called(call) == "notify"]
    assert len(told) > 15
    defined = [
        path.name
        for path in FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and node.name == "notify"
    ]
    assert defined == ["textual_workarounds.py"]
    assert not [call for call in told if any(keyword.arg == "markup" for keyword in call.keywords)]


def test_hints_name_keys_that_there_are() -> None:
    named = {
        constant.value
        for path in FILES
        for call in calls(path)
        if called(call) == "key_label"
        for constant in ast.walk(call.args[1])
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    }
    assert len(named) > 15
    prefixes = {name for name in named if name.endswith(".")}  # parts of an f-string
    assert named - prefixes <= set(KEY_IDS)


DOCUMENTS = {"export.data", "written"}
"""What is written for another program to read."""
CLEANERS = {"visible", "one_line", "_safe", "dumps", "version_line", "rendered"}


def test_lines_are_printed_without_anything_that_a_terminal_would_obey(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for text in ALL:
        print_lines(text)
        assert not FORBIDDEN.search(capsys.readouterr().out), ascii(text)


def test_everything_that_a_command_prints_is_cleaned() -> None:
    for path in sorted((HERE / "cli").rglob("*.py")):
        for call in calls(path):
            if called(call) == "write" and "sys.std" in ast.unparse(call.func):
                said = call.args[0]
                is_fixed = isinstance(said, ast.Constant)
                cleaned = {called(inner) for inner in ast.walk(said) if isinstance(inner, ast.Call)}
                names = ast.unparse(said)
                assert is_fixed or cleaned & CLEANERS or names in DOCUMENTS, f"{path}:{call.lineno}: {names}"
