#!/usr/bin/env python3
"""Write constraints.txt: the exact versions of everything that quiz and its extras install.

Each Python resolves on its own, in an empty environment: `scripts/constraints.py python3.11 python3.12 …`.
Without arguments those that are found are asked: on the path, and among pyenv's.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "constraints.txt"
MINORS = (11, 12, 13, 14)
HEAD = """\
# The versions of everything that quiz and its extras install, resolved on Python {pythons}.
# Made by scripts/constraints.py; do not edit. Used with pip's option -c, as README shows.
"""

Versions = Mapping[str, str]
"""Version numbers by the normalised names of packages."""


def interpreters() -> dict[int, str]:
    """Return the Pythons that are found, by their minor versions."""
    found = {}
    for minor in MINORS:
        candidates = [shutil.which(f"python3.{minor}") or ""]
        candidates += map(str, Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python"))
        for candidate in filter(None, candidates):
            if minor_of(candidate) == minor:
                found[minor] = candidate
                break
    return found


def minor_of(python: str) -> int | None:
    """Return the minor version of an interpreter of Python 3, None for what is none."""
    told = subprocess.run(
        [python, "-c", "import sys; print(*sys.version_info[:2])"],
        capture_output=True,
        text=True,
        check=False,
    )
    major, _, minor = told.stdout.strip().partition(" ")
    return int(minor) if told.returncode == 0 and major == "3" else None


def extras() -> list[str]:
    """Return the names of all extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return sorted(project["optional-dependencies"])


def resolved(python: str) -> dict[str, str]:
    """Return what pip would install for quiz and all its extras into an empty environment of an interpreter.

    Raises subprocess.CalledProcessError where pip finds no versions that go together.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        subprocess.run([python, "-m", "venv", f"{folder}/venv"], check=True)
        subprocess.run(
            [
                f"{folder}/venv/bin/pip", "install", "--quiet", "--dry-run", "--report", report,
                f"{ROOT}[{','.join(extras())}]",
            ],
            check=True,
        )  # fmt: skip
        told = json.loads(report.read_text(encoding="utf-8"))
    return {
        normalised(one["metadata"]["name"]): one["metadata"]["version"]
        for one in told["install"]
        if "dir_info" not in one["download_info"]
    }


def normalised(name: str) -> str:
    """Return a package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def constraints(of_minors: Mapping[int, Versions]) -> str:
    """Return the file's text, from what was resolved on each minor version of Python 3."""
    minors = sorted(of_minors)
    wanted: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for minor in minors:
        for name, version in of_minors[minor].items():
            wanted[name][version].append(minor)
    lines = []
    for name, versions in sorted(wanted.items()):
        if len(versions) == 1:
            lines.append(f"{name}=={next(iter(versions))}\n")
            continue
        lines += [f"{name}=={version} ; {_marker(on, minors)}\n" for version, on in versions.items()]
    head = HEAD.format(pythons=_listed([f"3.{minor}" for minor in minors]))
    return f"{head}{''.join(lines)}"


def _marker(on: list[int], minors: list[int]) -> str:
    """Return the marker of some versions of Python; older and newer ones go with their neighbours."""
    if on == [minor for minor in minors if minor <= on[-1]]:
        return f"python_full_version < '3.{on[-1] + 1}'"
    if on == [minor for minor in minors if minor >= on[0]]:
        return f"python_full_version >= '3.{on[0]}'"
    return " or ".join(f"python_version == '3.{minor}'" for minor in on)


def _listed(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def main(arguments: list[str]) -> int:
    """Resolve and write."""
    asked = {minor_of(python) or 0: python for python in arguments} or interpreters()
    if 0 in asked:
        print(f"{asked[0]} is no interpreter of Python 3.", file=sys.stderr)
        return 2
    missing = [f"3.{minor}" for minor in MINORS if minor not in asked]
    if missing:
        print(f"Not asked: Python {', '.join(missing)}.", file=sys.stderr)
    FILE.write_text(
        constraints({minor: resolved(python) for minor, python in asked.items()}), encoding="utf-8"
    )
    print(f"Wrote {FILE.name} for Python {_listed([f'3.{minor}' for minor in sorted(asked)])}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
