"""What each command may load: the full-screen app's libraries only where the app opens."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def loaded_by(*arguments: str) -> set[str]:
    """Return the top-level modules that a command line loads, its own process for each."""
    script = (
        "import sys\n"
        "from quiz.cli import main\n"
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
