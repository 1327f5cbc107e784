"""Answers items while one call to the system fails, for every call there is, each in a process of its own.

    LD_PRELOAD=… python -m tests.resilience.fault_runs FOLDER ANSWERS EVERY

Prints a line for every run in which something was wrong, and the number of runs at the end.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import traceback
from collections import Counter
from pathlib import Path

from quiz.errors import QuizError
from quiz.record.sqlite_record import SqliteRecord
from tests.resilience.recording import Learner, workspace_at

HOW = {
    "input/output error once": (0, errno.EIO),
    "input/output error for ever": (1, errno.EIO),
    "no room once": (0, errno.ENOSPC),
    "no room for ever": (1, errno.ENOSPC),
    "read-only for ever": (1, errno.EROFS),
    "killed before": (0, 0),
    "killed after": (0, -1),
}
FAULTS = ctypes.CDLL(None)


def answer_through(home: Path, answers: int, pipe: int) -> None:
    """Answer items, trying each again a few times; say in the pipe what is on record and what was told."""
    try:
        workspace = workspace_at(home, 1)
    except QuizError as error:
        os.write(pipe, f"TOLD {error}\n".encode())
        return
    learner = Learner(workspace, 1)
    for _ in range(answers):
        for _ in range(3):
            try:
                session, n = learner.answer()
            except QuizError as error:
                os.write(pipe, f"TOLD {error}\n".encode())
            else:
                os.write(pipe, f"ACK {session} {n}\n".encode())
                break
    workspace.record.close()


def run(home: Path, answers: int, at: int, how: str) -> tuple[int, list[str], int]:
    """Run in a child; return how many calls there were, what it said, and its status."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.close(reading)
            ever, error = HOW[how]
            FAULTS.faults_about(os.fsencode(home / "record"))
            FAULTS.faults_arm(ctypes.c_long(at), ever, error)
            answer_through(home, answers, writing)
            calls = FAULTS.faults_calls()
            FAULTS.faults_arm(ctypes.c_long(-1), 0, 0)
            os.write(writing, f"CALLS {calls}\n".encode())
            status = 0
        except BaseException:  # noqa: BLE001 - whatever it is, the parent is to see it
            os.write(writing, f"TRACEBACK {traceback.format_exc()!r}\n".encode())
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        said = pipe.read().splitlines()
    _, status = os.waitpid(pid, 0)
    calls = next((int(line.split()[1]) for line in said if line.startswith("CALLS")), 0)
    return calls, said, status


def wrongs(home: Path, said: list[str], status: int, how: str, answers: int) -> list[str]:
    """Return what is not as it must be after a run."""
    found = [line for line in said if line.startswith("TRACEBACK")]
    if status != 0 and not how.startswith("killed") and not found:
        found.append(f"ended by {status}")
    is_told = any(line.startswith("TOLD") for line in said)
    if (
        not how.startswith("killed")
        and not is_told
        and sum(line.startswith("ACK") for line in said) < answers
    ):
        found.append("an answer is missing, and nobody was told")
    with SqliteRecord.open(home / "record" / "history.db") as record:
        found += record.integrity()
        if record.rebuild_memory():
            found.append("memories do not follow from what is on record")
        kept = {header.id: [event.n for event in events] for header, events in record.everything()}
    for numbers in kept.values():
        if numbers != list(range(1, len(numbers) + 1)):
            found.append(f"gap or double: {numbers}")
    for line in said:
        if line.startswith("ACK"):
            _, session, n = line.split()
            if int(n) not in kept.get(session, []):
                found.append(f"lost {line}")
    return found


def main(folder: Path, answers: int, every: int) -> int:
    """Fail each call in each way."""
    before, home = folder / "before", folder / "home"
    workspace_at(before, 1).record.close()
    counts: Counter[str] = Counter()
    for how in HOW:
        at = 1
        while True:
            shutil.rmtree(home, ignore_errors=True)
            shutil.copytree(before, home)
            calls, said, status = run(home, answers, at, how)
            counts[how] += 1
            counts["told"] += any(line.startswith("TOLD") for line in said)
            for wrong in wrongs(home, said, status, how, answers):
                print(f"WRONG call {at}, {how}: {wrong}", flush=True)
            if (calls < at and not (how.startswith("killed") and status)) or at > 5000:
                break
            at += every
    print(f"RUNS {sum(counts.values()) - counts['told']} {dict(counts)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
