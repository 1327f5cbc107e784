"""Reviews of items, and parameters, drawn at random."""

from __future__ import annotations

from random import Random

from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from quiz.core.scheduling.recall_model import ReviewSequence

USUAL = DEFAULT_PARAMETERS


def within_bounds(parameters: list[float]) -> tuple[float, ...]:
    """Return the parameters, each no nearer to its bounds than a thousandth of their distance."""
    return tuple(
        min(high - (high - low) / 1000, max(low + (high - low) / 1000, value))
        for value, low, high in zip(parameters, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    )


def random_parameters(rng: Random) -> tuple[float, ...]:
    return within_bounds([value * rng.uniform(0.7, 1.4) for value in USUAL])


def random_sequences(rng: Random, items: int) -> list[ReviewSequence]:
    return [
        ReviewSequence(
            rng.randint(1, 4),
            tuple(
                (rng.choice([0, 1, 1, 2, 3, 8, 30, 200]), rng.choice([1, 2, 3, 3, 3, 4]))
                for _ in range(rng.randint(0, 9))
            ),
        )
        for _ in range(items)
    ]
