"""Typed answers, read as a fair teacher would read them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.text.answer_matching import MatchKind
from quiz.core.text.answer_reading import AnswerReading, read_answer
from quiz.core.text.answer_rules import AnswerRules
from tests.sampling import tries
from tests.strategies import any_text, steady, words

EXACT, FORM, NEAR, INEXACT, NONE = (
    MatchKind.EXACT, MatchKind.FORM, MatchKind.NEAR, MatchKind.INEXACT, MatchKind.NONE,
)  # fmt: skip


def read(typed: str, *variants: str, refused: tuple[str, ...] = (), **rules: object) -> AnswerReading:
    return read_answer(typed, variants, refused=refused, rules=AnswerRules(**rules))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("en", "three", "3"), ("en", "3", "three"), ("en", "two thousand and one", "2001"),
        ("en", "nineteen ninety", "1990"), ("en", "2nd", "second"), ("en", "the second", "2nd"),
        ("en", "twenty-first century", "21st century"), ("en", "in 2001", "2001"),
        ("en", "in the year 2001", "2001"), ("en", "President Medvedev", "Medvedev"),
        ("en", "Dr. Watson", "Watson"), ("en", "Professor Higgs", "Higgs"),
        ("en", "Medvedev", "President Medvedev"), ("en", "Medvedev, Dmitry", "Dmitry Medvedev"),
        ("en", "their families", "families"), ("en", "lots of money", "money"),
        ("en", "cities", "city"), ("en", "city", "cities"), ("en", "analyses", "analysis"),
        ("en", "businessmen", "businessman"), ("en", "children", "child"),
        ("de", "drei", "3"), ("de", "zweitausendeins", "2001"), ("de", "Zweiter Weltkrieg", "2. Weltkrieg"),
        ("de", "im Jahr 2001", "2001"), ("de", "Frau Merkel", "Merkel"), ("de", "Städte", "Stadt"),
        ("de", "Kinder", "Kind"), ("de", "ihre Familien", "Familie"), ("de", "viele Länder", "Länder"),
        ("en", "lightning in a bottle", "lightning"), ("en", "I think it is lightning", "lightning"),
    ],
)  # fmt: skip
def test_another_form_is_right(language: str, typed: str, meant: str) -> None:
    assert read(typed, meant, language=language) == (FORM, 0, "")


@pytest.mark.parametrize("typed", ["(money)", "“money”", "[money]", "'money'.", "THE MONEY"])
def test_what_stands_around_it_is_not_even_noticed(typed: str) -> None:
    assert read(typed, "money") == (EXACT, 0, "")


@pytest.mark.parametrize(
    ("typed", "fit"),
    [("3 cities", FORM), ("three cities", FORM), ("3 city", FORM), ("3 dogs", INEXACT), ("4 cities", NONE)],
)
def test_a_unit_may_be_typed_where_the_stem_names_it(typed: str, fit: MatchKind) -> None:
    assert read(typed, "3", stem="How many cities are there?").fit is fit


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("King George", "Queen George"), ("his house", "her house"), ("goods", "good"), ("customs", "custom"),
        ("four", "3"), ("in 2002", "2001"), ("guilty", "not guilty"), ("legal", "illegal"),
        ("20 miles", "20 km"),
        ("", "money"), ("?", "money"), ("Slovenia", "Slovakia"), ("2 1", "21"),
    ],
)  # fmt: skip
def test_something_else_is_wrong(typed: str, meant: str) -> None:
    assert read(typed, meant) == (NONE, -1, "")


def test_german_nouns_that_only_look_like_plurals_are_others() -> None:
    assert read("Fischer", "Fisch", language="de").fit is not FORM
    assert read("Reise", "Reis", language="de").fit is not FORM


@pytest.mark.parametrize(
    ("typed", "meant", "remark"),
    [
        ("Silicon", "Silicon Valley", "that is only part of it"),
        ("20", "20 km", "add the unit"),
        ("returning", "return", "another form of the word, or another word of its family, is meant"),
        ("emigrate", "emigration", "another form of the word, or another word of its family, is meant"),
        ("not lightning", "lightning", "say what it is, not what it is not or nearly is"),
        ("before 2001", "2001", "say what it is, not what it is not or nearly is"),
        ("lightning or thunder", "lightning", "give one answer only"),
        ("lightning, thunder", "lightning", "give one answer only"),
        ("lightning/thunder", "lightning", "give one answer only"),
        ("2001 and 2002", "2001", "give one answer only"),
        ("it is lightning that comes from sky", "lightning", "use fewer words"),
        ("vitamin C", "C", "give that part only"),
    ],
)
def test_what_is_neither_right_nor_wrong_says_what_is_missing(typed: str, meant: str, remark: str) -> None:
    assert read(typed, meant) == (INEXACT, 0, remark)


@pytest.mark.parametrize(
    ("typed", "meant", "fit"),
    [
        ("Pacific Rim", "Pacific", INEXACT), ("the Pacific Rim", "the Pacific", INEXACT),
        ("Pacific Ocean", "Pacific", FORM), ("Pacific island", "Pacific", FORM),
        ("in the Pacific", "Pacific", FORM), ("Barack Obama", "Obama", FORM),
        ("Lightning In A Bottle", "lightning", FORM), ("PACIFIC RIM", "Pacific", FORM),
        ("Pacific Rim", "pacific", FORM), ("Berlin Wall", "Berlin", INEXACT),
    ],
)  # fmt: skip
def test_a_name_that_goes_on_is_another_one(typed: str, meant: str, fit: MatchKind) -> None:
    assert read(typed, meant).fit is fit


def test_a_name_may_go_on_as_the_stem_does() -> None:
    assert read("Berlin Wall", "Berlin", stem="Which city had a wall?").fit is FORM


def test_half_of_a_german_compound_is_inexact() -> None:
    assert read("Turm", "Eiffelturm", language="de").fit is INEXACT


def test_at_most_four_other_words_may_stand_around_it() -> None:
    assert read("one two three lightning four", "lightning").fit is FORM
    assert read("one two three lightning four five", "lightning").fit is INEXACT


def test_a_wrong_answer_to_expect_may_not_be_among_them() -> None:
    assert read("thunder with lightning", "lightning").fit is FORM
    assert read("thunder with lightning", "lightning", refused=("thunder",)).fit is INEXACT
    assert read_answer("thunder with lightning", ["lightning"], others=["thunder"]).fit is INEXACT


@pytest.mark.parametrize(
    ("typed", "meant", "refused"),
    [
        ("schon", "schön", "schon"), ("Medvedeva", "Medvedev", "Medvedeva"), ("turkey", "Turkey", "turkey"),
        ("the dogs", "dog", "dogs"), ("third", "3", "3rd"), ("President Higgs", "Higgs", "President Higgs"),
    ],
)  # fmt: skip
def test_what_is_refused_is_wrong_however_close(typed: str, meant: str, refused: str) -> None:
    assert read(typed, meant).fit is not NONE or typed == "third"
    assert read(typed, meant, refused=(refused,)) == (NONE, -1, "")
    assert read(meant, meant, refused=(refused,)).fit is EXACT


WORDS = frozenset({"reparation", "dunce", "lighting", "slovenia", "scientists"})


@pytest.mark.parametrize(
    ("typed", "meant", "fit"),
    [
        ("recieve", "receive", NEAR), ("reparation", "repatriation", INEXACT), ("dunce", "dance", INEXACT),
        ("lighting", "lightning", INEXACT), ("Medwedew", "Medvedev", NEAR), ("Slovenia", "Slovakia", NONE),
        ("scientists", "scientist", FORM), ("Skolkovu", "Skolkovo", NEAR),
    ],
)  # fmt: skip
def test_another_word_of_the_language_is_no_slip(typed: str, meant: str, fit: MatchKind) -> None:
    assert read(typed, meant, is_word=WORDS.__contains__).fit is fit


def test_without_a_list_of_words_letters_that_sound_alike_may_be_two_off() -> None:
    assert read("Medwedew", "Medvedev").fit is NEAR
    assert read("Medmedem", "Medvedev").fit is NONE
    assert read("lighting", "lightning").fit is NEAR


@pytest.mark.parametrize(
    ("strict", "typed", "meant", "fit"),
    [
        ("articles", "die Haus", "das Haus", NONE), ("articles", "das Haus", "das Haus", EXACT),
        ("articles", "der Haus", "Haus", NONE), ("articles", "Haus", "das Haus", INEXACT),
        ("articles", "einer Katze", "eine Katze", NONE),
        ("accents", "schon", "schön", NONE), ("accents", "Schön", "schön", EXACT),
        ("punctuation", "{1,2}", "[1, 2]", NONE), ("punctuation", "[1,2]", "[1, 2]", EXACT),
        ("punctuation", "startup", "start-up", NONE),
        ("case", "haus", "Haus", NONE), ("spelling", "Medwedew", "Medvedev", NONE),
        ("spelling", "medvedev", "Medvedev", EXACT), ("order", "Merkel, Angela", "Angela Merkel", NONE),
        ("number", "Städte", "Stadt", NONE), ("number", "drei", "3", NONE),
        ("all", "haus", "Haus", NONE), ("all", "Das Haus", "Haus", NONE), ("all", "Haus", "Haus", EXACT),
        ("all", "Hau", "Haus", NONE), ("all", " Haus ", "Haus", EXACT),
    ],
)  # fmt: skip
def test_it_is_as_strict_as_it_is_told(strict: str, typed: str, meant: str, fit: MatchKind) -> None:
    rules = AnswerRules("de").about("", (strict,))  # type: ignore[arg-type]
    assert read_answer(typed, [meant], rules=rules).fit is fit


@settings(steady, max_examples=tries(120))
@given(typed=any_text, meant=st.lists(any_text, max_size=3), refused=st.lists(any_text, max_size=2))
def test_it_never_raises_and_a_remark_goes_with_what_is_inexact(
    typed: str, meant: list[str], refused: list[str]
) -> None:
    found = read_answer(typed, meant, refused=refused, rules=AnswerRules("de", stem=typed))
    assert (found.fit is INEXACT) == bool(found.remark)
    assert (found.fit is NONE) == (found.place == -1)


@settings(steady, max_examples=tries(120))
@given(text=words, strict=st.sampled_from(["spelling", "case", "accents", "articles", "punctuation", "all"]))
def test_the_key_itself_is_right_however_strict(text: str, strict: str) -> None:
    rules = AnswerRules().about("", (strict,))  # type: ignore[arg-type]
    assert read_answer(text, [text], rules=rules).fit is EXACT


@settings(steady, max_examples=tries(120))
@given(text=words, wrong=words)
def test_what_is_refused_letter_by_letter_never_passes(text: str, wrong: str) -> None:
    found = read_answer(wrong, [text], refused=[wrong])
    assert found.fit in ({EXACT} if " ".join(text.split()) == " ".join(wrong.split()) else {NONE})
