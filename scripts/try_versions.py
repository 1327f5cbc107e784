#!/usr/bin/env python3
"""Run the tests with other versions: `scripts/try_versions.py lowest|newest|PYTHON [pytest's arguments]`.

`lowest` takes the lowest versions that pyproject.toml allows, `newest` the newest, and an interpreter
(`python3.13`) the versions of constraints.txt. The first two run on the Python that runs the script. The
environment is made anew and thrown away afterwards.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
USAGE = "usage: scripts/try_versions.py lowest|newest|PYTHON [pytest's arguments]"


def lowest() -> str:
    """Return constraints that hold every dependency, those of extras too, at the lowest version allowed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = chain(project["dependencies"], *project["optional-dependencies"].values())
    lines = []
    for requirement in asked:
        found = re.match(r"([\w.-]+)(?:\[[\w,-]+\])?>=([\w.]+)", requirement)
        if found:
            lines.append(f"{found[1]}=={found[2]}\n")
    return "".join(sorted(set(lines)))


def run(which: str, arguments: list[str]) -> int:
    """Make an environment, run the tests in it, and return pytest's exit code.

    Raises subprocess.CalledProcessError where the versions cannot be installed.
    """
    with tempfile.TemporaryDirectory() as folder:
        constraints = Path(folder, "constraints.txt")
        python = sys.executable
        if which == "lowest":
            constraints.write_text(lowest(), encoding="utf-8")
        elif which == "newest":
            constraints.write_text("", encoding="utf-8")
        else:
            constraints, python = ROOT / "constraints.txt", which
        home = Path(folder, "venv")
        subprocess.run([python, "-m", "venv", home], check=True)
        pip = str(home / "bin" / "pip")
        subprocess.run([pip, "install", "--quiet", "-c", constraints, "-e", f"{ROOT}[test]"], check=True)
        subprocess.run([home / "bin" / "python", "--version"], check=True)
        subprocess.run([pip, "freeze", "--exclude-editable"], check=True)
        if which == "newest":
            print("Newer than pyproject.toml allows, or than something that quiz needs does:", flush=True)
            subprocess.run([pip, "list", "--outdated"], check=True)
        return subprocess.run([home / "bin" / "pytest", *arguments], cwd=ROOT, check=False).returncode


def main(arguments: list[str]) -> int:
    """Run what the arguments ask for."""
    if not arguments or arguments[0].startswith("-"):
        print(USAGE, file=sys.stderr)
        return 2
    if arguments[0] not in {"lowest", "newest"} and shutil.which(arguments[0]) is None:
        print(f"There is no interpreter “{arguments[0]}”.\n{USAGE}", file=sys.stderr)
        return 2
    return run(arguments[0], arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
