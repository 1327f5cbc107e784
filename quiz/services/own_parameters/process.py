"""Training in a separate process with low priority."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from random import SystemRandom

from quiz.errors import QuizError

_KINDNESS = 15
"""The process's niceness; see nice(1)."""


def start_training(record: Path, learner: str) -> None:
    """Start training a learner's parameters, if Python can be started again. Nothing waits for it."""
    if not sys.executable or getattr(sys, "frozen", False):
        return
    # -P: no module is imported from the current folder
    command = [sys.executable, "-P", "-m", __name__, str(record), learner]
    with suppress(OSError):
        subprocess.Popen(  # noqa: S603 - this very module
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        )


def main(arguments: list[str]) -> int:
    """Train the parameters of a learner in a record."""
    from random import Random

    from quiz.clock import SystemClock
    from quiz.record.sqlite_record import SqliteRecord
    from quiz.services.own_parameters.training import train

    path, learner = arguments
    if hasattr(os, "nice"):
        os.nice(_KINDNESS)
    try:
        with SqliteRecord.open(Path(path)) as record:
            train(record, learner, SystemClock(), Random(SystemRandom().getrandbits(64)))
    except QuizError:
        return 1  # the record is busy or unusable; training is tried again after the next session
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
