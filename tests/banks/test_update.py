"""A newer version of an imported bank, put into a file that a person has worked on."""

from __future__ import annotations

from typing import Any

import pytest

from quiz.banks.files import read_bank_text
from quiz.banks.update import remark_of, updated
from quiz.banks.writer import bank_text
from quiz.core.content.bank import Bank, Stimulus
from quiz.core.content.item import Item
from quiz.core.content.kinds.flashcard import Flashcard
from quiz.errors import BankError


def card(name: str, back: str, **more: str) -> Item:
    return Flashcard(id=name, stem=f"What is {name}?", back=back, **more)


def bank(*items: Item, **more: Any) -> Bank:
    return Bank(format=1, bank="b", title="B", items=items, **more)


def written(first: Bank) -> bytes:
    return bank_text(first, {item.id: remark_of(item) for item in first.items}).encode()


def read(data: bytes) -> Bank:
    reading = read_bank_text(data, "b.yaml")
    assert reading.bank is not None, reading.findings
    return reading.bank


FIRST = bank(card("one", "1"), card("two", "first line\nsecond line"), card("three", "3"))


def test_the_same_again_changes_nothing() -> None:
    data = written(FIRST)
    update = updated(data, "b.yaml", FIRST)
    assert update == (data, (), (), (), ())


def test_what_is_new_is_added_and_what_changed_is_replaced() -> None:
    newer = bank(card("one", "1"), card("two", "2"), card("three", "3"), card("four", "4"))
    update = updated(written(FIRST), "b.yaml", newer)
    assert (update.added, update.changed, update.kept) == (("four",), ("two",), ())
    assert read(update.data).items == newer.items
    assert updated(update.data, "b.yaml", newer).data == update.data


def test_an_edit_by_hand_stays_until_theirs_is_wanted() -> None:
    data = written(FIRST).replace(b"back: 3", b"back: three  # by hand")
    newer = bank(*FIRST.items[:2], card("three", "III"))
    update = updated(data, "b.yaml", newer)
    assert update.kept == ("three",)
    assert update.data == data
    theirs = updated(data, "b.yaml", newer, prefer_theirs=True)
    assert theirs.changed == ("three",)
    assert read(theirs.data).by_id["three"] == newer.by_id["three"]


def test_an_edit_by_hand_stays_when_the_source_is_as_it_was() -> None:
    data = written(FIRST).replace(b"back: 3", b"back: three")
    update = updated(data, "b.yaml", FIRST)
    assert (update.data, update.changed, update.kept) == (data, (), ())


def test_comments_items_of_ones_own_and_line_ends_stay() -> None:
    own = "\n  # my own\n  - {id: mine, kind: flashcard, stem: Mine?, back: Yes}  # last\n"
    data = (written(FIRST).decode() + own).replace("\n", "\r\n").encode()
    newer = bank(card("one", "I"), *FIRST.items[1:], card("four", "4", topic="t"), topics={"t": "T: one"})
    update = updated(data, "b.yaml", newer)
    text = update.data.decode()
    assert "  # my own\r\n  - {id: mine" in text
    assert text.count("\n") == text.count("\r\n")
    assert "# last\r\n" in text
    found = read(update.data)
    assert [item.id for item in found.items] == ["one", "two", "three", "mine", "four"]
    assert found.topics == {"t": "T: one"}


def test_topics_and_stimuli_are_added_beside_those_there() -> None:
    first = bank(
        card("one", "1", topic="a", stimulus="s"), topics={"a": "A"}, stimuli={"s": Stimulus(text="old")}
    )
    newer = bank(
        first.items[0], card("two", "2", topic="b"),
        topics={"a": "A", "b": "B"}, stimuli={"s": Stimulus(text="new\nlines")},
    )  # fmt: skip
    update = updated(written(first), "b.yaml", newer)
    found = read(update.data)
    assert found.topics == {"a": "A", "b": "B"}
    assert found.stimuli[found.by_id["one"].stimulus] == Stimulus(text="new\nlines")
    assert found.stimuli["s"] == Stimulus(text="old")


def test_what_the_source_no_longer_has_is_told_and_stays() -> None:
    update = updated(written(FIRST), "b.yaml", bank(*FIRST.items[:2]))
    assert update.gone == ("three",)
    assert b"id: three" in update.data


def test_a_bank_in_brackets_is_refused() -> None:
    data = b"format: 1\nbank: b\ntitle: B\nitems: [{id: one, kind: flashcard, stem: a, back: b}]\n"
    with pytest.raises(BankError, match="brackets"):
        updated(data, "b.yaml", FIRST)
    with pytest.raises(BankError, match="errors"):
        updated(b"items: {", "b.yaml", FIRST)
