"""Reading and checking banks for the first time, against PyYAML's C loader alone on the same file."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from benchmarks.generate_banks import bank_text
from benchmarks.measuring import Row, milliseconds

SIZES = (10_000, 100_000)
OURS = """
from pathlib import Path
from quiz.banks.files import read_bank
assert read_bank(Path({path!r})).bank
"""
THEIRS = "import yaml; yaml.load(open({path!r}, encoding='utf-8'), yaml.CSafeLoader)"
PROBE = """
import resource, sys, time
import quiz.banks.reading.reader, yaml
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
begun = time.process_time()
{work}
print(time.process_time() - begun, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


class Cost(NamedTuple):
    """What reading a file took: processor seconds, and MB of memory at the most."""

    seconds: float
    megabytes: float


def measure() -> list[Row]:
    """Read files of 10,000 and 100,000 items, each in a process of its own."""
    rows, ours = [], []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder, f"{size}.yaml")
            path.write_text(bank_text("big", size), encoding="utf-8")
            mine, theirs = _least(OURS, path), _least(THEIRS, path)
            ours.append(mine)
            rows.append(
                Row(
                    f"reading and checking {size:,} items",
                    f"{milliseconds(mine.seconds)}, {mine.megabytes:.0f} MB",
                    f"CSafeLoader alone {milliseconds(theirs.seconds)}, {theirs.megabytes:.0f} MB",
                    mine.seconds / theirs.seconds,
                    2.0,
                )
            )
    growth = ours[1].seconds / ours[0].seconds
    rows.append(Row("ten times the items", f"{growth:.1f} times the time", "linear is 10", growth / 10, 1.2))
    return rows


def _least(work: str, path: Path) -> Cost:
    """Return the least of three runs: what others on the machine take comes on top."""
    return min(_cost(work, path) for _ in range(3))


def _cost(work: str, path: Path) -> Cost:
    code = PROBE.format(work=work.format(path=str(path)))
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return Cost(*map(float, done.stdout.split()))
