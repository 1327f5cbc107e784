"""Items that are asked both ways."""

from __future__ import annotations

import json
from typing import Any

from quiz.banks.files import read_bank_text
from quiz.banks.writer import bank_text
from quiz.core.content.bank import Bank
from quiz.core.content.grading import Entered
from quiz.core.content.item_ref import ItemRef
from quiz.core.content.reversal import as_written, written_id
from quiz.core.scheduling.study_selection import Contents
from quiz.core.session import ItemLookup

ITEMS: list[dict[str, Any]] = [
    {
        "id": "dog",
        "kind": "flashcard",
        "stem": "der Hund",
        "back": "the dog",
        "reverse": True,
        "hint": "It barks.",
    },
    {
        "id": "cat",
        "kind": "short-answer",
        "stem": "die Katze",
        "key": {"text": "cat"},
        "accept": ["kitty"],
        "reverse": True,
    },
    {"id": "cow", "kind": "flashcard", "stem": "die Kuh", "back": "the cow"},
]


def bank(**more: Any) -> Bank:
    written = {"format": 1, "bank": "b", "title": "T", "items": ITEMS, **more}
    read = read_bank_text(json.dumps(written).encode(), "b.yaml")
    assert read.bank is not None, read.findings
    return read.bank


def test_each_way_is_an_item_of_its_own_behind_those_of_the_file() -> None:
    read = bank()
    assert [item.id for item in read.items] == ["dog", "cat", "cow", "dog--reverse", "cat--reverse"]
    assert [item.stem for item in read.items[3:]] == ["the dog", "cat"]
    assert read.items[3].key_text() == "der Hund"
    assert read.items[3].hint == ""
    assert read.items[4].grade(Entered(("Katze",))).score == 0
    assert read.items[4].grade(Entered(("die Katze",))).score == 1
    assert not any(item.has_reverse for item in read.items[3:])
    assert len(Contents.of(read).items) == 5
    assert ItemRef("b", "dog--reverse") in ItemLookup.of(read)


def test_the_file_is_told_without_them() -> None:
    assert [item.id for item in as_written(bank()).items] == ["dog", "cat", "cow"]
    assert written_id("dog--reverse") == written_id("dog") == "dog"


def test_the_way_there_keeps_its_fingerprint_and_the_way_back_has_its_own() -> None:
    both, one = bank().by_id, bank(items=[{**item, "reverse": False} for item in ITEMS]).by_id
    assert both["cow"].fingerprint == one["cow"].fingerprint
    assert both["dog"].fingerprint != both["dog--reverse"].fingerprint


def test_no_id_in_a_file_can_be_a_reverse() -> None:
    written = {"format": 1, "bank": "b", "title": "T", "items": [{**ITEMS[2], "id": "dog--reverse"}]}
    assert [one.code for one in read_bank_text(json.dumps(written).encode(), "b").findings] == ["bad-id"]


def test_writing_a_bank_leaves_the_way_back_to_whoever_reads_it() -> None:
    written = bank_text(bank())
    assert "--reverse" not in written
    read = read_bank_text(written.encode(), "b.yaml").bank
    assert read is not None
    assert read.fingerprints == bank().fingerprints
