"""Several studies on a large record while `quiz doctor` looks after it: how long any of their answers waits.

    python -m benchmarks.generate_record FOLDER --attempts 1000000 --items 10000
    nice -n 10 python -m tests.resilience.beside_doctor FOLDER STUDIES [SECONDS]

Prints what doctor said, and of each study how many answers it gave, how many seconds they took to be on
record, and how many were refused because the record was held for too long.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quiz.cli.startup import open_workspace
from quiz.core.study_filter import StudyFilter
from quiz.errors import RecordLocked
from quiz.services.study.live import LiveStudy
from quiz.services.study.start import start_study
from quiz.services.workspace import Workspace

PAUSE = 0.5
"""Seconds between two answers."""


def answer(seconds: float) -> None:
    """Study for some seconds, and print how long the answers waited."""
    waits, refused = [], 0
    live: LiveStudy | None = None
    with open_workspace() as workspace:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(PAUSE)
            begun = time.perf_counter()
            try:
                if live is None or not live.session.queue:
                    live = _begun(workspace)
                    end += time.perf_counter() - begun
                    begun = time.perf_counter()
                if not live.is_reviewing:
                    live.submit(live.session.current.item.key_response())
                live.advance()
            except RecordLocked:
                refused += 1
            waits.append(time.perf_counter() - begun)
    print(
        f"{len(waits)} answers, longest {max(waits):.2f} s, {sum(wait > 1 for wait in waits)} over 1 s,"
        f" {sum(wait > 0.1 for wait in waits)} over 0.1 s, median {statistics.median(waits):.3f} s,"
        f" {refused} refused"
    )


def _begun(workspace: Workspace) -> LiveStudy:
    live = start_study(workspace, StudyFilter(more_new=50))
    assert live is not None
    return live


@contextmanager
def studies(
    number: int, seconds: float, environment: dict[str, str]
) -> Iterator[list[subprocess.Popen[str]]]:
    """Let some studies answer, each in a process of its own."""
    command = [sys.executable, "-m", "tests.resilience.beside_doctor", "--study", str(seconds)]
    started = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(number)
    ]
    try:
        yield started
    finally:
        for each in started:
            each.wait()


def main(folder: Path, number: int, seconds: float) -> None:
    """Let studies answer for some seconds, first alone and then beside doctor."""
    environment = {**os.environ, "QUIZ_HOME": str(folder), "QUIZ_NEW_PER_DAY": "9999"}
    with studies(number, 30, environment) as alone:
        for each in alone:
            print("alone:", each.communicate()[0].strip(), flush=True)
    with studies(number, seconds, environment) as beside:
        begun = time.monotonic()
        told = subprocess.run(
            [sys.executable, "-m", "quiz", "doctor"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        print(
            f"doctor: {time.monotonic() - begun:.0f} s, exit {told.returncode}\n{told.stdout}{told.stderr}",
            flush=True,
        )
        for each in beside:
            print("beside:", each.communicate()[0].strip(), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "--study":
        answer(float(sys.argv[2]))
    else:
        main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 300)
