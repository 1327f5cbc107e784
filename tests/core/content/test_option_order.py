"""Options that are numbered alike keep the order of their numbers."""

from __future__ import annotations

from random import Random

import pytest

from quiz.core.content.interaction import Choose, in_number_order


@pytest.mark.parametrize(
    ("texts", "ordered"),
    [
        (("Sentence 10", "Sentence 2", "Sentence 1"), ("Sentence 1", "Sentence 2", "Sentence 10")),
        (("line 3, above", "line 1, above"), ("line 1, above", "line 3, above")),
        (("1918", "1914"), ()),
        (("Sentence 1", "Step 2"), ()),
        (("Sentence 1", "Sentence one"), ()),
        (("a", "b"), ()),
        ((), ()),
    ],
)
def test_only_what_differs_in_a_number_alone_is_numbered_alike(
    texts: tuple[str, ...], ordered: tuple[str, ...]
) -> None:
    assert in_number_order(texts) == ordered


def test_no_seed_shuffles_them() -> None:
    asked = Choose(("Sentence 2", "Sentence 1", "Sentence 3"))
    assert {asked.arranged(Random(seed)).options for seed in range(20)} == {
        ("Sentence 1", "Sentence 2", "Sentence 3")
    }
