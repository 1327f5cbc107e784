"""The list of English words that tells a slip from another word."""

from __future__ import annotations

import pytest

from quiz.core.content.bank import Bank
from quiz.core.content.grading import Chosen, Entered
from quiz.core.content.kinds.short_answer import ShortAnswer
from quiz.core.session import BankItem, ItemLookup
from quiz.services import word_lists
from quiz.services.word_lists import WordList, read_words_for, unread_list, word_list


def asked(key: str, words: WordList | None) -> BankItem:
    item = ShortAnswer(id="a", stem="s", key=key)
    return BankItem(Bank(format=1, bank="b", title="t", items=(item,)), item, words)


@pytest.mark.parametrize(
    ("typed", "key", "score"),
    [
        ("recieve", "receive", 1), ("reparation", "repatriation", 0), ("dunce", "dance", 0),
        ("lighting", "lightning", 0), ("Medwedew", "Medvedev", 1), ("Slovenia", "Slovakia", 0),
        ("scientists", "scientist", 1), ("definately", "definitely", 1), ("seperate", "separate", 1),
    ],
)  # fmt: skip
def test_nine_of_nine(typed: str, key: str, score: float) -> None:
    assert asked(key, word_list("en")).grade(Entered((typed,))).score == score


def test_lists_are_there_for_english_of_any_region_and_nothing_else() -> None:
    assert word_list("en-GB") is not None
    assert word_list("de") is None
    assert word_list("sv") is None


def test_without_the_extra_there_is_no_list_and_the_rule_is_as_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(word_lists, "find_spec", lambda _: None)
    word_list.cache_clear()
    try:
        assert word_list("en") is None
        assert asked("lightning", None).grade(Entered(("lighting",))).score == 1
    finally:
        word_list.cache_clear()


async def test_it_is_read_only_where_a_slip_is_judged_and_off_the_loop() -> None:
    known = word_list("en")
    assert known is not None
    words = WordList(known._dictionary)
    bank_item = asked("lightning", words)
    for response in (Entered(("lightning",)), Entered(("thunder",)), Chosen(("lightning",))):
        assert unread_list(bank_item, response) is None
        await read_words_for(bank_item, response)
    assert not words.is_read
    assert unread_list(bank_item, Entered(("lighting",))) is words
    await read_words_for(bank_item, Entered(("lighting",)))
    assert words.is_read
    assert unread_list(bank_item, Entered(("lighting",))) is None


def test_a_lookup_hands_it_to_its_items() -> None:
    items = (asked("x", None).item,)
    banks = [Bank(format=1, bank=name, title="t", language=name, items=items) for name in ("en", "de")]
    lookup = ItemLookup.of(*banks, word_lists=word_list)
    assert [bank_item.is_word for bank_item in lookup.values()] == [word_list("en"), None]
