"""Ids made from stems."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.authoring.ids import id_of
from quiz.core.content.item import Id


@pytest.mark.parametrize(
    ("stem", "language", "made"),
    [
        ("Whom is the Russian president asking to come home?", "en", "russian-president-asking-home"),
        ("What is it?", "en", "what-is-it"),
        ("Grüße aus Köln", "de", "grusse-koln"),
        ("Don't the companies' heads agree?", "en", "dont-companies-heads-agree"),
        ("2 + 2 = ?", "en", "2-2"),
        ("Донаудампфшиффарт", "ru", "item"),
        ("x" * 100, "en", "x" * 40),
        ("Extraordinarily longwinded characteristics notwithstanding", "en", "extraordinarily-longwinded"),
    ],
)
def test_they_say_what_is_asked(stem: str, language: str, made: str) -> None:
    assert id_of(stem, set(), language) == made


def test_they_are_new() -> None:
    assert id_of("Which river?", {"river", "river-2"}) == "river-3"


@given(st.text(max_size=300), st.sampled_from(["en", "de", "xx"]))
def test_they_are_ids(stem: str, language: str) -> None:
    made = id_of(stem, {"item"}, language)
    assert re.search(Id.__metadata__[0].pattern, made)
    assert len(made) <= 80
    assert made != "item"
