"""Certainty-based marks."""

from __future__ import annotations

import pytest

from quiz.core.content.grading import Confidence
from quiz.core.exam.certainty_marks import PAYS_FROM, certainty_mark


@pytest.mark.parametrize(
    ("confidence", "right", "wrong"),
    [(Confidence.GUESS, 1, 0), (Confidence.FAIRLY, 2, -2), (Confidence.SURE, 3, -6)],
)
def test_marks_are_those_of_the_scheme(confidence: Confidence, right: int, wrong: int) -> None:
    assert certainty_mark(1.0, confidence) == right
    assert certainty_mark(0.0, confidence) == wrong


def test_a_half_right_answer_lies_in_the_middle() -> None:
    assert certainty_mark(0.5, Confidence.SURE) == -1.5


@pytest.mark.parametrize("chance", [0.0, 0.3, 0.6, 0.66, 0.67, 0.7, 0.79, 0.81, 0.9, 1.0])
def test_it_pays_best_to_say_how_sure_one_is(chance: float) -> None:
    expected = {said: certainty_mark(chance, said) for said in Confidence}
    honest = max((said for said in Confidence if chance >= PAYS_FROM[said]), key=lambda said: PAYS_FROM[said])
    assert expected[honest] == max(expected.values())
