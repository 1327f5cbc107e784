"""A name that is forgotten is in no file that quiz wrote; what cannot be reached is said."""

from __future__ import annotations

import html
import io
import json
import os
import re
import stat
import subprocess
import sys
import time
import zipfile
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from quiz.cli.record_files import _as_file
from quiz.core.events.model import SessionHeader
from quiz.exchange.sync_files import names_in, write_names
from quiz.private_files import drafts_in
from quiz.record.import_record import take_in
from quiz.record.read_models import Learner
from quiz.record.sqlite.create import fill
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep.backups import back_up_before_migration, back_up_daily, folder_of, restore
from quiz.record.upkeep.saved_reports import NAME, note_report, report_holds, saved_reports
from quiz.services.sync import SyncState, keep_state
from tests.cli.running import quiz
from tests.record.record_stress import DAY, NOON, attempt, filled, header

TODAY = date(2025, 6, 18)
PUPIL, STRANGER = "Wilhelmina Unforgettable", "Imported Ophelia"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record whose names stand in backups, replaced records, drafts, a note of a crash and a report."""
    home = tmp_path / "home"
    home.mkdir()
    path = home / "history.db"
    filled(path)
    with SqliteRecord.open(path) as record:
        record.class_lists.add("7b", [PUPIL, *(f"pupil {n}" for n in range(190))])
        take_in(record, [Learner("0123456789ab", STRANGER)], [a_session("0123456789ab")])
        back_up_before_migration(record._file, 3)
    for day in range(3):
        backup = back_up_daily(path, TODAY + timedelta(days=day))
        assert backup is not None
        restore(path, backup)
    leave_a_draft(path)
    (home / "crash.txt").write_text(f"ValueError: {PUPIL}\n{STRANGER}", encoding="utf-8")
    (home / "crash.txt").chmod(0o600)
    report = tmp_path / "drill.md"
    report.write_text(f"- {PUPIL}: 3 of 4\n- {STRANGER}: 1 of 4\n", encoding="utf-8")
    note_report(path, report)
    return path


def a_session(learner: str) -> tuple[SessionHeader, list]:
    return header(learner, Random(77), NOON + 90 * DAY), [attempt(1, at=NOON + 90 * DAY)]


def leave_a_draft(path: Path) -> None:
    """Be killed while a backup is being made."""
    draft = folder_of(path) / ".history-2025-06-25.db.4711-0123abcd.new"
    fill(draft)
    draft.write_bytes(path.read_bytes())
    journal = draft.with_name(f"{draft.name}-journal")
    journal.write_bytes(path.read_bytes()[:9000] + PUPIL.encode())
    draft.chmod(0o600)
    journal.chmod(0o600)


def holding(folder: Path, name: str) -> list[str]:
    """Return which files hold a name, looking at every byte."""
    return sorted(
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and name.encode() in file.read_bytes()
    )


@pytest.mark.parametrize("name", ["Ayşe Öztürk", "A & B <C>", "D*E", "F"])
def test_a_report_of_any_format_is_known_to_hold_a_name(name: str, tmp_path: Path) -> None:
    workbook = io.BytesIO()
    with zipfile.ZipFile(workbook, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sharedStrings.xml", f"<t>{html.escape(name)}</t>" * 90)
    told = {
        "csv": name.encode(),
        "json": json.dumps({"pupil": name}).encode(),
        "html": html.escape(name).encode(),
        "md": re.sub(r"([*&<>])", r"\\\1", name).encode(),
        "xlsx": workbook.getvalue(),
        "other": b"PK\x03\x04 no archive",
    }
    for ending, content in told.items():
        report = tmp_path / f"report.{ending}"
        report.write_bytes(content)
        assert report_holds(report, [name]) is (ending != "other")
        assert not report_holds(report, ["Nobody Here"])


@pytest.mark.parametrize("name", [PUPIL, STRANGER])
def test_no_byte_of_a_forgotten_name_is_left(path: Path, name: str, tmp_path: Path) -> None:
    assert len(holding(path.parent, name)) >= 7
    with SqliteRecord.open(path) as record:
        meant = record.learner(name)
        assert record.forget([meant.id]) == [tmp_path / "drill.md"]
        assert holding(path.parent, name) == []
        assert record.integrity() == []
        assert Learner(meant.id, "") in record.learners()
        assert all(one.name != name for one in record.class_lists.named("7b").pupils)
    for backup in folder_of(path).glob("*.db"):
        with SqliteRecord.open(backup, read_only=True) as record:
            assert record.integrity() == []


def test_a_whole_class_is_forgotten_everywhere(path: Path) -> None:
    with SqliteRecord.open(path) as record:
        record.class_lists.forget(record.class_lists.named("7b").id)
        assert record.class_lists.all() == []
    assert holding(path.parent, PUPIL) == holding(path.parent, "pupil 17") == []
    assert holding(path.parent, STRANGER)


def test_what_cannot_be_reached_is_said(path: Path) -> None:
    rubbish = path.with_name("history.db.replaced-9")
    rubbish.write_bytes(b"rubbish" * 900 + PUPIL.encode())
    now = time.time()
    os.utime(rubbish, (now, now))  # else it is as old as the kernel's clock says
    with SqliteRecord.open(path) as record:
        assert rubbish in record.forget([record.learner(PUPIL).id])


def test_the_command_forgets_somebody_who_was_only_imported(path: Path, tmp_path: Path) -> None:
    home = path.parent
    assert quiz(home, "learner", "forget", STRANGER).returncode == 2
    done = quiz(home, "learner", "forget", STRANGER, "--yes")
    assert done.returncode == 0, done.stderr
    assert f"{tmp_path / 'drill.md'} still holds the name" in done.stdout
    assert holding(home, STRANGER) == []
    assert "Nobody on record" in quiz(home, "learner", "forget", STRANGER, "--yes").stderr


def test_settings_and_what_this_device_wrote_for_others_forget_a_name_too(path: Path) -> None:
    home = path.parent
    with SqliteRecord.open(path) as record:
        own = record.learner(STRANGER).id
    folder = home / "carried"
    write_names(folder, "thisone", {own: STRANGER, "another": "Ben"})
    write_names(folder, "theirs", {own: STRANGER})
    keep_state(path, SyncState(device="thisone", folder=str(folder)))
    (home / "config.toml").write_text(f'learner = "{STRANGER}"\nnew_per_day = 7\n', encoding="utf-8")
    told = quiz(home, "learner", "forget", STRANGER, "--yes").stdout
    assert holding(home, STRANGER) == ["carried/quiz-sync/theirs/names.json"]
    assert f"{folder / 'quiz-sync' / 'theirs' / 'names.json'} still holds the name" in told
    assert names_in(folder) == {"another": "Ben", own: STRANGER}
    assert "new_per_day = 7" in (home / "config.toml").read_text(encoding="utf-8")


def test_a_report_that_is_called_by_a_name_is_said_and_no_longer_listed(path: Path, tmp_path: Path) -> None:
    report = tmp_path / f"{PUPIL}.md"
    report.write_text("3 of 4", encoding="utf-8")
    note_report(path, report)
    with SqliteRecord.open(path) as record:
        assert record.forget([record.learner(PUPIL).id]) == [report, tmp_path / "drill.md"]
    assert holding(path.parent, PUPIL) == []
    assert saved_reports(path) == [tmp_path / "drill.md"]


def test_a_report_in_a_folder_that_only_contains_the_letters_of_a_name_stays_listed(
    path: Path, tmp_path: Path
) -> None:
    report = tmp_path / f"x{PUPIL}x" / "all.md"
    report.parent.mkdir()
    report.write_text("3 of 4", encoding="utf-8")
    note_report(path, report)
    with SqliteRecord.open(path) as record:
        record.forget([record.learner(PUPIL).id])
    assert report in saved_reports(path)


def test_the_list_forgets_reports_that_are_gone_by_their_names_and_keeps_the_others(path: Path) -> None:
    away = path.parent / "stick"
    for name in (f"{PUPIL}.md", "all.md"):
        note_report(path, away / name)
    with SqliteRecord.open(path) as record:
        record.forget([record.learner(PUPIL).id])
    assert holding(path.parent, PUPIL) == []
    away.mkdir()
    (away / "all.md").touch()
    assert saved_reports(path)[0] == away / "all.md"


def test_what_an_import_from_a_pipe_leaves_when_it_is_killed_is_a_draft(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"names")))
    with _as_file("-", path) as copy:
        assert copy.read_bytes() == b"names"
        assert copy in drafts_in(path.parent)


def test_of_two_with_one_name_the_id_says_which(path: Path) -> None:
    with SqliteRecord.open(path) as record:
        record.class_lists.add("8a", [PUPIL])
        ids = sorted(learner.id for learner in record.learners() if learner.name == PUPIL)
    done = quiz(path.parent, "learner", "forget", PUPIL, "--yes")
    assert done.returncode == 2
    assert all(learner in done.stderr for learner in ids)
    assert quiz(path.parent, "learner", "forget", ids[0], "--yes").returncode == 0


def test_every_file_with_names_is_private(path: Path) -> None:
    """Whatever the mask of the person says."""
    code = (
        "import os, sys; from datetime import date; from pathlib import Path; os.umask(0);"
        "from quiz.record.upkeep.backups import back_up_daily, restore;"
        "from quiz.record.upkeep.repair import mend;"
        "path = Path(sys.argv[1]); restore(path, back_up_daily(path, date(2025, 7, 1))); mend(path)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    quiz(path.parent, "record", "export", "--output", str(path.parent / "out.jsonl"))
    named = [path.parent / name for name in holding(path.parent, PUPIL)]
    assert len(named) >= 8
    public = [file.name for file in named if stat.S_IMODE(file.stat().st_mode) & 0o077]
    assert public == []
    assert stat.S_IMODE((path.parent / NAME).stat().st_mode) == 0o600


def test_reports_that_are_gone_are_no_longer_named(path: Path, tmp_path: Path) -> None:
    (tmp_path / "drill.md").unlink()
    assert saved_reports(path) == []
