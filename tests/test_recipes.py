"""The recipes of docs/recipes.md, followed to the letter in a copy of the project."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RECIPES = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
PROGRAMS = {
    "pytest": [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"],
    "quiz": [sys.executable, "-m", "quiz"],
    "python": [sys.executable],
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what a person would have checked out."""
    copy = tmp_path / "project"
    ignored = shutil.ignore_patterns(".*")
    for folder in ("quiz", "tests", "questions", "docs", "scripts"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def follow(command: str, project: Path) -> None:
    """Run a command of a recipe in the copy."""
    name, *arguments = shlex.split(command)
    environment = {**os.environ, "PYTHONPATH": str(project), "QUIZ_HOME": str(project / "home")}
    for inherited in [name for name in environment if name.startswith("PYTEST_")]:
        del environment[inherited]
    ran = subprocess.run(
        [*PROGRAMS[name], *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, f"{command}\n{ran.stdout}\n{ran.stderr}"
    assert "no tests ran" not in ran.stdout


def test_there_is_a_recipe_for_each() -> None:
    assert list(RECIPES) == [
        "A kind of item",
        "A format of files",
        "A format of drills",
        "A rule",
        "A screen",
    ]


SHORT = "A kind of item"


@pytest.mark.parametrize(
    "recipe", [pytest.param(name, marks=[] if name == SHORT else pytest.mark.long) for name in RECIPES]
)
def test_it_works(recipe: str, project: Path) -> None:
    written, commands = [], []
    for language, path, content in BLOCK.findall(RECIPES[recipe]):
        if language == "sh":
            commands += content.splitlines()
        else:
            assert not (ROOT / path).exists(), f"{path} is there: the recipe wants another name"
            (project / path).write_text(content, encoding="utf-8")
            written.append(path)
    assert written
    assert commands
    for command in commands:
        follow(command, project)
