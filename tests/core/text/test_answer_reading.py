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


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["their", "his", "her", "its", "our", "my", "your", "some", "this", "that", "these", "those"]),
        ("de", [f"{stem}{end}" for stem in ("ihr", "sein", "unser", "mein", "dein", "euer", "eur", "dies")
                for end in ("e", "en", "em", "er", "es")]),
        ("en", ["lots of", "a lot of", "plenty of", "a great many", "a great deal of", "many", "much"]),
        ("de", ["jede Menge", "eine Menge", "viele", "vielen", "vieler", "viel", "ihr", "sein", "unser"]),
        ("en", ["President", "Dr", "Prof", "Mr", "Queen", "Pope", "General", "Saint", "St.", "Sir", "Lady"]),
        ("de", ["Präsidentin", "Kanzlerin", "Bundeskanzler", "Doktor", "Herr", "Frau", "König", "Zarin",
                "Papst", "General", "Sankt", "Lady", "Bundespräsident", "Minister"]),
    ],
)  # fmt: skip
def test_what_may_stand_before_a_name_in_its_language(language: str, words: list[str]) -> None:
    for word in words:
        assert read(f"{word} Xolotl", "Xolotl", language=language) == (FORM, 0, ""), word
        assert read("Xolotl", f"{word} Xolotl", language=language) == (FORM, 0, ""), word


@pytest.mark.parametrize(
    ("language", "leads"),
    [
        ("en", ["in year", "in the year", "year", "in", "AD"]),
        ("de", ["im Jahre", "im Jahr", "Jahr", "in", "im"]),
    ],
)
def test_what_may_stand_before_a_year(language: str, leads: list[str]) -> None:
    for lead in leads:
        assert read("1912", f"{lead} 1912", language=language) == (FORM, 0, ""), lead
        assert read("20", f"{lead} 20", language=language).fit is not FORM, lead


def test_what_does_not_change_a_number() -> None:
    cases: list[tuple[str, MatchKind]] = [(word, FORM) for word in (
        "in", "year", "about", "around", "circa", "ca", "approximately", "roughly", "of", "it", "was", "is",
        "ce",
    )] + [("perhaps", INEXACT), ("exactly", INEXACT)]  # fmt: skip
    for word, fit in cases:
        assert read(f"{word} 77", "77").fit is fit
        assert read(f"77 {word}", "77").remark == ("" if fit is FORM else "give the number only")


def test_what_is_more_or_less_than_is_meant() -> None:
    cases: list[tuple[str, str, tuple[MatchKind, int, str]]] = [
        ("Angela Dorothea Merkel", "Merkel", (FORM, 0, "")),
        ("Merkel, Angela D.", "Angela D. Merkel", (FORM, 0, "")),
        ("Merkel, Angela, D", "Angela Merkel", (NONE, -1, "")),
        ("a b c d, Merkel", "Merkel a b c d", (NONE, -1, "")), ("7, Merkel", "Merkel 7", (NONE, -1, "")),
        ("Silicon", "Silicon Valley 2", (NONE, -1, "")),
        ("Valley", "Silicon Valley", (INEXACT, 0, "that is only part of it")),
        ("guilty", "not guilty", (NONE, -1, "")), ("to", "to be", (NONE, -1, "")),
        ("2 3", "2 3 km", (INEXACT, 0, "add the unit")), ("km", "20 km", (NONE, -1, "")),
        ("fire", "firefighter", (INEXACT, 0, "that is only part of it")),
        ("fig", "figfighter", (NONE, -1, "")), ("work", "working", (NONE, -1, "")),
        ("over", "overestimate", (INEXACT, 0, "that is only part of it")),
        ("estimate", "underestimate", (NONE, -1, "")),
        ("C", "vitamin C", (NONE, -1, "")), ("vitamin ab", "ab", (INEXACT, 0, "give that part only")),
        ("vitamin abc", "abc", (FORM, 0, "")),
    ]  # fmt: skip
    for typed, meant, found in cases:
        assert read(typed, meant) == found


CHANGING = {
    "en": "no not never without non except but instead rather hardly barely against before after until less "
    "more almost nearly opposite contrary former ex half anti counter pseudo isn aren wasn weren don doesn "
    "didn cannot quasi semi un few fewer little lack absence",
    "de": "kein nicht nie ohne weder noch ausser statt gegen vor nach mehr weniger als fast kaum nichts "
    "niemand anti halb ex gegenteil wenig wenige mangel",
    "fr": "pas non ne sans jamais sauf contre avant apres moins plus",
    "es": "no sin nunca salvo contra antes despues menos mas",
    "it": "non senza mai tranne contro prima dopo meno piu",
}


def test_a_word_that_changes_the_meaning_is_never_passed_over() -> None:
    for language, told in CHANGING.items():
        for word in told.split():
            found = read(f"{word} xolotl quetzal", "xolotl quetzal", language=language)
            assert found.remark == "say what it is, not what it is not or nearly is", word
    assert read("no xolotl quetzal", "xolotl quetzal", language="ja").fit is INEXACT


def test_what_is_listed_is_one_answer_too_many() -> None:
    for word in ("or", "and", "either", "maybe", "oder", "und", "ou", "et", "y", "vielleicht"):
        assert read(f"xolotl {word} quetzal", "xolotl").remark == "give one answer only", word


def test_a_word_for_a_place_does_not_make_a_longer_name() -> None:
    places = (
        "River Ocean Sea Lake City Town Mountain Mountains Island Islands Desert Fluss Ozean Meer See "
        "Stadt Gebirge Berg Insel Inseln Wüste"
    )
    for word in places.split():
        assert read(f"Xolotl {word}", "Xolotl").fit is FORM, word
    assert read("Xolotl Club", "Xolotl").remark == "that is a longer name, of something else"
