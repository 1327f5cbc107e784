"""Flashcards, which the learner grades."""

from __future__ import annotations

import pytest

from quiz.core.content.grading import Chosen, Recalled
from quiz.core.content.kinds.flashcard import Flashcard
from quiz.core.content.kinds.single_choice import SingleChoice

CARD = Flashcard(id="card", stem="Front", back="Back")


@pytest.mark.parametrize(
    ("rating", "score", "is_complete"),
    [(0, 0, False), (1, 0, True), (2, 1, True), (3, 1, True), (4, 1, True), (5, 0, False), (-1, 0, False)],
)
def test_the_learner_says_what_it_was_worth(rating: int, score: float, *, is_complete: bool) -> None:
    assert CARD.grade(Recalled(rating)).score == score
    assert CARD.interaction().is_complete(Recalled(rating)) is is_complete


def test_it_shows_its_back_and_takes_nothing_but_a_recall() -> None:
    assert CARD.interaction().back == CARD.key_text() == "Back"
    assert CARD.grade(Chosen(("Back",))).score == 0
    assert not CARD.interaction().is_complete(Chosen(("Back",)))


def test_it_is_self_graded_unlike_others() -> None:
    assert Flashcard.is_self_graded
    assert not SingleChoice.is_self_graded
