"""The file of passwords keeps what others wrote there."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from quiz.errors import UsageError
from quiz.services.pass_file import keep_password, require_writable


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "folder" / "pass"))
    return tmp_path / "folder" / "pass"


def test_a_line_is_added_before_others_and_replaced(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"# mine\nhost:1:db:me:\xff\n")
    keep_password("h", 5432, "quiz", "quiz_a", "old")
    keep_password("h", 5432, "quiz", "quiz_b", "b:\\")
    keep_password("h", 5432, "quiz", "quiz_a", "new")
    assert path.read_bytes() == (
        b"h:5432:quiz:quiz_a:new\nh:5432:quiz:quiz_b:b\\:\\\\\n# mine\nhost:1:db:me:\xff\n"
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_is_made_where_there_is_none_in_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    monkeypatch.delenv("PGPASSFILE")
    monkeypatch.setenv("HOME", str(tmp_path))
    require_writable()
    assert keep_password("::1", 1, "d", "u", "p") == tmp_path / ".pgpass"
    assert (tmp_path / ".pgpass").read_text() == "\\:\\:1:1:d:u:p\n"


def test_where_it_cannot_be_written_is_said(path: Path) -> None:
    path.parent.write_text("a file")
    with pytest.raises(UsageError, match="cannot be written"):
        keep_password("h", 1, "d", "u", "p")
