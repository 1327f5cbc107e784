"""Training a memory's parameters: how long it takes, and how well it does beside `fsrs[optimizer]`.

The optimizer brings PyTorch along; without it only our own figures are told.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from benchmarks.learners import FORGETFUL, RETENTIVE, UNEVEN, USUAL, answers
from benchmarks.measuring import Row, milliseconds
from quiz.core.scheduling.recall_model import Parameters, ReviewSequence, losses
from quiz.core.scheduling.training import fitted, trained

LEARNERS = {"forgetful": FORGETFUL, "retentive": RETENTIVE, "uneven": UNEVEN}
LIMITS = {10_000: 1.0, 100_000: 10.0}
"""Seconds for a training with its cross-validation, by reviews."""
MEMORY = 80_000_000
AS_GOOD = 0.001
"""How much higher than the optimizer's our log loss may be."""
RUNS = 30
GAINS = 27
UNHARMED = 0.005


def measure() -> list[Row]:
    """Measure times and memory, log losses beside the optimizer's, and what adopting gains and costs."""
    return [*_times(), _memory(), *_beside_the_optimizer(), _gains(), _harm()]


def _times() -> list[Row]:
    rows = []
    for reviews, limit in LIMITS.items():
        sequences = answers(FORGETFUL, reviews, 1)
        began = time.process_time()
        trained(sequences, USUAL, Random(1))
        taken = time.process_time() - began
        rows.append(
            Row(
                f"training with cross-validation, {reviews:,} reviews", milliseconds(taken),
                f"limit {milliseconds(limit)}", taken / limit, 1.0,
            )
        )  # fmt: skip
    return rows


def _memory() -> Row:
    tracemalloc.start()
    trained(answers(FORGETFUL, 100_000, 1), USUAL, Random(1))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return Row(
        "memory, 100,000 reviews and their training",
        f"{most / 1e6:.0f} MB",
        "limit 80 MB",
        most / MEMORY,
        1.0,
    )


def _beside_the_optimizer(reviews: int = 10_000) -> list[Row]:
    try:
        from fsrs import Optimizer

        Optimizer([])
    except ImportError:
        return [Row("log loss beside fsrs[optimizer]", "not measured", "pip install 'fsrs[optimizer]'")]
    rows = []
    for name, truth in LEARNERS.items():
        told, unseen = answers(truth, reviews, 1), answers(truth, reviews, 2)
        ours, theirs = fitted(told, Random(1)), _by_optimizer(told)
        for which, sequences in (("seen", told), ("unseen", unseen)):
            own, other = mean_loss(sequences, ours), mean_loss(sequences, theirs)
            usual, true = mean_loss(sequences, USUAL), mean_loss(sequences, truth)
            rows.append(
                Row(
                    f"log loss on {reviews:,} reviews {which}, {name} learner", f"{own:.4f}",
                    f"fsrs[optimizer] {other:.4f}; usual parameters {usual:.4f}, true ones {true:.4f}",
                    own / (other + AS_GOOD), 1.0,
                )
            )  # fmt: skip
    return rows


def _by_optimizer(sequences: Sequence[ReviewSequence]) -> list[float]:
    from fsrs import Optimizer, Rating, ReviewLog

    logs = []
    for number, sequence in enumerate(sequences):
        at = datetime(2025, 1, 1, tzinfo=UTC)
        for days, rating in ((0, sequence.first), *sequence.later):
            at += timedelta(days=days)
            logs.append(ReviewLog(number, Rating(rating), at, None))
    return Optimizer(logs).compute_optimal_parameters()


def mean_loss(sequences: Sequence[ReviewSequence], parameters: Parameters) -> float:
    """Return the mean log loss, in nats, of all predictions."""
    found = losses(sequences, parameters)
    return sum(loss.total for loss in found) / sum(loss.predictions for loss in found)


def _gains(reviews: int = 3_200) -> Row:
    gains = 0
    unseen = answers(UNEVEN, 20_000, 1_000)
    for seed in range(RUNS):
        training = trained(answers(UNEVEN, reviews, seed), USUAL, Random(seed))
        gains += (
            training is not None
            and training.is_better
            and mean_loss(unseen, training.parameters) < mean_loss(unseen, USUAL)
        )
    return Row(
        f"runs in which an uneven learner gains, {reviews:,} reviews", f"{gains} of {RUNS}", f"goal {GAINS}",
        GAINS / max(1, gains), 1.0,
    )  # fmt: skip


def _harm() -> Row:
    worst, adopted = 0.0, 0
    unseen = answers(USUAL, 20_000, 1_000)
    usual = mean_loss(unseen, USUAL)
    sizes = (400, 800, 1_600, 3_200)
    for reviews in sizes:
        for seed in range(RUNS):
            training = trained(answers(USUAL, reviews, seed), USUAL, Random(seed))
            if training is not None and training.is_better:
                adopted += 1
                worst = max(worst, mean_loss(unseen, training.parameters) - usual)
    return Row(
        f"most log loss that a usual learner is made worse by, {RUNS * len(sizes)} runs", f"{worst:.4f}",
        f"limit {UNHARMED}; adopted {adopted} times", worst / UNHARMED, 1.0,
    )  # fmt: skip
