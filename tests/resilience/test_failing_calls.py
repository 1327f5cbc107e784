"""Every call to the system that the record makes fails, once or for ever: it is told, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.resilience.recording import ROOT

HERE = Path(__file__).parent

pytestmark = [
    pytest.mark.extra("cc"),
    pytest.mark.skipif(sys.platform != "linux", reason="faults are made as Linux allows it"),
]


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("faults") / "faults.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", made, HERE / "faults.c", "-ldl"], check=True)
    return made


def run_beside(faults: Path, *arguments: str | Path) -> str:
    """Run a program while calls fail that it names, and return what it says of itself."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "LD_PRELOAD": faults.name,  # by its path it could not be named where a folder has a space
            "LD_LIBRARY_PATH": str(faults.parent),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert "WRONG" not in done.stdout, done.stdout[:5000]
    return done.stdout


@pytest.mark.parametrize(
    ("answers", "every", "least"), [(2, 59, 15), pytest.param(12, 1, 3000, marks=pytest.mark.long)]
)
def test_no_call_that_fails_loses_anything(
    answers: int, every: int, least: int, faults: Path, tmp_path: Path
) -> None:
    said = run_beside(faults, "tests.resilience.fault_runs", tmp_path, str(answers), str(every))
    assert int(said.split("RUNS ")[1].split()[0]) >= least
    print(said)
