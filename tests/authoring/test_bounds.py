"""What a hostile bank can cost those who check it."""

from __future__ import annotations

import time

import pytest

from quiz.authoring.quality import quality_of
from quiz.core.content.bank import Bank
from quiz.core.content.item import Ignore, Item
from quiz.core.content.kinds.single_choice import SingleChoice

LONG = 20_000
TEXTS = {
    "quotes": "“" * LONG,
    "brackets": "(" * LONG,
    "one word": "n" * LONG,
    "many words": "word " * (LONG // 5),
    "different words": " ".join(f"w{number:04}" for number in range(LONG // 6)),
    "numbers": "1," * (LONG // 2),
    "dashes": "-" * LONG,
    "negatives": "don't " * (LONG // 6),
    "marks": "e\u0301" * (LONG // 2),
}


def item_of(text: str, name: str) -> Item:
    options = tuple(f"{text[: LONG - 10]} {number}" for number in range(40))
    return SingleChoice(
        id=name, stem=text, key=text[:-1], distractors=options, rationale=text, hint=text,
        lint=Ignore(ignore=(text,), reason=text),
    )  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_the_longest_texts_are_looked_at_in_no_time(text: str) -> None:
    bank = Bank(format=1, bank="b", title="T", wall=True,
                items=(item_of(TEXTS[text], "a"), item_of(TEXTS[text], "b")))  # fmt: skip
    began = time.process_time()
    found = quality_of(bank).problems
    assert time.process_time() - began < 4
    assert {"too-long-to-project", "duplicate-item", "bad-ignore"} <= {problem.code for problem in found}
