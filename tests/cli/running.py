"""Quiz as a person runs it, without a terminal."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.programs import run


def quiz(home: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run quiz with a home of its own, what is typed to read, and what it prints kept."""
    return run(arguments, typed=typed, environment={**os.environ, "QUIZ_HOME": str(home)})
