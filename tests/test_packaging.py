"""What is installed is the same everywhere: constraints hold all of it, and extras are asked for by name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from scripts import constraints, try_versions

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ASKED = [
    Requirement(line)
    for lines in (PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"].values())
    for line in lines
]
PINNED = [
    Requirement(line)
    for line in constraints.FILE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def test_everything_that_is_installed_is_held_at_one_version() -> None:
    pinned = {constraints.normalised(pin.name) for pin in PINNED if not pin.marker or pin.marker.evaluate()}
    wanted = set(_with_all_that_they_need(ASKED))
    assert len(wanted) > 30
    assert wanted - pinned == set(), "run scripts/constraints.py"


def _with_all_that_they_need(asked: list[Requirement]) -> Iterator[str]:
    """Yield the names of requirements and of all that those need in turn, as far as they are installed."""
    seen: set[tuple[str, frozenset[str]]] = set()
    left = list(asked)
    while left:
        one = left.pop()
        name, extras = constraints.normalised(one.name), frozenset(one.extras)
        if (name, extras) in seen or name == PROJECT["project"]["name"]:
            continue
        seen.add((name, extras))
        yield name
        try:
            needed = [Requirement(line) for line in requires(name) or []]
        except PackageNotFoundError:
            continue
        left += [
            requirement
            for requirement in needed
            if not requirement.marker
            or any(requirement.marker.evaluate({"extra": extra}) for extra in (extras or {""}))
        ]


def test_constraints_are_exact_and_within_what_is_allowed() -> None:
    allowed = {constraints.normalised(one.name): one.specifier for one in ASKED}
    for pin in PINNED:
        (version,) = pin.specifier
        assert version.operator == "==", pin
        assert not pin.url, pin
        assert allowed.get(constraints.normalised(pin.name), pin.specifier).contains(version.version), pin


def test_what_is_allowed_has_a_lowest_version_and_a_first_that_was_not_tried() -> None:
    for one in ASKED:
        if one.name != PROJECT["project"]["name"]:
            assert sorted(part.operator for part in one.specifier) == ["<", ">="], one


def test_what_builds_is_exact() -> None:
    for line in PROJECT["build-system"]["requires"]:
        assert [part.operator for part in Requirement(line).specifier] == ["=="], line


def test_developing_brings_every_extra() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    brought, left = {"dev"}, ["dev"]
    while left:
        for one in map(Requirement, extras[left.pop()]):
            if one.name == PROJECT["project"]["name"]:
                left += one.extras - brought
                brought |= one.extras
    assert brought == set(extras)


def test_both_commands_of_readme_use_the_constraints() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^python3 -m venv \.venv && .*$", readme, re.MULTILINE)
    assert len(commands) == 2
    assert all(" -c constraints.txt " in command for command in commands)


def test_versions_of_several_pythons_go_into_one_file() -> None:
    text = constraints.constraints(
        {
            11: {"a": "1", "b": "1", "c": "1", "d": "1"},
            12: {"a": "1", "b": "1", "c": "2", "d": "2"},
            13: {"a": "1", "b": "2", "c": "3"},
        }
    )
    assert text.splitlines()[2:] == [
        "a==1",
        "b==1 ; python_full_version < '3.13'",
        "b==2 ; python_full_version >= '3.13'",
        "c==1 ; python_full_version < '3.12'",
        "c==2 ; python_version == '3.12'",
        "c==3 ; python_full_version >= '3.13'",
        "d==1 ; python_full_version < '3.12'",
        "d==2 ; python_version == '3.12'",
    ]
    for minor, version in ((11, "1"), (12, "2"), (13, "3"), (14, "3")):
        python = {"python_version": f"3.{minor}", "python_full_version": f"3.{minor}.0"}
        pins = map(Requirement, text.splitlines()[2:])
        assert [str(pin.specifier) for pin in pins if pin.name == "c" and pin.marker.evaluate(python)] == [
            f"=={version}"
        ]


def test_the_lowest_versions_are_those_of_the_ranges() -> None:
    lowest = dict(line.split("==") for line in try_versions.lowest().splitlines())
    assert lowest.keys() == {one.name for one in ASKED} - {PROJECT["project"]["name"]}
    for one in ASKED:
        assert one.name not in lowest or one.specifier.contains(lowest[one.name])


@pytest.mark.parametrize("arguments", [[], ["--help"], ["no-such-python"]])
def test_what_cannot_be_tried_is_said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert try_versions.main(arguments) == 2
    assert "usage: scripts/try_versions.py" in capsys.readouterr().err
