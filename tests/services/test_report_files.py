"""Pages and reports are written where they were asked for, whatever stands there."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest

from quiz.errors import UsageError
from quiz.record.upkeep.saved_reports import NAME, note_report, saved_reports
from quiz.services.drill.room_files import RoomFiles
from quiz.services.report_files import write_page


def test_a_link_stays_and_leads_to_what_was_written(tmp_path: Path) -> None:
    page, link = tmp_path / "page.html", tmp_path / "link"
    page.write_text("old")
    link.symlink_to(page)
    write_page(link, "new")
    assert link.is_symlink()
    assert page.read_text() == "new"


def test_a_pipe_stays_one_and_takes_all(tmp_path: Path) -> None:
    pipe, taken, long = tmp_path / "pipe", [], "all of it " * 100_000
    os.mkfifo(pipe)
    reader = Thread(target=lambda: taken.append(pipe.read_text()), daemon=True)
    reader.start()
    for _ in range(1000):
        try:
            write_page(pipe, long)
        except UsageError:  # nobody reads it yet
            reader.join(0.01)
        else:
            break
    reader.join(10)
    assert taken == [long]
    assert pipe.is_fifo()


def test_a_pipe_that_nobody_reads_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="cannot be written"):
        write_page(tmp_path / "pipe", "a page")


def test_a_pipe_where_we_keep_a_file_of_our_own_is_not_waited_for(tmp_path: Path) -> None:
    record = tmp_path / "history.db"
    os.mkfifo(record.with_name(NAME))
    (tmp_path / "rooms").mkdir()
    os.mkfifo(tmp_path / "rooms" / "a-session.json")
    assert RoomFiles(record).load("a-session") is None
    note_report(record, tmp_path / "report.md")
    assert saved_reports(record) == []


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="there is no such folder here")
def test_a_page_in_the_memory_s_folder_is_one_as_elsewhere() -> None:
    with TemporaryDirectory(dir="/dev/shm") as folder:
        page = Path(folder) / "page.html"
        for written in ("first", "second"):
            write_page(page, written)
            assert page.read_text() == written


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="there are no such files here")
def test_what_stands_behind_standard_output_is_kept(tmp_path: Path) -> None:
    told = tmp_path / "told.html"
    told.write_text("before ")
    with told.open("ab") as file:
        write_page(Path(f"/proc/self/fd/{file.fileno()}"), "after")
    assert told.read_text() == "before after"
