"""Ids made from texts."""

from __future__ import annotations

from quiz.core.text.ids import free_id, plain_id


def test_a_text_becomes_letters_digits_and_hyphens() -> None:
    cases: list[tuple[str, str]] = [
        ("Seas & Oceans", "seas-oceans"), ("Größe", "grosse"), ("L’été, c'est", "lete-cest"),
        ("  -A-  ", "a"),
        ("東京", ""), ("a1--b2", "a1-b2"), ("Ｆull", "full"),
    ]  # fmt: skip
    for text, made in cases:
        assert plain_id(text) == made


def test_an_id_that_is_taken_gets_the_first_free_number_from_2() -> None:
    assert free_id("a", set()) == "a"
    assert free_id("a", {"a"}) == "a-2"
    assert free_id("a", {"a", "a-2", "a-4"}) == "a-3"
