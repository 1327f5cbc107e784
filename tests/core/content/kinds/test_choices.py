"""Single choice, multiple response, and true or false."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.content.diagnostics import Severity
from quiz.core.content.grading import Chosen, Entered, Verdict
from quiz.core.content.item import Item, Option
from quiz.core.content.kinds.multiple_response import MultipleResponse
from quiz.core.content.kinds.single_choice import SingleChoice
from quiz.core.content.kinds.true_false import TrueFalse
from tests.strategies import items, parsed, steady

CAPITAL = SingleChoice(
    id="capital",
    stem="The capital of France?",
    key=Option("Paris", "Since 987."),
    distractors=(Option("Lyon", "The third largest."), "Nice", "Pau"),
)
PRIMES = MultipleResponse(
    id="primes",
    stem="Which are primes?",
    keys=("2", Option("3", "Odd, too."), "7"),
    distractors=(Option("1", "One divisor only."), Option("9", "Three times three."), "4", "6"),
)
BOILS = TrueFalse(id="boils", stem="Water boils.", key=True, feedback="Wait and see.")


def chosen(*options: str) -> Chosen:
    return Chosen(options)


# --------------------------------------------------------------------------- single choice


@pytest.mark.parametrize(
    ("options", "score", "feedback"),
    [
        (["Paris"], 1, ("Since 987.",)),
        (["Lyon"], 0, ("The third largest.",)),
        (["Nice"], 0, ()),
        (["Pau"], 0, ()),
        (["paris"], 0, ()),
        (["Paris", "Lyon"], 0, ()),
        (["Paris", "Paris"], 0, ()),
        (["Bordeaux"], 0, ()),
        ([], 0, ()),
    ],
)
def test_one_option_is_right_and_the_chosen_one_speaks(
    options: list[str], score: float, feedback: tuple[str, ...]
) -> None:
    grade = CAPITAL.grade(chosen(*options))
    assert (grade.score, grade.feedback) == (score, feedback)


def test_it_asks_for_one_of_the_key_and_the_distractors() -> None:
    interaction = CAPITAL.interaction()
    assert interaction.options == ("Paris", "Lyon", "Nice", "Pau")
    assert interaction.is_single
    assert interaction.instruction == "Choose one."
    assert interaction.is_complete(chosen("Nice"))
    assert not interaction.is_complete(chosen("Nice", "Lyon"))
    assert not interaction.is_complete(chosen("Bordeaux"))
    assert not interaction.is_complete(Entered(("Nice",)))


def test_texts_stay_as_written() -> None:
    item = parsed(
        {"id": "a", "stem": "s", "key": "No", "distractors": ["010", "12:30", "null"]}, "single-choice"
    )
    assert item.interaction().options == ("No", "010", "12:30", "null")


def severities(item: Item) -> list[tuple[str, Severity]]:
    return [(problem.code, problem.severity) for problem in item.problems()]


@pytest.mark.parametrize(
    ("key", "distractors", "found"),
    [
        ("Paris", ("Lyon", "Nice"), []),
        ("Paris", ("Lyon", "Lyon"), [("duplicate-option", Severity.ERROR)]),
        ("Paris", ("Lyon", " Lyon  "), [("duplicate-option", Severity.ERROR)]),
        ("Paris", ("Lyon", "lyon"), []),
        ("Paris", ("Paris",), [("key-among-distractors", Severity.ERROR)]),
        ("Where is it?", ("Where is it.",), []),
        ("où", ("ou",), []),
        ("True", ("true",), []),
        ("x[0]", ("x(0)",), []),
        ("[1, 2]", ("{1, 2}", "(1, 2)", "[1,2]", "[1;2]"), []),
        ("a < b", ("a > b", "a <= b", "a  < b"), []),
        ('"x"', ("'x'", "x"), []),
        ("x\u200b", ("x",), [("key-among-distractors", Severity.ERROR)]),
        ("e\u0301", ("\u00e9",), [("key-among-distractors", Severity.ERROR)]),
        ("x = 1\n", ("x = 1 ",), [("key-among-distractors", Severity.ERROR)]),
        ("-1", ("1",), []),
        ("1.5", ("15",), []),
        ("10²", ("102",), []),
        ("Vitamin A", ("Vitamin",), []),
    ],
)
def test_options_are_the_same_only_where_nobody_can_tell_them_apart(
    key: str, distractors: tuple[str, ...], found: list[tuple[str, Severity]]
) -> None:
    assert severities(SingleChoice(id="a", stem="s", key=key, distractors=distractors)) == found


# --------------------------------------------------------------------------- multiple response


@pytest.mark.parametrize(
    ("options", "score"),
    [
        ("237", 1),
        ("732", 1),
        ("23", 2 / 3),
        ("2", 1 / 3),
        ("2371", 2 / 3),
        ("231", 1 / 3),
        ("21", 0),
        ("2149", 0),
        ("1", 0),
        ("2371946", 0),
        ("", 0),
        ("2357", 2 / 3),
    ],
)
def test_each_wrong_option_takes_a_right_one_back(options: str, score: float) -> None:
    assert PRIMES.grade(chosen(*options)).score == pytest.approx(score)


def test_choosing_an_option_twice_counts_once() -> None:
    assert PRIMES.grade(chosen("2", "2", "3")).score == pytest.approx(2 / 3)


def test_the_chosen_options_speak_and_the_others_do_not() -> None:
    assert PRIMES.grade(chosen("3", "1")).feedback == ("Odd, too.", "One divisor only.")


def test_its_parts_say_what_was_chosen_and_what_left_out() -> None:
    parts = {part.label: part for part in PRIMES.grade(chosen("2", "1")).parts}
    assert [label for label, part in parts.items() if part.is_right] == ["2", "9", "4", "6"]
    assert (parts["7"].given, parts["7"].expected) == ("left out", "chosen")
    assert (parts["1"].given, parts["1"].expected) == ("chosen", "left out")


@settings(steady)
@given(item=items("multiple-response"), data=st.data())
def test_its_score_is_the_formula(item: MultipleResponse, data: st.DataObject) -> None:
    options = item.interaction().options
    picked = data.draw(st.lists(st.sampled_from(options), unique=True))
    keys = set(item.key_response().options)
    hits, alarms = len(keys & set(picked)), len(set(picked) - keys)
    assert item.grade(Chosen(tuple(picked))).score == pytest.approx(max(0, hits - alarms) / len(keys))


def test_any_number_of_its_options_may_be_chosen_but_not_none() -> None:
    interaction = PRIMES.interaction()
    assert interaction.instruction == "Choose all that apply."
    assert interaction.is_complete(chosen(*"2371946"))
    assert interaction.is_complete(chosen("2"))
    assert not interaction.is_complete(chosen())
    assert not interaction.is_complete(chosen("2", "2"))


# --------------------------------------------------------------------------- true or false


def test_only_a_wrong_judgement_is_commented() -> None:
    assert BOILS.grade(chosen("True")).feedback == ()
    assert BOILS.grade(chosen("False")).feedback == ("Wait and see.",)
    assert BOILS.grade(chosen("False")).verdict is Verdict.INCORRECT
    assert BOILS.grade(Entered(("False",))).feedback == ()


@pytest.mark.parametrize(("written", "key"), [("true", "True"), ("false", "False")])
def test_its_key_is_a_truth_value(written: str, key: str) -> None:
    item = parsed({"id": "a", "stem": "s", "key": written}, "true-false")
    assert item.key_response() == chosen(key)
    assert item.key_text() == key


def test_saying_both_or_both_twice_is_wrong() -> None:
    assert BOILS.grade(chosen("True", "False")).score == 0
    assert BOILS.grade(chosen("True", "True")).score == 0


def test_options_that_are_numbers_stand_in_their_order() -> None:
    item = SingleChoice(id="n", stem="How many?", key="3", distractors=("10", "2", "1,000"))
    for seed in range(20):
        assert item.interaction().arranged(Random(seed)).options == ("2", "3", "10", "1,000")
    mixed = SingleChoice(id="n", stem="How many?", key="3", distractors=("10", "none"))
    assert len({mixed.interaction().arranged(Random(seed)).options for seed in range(20)}) > 1
