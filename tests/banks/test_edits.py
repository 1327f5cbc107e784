"""Changes to a bank's text that leave everything else as it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.banks.edits import Edit, edited, id_edits, order_edits, rewrite
from quiz.banks.yaml.decoding import decoded
from quiz.banks.yaml.tree import read_tree

WHERE = ("items", 0, "distractors")


def with_ids(text: str, ids: dict[int, str]) -> str:
    source, _ = decoded(text.encode(), "f")
    return edited(text.encode(), id_edits(source, ids)).decode()


def in_order(text: str, *places: int) -> str | None:
    source, _ = decoded(text.encode(), "f")
    edits = order_edits(source, WHERE, places)
    return None if edits is None else edited(text.encode(), edits).decode()


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


def listed(lines: str) -> str:
    return f"items:\n  - stem: S  # before\n    distractors:{lines}    # after\n    key: K\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (' ["3", "1", "2"] # c\n', ' ["1", "2", "3"] # c\n'),
        (" [3,1 ,  2]\n", " [1,2 ,  3]\n"),
        (" [{text: 3, feedback: x}, 1, 2]\n", " [1, 2, {text: 3, feedback: x}]\n"),
        ("\n      - 3\n      - 1\n      - 2\n", "\n      - 1\n      - 2\n      - 3\n"),
        (
            "\n      -   3 # three\n      - '1'\n      - 2\n",
            "\n      - '1'\n      - 2\n      -   3 # three\n",
        ),
        (
            "\n      - text: 3\n        feedback: F  # f\n      - 1\n      - text: >-\n          2\n",
            "\n      - 1\n      - text: >-\n          2\n      - text: 3\n        feedback: F  # f\n",
        ),
        (
            "\n      - {text: 3,\n         feedback: F}\n      - 1\n      - 2\n",
            "\n      - 1\n      - 2\n      - {text: 3,\n         feedback: F}\n",
        ),
    ],
)
def test_entries_change_places_with_their_comments(before: str, after: str) -> None:
    for end in ("\n", "\r\n"):
        made = in_order(listed(before).replace("\n", end), 1, 2, 0)
        assert made == listed(after).replace("\n", end)


def test_a_list_at_the_end_of_a_file_without_a_line_feed() -> None:
    assert in_order("items:\n- distractors:\n  - 3\n  - 1\n  - 2", 1, 2, 0) == (
        "items:\n- distractors:\n  - 1\n  - 2\n  - 3"
    )


@pytest.mark.parametrize(
    "lines",
    [
        "\n      - 3\n      # about one\n      - 1\n      - 2\n",
        "\n      - 3\n\n      - 1\n      - 2\n",
        " [3,  # three\n      1, 2]\n",
        "\n      - # three\n        3\n      - 1\n      - 2\n",
    ],
)
def test_a_comment_is_not_torn_from_what_it_is_about(lines: str) -> None:
    assert in_order(listed(lines), 1, 2, 0) is None


def test_a_list_that_is_not_there_is_left_alone() -> None:
    assert in_order("items:\n  - stem: S\n", 0, 1) is None


@given(st.permutations(range(4)), st.booleans(), st.data())
def test_what_is_there_is_there_afterwards(places: list[int], is_flow: bool, data: st.DataObject) -> None:
    texts = data.draw(st.lists(st.text("ab:#'\"-[]{}, é", min_size=1), min_size=4, max_size=4))
    quoted = ["'" + text.replace("'", "''") + "'" for text in texts]
    lines = f" [{', '.join(quoted)}]\n" if is_flow else "\n" + "".join(f"      - {text}\n" for text in quoted)
    made = in_order(listed(lines), *places)
    assert made is not None
    before, after = (read_tree(text.encode(), "f").root["items"][0] for text in (listed(lines), made))
    assert after.pop("distractors") == [before["distractors"][place] for place in places]
    before.pop("distractors")
    assert before == after
    assert [line for line in made.splitlines() if "#" in line and "'" not in line]


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
