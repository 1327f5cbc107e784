"""Quiz as a person runs it, without a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def quiz(home: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run quiz with a home of its own, what is typed to read, and what it prints kept."""
    return subprocess.run(
        [sys.executable, "-m", "quiz", *arguments],
        env={**os.environ, "QUIZ_HOME": str(home), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        input=typed,
        timeout=60,
        check=False,
    )
