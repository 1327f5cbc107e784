"""Everything that writes, done while one call to the system fails or the process is killed, for every call.

    LD_PRELOAD=… python -m tests.resilience.operations FOLDER EVERY [NAME…]

Prints a line for every run in which something was wrong, and the number of runs at the end.
"""

from __future__ import annotations

import ctypes
import errno
import gc
import gzip
import os
import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from typing import NamedTuple

from quiz.cli.main import main as quiz
from quiz.core.drill.report import DrillReport
from quiz.core.events.model import EventKind
from quiz.errors import QuizError, RecordError, RecordMissing
from quiz.exchange import record_jsonl
from quiz.record.sqlite.migrations import LATEST
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep.backups import back_up_daily, backups_of
from quiz.record.upkeep.copies import copies_of
from quiz.record.upkeep.salvage import salvage
from quiz.services.report_files import save_report
from tests.fakes import NOON
from tests.record.record_stress import DAY, attempt, filled, header
from tests.sample_banks import SMALL

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
PUPIL = "Wilhelmina Unforgettable"
OLD = Path(__file__).parents[1] / "record" / "sqlite" / "schema-3.db.gz"
MOST_CALLS = 20_000
REPORT = "# What came of it\n" * 900
WRITTEN = {".yaml", ".toml", ".gift", ".md", ".jsonl"}
"""What the files end with that are written whole or not at all, each with a line's end."""

Events = set[tuple[str, int]]


class Operation(NamedTuple):
    """Something that writes."""

    does: str | Callable[[Path], object]
    """The command line, in which {home} and {session} stand for a folder and the id of a session; or else
    what is done, by the home."""
    is_done: Callable[[Path, str], bool]
    """Whether what it is for was done, by the home and what was printed."""
    prepare: Callable[[Path], object] = lambda _: None
    """Changes the home that the operation is tried in copies of."""
    may_replace: bool = False
    """Whether the record may hold less afterwards: then a copy beside it holds the rest."""


def history(home: Path) -> Path:
    """Return the record in a home."""
    return home / "history.db"


def make_home(home: Path) -> None:
    """Make a home with a record, a class list, two backups and a bank."""
    home.mkdir(parents=True)
    filled(history(home), sessions=2, attempts=8)
    back_up_daily(history(home), date(2025, 6, 18))
    with SqliteRecord.open(history(home), rng=Random(5)) as record:
        record.class_lists.add("7b", [PUPIL, "Otto"])
    back_up_daily(history(home), date(2025, 6, 19))
    filled(history(home), sessions=1, attempts=4, seed=6)
    (home / "small.yaml").write_text(SMALL, encoding="utf-8")


def events_in(path: Path) -> Events:
    """Return which events are on record."""
    with SqliteRecord.open(path, read_only=True) as record:
        return {(one.id, told.n) for one, events in record.everything() for told in events}


def _damage(home: Path) -> None:
    content = bytearray(history(home).read_bytes())
    content[content.index(b"Option of item")] ^= 1
    history(home).write_bytes(content)


def _lose(home: Path) -> None:
    history(home).unlink()


def _confuse(home: Path) -> None:
    """Make projections wrong."""
    with sqlite3.connect(history(home)) as db:
        db.execute("UPDATE memory SET attempts=99")
        db.execute("DELETE FROM day_total")
    db.close()


def _receive(home: Path) -> None:
    """Put another machine's export there."""
    begun = header("0123456789ab", Random(11), NOON + 9 * DAY)
    events = [attempt(n, f"item-{n}", at=NOON + 9 * DAY) for n in range(1, 6)]
    lines = record_jsonl.head([("0123456789ab", "Ophelia")]) + record_jsonl.session_lines(begun, events)
    (home / "theirs.jsonl").write_bytes(lines)


def _age(home: Path) -> None:
    shutil.rmtree(home / "backups")
    history(home).write_bytes(gzip.decompress(OLD.read_bytes()))


def _unname(home: Path) -> None:
    (home / "small.yaml").write_text(SMALL.replace("- id: ", "- # "), encoding="utf-8")


def _is_void(home: Path, _: str) -> bool:
    with SqliteRecord.open(history(home)) as record:
        return any(event.kind is EventKind.VOID for _, events in record.everything() for event in events)


def _is_forgotten(home: Path, said: str) -> bool:
    return all(
        PUPIL.encode() not in path.read_bytes() or path.name.removesuffix("-journal") in said
        for path in home.rglob("*")
        if path.is_file()
    )


def _is_right(home: Path, _: str) -> bool:
    with SqliteRecord.open(history(home)) as record:
        return record.rebuild_memory() == 0 and record.integrity() == []


def _is_new(home: Path, _: str) -> bool:
    with sqlite3.connect(history(home)) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
    db.close()
    return bool(version == LATEST)


def _is_backed_up(home: Path, _: str) -> bool:
    return events_in(backups_of(history(home))[0].path) == events_in(history(home))


def _is_restored(home: Path, _: str) -> bool:
    return len(events_in(history(home))) == 18


def _save_report(home: Path) -> None:
    report = DrillReport(
        id="",
        format="vote",
        title="",
        banks=(),
        started=NOON,
        zone="UTC",
        duration_ms=0,
        is_ended=True,
        items=(),
        planned=0,
        competitors=(),
    )
    save_report(report, REPORT, "md", history(home), home)


OPERATIONS = {
    "restore": Operation("doctor --restore", _is_restored, may_replace=True),
    "restore a lost one": Operation("doctor --restore", _is_restored, _lose, may_replace=True),
    "begin anew": Operation(
        "doctor --begin-anew",
        lambda home, _: events_in(history(home)) == set(),
        _lose,
        may_replace=True,
    ),
    "mend": Operation("doctor --mend", _is_right, _damage, may_replace=True),
    "rebuild": Operation("doctor", _is_right, _confuse),
    "back up": Operation("doctor --backup", _is_backed_up),
    "migrate": Operation("record list", _is_new, _age),
    "forget": Operation("class forget 7b --yes", _is_forgotten),
    "import": Operation(
        "record import {home}/theirs.jsonl", lambda home, _: len(events_in(history(home))) == 28, _receive
    ),
    "delete": Operation("record delete {session} --yes", _is_void),
    "export": Operation(
        "record export -o {home}/out.jsonl",
        lambda home, _: (home / "out.jsonl").read_bytes().count(b'{"event"') == 23,
    ),
    "class": Operation(
        "class add 8a {home}/names.txt",
        lambda home, _: b"Zenobia" in history(home).read_bytes(),
        lambda home: (home / "names.txt").write_text("Zenobia\n", encoding="utf-8"),
    ),
    "config": Operation(
        "config theme nord",
        lambda home, _: "nord" in (home / "config.toml").read_text(encoding="utf-8"),
        lambda home: (home / "config.toml").write_text("new_per_day = 7\n", encoding="utf-8"),
    ),
    "new": Operation(
        "new {home}/made", lambda home, _: "items:" in (home / "made.yaml").read_text(encoding="utf-8")
    ),
    "import a bank": Operation(
        "import {home}/theirs.gift --to {home}/made.yaml",
        lambda home, _: "Oslo" in (home / "made.yaml").read_text(encoding="utf-8"),
        lambda home: (home / "theirs.gift").write_text("The capital of Norway?{=Oslo ~Bergen}\n", "utf-8"),
    ),
    "add to a bank": Operation(
        "import {home}/theirs.gift --to {home}/small.yaml",
        lambda home, _: "Oslo" in (home / "small.yaml").read_text(encoding="utf-8"),
        lambda home: (home / "theirs.gift").write_text("The capital of Norway?{=Oslo ~Bergen}\n", "utf-8"),
    ),
    "export a bank": Operation(
        "export {home}/small.yaml --format gift --output {home}/made.gift",
        lambda home, _: (home / "made.gift").read_text(encoding="utf-8").count("{") >= 2,
    ),
    "report": Operation(
        _save_report, lambda home, _: next(home.glob("drill-*.md")).read_text(encoding="utf-8") == REPORT
    ),
    "fix": Operation(
        "check --fix {home}/small.yaml",
        lambda home, _: "id: " in (home / "small.yaml").read_text(encoding="utf-8"),
        _unname,
    ),
}


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
        if operation.prepare not in {_damage, _lose}:
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
