"""Where a slip ends and another word begins: opposites, the length of words, the articles of languages."""

from __future__ import annotations

import pytest

from quiz.core.text.answer_matching import MatchKind, are_opposites, find, normalised

OPPOSITES = [
    ("endothermic", "exothermic"), ("maximise", "minimise"), ("implosion", "explosion"),
    ("inflation", "deflation"), ("encoding", "decoding"), ("unhealthy", "healthy"), ("employer", "employee"),
    ("upstairs", "downstairs"), ("intensive", "extensive"), ("antebellum", "antibellum"),
    ("abduction", "adduction"), ("important", "unimportant"), ("incomplete", "complete"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), OPPOSITES)
def test_an_opposite_is_no_slip(one: str, other: str) -> None:
    assert find(one, [other]).fit is MatchKind.NONE
    assert find(other, [one]).fit is MatchKind.NONE
    assert find(one, [one]).fit is MatchKind.EXACT


@pytest.mark.parametrize(
    ("typed", "meant", "fit"),
    [
        ("pacifec", "pacific", MatchKind.NEAR),
        ("pacefec", "pacific", MatchKind.NONE),
        ("great barier reef", "great barrier reef", MatchKind.NEAR),
        ("great barieer reef", "great barrier reef", MatchKind.NONE),
        ("northern hemisfere", "northern hemisphere", MatchKind.NEAR),
        ("northern hemysfere", "northern hemisphere", MatchKind.NONE),
    ],
)
def test_a_longer_word_may_have_more_slips(typed: str, meant: str, fit: MatchKind) -> None:
    assert find(typed, [meant]).fit is fit


def test_however_long_a_text_is_three_slips_are_the_most() -> None:
    meant = "mountain of emerald and crimson shadows"
    assert find("mountian of emereld and crimsom shadows", [meant]).fit is MatchKind.NEAR
    assert find("mountian of emereld and crimsom shadowz", [meant]).fit is MatchKind.NONE


def test_of_several_that_are_near_the_nearest_is_meant() -> None:
    found = find("atlantik", ["atlamtec", "atlantic"])
    assert (found.fit, found.place) == (MatchKind.NEAR, 1)
    found = find("atlantik", ["atlantic", "atlamtec"])
    assert (found.fit, found.place) == (MatchKind.NEAR, 0)


@pytest.mark.parametrize(
    ("language", "article"),
    [
        *(("fr", word) for word in ("le", "la", "les", "un", "une", "des")),
        *(("es", word) for word in ("el", "la", "los", "las", "un", "una", "unos", "unas")),
        *(("pt", word) for word in ("o", "a", "os", "as", "um", "uma")),
        *(("en", word) for word in ("the", "a", "an")),
    ],
)
def test_an_article_makes_no_difference(language: str, article: str) -> None:
    assert find(f"{article} rivoltar", ["rivoltar"], language=language).fit is MatchKind.EXACT


@pytest.mark.parametrize(("written", "plain"), [("Łódź", "Lodz"), ("Œuvre", "OEuvre"), ("Øst", "Ost")])
def test_letters_of_other_alphabets_stand_for_their_likes(written: str, plain: str) -> None:
    assert (
        normalised(written, strict=frozenset({"case"}))
        == normalised(plain, strict=frozenset({"case"}))
        == plain
    )
    assert find(plain.lower(), [written]).fit is MatchKind.EXACT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("trainer", "trainee"), ("lessor", "lessee"), ("careful", "careless"), ("xenophobia", "xenophilia"),
        ("hydrophobic", "hydrophilic"), ("francophobe", "francophile"),
    ],
)  # fmt: skip
def test_a_counterpart_by_its_ending_is_an_opposite(one: str, other: str) -> None:
    assert are_opposites(one, other)
    assert are_opposites(other, one)
    assert not are_opposites(one, one)
    assert not are_opposites(one, f"x{other}")


def test_a_letter_of_its_own_stands_for_plain_ones() -> None:
    cases: list[tuple[str, str, str]] = [
        ("Łł", "Ll", "ll"), ("Øø", "Oo", "oo"), ("Đđ", "Dd", "dd"), ("Ææ", "AEae", "aeae"),
        ("Œœ", "OEoe", "oeoe"), ("ẞß", "SSss", "ssss"), ("ı", "i", "i"),
    ]  # fmt: skip
    for written, cased, plain in cases:
        assert normalised(written) == plain
        assert normalised(written, strict=frozenset({"case"})) == cased


def test_what_is_left_of_a_text() -> None:
    cases: list[tuple[str, str, str]] = [
        ("a.b,c;d:e!f?g'h\"i`j(k)l{m}n[o]p/q\\r|s_t-u", "", "b c d e f g h i j k l m n o p q r s t u"),
        ("{1, 2}", "punctuation", "{1,2}"), ("-5 - 6", "", "−5 6"), ("1,000 and 1.5", "", "1000 and 1 5"),
        ("The", "", "the"), ("the a", "", "a"), ("The cat", "articles", "the cat"), ("  ?! ", "", "?!"),
        ("x²", "", "x2"), ("10²", "", "10^2"), ("Größe", "accents", "grösse"), ("de hond", "", "de hond"),
    ]  # fmt: skip
    for text, strict, plain in cases:
        assert normalised(text, "en", frozenset({strict} - {""})) == plain  # type: ignore[arg-type]


@pytest.mark.parametrize("article", ["de", "het", "een"])
def test_dutch_articles_make_no_difference(article: str) -> None:
    assert normalised(f"{article} hond", "nl") == "hond"
