"""Everything that writes, done while one call to the system fails or the process is killed, for every call.

    LD_PRELOAD=… python -m tests.resilience.operations FOLDER EVERY [NAME…]

Prints a line for every run in which something was wrong, and the number of runs at the end.
"""

from __future__ import annotations

import ctypes
import errno
import gc
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from functools import partial
from pathlib import Path

from quiz.cli.main import main as quiz
from quiz.errors import QuizError, RecordError, RecordMissing
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep.backups import backups_of
from quiz.record.upkeep.copies import copies_of
from quiz.record.upkeep.salvage import salvage
from tests.resilience.writing_operations import (
    OPERATIONS,
    Events,
    Operation,
    damage,
    events_in,
    history,
    lose,
    make_home,
)

HOW = {
    "input/output error once": (0, errno.EIO),
    "input/output error for ever": (1, errno.EIO),
    "no room once": (0, errno.ENOSPC),
    "no room for ever": (1, errno.ENOSPC),
    "read-only for ever": (1, errno.EROFS),
    "refused once": (0, errno.EACCES),
    "killed before": (0, 0),
    "killed after": (0, -1),
}
FAULTS = ctypes.CDLL(None)
MOST_CALLS = 20_000
WRITTEN = {".yaml", ".toml", ".gift", ".md", ".jsonl"}
"""What the files end with that are written whole or not at all, each with a line's end."""


def run(home: Path, do: Callable[[], int], at: int, how: str) -> tuple[int, str, int]:
    """Do something in a child; return how many calls there were, what it said, and how it ended."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.dup2(writing, 1)
        os.dup2(writing, 2)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        os.chdir(home)
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - the child's, to its end
        ever, error = HOW[how]
        FAULTS.faults_about(os.fsencode(home))
        FAULTS.faults_arm(ctypes.c_long(at), ever, error)
        code = do()
        calls = FAULTS.faults_calls()
        FAULTS.faults_arm(ctypes.c_long(-1), 0, 0)
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):
                stream.flush()
        os.write(2, f"\nCALLS {calls}\n".encode())
        os._exit(code)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8", errors="replace") as pipe:
        said = pipe.read()
    _, status = os.waitpid(pid, 0)
    calls = int(said.rpartition("CALLS ")[2]) if "CALLS " in said else 0
    return calls, said.rpartition("CALLS ")[0] if calls else said, os.waitstatus_to_exitcode(status)


def wrongs(home: Path, operation: Operation, before: Events, said: str, status: int) -> list[str]:
    """Return what is not as it must be after a run."""
    found = []
    if "error of its own" in said or "Traceback" in said:
        found.append(f"an error of its own: {said[-400:]}")
    held, wrong = _held(home, operation)
    found += wrong
    if before - held:
        found.append(f"{len(before - held)} events are lost")
    if status == 0 and not operation.is_done(home, said):
        found.append(f"it was not done, and nobody was told: {said[-900:]}")
    if status > 0 and not said.strip():
        found.append(f"it ended with {status} and nobody was told")
    for path in home.iterdir():
        if path.suffix in WRITTEN and not path.read_bytes().endswith(b"\n"):
            found.append(f"{path.name} is empty or cut")
    return found


def _held(home: Path, operation: Operation) -> tuple[Events, list[str]]:
    """Return which events there are, and what is wrong with the record."""
    held: Events = set()
    try:
        if not history(home).exists():
            SqliteRecord.open(history(home)).close()
            return held, ["the record began anew in silence"]
    except RecordMissing:
        pass  # the person is asked
    try:
        held = events_in(history(home))
    except RecordError as error:
        if operation.prepare not in {damage, lose}:
            return held, [f"the record cannot be opened: {error}"]
    if operation.may_replace:
        for path in (history(home), *(copy.path for copy in copies_of(history(home)))):
            with suppress(RecordError):
                held |= {(one.id, told.n) for one, events in salvage(path).sessions for told in events}
    return held, []


def lay(before: Path, home: Path) -> None:
    """Put a copy of a home where operations are tried."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(before, home)
    os.environ["QUIZ_HOME"] = str(home)


def doing(operation: Operation, home: Path, session: str) -> Callable[[], int]:
    """Return what does an operation and returns how it ended."""
    if isinstance(operation.does, str):
        return partial(quiz, operation.does.format(home=home, session=session).split())
    return partial(_done, operation.does, home)


def _done(does: Callable[[Path], object], home: Path) -> int:
    """Do something that no command does; return 0 or 1 as a command would."""
    try:
        does(home)
    except QuizError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


def warm_up(before: Path, home: Path, do: Callable[[], int]) -> None:
    """Do an operation once without faults, so that no child has modules to import."""
    lay(before, home)
    with (
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        redirect_stdout(nowhere),
        redirect_stderr(nowhere),
    ):
        assert do() in {0, 1}
    gc.freeze()


def try_each_call(folder: Path, name: str, every: int, counts: Counter[str]) -> None:
    """Fail each call of an operation in each way."""
    operation = OPERATIONS[name]
    before, home = folder / "before" / "record", folder / "home" / "record"
    shutil.rmtree(folder, ignore_errors=True)
    make_home(before)
    had = events_in(history(before))
    operation.prepare(before)
    if name == "migrate":
        had = events_in(history(before))
    session = min(session for session, _ in had)
    if name == "mend":
        had = {(one.id, told.n) for one, events in salvage(history(before)).sessions for told in events}
    if name in {"restore a lost one", "begin anew"}:
        had = events_in(backups_of(history(before))[0].path)
    do = doing(operation, home, session)
    warm_up(before, home, do)
    for how in HOW:
        at = 1
        while at < MOST_CALLS:
            lay(before, home)
            calls, said, status = run(home, do, at, how)
            counts["runs"] += 1
            counts[f"runs of {name}"] += 1
            counts["killed"] += status < 0
            counts["told"] += status > 0
            for wrong in wrongs(home, operation, had, said, status):
                print(f"WRONG {name}, call {at}, {how}: {wrong}", flush=True)
                counts["wrong"] += 1
            if status >= 0 and calls < at:
                break
            at += every


def main(folder: Path, every: int, names: list[str]) -> int:
    """Try some operations, or all."""
    counts: Counter[str] = Counter()
    for name in names or OPERATIONS:
        try_each_call(folder / "tried", name, every, counts)
        print(f"{name}: {counts[f'runs of {name}']} runs", flush=True)
    print(f"RUNS {counts['runs']} {dict(counts)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
