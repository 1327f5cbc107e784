"""A bank may be written as JSON: it is read like any other."""

from __future__ import annotations

import json
from typing import Any

import pytest

from quiz.banks.files import read_bank_text

BANK: dict[str, Any] = {
    "format": 1, "bank": "j", "title": "Smile \U0001f600 a/b \\ud83d \u00e9",
    "items": [{"id": "a", "stem": "tab\there", "key": "K", "distractors": ["x", "y"],
               "weight": 2, "shuffle": False}],
}  # fmt: skip


@pytest.mark.parametrize(
    "written",
    [
        json.dumps(BANK),
        json.dumps(BANK, ensure_ascii=False, indent=2),
        json.dumps(BANK, indent="\t"),
        json.dumps(BANK).replace("/", "\\/"),
        json.dumps(BANK, indent=2).replace("\n", "\r\n"),
    ],
)
def test_a_bank_in_json_is_read(written: str) -> None:
    read = read_bank_text(written.encode(), "j.json")
    assert read.findings == []
    assert read.bank is not None
    assert read.bank.title == BANK["title"]
    assert (read.bank.items[0].stem, read.bank.items[0].weight, read.bank.items[0].shuffle) == (
        "tab\there",
        2,
        False,
    )


def test_half_of_a_pair_is_refused() -> None:
    written = json.dumps({**BANK, "title": "x"}).replace('"x"', '"\\ud83d"', 1)
    assert read_bank_text(written.encode(), "j.json").bank is None
