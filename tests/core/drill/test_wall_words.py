"""The words of the wall: every phrase that a class reads exists in every language, with the same fields."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest

import quiz
from quiz.core.drill.wall_words import BY_LANGUAGE, ENGLISH, GERMAN, WallWords, wall_words

ROOT = Path(quiz.__file__).parent
SAID_IN = [
    *(ROOT / "core" / "drill").rglob("*.py"),
    *(ROOT / "tui" / "drill").rglob("*.py"),
    *(ROOT / "web").rglob("*.py"),
    ROOT / "core" / "class_list.py",
    ROOT / "core" / "content" / "kinds" / "true_false.py",
    ROOT / "services" / "drill" / "live.py",
    ROOT / "services" / "drill" / "card_answers.py",
    ROOT / "services" / "drill" / "card_reading.py",
    ROOT / "tui" / "base_app.py",
]
"""Modules with phrases of the wall."""
OTHERS = [words for words in BY_LANGUAGE.values() if words is not ENGLISH]


def fields(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


def trees() -> list[ast.Module]:
    tables = {ROOT / "core" / "drill" / "wall_words.py", *(ROOT / "core" / "drill").glob("german_*.py")}
    return [ast.parse(path.read_text("utf-8")) for path in SAID_IN if path not in tables]


@pytest.mark.parametrize("words", OTHERS, ids=lambda words: words.language)
def test_a_phrase_has_the_same_fields_in_every_language(words: WallWords) -> None:
    assert {english: fields(said) for english, said in words.phrases.items() if said} == {
        english: fields(english) for english in words.phrases
    }


@pytest.mark.parametrize("words", OTHERS, ids=lambda words: words.language)
def test_every_phrase_said_is_in_every_language_and_none_is_left_over(words: WallWords) -> None:
    said, counted, written = set(), set(), set()
    for tree in trees():
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name("say") | ast.Attribute(attr="say" | "_say"), args=[told, *_]):
                    parts = [told.body, told.orelse] if isinstance(told, ast.IfExp) else [told]
                    said |= {part.value for part in parts if isinstance(part, ast.Constant)}
                case ast.Call(func=ast.Attribute(attr="count", value=ast.Name("words")), args=[_, one, *_]):
                    counted |= {one.value} if isinstance(one, ast.Constant) else set()
                case ast.Constant(str(text)):
                    written.add(text)
    assert said <= words.phrases.keys()
    assert counted <= words.nouns.keys()
    assert words.phrases.keys() | words.nouns.keys() <= written


def test_no_notice_of_a_drill_is_titled_without_the_words_of_the_wall() -> None:
    for tree in trees():
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Attribute(attr="refuse" | "notify"), args=args, keywords=more):
                    titles = [*args[1:], *(each.value for each in more if each.arg == "title")]
                    assert not [each.value for each in titles if isinstance(each, ast.Constant)]


def test_the_wall_speaks_the_language_of_its_banks() -> None:
    assert wall_words(["de"]) is wall_words(["de-AT", "DE"]) is GERMAN
    assert wall_words(["en-GB"]) is wall_words([]) is wall_words(["fr"]) is ENGLISH
    assert wall_words(["de", "en"]) is ENGLISH


def test_numbers_and_values_stand_in_the_phrase() -> None:
    assert GERMAN.say("{n} of {all}", n=3, all=12) == "3 von 12"
    assert GERMAN.say("{who} joined.", who="{Ada}") == "Neu dabei: {Ada}."
    assert (GERMAN.count(1, "question"), GERMAN.count(2, "question")) == ("1 Frage", "2 Fragen")
    assert (ENGLISH.count(1, "question"), ENGLISH.count(2, "question")) == ("1 question", "2 questions")
    assert GERMAN.say("A phrase that nobody has translated.") == "A phrase that nobody has translated."
