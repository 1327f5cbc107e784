"""Short answers: what is typed, what is meant, and what must not pass for it."""

from __future__ import annotations

import pytest

from quiz.core.content.diagnostics import Severity
from quiz.core.content.grading import Chosen, Entered, Grade
from quiz.core.content.interaction import Field
from quiz.core.content.item import Option
from quiz.core.content.kinds.short_answer import ShortAnswer
from quiz.core.text.answer_rules import AnswerRules

OCEAN = ShortAnswer(
    id="ocean",
    stem="The largest ocean?",
    key="Pacific",
    accept=("Pacific Ocean", Option("Mar del Sur", "Balboa's name for it.")),
    refuse=(Option("Atlantic", "Half as large."), "Pacifist"),
)


def typed(text: str, item: ShortAnswer = OCEAN, language: str = "en") -> Grade:
    return item.grade(Entered((text,)), AnswerRules(language))


@pytest.mark.parametrize(
    "text", ["Pacific", "  pacific ", "the Pacific", "PACIFIC OCEAN", "Pacific-Ocean", "Pácific."]
)
def test_what_a_teacher_would_not_even_notice_is_right(text: str) -> None:
    grade = typed(text)
    assert (grade.score, grade.notice) == (1, "")
    assert not grade.parts[0].is_near


@pytest.mark.parametrize(("text", "usual"), [("Pacfic", "Pacific"), ("Pacific Oceann", "Pacific Ocean")])
def test_a_slip_is_right_and_the_usual_spelling_shown(text: str, usual: str) -> None:
    grade = typed(text)
    assert grade.score == 1
    assert grade.parts[0].is_near
    assert (grade.parts[0].given, grade.parts[0].expected) == (text, usual)
    assert grade.notice == f"Accepted: the usual spelling is {usual}."


@pytest.mark.parametrize(
    ("text", "key", "is_usual"),
    [
        ("Mullheim", "Müllheim", False), ("super nova", "supernova", False),
        ("mcdonalds", "McDonald's", False), ("well being", "well-being", True),
        ("usa", "U.S.A.", True), ("10km", "10 km", True),
    ],
)  # fmt: skip
def test_accents_and_gaps_between_words_are_shown_where_they_are_missed(
    text: str, key: str, is_usual: bool
) -> None:
    grade = typed(text, ShortAnswer(id="a", stem="s", key=key))
    assert grade.score == 1
    assert grade.notice == ("" if is_usual else f"Accepted: the usual spelling is {key}.")


@pytest.mark.parametrize(
    "text", ["Atlantic", "Indian", "Pacifist", "Pacifis", "", " ", "?", "the Indian one"]
)
def test_anything_else_is_wrong_and_the_key_shown(text: str) -> None:
    grade = typed(text)
    assert grade.score == 0
    assert grade.parts[0].expected == "Pacific"
    assert grade.notice == ""


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("Ocean", "that is only part of it"),
        ("not the Pacific", "say what it is, not what it is not or nearly is"),
        ("Pacific or Indian", "give one answer only"),
    ],
)
def test_what_is_neither_right_nor_wrong_earns_nothing_and_says_what_is_missing(
    text: str, remark: str
) -> None:
    grade = typed(text)
    assert (grade.score, grade.remark) == (0, remark)
    assert grade.parts[0].expected == "Pacific"
    assert grade.notice == f"“{text}” was close: {remark}."


def test_an_accepted_wording_speaks() -> None:
    assert typed("mar del sur").feedback == ("Balboa's name for it.",)
    assert typed("Pacific").feedback == ()


@pytest.mark.parametrize("text", ["Atlantic", "the atlantic", "Atlantik"])
def test_a_wrong_answer_to_expect_speaks_even_misspelt(text: str) -> None:
    assert typed(text).feedback == ("Half as large.",)


def test_only_the_first_text_counts() -> None:
    assert OCEAN.grade(Entered(("Atlantic", "Pacific"))).score == 0
    assert OCEAN.grade(Entered(())).score == 0
    assert OCEAN.grade(Chosen(("Pacific",))).score == 0


def test_articles_are_those_of_the_banks_language() -> None:
    item = ShortAnswer(id="a", stem="s", key="Eiffelturm")
    assert typed("der Eiffelturm", item, "de").score == 1
    assert typed("der Eiffelturm", item, "de-AT").score == 1
    assert not typed("der Eiffelturm", item, "de").parts[0].is_form
    assert typed("der Eiffelturm", item, "en").parts[0].is_form


def test_names_may_be_spelt_in_several_ways_that_are_no_slips() -> None:
    strict = ShortAnswer(id="a", stem="s", key="Dmitry", accept=("Dimitry", "Dmitri"))
    for text in ("Dmitry", "Dimitry", "dmitri"):
        assert not typed(text, strict).parts[0].is_near
    assert typed("Dimitry", ShortAnswer(id="a", stem="s", key="Dmitry")).parts[0].is_near


@pytest.mark.parametrize(
    ("key", "text", "score"),
    [
        ("Co", "Co", 1),
        ("Co", "CO", 0),
        ("Co", "co", 0),
        ("NaCl", "NaCl", 1),
        ("NaCl", "NaCL", 0),
        ("NaCl", "nacl", 0),
        ("Mitochondria", "MitoChondria", 0),
        ("Mitochondria", "MitoChondra", 0),
        ("Mitochondria", "Mitochondra", 1),
        ("Łódź", "Lodz", 1),
        ("Straße", "Strasse", 1),
    ],
)
def test_capitals_make_a_difference_where_they_are_to(key: str, text: str, score: float) -> None:
    assert typed(text, ShortAnswer(id="a", stem="s", key=key, case="match")).score == score


def test_capitals_make_no_difference_otherwise() -> None:
    assert typed("nacl", ShortAnswer(id="a", stem="s", key="NaCl")).score == 1


@pytest.mark.parametrize(
    ("accept", "refuse", "codes"),
    [
        (("b", "c"), ("d",), []),
        (("b", "B."), (), ["redundant-accept"]),
        (("A",), (), ["redundant-accept"]),
        ((Option("A", "A capital."),), (), []),
        ((), ("the a.",), []),
        (("b",), ("B",), []),
        (("b",), ("b",), ["key-among-distractors"]),
        ((), (" a ",), ["key-among-distractors"]),
    ],
)
def test_wordings_that_say_nothing_new_are_notes_and_contradictions_errors(
    accept: tuple[str | Option, ...], refuse: tuple[str, ...], codes: list[str]
) -> None:
    found = list(ShortAnswer(id="a", stem="s", key="a", accept=accept, refuse=refuse).problems())
    assert [problem.code for problem in found] == codes
    severity = {"redundant-accept": Severity.NOTE, "key-among-distractors": Severity.ERROR}
    assert all(problem.severity is severity[problem.code] for problem in found)


def test_it_asks_for_one_line_of_text() -> None:
    interaction = OCEAN.interaction()
    assert interaction.fields == (Field(),)
    assert interaction.instruction == "Type your answer."
    assert interaction.is_complete(Entered(("x",)))
    assert not interaction.is_complete(Entered((" ",)))
    assert not interaction.is_complete(Entered(("x", "y")))
