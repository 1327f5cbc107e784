"""Finding banks, notes and items by their words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from quiz.core.content.bank import Bank, Note
from quiz.core.content.kinds.flashcard import Flashcard
from quiz.core.content.search import MOST_SHOWN, BankTexts, SearchHit, SearchIndex
from quiz.core.text.safe_text import one_line
from tests.strategies import any_text, banks, steady

ARTICLE = Bank(
    format=1,
    bank="article",
    title="Who is courting whom",
    summary="The visit, and the pitch.",
    notes={"pitch": Note("The pitch", "A **place** for entrepreneurs: Skolkovo.")},
    items=(
        Flashcard(id="who-calls", stem="Who is calling?", back="Medvedev", tags=("visit",)),
        Flashcard(id="where", stem="Which café is the place?", back="Skolkovo"),
    ),
)
OTHER = Bank(format=1, bank="other", title="Place names", items=(Flashcard(id="a", stem="Zürich", back="b"),))


def index_of(made: list[Bank]) -> SearchIndex:
    return SearchIndex(map(BankTexts.of, made))


IN_ARTICLE, EVERYTHING = (
    index_of([ARTICLE]),
    index_of([ARTICLE, OTHER]),
)


def found(words: str, **more: int) -> list[str]:
    return [f"{hit.what} {hit.name or hit.bank}" for hit in EVERYTHING.search(words, **more)]


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("who", ["bank article", "item who-calls"]),
        ("WHO", ["bank article", "item who-calls"]),
        ("place", ["bank other", "note pitch", "item where"]),
        ("pla", ["bank other", "note pitch", "item where"]),
        ("lace", []),
        ("place skolkovo", ["note pitch"]),
        ("skolkovo place", ["note pitch"]),
        ("cafe", ["item where"]),
        ("zurich", ["item a"]),
        ("visit", ["bank article", "item who-calls"]),
        ("calls", ["item who-calls"]),
        ("medvedev", []),
        ("the", ["bank article", "note pitch", "item where"]),
        ("who place", []),
        ("", []),
        ("  ", []),
        ("?!", []),
    ],
)
def test_words_are_found_by_their_beginnings(words: str, hits: list[str]) -> None:
    assert found(words) == hits


def test_a_hit_says_what_it_is() -> None:
    assert IN_ARTICLE.search("pitch skolkovo") == [SearchHit("note", "article", "pitch", "The pitch")]
    assert IN_ARTICLE.search("cafe") == [SearchHit("item", "article", "where", "Which café is the place?")]
    assert index_of([OTHER]).search("names") == [SearchHit("bank", "other", "", "Place names")]


def test_no_more_are_listed_than_asked_for() -> None:
    assert found("place", limit=2) == ["bank other", "note pitch"]


def test_keys_are_not_given_away() -> None:
    assert found("medvedev") == []


@settings(steady)
@given(bank=banks(), words=any_text)
def test_it_never_raises_and_finds_every_item_by_its_own_words(bank: Bank, words: str) -> None:
    index_of([bank]).search(words)
    for item in bank.items:
        assert SearchHit("item", bank.bank, item.id, one_line(item.headline, MOST_SHOWN)) in SearchIndex(
            map(BankTexts.of, [bank])
        ).search(item.id, limit=1000)
