"""Which parameters count, and when they are trained anew."""

from __future__ import annotations

from random import Random

import msgspec
import pytest

from quiz.core.scheduling.fsrs_schedule import SessionEvent, replayed
from quiz.core.scheduling.own_parameters import (
    OwnParameters,
    Trainings,
    decided,
    review_sequence_of,
    told_in,
)
from quiz.core.scheduling.recall_model import Formulas
from quiz.core.scheduling.training import Training
from tests.core.scheduling.sequences import USUAL
from tests.core.session_events import as_events, header, random_history
from tests.fakes import NOON

OWN = tuple(value * 1.01 for value in USUAL)


def test_those_trained_on_the_most_reviews_count() -> None:
    few, many = OwnParameters(400, OWN, NOON), OwnParameters(900, USUAL, NOON - 1)
    assert Trainings((("b", few), ("a", many))).current == many
    assert Trainings((("a", many), ("b", few))).current == many
    assert Trainings((("b", few), ("a", OwnParameters(400, USUAL, 1)))).current == few
    assert Trainings().current.values == ()


@pytest.mark.parametrize(
    ("last", "reviews", "is_due"),
    [(0, 399, False), (0, 400, True), (400, 799, False), (400, 800, True), (150, 399, False)],
)
def test_training_is_due_when_reviews_have_doubled(last: int, reviews: int, is_due: bool) -> None:
    assert Trainings(most_reviews=last).is_due(reviews) is is_due


def test_only_better_parameters_are_adopted() -> None:
    present = OwnParameters(400, OWN, NOON, 0.4, 0.38)
    better = Training(USUAL, 800, 0.38, 0.35, 0.01)
    assert decided(present, better, NOON + 5) == OwnParameters(800, USUAL, NOON + 5, 0.38, 0.35)
    no_better = Training(USUAL, 800, 0.38, 0.375, 0.01)
    assert decided(present, no_better, NOON + 5) == msgspec.structs.replace(present, reviews=800)
    assert decided(OwnParameters(0), no_better, NOON).values == ()


def test_a_training_is_told_in_settings() -> None:
    own = OwnParameters(400, OWN, NOON, 0.4, 0.38)
    assert told_in({"own_parameters": msgspec.to_builtins(own)}) == own
    assert told_in({"policy": {}}) is None
    with pytest.raises(msgspec.ValidationError):
        told_in({"own_parameters": {"reviews": "many"}})


@pytest.mark.parametrize("number", range(40))
def test_training_sees_what_the_schedule_saw(number: int) -> None:
    rng = Random(number)
    events = as_events(random_history(rng), rng)
    changes = list(replayed(SessionEvent(header(), each) for each in events))
    sequence = review_sequence_of(changes)
    assert sequence is not None
    formulas = Formulas(USUAL)
    stability, difficulty = (
        formulas.first_stability[sequence.first],
        formulas.first_difficulty[sequence.first],
    )
    for days, rating in sequence.later:
        stability = formulas.stability_after(stability, difficulty, days, rating)
        difficulty = formulas.difficulty_after(difficulty, rating)
    card = changes[-1].after.card  # type: ignore[union-attr]
    assert card is not None
    assert (stability, difficulty) == pytest.approx((card.stability, card.difficulty), rel=1e-9)


def test_what_was_never_answered_is_no_history() -> None:
    assert review_sequence_of([]) is None
