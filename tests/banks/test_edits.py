"""Changes to a bank's text that leave everything else as it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.banks.edits import Edit, edited, id_edits, rewrite
from quiz.banks.yaml.decoding import decoded


def with_ids(text: str, ids: dict[int, str]) -> str:
    source, _ = decoded(text.encode(), "f")
    return edited(text.encode(), id_edits(source, ids)).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("items:\n  - stem: S  # c\n    key: K\n", "items:\n  - id: new\n    stem: S  # c\n    key: K\n"),
        ("items:\n- # c\n  stem: S\n", "items:\n- # c\n  id: new\n  stem: S\n"),
        ("items:\n  -\n    # c\n    stem: S\n", "items:\n  -\n    # c\n    id: new\n    stem: S\n"),
        ("items: [{stem: S, key: K}]", "items: [{id: new, stem: S, key: K}]"),
        ("items: [{ stem: S }]", "items: [{id: new, stem: S }]"),
        ("items:\n  - {\n    stem: S}\n", "items:\n  - {id: new,\n    stem: S}\n"),
        ("items:\r\n  - stem: S\r\n", "items:\r\n  - id: new\r\n    stem: S\r\n"),
        ("\ufeffitems:\n  - stem: S\n", "\ufeffitems:\n  - id: new\n    stem: S\n"),
        ("items:\n  - stem: Ünïcödé 問\n", "items:\n  - id: new\n    stem: Ünïcödé 問\n"),
        ('items:\n  - "stem": S\n', 'items:\n  - id: new\n    "stem": S\n'),
    ],
)
def test_ids_come_first(before: str, after: str) -> None:
    assert with_ids(before, {0: "new"}) == after


def test_several_ids_at_once() -> None:
    text = "items:\n  - stem: A\n  - id: b\n    stem: B\n  - {stem: C}\n"
    assert with_ids(text, {0: "a", 2: "c"}) == (
        "items:\n  - id: a\n    stem: A\n  - id: b\n    stem: B\n  - {id: c, stem: C}\n"
    )


@given(st.text("a\r\n\ufeffé", max_size=40).filter(lambda text: "\r" not in text.replace("\r\n", "")))
def test_no_edit_changes_no_byte(text: str) -> None:
    assert edited(text.encode(), []) == text.encode()


def test_mixed_line_ends_stay_what_they_are() -> None:
    assert edited(b"a\r\nb\nc\r\nd", [Edit(2, 2, "x\n"), Edit(4, 5, "C")]) == b"a\r\nx\r\nb\nC\r\nd"


# --------------------------------------------------------------------------- writing


def test_a_file_is_put_in_place_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    assert rewrite(link, b"old", b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()
    assert {one.name for one in tmp_path.iterdir()} == {"b.yaml", "link.yaml"}


def test_a_file_that_was_saved_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_bytes(b"newer")
    assert not rewrite(path, b"old", b"new")
    assert path.read_bytes() == b"newer"


def test_a_write_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "b.yaml"
    path.write_bytes(b"old")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        rewrite(path, b"old", b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["b.yaml"]
