"""Packages that Anki's own library (26.09) made of one collection, in its old and its new layout."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from quiz.core.content.bank import Bank
from quiz.errors import ExchangeError
from quiz.exchange.anki_cards import filled
from quiz.exchange.archive import Archive, packed
from quiz.exchange.declaration import ForeignFile, Imported
from quiz.exchange.formats.anki_package import FORMAT
from tests.exchange.formats.samples import bank_of
from tests.strategies import example_of

PACKAGES = Path(__file__).parent / "anki_packages"


def read(data: bytes) -> Imported:
    assert FORMAT.read
    return FORMAT.read(ForeignFile("deck.apkg", data))


def bank_in(imported: Imported) -> Bank:
    assert imported.bank is not None, imported.refusals
    return imported.bank


@pytest.mark.parametrize("name", ["old", "new"])
def test_cards_tags_decks_and_reviews_come_along(name: str) -> None:
    imported = read((PACKAGES / f"{name}.apkg").read_bytes())
    bank = bank_in(imported)
    assert bank.title == "Geo"
    assert bank.topics == {"europe": "Europe"}
    told = [(item.kind, getattr(item, "text", item.stem), item.key_text(), item.tags) for item in bank.items]
    assert told == [
        ("flashcard", "Capital of France?", "Paris\nof course", ("a", "b::c")),
        ("flashcard", "Hund", "dog", ()),
        ("flashcard", "dog", "Hund", ()),
        ("short-answer", "2+2 < ?", "4", ()),
        ("cloze", "The {{sun}} is a star.", "The sun is a star.", ("x",)),
        ("cloze", "The sun is a {{star}}.", "The sun is a star.", ("x",)),
        ("flashcard", "What?", "That", ()),
    ]
    assert len(imported.reviews) == 8
    assert {review.item for review in imported.reviews} <= set(bank.by_id)
    assert all(review.rating == 3 for review in imported.reviews)
    assert {loss.what for loss in imported.losses} == {
        "bold, italics and other looks", "the hints of single gaps", "the picture x.png",
    }  # fmt: skip


def test_both_layouts_say_the_same() -> None:
    old, new = (read((PACKAGES / f"{name}.apkg").read_bytes()) for name in ("old", "new"))
    assert old.bank == new.bank
    assert old.reviews == new.reviews


def test_what_is_written_is_the_same_each_time_and_has_a_deck_for_each_topic() -> None:
    assert FORMAT.write
    bank = bank_of(example_of("flashcard"), example_of("cloze"))
    data = FORMAT.write(bank, {}).data
    assert data == FORMAT.write(bank, {}).data
    database = sqlite3.connect(":memory:")
    database.deserialize(Archive(data).read("collection.anki2"))
    assert [guid for (guid,) in database.execute("select guid from notes order by guid")] == [
        "quiz:a-bank/item-0", "quiz:a-bank/item-1",
    ]  # fmt: skip
    (decks,) = database.execute("select decks from col").fetchone()
    assert "A bank::First topic" in decks
    database.close()


def test_a_collection_with_a_view_in_the_place_of_a_table_is_refused() -> None:
    database = sqlite3.connect(":memory:")
    database.executescript(
        "create table col (models, decks); create table notes (id); create table revlog (id);"
        "create view cards as with recursive r(n) as (select 1 union all select n from r) select * from r;"
    )
    data = packed({"collection.anki2": database.serialize()})
    database.close()
    with pytest.raises(ExchangeError, match="not Anki's"):
        read(data)


def test_sections_of_templates_are_filled() -> None:
    fields = {"A": "a", "B": "", "C": "<br>"}
    template = (
        "{{#A}}x{{A}}{{/A}}{{#B}}y{{/B}}{{^B}}z{{/B}}{{#C}}c{{/C}}{{text:A}}{{type:A}}{{No}}{{FrontSide}}"
    )
    assert filled(template, fields) == "xaza{{FrontSide}}"
