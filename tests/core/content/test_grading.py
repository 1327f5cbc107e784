"""Grades, their parts and their verdicts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.content.grading import (
    Chosen,
    Entered,
    Grade,
    Matched,
    Ordered,
    Part,
    Recalled,
    Response,
    Sorted,
    Verdict,
    is_empty,
)
from tests.strategies import any_responses, steady

RIGHT, WRONG = Part("", "x", "x", is_right=True), Part("", "y", "x", is_right=False)


@pytest.mark.parametrize(
    ("score", "verdict"),
    [(0, Verdict.INCORRECT), (0.01, Verdict.PARTIAL), (0.5, Verdict.PARTIAL), (0.999, Verdict.PARTIAL),
     (1, Verdict.CORRECT)],
)  # fmt: skip
def test_a_score_comes_down_to_a_verdict(score: float, verdict: Verdict) -> None:
    assert Verdict.of(score) is Grade(score).verdict is verdict


@pytest.mark.parametrize(
    ("parts", "out_of", "score"),
    [
        ((RIGHT, WRONG), None, 0.5), ((RIGHT, RIGHT), None, 1), ((WRONG,), None, 0), ((), None, 0),
        ((RIGHT,), 4, 0.25),
        ((RIGHT, RIGHT, RIGHT), 2, 1), ((RIGHT,), 0, 0),
    ],
)  # fmt: skip
def test_parts_get_the_same_share(parts: tuple[Part, ...], out_of: int | None, score: float) -> None:
    assert Grade.of_parts(parts, out_of).score == score


@settings(steady)
@given(rights=st.lists(st.booleans(), min_size=1, max_size=100))
def test_all_parts_right_and_only_that_is_full(rights: list[bool]) -> None:
    grade = Grade.of_parts(tuple(Part("", "", "", is_right=each) for each in rights))
    assert (grade.score == 1) is all(rights)
    assert (grade.score == 0) is not any(rights)


def test_what_parts_say_is_said_once_and_slips_are_noticed() -> None:
    near = Part("", "pacfic", "Pacific", is_right=True, feedback="So.", is_near=True)
    other = Part("", "atlntic", "Atlantic", is_right=True, feedback="So.", is_near=True)
    grade = Grade.of_parts((near, RIGHT, other))
    assert grade.feedback == ("So.",)
    assert grade.notice == "Accepted: the usual spelling is Pacific, Atlantic."
    assert Grade.of_parts((near,), notice="Other.").notice == "Other."
    assert Grade.of_parts((RIGHT,)).notice == ""


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (Chosen(), True), (Entered(), True), (Ordered(), True), (Matched(), True), (Sorted(), True),
        (Recalled(), True),
        (Entered(("", " \t")), True), (Chosen(("",)), False), (Entered(("x",)), False),
        (Matched({"a": "b"}), False),
        (Sorted({"a": "b"}), False), (Recalled(1), False), (Ordered(("a",)), False),
    ],
)  # fmt: skip
def test_a_response_may_be_empty(response: Response, *, expected: bool) -> None:
    assert is_empty(response) is expected


@settings(steady)
@given(response=any_responses())
def test_every_response_is_empty_or_not(response: Response) -> None:
    assert isinstance(is_empty(response), bool)
