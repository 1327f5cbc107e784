"""Training FSRS-6's parameters on a learner's own answers.

It looks for the parameters near the defaults that make the answers most likely. It minimises the sum of the
log losses and of the squared distances from the defaults, in units of how much learners differ in each
parameter, as does the optimizer of github.com/open-spaced-repetition/fsrs-rs. Adam works in these units, over
small batches of items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import ceil, cos, exp, log, pi, sqrt
from random import Random
from typing import NamedTuple

import msgspec
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from quiz.core.scheduling.recall_model import COUNT, Formulas, Parameters, ReviewSequence, gradient, losses

FOLDS = 5
_STABILITIES = 4
"""The first so many parameters are stabilities, in which learners differ by a factor."""
_SPREAD = (
    1.0, 1.0, 1.0, 1.0, 0.57, 0.28, 0.6, 0.12, 0.39, 0.18, 0.33, 0.3, 0.09, 0.16, 0.57, 0.25,
    1.03, 0.31, 0.32, 0.14, 0.27,
)  # fmt: skip
"""How much learners differ in each parameter: a factor e in the first four, and fsrs-rs's `PARAMS_STDDEV`."""
_PULL = 2.0
"""The cost, in nats, of a distance of one spread from the defaults."""
_RATE, _FADING, _FADING_OF_SQUARES = 0.1, 0.9, 0.999
"""Adam's step in spreads, and the decay rates of its two moving averages."""
_LEAST_BATCH, _MOST_BATCH = 128, 512
_LEAST_STEPS = 120
_PASSES = 2
_GOLDEN = (sqrt(5) - 1) / 2
_SECTIONS = 20
_MARGIN = 1.25
"""How many standard errors a gain must have to count as more than chance."""


class Training(msgspec.Struct, frozen=True):
    """Trained parameters, and how well such parameters predict answers that they were not trained on."""

    parameters: tuple[float, ...]
    reviews: int
    """How many reviews there were, including the first of each item."""
    loss_before: float
    """The mean log loss, in nats, with the parameters that were in use."""
    loss_after: float
    """The mean log loss, in nats, with parameters trained without the item."""
    standard_error: float
    """The standard error of the difference of the two, over items."""

    @property
    def is_better(self) -> bool:
        """Whether the loss has fallen by more than one standard error."""
        return self.loss_before - self.loss_after > self.standard_error


class _Comparison(NamedTuple):
    """Two sets of parameters compared on the same items."""

    before: float
    after: float
    """The mean log losses, in nats."""
    error: float
    """The standard error of their difference, over items."""

    @property
    def certainty(self) -> float:
        """The share of the change to keep, 0 to 1: the more likely the gain is chance, the smaller.

        It has the form of the James–Stein estimator with a margin: nothing is kept below 1.25 standard
        errors.
        """
        gain = self.before - self.after
        return max(0.0, 1 - (_MARGIN * self.error / gain) ** 2) if gain > 0 else 0.0


def trained(sequences: Sequence[ReviewSequence], present: Parameters, rng: Random) -> Training | None:
    """Train parameters, and compare them with the present ones by five-fold cross-validation over items.

    The result is drawn back towards the present parameters as far as the gain may be chance. Returns None if
    fewer items than folds have anything to predict.
    """
    told = [sequence for sequence in sequences if sequence.predictions]
    if len(told) < FOLDS:
        return None
    rng.shuffle(told)
    unseen = [told[fold::FOLDS] for fold in range(FOLDS)]
    fits = [
        fitted([sequence for other in unseen if other is not fold for sequence in other], rng)
        for fold in unseen
    ]
    share = _compared(unseen, present, fits).certainty
    drawn_back = [_between(present, fit, share) for fit in fits]
    before, after, error = _compared(unseen, present, drawn_back)
    return Training(
        parameters=_between(present, fitted(told, rng), share),
        reviews=sum(1 + len(sequence.later) for sequence in sequences),
        loss_before=before,
        loss_after=after,
        standard_error=error,
    )


def _compared(
    folds: Sequence[Sequence[ReviewSequence]], present: Parameters, fits: Sequence[Parameters]
) -> _Comparison:
    """Compare the present parameters with those fitted to the other folds."""
    before = [loss for fold in folds for loss in losses(fold, present)]
    after = [loss for fold, fit in zip(folds, fits, strict=True) for loss in losses(fold, fit)]
    predictions = sum(loss.predictions for loss in before)
    mean_before, mean_after = (sum(loss.total for loss in found) / predictions for found in (before, after))
    gain = mean_before - mean_after
    squares = sum(
        (old.total - new.total - gain * old.predictions) ** 2 for old, new in zip(before, after, strict=True)
    )
    return _Comparison(mean_before, mean_after, sqrt(squares * len(before) / (len(before) - 1)) / predictions)


def _between(one: Parameters, other: Parameters, share: float) -> tuple[float, ...]:
    """Return the parameters at a share, 0 to 1, of the way from one set to another."""
    return tuple(start + share * (end - start) for start, end in zip(one, other, strict=True))


def fitted(sequences: Sequence[ReviewSequence], rng: Random) -> tuple[float, ...]:
    """Return the parameters that fit the reviews of some items, within FSRS's bounds."""
    predictions = sum(sequence.predictions for sequence in sequences)
    if not predictions:
        return DEFAULT_PARAMETERS
    size = min(_MOST_BATCH, max(_LEAST_BATCH, predictions // 40))
    steps = max(_LEAST_STEPS, ceil(_PASSES * predictions / size))
    descent = _Descent([*first_stabilities(sequences), *DEFAULT_PARAMETERS[_STABILITIES:]], steps)
    batches = _batches(sequences, size, rng)
    for _ in range(steps):
        batch, told = next(batches)
        descent.step(gradient(batch, descent.parameters), told / predictions)
    return tuple(descent.parameters)


def first_stabilities(sequences: Sequence[ReviewSequence]) -> list[float]:
    """Return the stabilities in days after a first rating of 1 to 4 that fit the next reviews."""
    seen = Counter((sequence.first, *sequence.later[0]) for sequence in sequences if sequence.later)
    return [_first_stability(first, seen) for first in range(1, _STABILITIES + 1)]


def _first_stability(first: int, seen: Mapping[tuple[int, int, int], int]) -> float:
    """Return the likeliest stability, given how often each rating followed a first one, by days."""
    formulas, usual, place = Formulas(DEFAULT_PARAMETERS), DEFAULT_PARAMETERS[first - 1], first - 1
    next_ones = [
        (days, rating, times) for (rated, days, rating), times in seen.items() if rated == first and days
    ]

    def cost(logarithm: float) -> float:
        recalls = [formulas.recall(exp(logarithm), days) for days, _, _ in next_ones]
        return _PULL * (logarithm - log(usual)) ** 2 - sum(
            times * log(recall if rating > 1 else 1 - recall)
            for recall, (_, rating, times) in zip(recalls, next_ones, strict=True)
        )

    return exp(_lowest(cost, log(LOWER_BOUNDS_PARAMETERS[place]), log(UPPER_BOUNDS_PARAMETERS[place])))


def _lowest(cost: Callable[[float], float], low: float, high: float) -> float:
    """Return where a cost with a single minimum is lowest between two places, by golden sections."""
    for _ in range(_SECTIONS):
        left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        if cost(left) < cost(right):
            high = right
        else:
            low = left
    return (low + high) / 2


class _Descent:
    """Adam's descent, with steps that shrink along half a cosine (Kingma and Ba, arXiv:1412.6980)."""

    def __init__(self, parameters: list[float], steps: int) -> None:
        self.parameters = parameters
        self._steps = steps
        self._done = 0
        self._means = [0.0] * COUNT
        self._squares = [0.0] * COUNT

    def step(self, slopes: Sequence[float], share: float) -> None:
        """Take a step, given the slopes of the log loss over a share, 0 to 1, of all reviews."""
        self._done += 1
        rate = _RATE * (1 + cos(pi * (self._done - 1) / self._steps)) / 2
        rate /= 1 - _FADING**self._done
        whole = 1 - _FADING_OF_SQUARES**self._done
        for place, (value, usual, spread) in enumerate(
            zip(self.parameters, DEFAULT_PARAMETERS, _SPREAD, strict=True)
        ):
            is_factor = place < _STABILITIES
            distance = log(value / usual) if is_factor else (value - usual) / spread
            slope = slopes[place] * (value if is_factor else spread) + 2 * _PULL * share * distance
            mean = self._means[place] = _FADING * self._means[place] + (1 - _FADING) * slope
            square = self._squares[place] = (
                _FADING_OF_SQUARES * self._squares[place] + (1 - _FADING_OF_SQUARES) * slope * slope
            )
            move = rate * mean / (sqrt(square / whole) + 1e-8)
            moved = value * exp(-move) if is_factor else value - spread * move
            self.parameters[place] = min(
                UPPER_BOUNDS_PARAMETERS[place], max(LOWER_BOUNDS_PARAMETERS[place], moved)
            )


def _batches(
    sequences: Sequence[ReviewSequence], size: int, rng: Random
) -> Iterator[tuple[list[ReviewSequence], int]]:
    """Yield batches of items with at least `size` predictions, and how many they have, over and over."""
    order = list(sequences)
    batch: list[ReviewSequence] = []
    told = 0
    while True:
        rng.shuffle(order)
        for sequence in order:
            batch.append(sequence)
            told += sequence.predictions
            if told >= size:
                yield batch, told
                batch, told = [], 0
