"""Where a slip ends and another word begins: opposites, the length of words, the articles of languages."""

from __future__ import annotations

import pytest

from quiz.core.text.answer_matching import MatchKind, find, normalised

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
