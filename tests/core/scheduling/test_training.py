"""A learner unlike the usual one gets parameters of their own; a usual one keeps the usual."""

from __future__ import annotations

from random import Random

import pytest
from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from benchmarks.learners import FORGETFUL, RETENTIVE, UNEVEN, answers
from benchmarks.training import mean_loss
from quiz.core.scheduling.recall_model import ReviewSequence
from quiz.core.scheduling.training import Training, first_stabilities, fitted, trained
from tests.core.scheduling.sequences import USUAL
from tests.sampling import one_in


@pytest.fixture(scope="module")
def unseen() -> dict[str, list[ReviewSequence]]:
    return {
        name: answers(truth, 5_000, 99)
        for name, truth in {"forgetful": FORGETFUL, "retentive": RETENTIVE, "uneven": UNEVEN}.items()
    }


def test_a_learner_unlike_the_usual_one_is_told_better(unseen: dict[str, list[ReviewSequence]]) -> None:
    for name, truth in {"forgetful": FORGETFUL, "retentive": RETENTIVE}.items():
        training = trained(answers(truth, 1_200, 4), USUAL, Random(1))
        assert training is not None
        assert training.is_better
        usual, best = mean_loss(unseen[name], USUAL), mean_loss(unseen[name], truth)
        own = mean_loss(unseen[name], training.parameters)
        assert own < usual - 0.6 * (usual - best), name


def test_the_loss_on_unseen_answers_is_foretold(unseen: dict[str, list[ReviewSequence]]) -> None:
    sequences = answers(FORGETFUL, 2_000, 5)
    training = trained(sequences, USUAL, Random(1))
    assert training is not None
    assert training.reviews == 2_000
    assert training.loss_before == pytest.approx(mean_loss(sequences, USUAL))
    assert mean_loss(sequences, training.parameters) < training.loss_after < training.loss_before
    assert (training.loss_before, training.loss_after, training.standard_error) == pytest.approx(
        (0.660568, 0.518680, 0.019350), rel=1e-4
    )
    assert training.parameters == pytest.approx(
        (
            0.118177, 0.583753, 1.267707, 5.090042, 6.405462, 0.729079, 2.907985, 0.001, 1.674845, 0.121272,
            0.582208, 1.376805, 0.092348, 0.14975, 1.339864, 0.557936, 1.909954, 0.5425, 0.0912, 0.0658,
            0.403544,
        ),
        rel=1e-4,
    )  # fmt: skip


@pytest.mark.parametrize("seed", one_in(4, range(4)))
def test_a_usual_learner_is_not_made_worse(seed: int) -> None:
    training = trained(answers(USUAL, 800, seed), USUAL, Random(seed))
    assert training is not None
    fresh = answers(USUAL, 5_000, 50 + seed)
    change = mean_loss(fresh, training.parameters) - mean_loss(fresh, USUAL)
    assert not training.is_better or change < 0.005


def test_what_was_trained_before_is_not_taken_again_for_nothing() -> None:
    sequences = answers(FORGETFUL, 1_500, 6)
    first = trained(sequences, USUAL, Random(1))
    assert first is not None
    second = trained(sequences, first.parameters, Random(2))
    assert second is not None
    assert not second.is_better


def test_better_means_by_more_than_one_standard_error() -> None:
    assert Training(USUAL, 400, 0.32, 0.29, 0.02).is_better
    assert not Training(USUAL, 400, 0.32, 0.30, 0.03).is_better
    assert not Training(USUAL, 400, 0.30, 0.32, 0.01).is_better
    assert not Training(USUAL, 400, 0.30, 0.30, 0.0).is_better


def test_the_same_answers_and_chance_give_the_same_parameters() -> None:
    sequences = answers(UNEVEN, 600, 1)
    assert fitted(sequences, Random(3)) == fitted(sequences, Random(3)) != fitted(sequences, Random(4))
    assert fitted(sequences, Random(3)) == pytest.approx(
        (
            0.149068, 1.244737, 2.80225, 7.538609, 6.401076, 0.853566, 2.996475, 0.024612, 1.917418, 0.168394,
            0.837688, 1.468079, 0.067161, 0.23719, 1.598406, 0.60211, 1.880221, 0.5425, 0.0912, 0.0658,
            0.284875,
        ),
        rel=1e-4,
    )  # fmt: skip


def test_parameters_stay_within_fsrs_s_bounds() -> None:
    never = [ReviewSequence(1, ((1, 1),) * 6) for _ in range(40)]
    always = [ReviewSequence(4, ((400, 4),) * 6) for _ in range(40)]
    for sequences in (never, always, never + always):
        for value, low, high in zip(
            fitted(sequences, Random(1)), LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True
        ):
            assert low <= value <= high


def test_where_nothing_was_answered_the_usual_parameters_stay() -> None:
    assert trained([], USUAL, Random(1)) is None
    assert trained([ReviewSequence(3, ())] * 50, USUAL, Random(1)) is None
    assert trained([ReviewSequence(3, ((0, 3),))] * 50, USUAL, Random(1)) is None
    assert fitted([ReviewSequence(3, ())] * 50, Random(1)) == USUAL
    assert first_stabilities([]) == pytest.approx(USUAL[:4], rel=0.01)


def test_first_stabilities_follow_what_came_next() -> None:
    remembered = [ReviewSequence(3, ((20, 3),)) for _ in range(900)] + [
        ReviewSequence(3, ((20, 1),)) for _ in range(100)
    ]
    again, hard, good, easy = first_stabilities(remembered)
    assert good == pytest.approx(17.1695, rel=1e-4)  # drawn a little towards the usual one, from 20
    assert (again, hard, easy) == pytest.approx((USUAL[0], USUAL[1], USUAL[3]), rel=0.01)
