"""Whatever writes, while a call to the system fails or the process is killed: all is told, nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.resilience.recording import ROOT
from tests.resilience.test_failing_calls import faults, pytestmark

__all__ = ["faults", "pytestmark"]


@pytest.mark.parametrize(
    ("names", "every", "least"),
    [
        (["restore", "begin anew", "migrate", "config"], 193, 30),
        pytest.param([], 1, 15_000, marks=pytest.mark.long),
    ],
    ids=["short", "long"],
)
def test_no_operation_loses_anything_or_begins_anew_in_silence(
    names: list[str], every: int, least: int, faults: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.resilience.operations", tmp_path, str(every), *names],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LD_PRELOAD": str(faults)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert "WRONG" not in done.stdout, done.stdout[:5000]
    runs = int(done.stdout.split("RUNS ")[1].split()[0])
    assert runs >= least
    print(done.stdout)
