"""Whatever writes, while a call to the system fails or the process is killed: all is told, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.resilience.test_failing_calls import faults, pytestmark, run_beside

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
    said = run_beside(faults, "tests.resilience.operations", tmp_path, str(every), *names)
    assert int(said.split("RUNS ")[1].split()[0]) >= least
    print(said)
