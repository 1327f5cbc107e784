"""Our forward pass is FSRS's, and our gradient is its slope."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import log
from random import Random

import fsrs
import pytest

from quiz.core.scheduling.recall_model import COUNT, Formulas, ReviewSequence, gradient, losses
from tests.core.scheduling.sequences import USUAL, random_parameters, random_sequences


def by_fsrs(sequence: ReviewSequence, parameters: tuple[float, ...]) -> list[tuple[fsrs.Card, float, bool]]:
    """Return FSRS's card after each review, the recall it foretold, and whether anything was foretold."""
    scheduler = fsrs.Scheduler(parameters=parameters, enable_fuzzing=False)
    card, at, found = fsrs.Card(card_id=1), datetime(2025, 1, 1, tzinfo=UTC), []
    for days, rating in ((0, sequence.first), *sequence.later):
        at += timedelta(days=days)
        recall = scheduler.get_card_retrievability(card, at)
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), at)
        found.append((card, recall, days > 0))
    return found


@pytest.mark.parametrize("number", range(12))
def test_stability_difficulty_and_loss_are_fsrs_s(number: int) -> None:
    rng = Random(number)
    parameters = random_parameters(rng) if number else USUAL
    formulas = Formulas(parameters)
    for sequence in random_sequences(rng, 25):
        told = by_fsrs(sequence, parameters)
        stability = formulas.first_stability[sequence.first]
        difficulty = formulas.first_difficulty[sequence.first]
        for (days, rating), (card, _, _) in zip(((0, 0), *sequence.later), told, strict=True):
            if rating:
                stability = formulas.stability_after(stability, difficulty, days, rating)
                difficulty = formulas.difficulty_after(difficulty, rating)
            assert (stability, difficulty) == pytest.approx((card.stability, card.difficulty), rel=1e-9)
        chances = [
            recall if rating > 1 else 1 - recall
            for (_, rating), (_, recall, is_foretold) in zip(sequence.later, told[1:], strict=True)
            if is_foretold
        ]
        (loss,) = losses([sequence], parameters)
        assert loss.predictions == sequence.predictions == len(chances)
        assert loss.total == pytest.approx(-sum(map(log, chances)), rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("number", range(10))
def test_the_gradient_is_the_slope_of_the_loss(number: int) -> None:
    rng = Random(100 + number)
    parameters = random_parameters(rng) if number else USUAL
    sequences = random_sequences(rng, 60)
    slopes = gradient(sequences, parameters)
    assert len(slopes) == COUNT
    for place in range(COUNT):
        step = 1e-6 * max(1.0, abs(parameters[place]))
        low, high = (
            sum(
                loss.total
                for loss in losses(
                    sequences, [*parameters[:place], parameters[place] + change, *parameters[place + 1 :]]
                )
            )
            for change in (-step, step)
        )
        slope = (high - low) / (2 * step)
        assert slopes[place] == pytest.approx(slope, rel=1e-6, abs=1e-6), place


def test_an_item_reviewed_once_predicts_nothing() -> None:
    assert losses([ReviewSequence(3, ())], USUAL)[0].predictions == 0
    assert gradient([ReviewSequence(3, ())], USUAL) == [0.0] * COUNT


def test_an_interval_ends_where_recall_has_fallen_to_the_retention() -> None:
    formulas = Formulas(random_parameters(Random(5)))
    for retention in (0.8, 0.9, 0.97):
        days = formulas.interval(12.5, retention)
        assert formulas.recall(12.5, days) == pytest.approx(retention)
