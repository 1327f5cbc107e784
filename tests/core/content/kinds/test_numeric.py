"""Numbers, their tolerances and their units."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.content.grading import Entered
from quiz.core.content.kinds.numeric import Numeric
from quiz.core.text.answer_rules import AnswerRules
from tests.sampling import tries
from tests.strategies import steady


def is_right(key: str, text: str, language: str = "en", **fields: Any) -> bool:
    score = Numeric(id="a", stem="s", key=key, **fields).grade(Entered((text,)), AnswerRules(language)).score
    assert score in {0, 1}
    return score == 1


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("1000", "1e3"), ("1000", "1E3"), ("1000", "1,000"), ("1000", "1 000"), ("1000", "1'000"),
        ("1000", "10^3"), ("1500", "1.5×10^3"), ("1500", "1.5 x 10^3"), ("1500", "1.5*10**3"),
        ("1e3", "1000"), ("1e3", "1000.0"), ("0.75", "3/4"), ("0.75", "3 / 4"), ("1.5", "1 1/2"),
        ("3/4", ".75"),
        ("-5", "−5"), ("-5", "- 5"), ("-5", "–5"), ("5", "+5"), ("12", "12."), ("12", "１２"), ("12", "١٢"),
        ("1000", "a thousand"), ("1000", "one thousand"), ("2001", "in 2001"), ("3", "it was 3"),
        ("0", "-0"), ("0.1", "1/10"), ("1/3", "2/6"), ("299,792", "299792"),
    ],
)  # fmt: skip
def test_a_number_is_the_same_however_it_is_written(key: str, text: str) -> None:
    assert is_right(key, text)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("1000", "1001"), ("1000", "1.000"), ("1000", "100"), ("1000", "1e4"), ("1000", "10,00"),
        ("1000", "1000 km"),
        ("1000", "two thousand"), ("1000", ""), ("1000", "1000 or 2000"), ("5", "-5"), ("5", "5-"),
        ("5", "--5"),
        ("1/3", "0.33"), ("1.5", "15"), ("1000", "1,00,0"), ("3/4", "3/4/1"), ("1", "1/0"), ("1.53", "1.5 3"),
    ],
)  # fmt: skip
def test_another_number_or_none_is_wrong(key: str, text: str) -> None:
    assert not is_right(key, text)


@pytest.mark.parametrize(
    ("key", "tolerance", "right", "wrong"),
    [
        ("100", "", ["100"], ["100.0000001", "99.9999999"]),
        ("100", "5", ["95", "105", "100"], ["94.999", "105.001"]),
        ("100", "5%", ["95", "105"], ["94.999", "105.001"]),
        ("0.1", "10%", ["0.09", "0.11"], ["0.0899", "0.1101"]),
        ("-200", "1%", ["-198", "-202"], ["-197.99", "-202.01", "200"]),
        ("0.3", "0.1", ["0.2", "0.4"], ["0.19999", "0.40001"]),
        ("1/3", "1%", ["0.33", "0.3366"], ["0.32", "0.34"]),
        ("299,792", "1%", ["300,000", "3e5", "296794.08"], ["296794.07", "302789.93"]),
        ("8", " 25 % ", ["6", "10"], ["5.99", "10.01"]),
        ("0", "0.5", ["-0.5", "1/2"], ["0.51"]),
    ],
)
def test_a_tolerance_reaches_to_its_edges_and_no_further(
    key: str, tolerance: str, right: list[str], wrong: list[str]
) -> None:
    assert [text for text in right if not is_right(key, text, tolerance=tolerance)] == []
    assert [text for text in wrong if is_right(key, text, tolerance=tolerance)] == []


@settings(steady, max_examples=tries(100))
@given(key=st.decimals(-1000, 1000, places=3), per_cent=st.integers(1, 50))
def test_the_edges_of_any_per_cent_are_exact(key: Any, per_cent: int) -> None:
    item = Numeric(id="a", stem="s", key=f"{key}", tolerance=f"{per_cent}%")
    margin = abs(Fraction(key)) * per_cent / 100
    assert item.margin() == margin
    edge = Fraction(key) + margin
    assert item.grade(Entered((f"{edge.numerator}/{edge.denominator}" if edge >= 0 else "",))).score == (
        edge >= 0
    )
    beyond = edge + Fraction(1, 10**6)
    if beyond >= 0:
        assert item.grade(Entered((f"{beyond.numerator}/{beyond.denominator}",))).score == 0


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("5 km/h", True), ("5km/h", True), ("5 KM/H", True), ("5 kilometres per hour", True), ("5", True),
        ("km/h 5", True), ("5 km", False), ("5 m/h", False), ("5 mph", False), ("5 km/h km/h", False),
        ("km/h", False),
        ("5 h", False), ("5 km/hh", False),
    ],
)  # fmt: skip
def test_the_unit_may_be_typed_and_another_may_not(text: str, *, score: bool) -> None:
    assert is_right("5", text, unit="km/h", units=("kilometres per hour",)) is score


@pytest.mark.parametrize(
    ("unit", "text", "score"),
    [
        ("m", "5 km", False), ("m", "5 mm", False), ("m", "5 m", True), ("g", "5 kg", False),
        ("s", "5 ms", False),
        ("m²", "5 m2", True), ("m²", "5 m²", True), ("m²", "5 m", False), ("m", "5 m²", False),
        ("m3", "5 m³", True),
        ("%", "5%", True), ("%", "5 %", True), ("%", "0.05", False), ("", "5%", False),
        ("$", "$5", True), ("$", "5 $", True), ("€", "€ 5", True), ("€", "$5", False),
        ("µm", "5 μm", True), ("°C", "5 °C", True), ("°C", "5 °F", False), ("Straße", "5 straße", True),
    ],
)  # fmt: skip
def test_units_are_told_apart(unit: str, text: str, *, score: bool) -> None:
    assert is_right("5", text, unit=unit) is score


@pytest.mark.parametrize(
    ("language", "key", "text", "score"),
    [
        ("de", "1,5", "1,5", True), ("de", "1,5", "1.5", True), ("de", "1,5", "15", False),
        ("de", "1500", "1.500", True), ("de", "1500", "1 500", True), ("de", "1,5", "1.500", False),
        ("de", "0,125", "0.125", True), ("de", "125", "0.125", False), ("de", "1234,5", "1.234,5", True),
        ("fr", "1 234,5", "1234.5", True), ("fr", "1 234,5", "1234,5", True),
        ("pt-BR", "1.234", "1234", True),
        ("en", "1.5", "1,5", True), ("en", "1500", "1,500", True), ("en", "1.5", "1,500", False),
        ("en", "0.5", "0,500", True), ("en", "500", "0,500", False), ("en-GB", "1,234.5", "1234.5", True),
        ("de-CH", "1234,5", "1'234,5", True),
    ],
)  # fmt: skip
def test_separators_are_those_of_the_banks_language(
    language: str, key: str, text: str, *, score: bool
) -> None:
    assert is_right(key, text, language) is score


def test_tolerances_are_written_in_the_banks_language_too() -> None:
    assert is_right("1,5", "1,7", "de", tolerance="0,25")
    assert not is_right("1,5", "1,8", "de", tolerance="0,25")
    assert is_right("100", "102,5", "de", tolerance="2,5%")


def test_what_is_no_number_is_said_so_and_feedback_is_for_the_wrong() -> None:
    item = Numeric(id="a", stem="s", key="5", unit="km", feedback="Count again.")
    lost = item.grade(Entered(("some",)))
    assert (lost.score, lost.notice) == (0, "That was not read as a number, in km.")
    assert lost.parts[0].is_unread
    assert item.grade(Entered(("6",))).feedback == ("Count again.",)
    assert item.grade(Entered(("6",))).notice == ""
    assert item.grade(Entered(("5",))).feedback == ()
    assert item.grade(Entered(("",))).notice == ""
    assert (
        Numeric(id="a", stem="s", key="5").grade(Entered(("x",))).notice == "That was not read as a number."
    )


def test_what_is_right_within_the_tolerance_is_told_exactly() -> None:
    item = Numeric(id="a", stem="s", key="1642", unit="m", tolerance="5%")
    told = [item.grade(Entered((text,))).notice for text in ("1700", "1642 m", "1642.0", "2000")]
    assert told == ["Exactly: 1642 m", "", "", ""]


def test_no_slip_of_spelling_makes_a_number() -> None:
    assert not is_right("1234567", "1234568")
    assert not is_right("1234567", "1234576")


def test_its_key_shows_unit_and_tolerance() -> None:
    item = Numeric(id="a", stem="s", key="299,792", unit="km/s", tolerance="1%")
    assert item.key_text() == "299,792 km/s (± 1%)"
    assert Numeric(id="a", stem="s", key="5").key_text() == "5"
    field = item.interaction().fields[0]
    assert (field.unit, field.is_number) == ("km/s", True)
    assert item.interaction().instruction == "Type a number."


@pytest.mark.parametrize(
    ("key", "tolerance", "language", "codes"),
    [
        ("5", "", "en", []), ("5", "1", "en", []), ("5", "10%", "en", []), ("1e3", "1/2", "en", []),
        ("five", "", "en", ["not-a-number"]), ("1.2.3", "", "en", ["not-a-number"]),
        ("5", "much", "en", ["not-a-number"]), ("5", "-1", "en", ["not-a-number"]),
        ("5", "%", "en", ["not-a-number"]),
        ("0", "5%", "en", ["unreachable-range"]), ("0", "5", "en", []),
        ("1.234,5", "", "de", []), ("1.234,5", "", "en", ["not-a-number"]),
    ],
)  # fmt: skip
def test_keys_and_tolerances_that_are_no_numbers_are_found(
    key: str, tolerance: str, language: str, codes: list[str]
) -> None:
    found = Numeric(id="a", stem="s", key=key, tolerance=tolerance).problems(language)
    assert [problem.code for problem in found] == codes


def test_a_year_in_words_may_have_a_word_before_it() -> None:
    item = Numeric(id="a", stem="When?", key="1990")
    for said, score in (
        ("in nineteen ninety", 1),
        ("year nineteen ninety", 1),
        ("in nineteen ninety one", 0),
    ):
        assert item.grade(Entered((said,))).score == score
