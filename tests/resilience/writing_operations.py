"""Everything that writes: how it is done, in which home, and whether it was done."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import NamedTuple

from quiz.core.drill.report import DrillReport
from quiz.core.events.model import EventKind
from quiz.exchange import record_jsonl
from quiz.record.sqlite.migrations import LATEST
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep.backups import back_up_daily, backups_of
from quiz.services.report_files import save_report
from tests.fakes import NOON
from tests.record.record_stress import DAY, attempt, filled, header
from tests.sample_banks import SMALL

PUPIL = "Wilhelmina Unforgettable"
OLD = Path(__file__).parents[1] / "record" / "sqlite" / "schema-3.db.gz"
REPORT = "# What came of it\n" * 900

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


def damage(home: Path) -> None:
    """Turn a bit of an answer on record."""
    content = bytearray(history(home).read_bytes())
    content[content.index(b"Option of item")] ^= 1
    history(home).write_bytes(content)


def lose(home: Path) -> None:
    """Take the record away."""
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
    "restore a lost one": Operation("doctor --restore", _is_restored, lose, may_replace=True),
    "begin anew": Operation(
        "doctor --begin-anew",
        lambda home, _: events_in(history(home)) == set(),
        lose,
        may_replace=True,
    ),
    "mend": Operation("doctor --mend", _is_right, damage, may_replace=True),
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
