"""Texts with gaps."""

from __future__ import annotations

from random import Random

import pytest

from quiz.core.content.grading import Entered, Grade
from quiz.core.content.item import Option
from quiz.core.content.kinds.cloze import Cloze

WATER = Cloze(
    id="water",
    text="The sun makes water {{evaporate}}; clouds form when the vapour {{ condenses }}.",
    accept={"condenses": (Option("liquefies", "The chemist's word."),)},
    refuse={"condenses": (Option("freezes", "Most clouds are drops."), "condemns")},
)


def typed(*texts: str, item: Cloze = WATER) -> Grade:
    return item.grade(Entered(texts))


@pytest.mark.parametrize(
    ("texts", "score"),
    [
        (("evaporate", "condenses"), 1),
        (("Evaporate", "liquefies"), 1),
        (("evaporat", "condensses"), 1),
        (("evaporate", ""), 0.5),
        (("evaporate",), 0.5),
        (("condenses",), 0),
        (("", "condenses"), 0.5),
        (("condenses", "evaporate"), 0),
        (("evaporate", "freezes"), 0.5),
        (("evaporate", "condemns"), 0.5),
        (("", ""), 0),
        ((), 0),
        (("evaporate", "condenses", "more"), 1),
    ],
)
def test_every_gap_gets_the_same_share(texts: tuple[str, ...], score: float) -> None:
    assert typed(*texts).score == score


def test_its_parts_say_what_each_gap_wanted() -> None:
    first, second = typed("evaporate", "freezes").parts
    assert (first.label, first.given, first.expected, first.is_right) == (
        "gap 1",
        "evaporate",
        "evaporate",
        True,
    )
    assert (second.label, second.expected, second.is_right) == ("gap 2", "condenses", False)
    assert second.feedback == "Most clouds are drops."


def test_accepted_wordings_speak_and_slips_show_the_usual_spelling() -> None:
    assert typed("evaporate", "liquefies").feedback == ("The chemist's word.",)
    grade = typed("evaporat", "condensses")
    assert [part.is_near for part in grade.parts] == [True, True]
    assert grade.notice == "Accepted: the usual spelling is evaporate, condenses."


def test_the_key_of_one_gap_is_no_slip_of_anothers() -> None:
    item = Cloze(id="a", text="{{intension}} and {{intention}}")
    assert typed("intension", "intention", item=item).score == 1
    assert typed("intention", "intension", item=item).score == 0
    assert typed("intention", "intention", item=item).score == 0.5


def test_gaps_that_want_the_same_word_forgive_alike() -> None:
    item = Cloze(id="a", text="{{Evaporation}} is {{evaporation}}, and {{evaporation}} cools.")
    assert typed("evaporatoin", "Evaporatoin", "evaporation", item=item).score == 1


@pytest.mark.parametrize(
    ("text", "gaps", "around"),
    [
        ("{{a}}", ("a",), ("", "")),
        ("x {{ a }} y {{b c}}", ("a", "b c"), ("x ", " y ", "")),
        ("{{a}}{{b}}", ("a", "b"), ("", "", "")),
        ("x {{a\nb}} y", ("a\nb",), ("x ", " y")),
        ("{one} {{two}}", ("two",), ("{one} ", "")),
    ],
)
def test_gaps_are_what_double_braces_hold(text: str, gaps: tuple[str, ...], around: tuple[str, ...]) -> None:
    item = Cloze(id="a", text=text)
    assert item.gaps == gaps
    assert item.interaction().around == around
    assert len(item.interaction().fields) == len(gaps)
    assert item.grade(Entered(gaps)).score == 1


def test_its_text_can_be_read_whole() -> None:
    assert WATER.key_text() == "The sun makes water evaporate; clouds form when the vapour condenses."
    assert WATER.interaction().instruction == "Fill in the 2 gaps."
    assert Cloze(id="a", text="{{a}}").interaction().instruction == "Type your answer."


@pytest.mark.parametrize(
    ("item", "codes"),
    [
        (Cloze(id="a", text="No gap."), ["no-gap"]),
        (Cloze(id="a", text="An {{}} empty one."), ["no-key"]),
        (Cloze(id="a", text="{{a}}", accept={"b": ("c",)}), ["unknown-gap"]),
        (Cloze(id="a", text="{{a}}", refuse={"b": ("c",)}), ["unknown-gap"]),
        (Cloze(id="a", text="{{a}}", refuse={"a": ("a",)}), ["key-among-distractors"]),
        (Cloze(id="a", text="{{a}}", refuse={"a": ("A.",)}), []),
        (Cloze(id="a", text="{{a}}", accept={"a": ("b", "A.")}), ["redundant-accept"]),
        (Cloze(id="a", text="{{a}}", accept={"a": ("b",)}, refuse={"a": ("b",)}), ["key-among-distractors"]),
        (Cloze(id="a", text="{{a}}", accept={"a": ("b",)}, refuse={"a": ("c",)}), []),
    ],
)
def test_what_does_not_fit_its_text_is_found(item: Cloze, codes: list[str]) -> None:
    assert [problem.code for problem in item.problems()] == codes


def test_braces_behind_a_backslash_are_no_gap() -> None:
    item = Cloze(id="a", text=r"Jinja writes \{{ name }} for {{variables}}, \{{\}} for nothing.")
    assert item.gaps == ("variables",)
    assert item.key_text() == "Jinja writes {{ name }} for variables, {{}} for nothing."
    assert item.interaction().around[0] == "Jinja writes {{ name }} for "


def test_a_gap_as_another_program_writes_it_is_found() -> None:
    item = Cloze(id="a", text="The {{c1::sun}} and the {{c2::moon::at night}}.")
    found = [(problem.code, problem.severity.value) for problem in item.problems()]
    assert found == [("numbered-gap", "warning")] * 2
    assert "Write {{moon}}" in list(item.problems())[1].help


def test_a_gap_with_options_is_chosen_and_never_forgiven() -> None:
    item = Cloze(
        id="a", text="Water {{boils}} at 100 and {{freezes}} at 0.", options={"boils": ("melts", "burns")},
        refuse={"boils": (Option("melts", "That is ice."),)},
    )  # fmt: skip
    asked = item.interaction().arranged(Random(3))
    assert sorted(asked.fields[0].options) == ["boils", "burns", "melts"]
    assert asked.fields[1].options == ()
    assert asked.fields[0].given("1") == asked.fields[0].options[0]
    assert asked.fields[0].given("BOILS") == "boils"
    assert asked.is_complete(Entered(("boils", "x")))
    assert not asked.is_complete(Entered(("boil", "x")))
    assert item.grade(Entered(("boils", "freezes"))).score == 1
    grade = item.grade(Entered(("melts", "freezes")))
    assert (grade.score, grade.feedback) == (0.5, ("That is ice.",))


def test_options_that_look_like_the_key_or_belong_to_no_gap_are_found() -> None:
    item = Cloze(id="a", text="{{b}}", options={"b": ("b ", "c", "c"), "x": ("y",)})
    assert [(problem.code, problem.where) for problem in item.problems()] == [
        ("unknown-gap", ("options", "x")),
        ("duplicate-option", ("options", "b", 2)),
        ("key-among-distractors", ("options", "b", 0)),
    ]


def test_a_gap_that_comes_near_is_named_in_the_remark() -> None:
    item = Cloze(id="a", text="From {{Silicon Valley}} to {{Skolkovo}}.")
    grade = item.grade(Entered(("Silicon", "Skolkova")))
    assert (grade.score, grade.remark) == (0.5, "gap 1: that is only part of it")
    assert grade.parts[1].is_near


def test_a_gap_with_options_has_a_label_its_options_and_the_feedback_of_what_was_chosen() -> None:
    item = Cloze(
        id="a", text="{{sun}} and {{moon}}", options={"moon": ("star", "comet")},
        refuse={"moon": (Option("star", "Too far."),)},
    )  # fmt: skip
    fields = item.interaction().fields
    assert [(field.label, field.options) for field in fields] == [
        ("gap 1", ()), ("gap 2", ("moon", "star", "comet")),
    ]  # fmt: skip
    for chosen, is_right, said in (("moon ", True, ""), ("star", False, "Too far."), ("comet", False, "")):
        part = typed("sun", chosen, item=item).parts[1]
        assert (part.label, part.given, part.expected) == ("gap 2", chosen, "moon")
        assert (part.is_right, part.feedback) == (is_right, said)
    assert item.with_gaps(["_", "?"]) == "_ and ?"
