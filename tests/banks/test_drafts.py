"""Drafts are added, accepted and rejected, and nothing else of the file changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.banks.drafts import accept_draft, bank_to_add_to, reject_draft, take_back, with_items
from quiz.banks.files import read_bank_text
from quiz.core.content.kinds.short_answer import ShortAnswer
from quiz.errors import BankError

HEAD = "format: 1\nbank: b  # mine\ntitle: T\n"
ONE = "  - id: one  # first\n    stem: S\n    kind: short-answer\n    key: K\n    status: draft   # new\n\n"
TWO = "  # about two\n  - id: two\n    kind: short-answer\n    stem: Z\n    key: K\n    status: draft\n"
NEW = ShortAnswer(id="new", stem="N: why?", key="K", status="draft")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "b.yaml"
    made.write_text(f"{HEAD}items:\n{ONE}{TWO}# end\n", encoding="utf-8")
    return made


def test_a_draft_is_accepted_by_taking_its_line_out(path: Path) -> None:
    before = path.read_text(encoding="utf-8")
    accept_draft(path, "one")
    assert path.read_text(encoding="utf-8") == before.replace("    status: draft   # new\n", "")
    with pytest.raises(BankError, match="no draft"):
        accept_draft(path, "one")


@pytest.mark.parametrize(("name", "gone"), [("one", ONE), ("two", TWO.partition("\n")[2])])
def test_a_draft_is_rejected_with_all_its_lines(name: str, gone: str, path: Path) -> None:
    before = path.read_text(encoding="utf-8")
    reject_draft(path, name)
    assert path.read_text(encoding="utf-8") == before.replace(gone, "")


IN_BRACES = "id: a, stem: S, key: K, kind: short-answer"
IN_LINES = "id: a\n    stem: S\n    key: K\n    kind: short-answer"


@pytest.mark.parametrize(
    ("item", "left"),
    [
        (f"{{{IN_BRACES}, status: draft}}", f"{{{IN_BRACES}}}"),
        (f"{{status: draft, {IN_BRACES}}}", f"{{status: final, {IN_BRACES}}}"),
        (f"status: draft\n    {IN_LINES}", f"status: final\n    {IN_LINES}"),
    ],
)
def test_a_draft_is_accepted_wherever_it_says_that_it_is_one(item: str, left: str, path: Path) -> None:
    path.write_text(f"{HEAD}items:\n  - {item}\n", encoding="utf-8")
    accept_draft(path, "a")
    assert path.read_text(encoding="utf-8") == f"{HEAD}items:\n  - {left}\n"


def test_the_only_draft_stays_where_it_cannot_be_told_from_its_bank(path: Path) -> None:
    before = f"{HEAD}items: [{{{IN_BRACES}, status: draft}}]\n"
    path.write_text(before, encoding="utf-8")
    with pytest.raises(BankError, match="laid out"):
        reject_draft(path, "a")
    assert path.read_text(encoding="utf-8") == before


def test_a_bank_whose_last_draft_is_rejected_can_be_added_to(path: Path) -> None:
    reject_draft(path, "one")
    with pytest.raises(BankError):
        reject_draft(path, "gone")
    reject_draft(path, "two")
    after = path.read_text(encoding="utf-8")
    assert after == f"{HEAD}items: []\n  # about two\n# end\n"
    assert b"N: why?" in with_items(after.encode(), "b.yaml", [NEW])


@pytest.mark.parametrize("items", ["items: []\n", "items: [ ] # none yet\n", f"items:\n{ONE}{TWO}# end\n"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_items_are_added_and_the_rest_is_left(items: str, ending: str) -> None:
    data = f"{HEAD}{items}".replace("\n", ending).encode()
    after = with_items(data, "b", [NEW])
    bank = read_bank_text(after, "b").bank
    assert bank is not None
    assert bank.items[-1] == NEW
    assert after.startswith(HEAD.replace("\n", ending).encode())
    assert (b"# end" in after) == (b"# end" in data)


def test_an_item_takes_the_place_of_the_draft_of_its_id() -> None:
    data = f"{HEAD}items:\n{ONE}{TWO}".encode()
    after = with_items(data, "b", [ShortAnswer(id="one", stem="Better", key="K", status="draft")]).decode()
    bank = read_bank_text(after.encode(), "b").bank
    assert bank is not None
    assert [item.stem for item in bank.items] == ["Better", "Z"]
    assert after.endswith(TWO)


@pytest.mark.parametrize("text", ["", "format: 1\n", HEAD + "items:\n  - {id: a}\n"])
def test_nothing_is_added_to_a_file_with_errors(text: str) -> None:
    with pytest.raises(BankError):
        bank_to_add_to(text.encode(), "b")


def test_what_became_of_a_draft_is_taken_back_unless_the_file_was_changed_since(path: Path) -> None:
    before = path.read_text(encoding="utf-8")
    take_back(path, reject_draft(path, "one"))
    assert path.read_text(encoding="utf-8") == before
    settled = accept_draft(path, "one")
    path.write_text(path.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    with pytest.raises(BankError, match="changed since"):
        take_back(path, settled)
