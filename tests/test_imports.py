"""What each command may load: the full-screen app's libraries only where the app opens."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from quiz.cli import commands
from scripts.architecture import statements

ROOT = Path(__file__).parent.parent


def loaded_by(*arguments: str) -> set[str]:
    """Return the top-level modules that a command line loads, its own process for each."""
    script = (
        "import sys\n"
        "from quiz.cli.main import main\n"
        "code = main(sys.argv[1:])\n"
        "sys.stdout.flush()\n"
        "print('\\n@', code, *sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True, cwd=ROOT
    )
    code, *modules = ran.stdout.rpartition("\n@ ")[2].split()
    assert code == "0", ran.stdout + ran.stderr
    return set(modules)


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["--help"], ["check"], ["check", "--json"], ["list"], ["paths"], ["check", "--help"]],
)
def test_commands_leave_the_screen_alone(arguments: list[str]) -> None:
    assert not {"textual", "rich", "textual_plotext", "plotext"} & loaded_by(*arguments)


def test_the_version_costs_next_to_nothing() -> None:
    assert not {"argparse", "msgspec", "yaml", "pathlib", "re", "json"} & (
        loaded_by("--version") - loaded_by_python()
    )


def test_help_reads_no_banks() -> None:
    assert not {"msgspec", "yaml", "platformdirs"} & loaded_by("--help")


def loaded_by_python() -> set[str]:
    """Return what a bare interpreter has loaded before any of our code runs."""
    script = "import sys\nprint(*{name.partition('.')[0] for name in sys.modules})"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


OPENED = """
import asyncio, sys
from quiz.cli.startup import open_workspace
from quiz.tui.app import QuizApp

async def show() -> None:
    with open_workspace() as workspace:
        app = QuizApp(workspace)
        app.back_up = lambda: print("@", *sys.modules)
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.pause()

asyncio.run(show())
"""
LATER = {
    "argparse", "fsrs", "hashlib", "pkgutil", "plotext", "rapidfuzz", "tomlkit",
    "tomllib", "tzlocal", "yaml",
    "quiz.banks.files", "quiz.banks.index.shipped", "quiz.config.toml_file", "quiz.core.class_list",
    "quiz.core.content.bank",
    "quiz.core.content.interaction", "quiz.core.content.item", "quiz.core.exam.blueprint",
    "quiz.core.scheduling.fsrs_schedule",
    "quiz.core.scheduling.policy", "quiz.core.statistics.calibration", "quiz.core.study",
    "quiz.core.text.answer_matching", "quiz.core.text.forbidden", "quiz.core.text.numbers",
    "quiz.private_files", "quiz.record.append", "quiz.record.class_lists", "quiz.record.in_use",
    "quiz.record.interface",
    "quiz.record.projections.predictions", "quiz.record.projections.rebuild", "quiz.record.union",
    "quiz.record.upkeep.backups", "quiz.record.upkeep.integrity", "quiz.services.exam.start",
    "quiz.services.study.live", "quiz.tui.base_modal", "quiz.tui.dialogs.too_small",
    "quiz.tui.home.left_line", "quiz.tui.navigation", "quiz.tui.palette",
    "quiz.tui.responses", "quiz.tui.study.screen", "quiz.tui.widgets.action_line",
    "quiz.tui.widgets.feedback", "quiz.tui.widgets.text_field", "quiz.tui.widgets.text_lines",
    "quiz.core.drill.room", "quiz.web", "segno", "websockets",
    "textual.widgets._footer", "textual.widgets._markdown",
}  # fmt: skip
"""What the first screen does without, so that it is there sooner."""
LATER_AT_FIRST = {"yaml", "quiz.banks.files", "quiz.core.content.bank"}
"""What it does without when it is shown for the first time, with the shipped banks and a new record."""


def test_the_first_screen_loads_nothing_that_can_wait() -> None:
    environment = {**os.environ, "TZ": "UTC"}  # some machines tell their zone where it takes longer to look
    for later in (LATER_AT_FIRST, LATER):
        ran = subprocess.run(
            [sys.executable, "-c", OPENED],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env=environment,
        )
        names = ran.stdout.partition("@ ")[2].split()
        assert "quiz.tui.home.screen" in names, ran.stdout + ran.stderr
        assert not later.intersection(names)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(module: str, path: Path, known: Mapping[str, Path]) -> set[str]:
    """Return the modules of ours that a module names in any import: deferred and type-only ones too."""
    found: set[str] = set()
    for node in statements(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {name if name in known else str(node.module) for name in names}
    return {name for name in found if name in known and name != module}


def circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Return the modules that can be reached from themselves, those of one circle together."""
    reached: dict[str, set[str]] = {}
    for start in graph:
        seen, waiting = set(), list(graph[start])
        while waiting:
            if (name := waiting.pop()) not in seen:
                seen.add(name)
                waiting += graph[name]
        reached[start] = seen
    found = {
        tuple(sorted(other for other in graph if other in reached[name] and name in reached[other]))
        for name in graph
        if name in reached[name]
    }
    return sorted(map(list, found))


def test_no_imports_go_in_a_circle_deferred_and_type_only_ones_included() -> None:
    files = sorted((ROOT / "quiz").rglob("*.py"))
    known = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
        for file in files
    }
    assert len(known) > 300
    graph = {module: imports_of(module, path, known) for module, path in known.items()}
    assert circles(graph) == []
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]


def test_no_file_is_longer_than_it_can_be_read() -> None:
    lengths = {
        str(file.relative_to(ROOT)): len(lines)
        for file in (ROOT / "quiz").rglob("*.py")
        if "Made by scripts/" not in (lines := file.read_text(encoding="utf-8").splitlines())[0]
    }
    assert {name: length for name, length in lengths.items() if length > 330} == {}


def test_no_class_is_called_as_another_is() -> None:
    found: dict[str, list[str]] = {}
    for file in sorted((ROOT / "quiz").rglob("*.py")):
        for node in parsed(file).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(str(file.relative_to(ROOT)))
    assert len(found) > 500
    assert {name: files for name, files in found.items() if len(files) > 1} == {}


def test_a_command_is_found_without_importing_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    known, imported = commands.all_commands(), list[str]()
    monkeypatch.setattr(commands, "_command", lambda module: imported.append(module) or known[command.NAME])
    for command in known.values():
        assert commands.command_named(command.NAME) is command
    assert len(imported) == len(known)
    assert commands.command_named("bank.yaml") is None
