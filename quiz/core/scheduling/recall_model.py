"""FSRS-6's prediction of recall over an item's reviews, and its gradient in the 21 parameters.

The formulas are those with which `fsrs.Scheduler` reviews a card, over whole days between reviews: for a
review less than a day after the one before, the same-day formula applies and nothing is predicted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp, log
from typing import NamedTuple, TypeAlias

from quiz.core.scheduling.fsrs_review import AGAIN, GOOD, HARD, LEAST_STABILITY

Parameters: TypeAlias = Sequence[float]
"""FSRS-6's 21 parameters, in its order."""

COUNT = 21
_NEVER_NEARER = 1e-9
"""No probability is taken to be closer to certainty than this."""

_Moved: TypeAlias = tuple[float, int, float, float]
"""The stability after a review, the formula that gave it, and two of its terms that the gradient needs."""
_RECALLED, _FORGOTTEN, _CAPPED, _SAME_DAY, _KEPT, _LEAST = range(6)
_Seen: TypeAlias = tuple[int, int, float, float, float, float, _Moved]
"""A review in the forward pass: days, rating, stability, difficulty and recall before it, by how much the
base of the forgetting curve exceeds 1, and the new stability."""


class ReviewSequence(NamedTuple):
    """The reviews of one item, in order."""

    first: int
    """The rating of the first review, 1 to 4."""
    later: tuple[tuple[int, int], ...]
    """The whole days since the previous review and the rating, 1 to 4, of each later review."""

    @property
    def predictions(self) -> int:
        """How many of the reviews came a day or more after the previous one."""
        return sum(days > 0 for days, _ in self.later)


class LogLoss(NamedTuple):
    """The log loss of the predictions for one item."""

    total: float
    """The sum of the log losses, in nats."""
    predictions: int


class Formulas:
    """FSRS's formulas for given parameters, with shared terms computed once."""

    def __init__(self, parameters: Parameters) -> None:
        self.w = w = tuple(parameters)
        self.decay = w[20]
        self.factor = 0.9 ** (-1 / w[20]) - 1
        self.factor_slope = (self.factor + 1) * log(0.9) / (w[20] * w[20])
        self.growth = exp(w[8])
        self.cap = exp(-w[17] * w[18])
        self.easiest = w[4] - exp(3 * w[5]) + 1
        raw = [0.0, *(w[4] - exp(w[5] * (rating - 1)) + 1 for rating in (1, 2, 3, 4))]
        self.first_stability = [0.0, *(max(LEAST_STABILITY, each) for each in w[:4])]
        self.first_difficulty = [min(10.0, max(1.0, each)) for each in raw]
        self.is_first_clamped = [not 1 <= each <= 10 for each in raw]
        self.shift = [-w[6] * (rating - 3) / 9 for rating in range(5)]
        """The share of the distance to 10 by which each rating moves the difficulty."""

    def recall(self, stability: float, days: float) -> float:
        """Return the probability of recall, 0 to 1, some days after a review."""
        return float((1 + self.factor * days / stability) ** -self.decay)

    def interval(self, stability: float, retention: float) -> float:
        """Return the days after which the probability of recall has fallen to the retention, 0 to 1."""
        return float(stability / self.factor * (retention ** (-1 / self.decay) - 1))

    def difficulty_after(self, difficulty: float, rating: int) -> float:
        """Return the difficulty, 1 to 10, after a review."""
        if rating != GOOD:
            difficulty += (10.0 - difficulty) * self.shift[rating]
        difficulty += self.w[7] * (self.easiest - difficulty)
        return 1.0 if difficulty < 1.0 else min(difficulty, 10.0)

    def stability_after(self, stability: float, difficulty: float, days: int, rating: int) -> float:
        """Return the stability in days after a review, some whole days after the previous one."""
        if not days:
            return self.moved_on_same_day(stability, rating)[0]
        return self.moved(stability, difficulty, self.recall(stability, days), rating)[0]

    def moved(self, stability: float, difficulty: float, recall: float, rating: int) -> _Moved:
        """Return the new stability after a review a day or more after the previous one."""
        w = self.w
        if rating == AGAIN:
            factor = w[11] * difficulty ** -w[12] * exp((1 - recall) * w[14])
            power = (stability + 1) ** w[13]
            forgotten, cap = factor * (power - 1), stability * self.cap
            if forgotten < LEAST_STABILITY or cap < LEAST_STABILITY:
                return LEAST_STABILITY, _LEAST, 0.0, 0.0
            return (cap, _CAPPED, 0.0, 0.0) if cap < forgotten else (forgotten, _FORGOTTEN, factor, power)
        growth = self.growth * (11 - difficulty) * stability ** (1 - w[9])
        if rating != GOOD:
            growth *= w[15] if rating == HARD else w[16]
        grown = growth * exp((1 - recall) * w[10])
        gain = grown - growth
        return stability + gain, _RECALLED, grown, gain

    def moved_on_same_day(self, stability: float, rating: int) -> _Moved:
        """Return the new stability after a review less than a day after the previous one."""
        w = self.w
        increase = float(exp(w[17] * (rating - 3 + w[18])) * stability ** -w[19])
        if rating > AGAIN and increase < 1:
            return stability, _KEPT, 0.0, 0.0
        if stability * increase < LEAST_STABILITY:
            return LEAST_STABILITY, _LEAST, 0.0, 0.0
        return stability * increase, _SAME_DAY, increase, 0.0


def losses(sequences: Iterable[ReviewSequence], parameters: Parameters) -> list[LogLoss]:
    """Return the log loss of each item's predictions."""
    formulas = Formulas(parameters)
    return [_loss(sequence, formulas) for sequence in sequences]


def _loss(sequence: ReviewSequence, formulas: Formulas) -> LogLoss:
    total, predicted = 0.0, 0
    for days, rating, _, _, recall, _, _ in _forward(sequence, formulas):
        if days:
            total -= log(recall if rating > AGAIN else max(_NEVER_NEARER, 1 - recall))
            predicted += 1
    return LogLoss(total, predicted)


def gradient(sequences: Iterable[ReviewSequence], parameters: Parameters) -> list[float]:
    """Return the gradient of the sum of all log losses in each of the 21 parameters."""
    formulas = Formulas(parameters)
    sums = [0.0] * (COUNT + 1)
    for sequence in sequences:
        _add_gradient(sequence, formulas, sums)
    easiest = sums.pop()
    sums[4] += easiest
    sums[5] -= easiest * 3 * exp(3 * formulas.w[5])
    return sums


def _forward(sequence: ReviewSequence, formulas: Formulas) -> list[_Seen]:
    """Go through an item's reviews after the first. The effect of the last one is not computed."""
    stability, difficulty = (
        formulas.first_stability[sequence.first],
        formulas.first_difficulty[sequence.first],
    )
    factor, fall, moved_by = formulas.factor, -formulas.decay, formulas.moved
    seen: list[_Seen] = []
    left = len(sequence.later)
    for days, rating in sequence.later:
        ratio = factor * days / stability
        recall = (1 + ratio) ** fall
        left -= 1
        if not left:
            seen.append((days, rating, stability, difficulty, recall, ratio, (stability, _KEPT, 0.0, 0.0)))
            break
        moved = (
            moved_by(stability, difficulty, recall, rating)
            if days
            else formulas.moved_on_same_day(stability, rating)
        )
        seen.append((days, rating, stability, difficulty, recall, ratio, moved))
        stability, difficulty = moved[0], formulas.difficulty_after(difficulty, rating)
    return seen


def _add_gradient(sequence: ReviewSequence, formulas: Formulas, sums: list[float]) -> None:
    """Add the gradient of one item's log loss. After the 21 sums comes the one in the easiest difficulty."""
    w, decay = formulas.w, formulas.decay
    slope = decay * formulas.factor_slope / formulas.factor
    by_stability = by_difficulty = in_decay = after = 0.0
    for days, rating, stability, difficulty, recall, ratio, moved in reversed(_forward(sequence, formulas)):
        by_recall = 0.0
        if by_difficulty:
            by_difficulty = (
                _back_to_difficulty(by_difficulty, difficulty, rating, formulas, sums)
                if 1 < after < 10
                else 0.0
            )
        if by_stability:
            if moved[1] == _RECALLED:
                by_grown, by_gain = by_stability * moved[2], by_stability * moved[3]
                sums[8] += by_gain
                sums[9] -= by_gain * log(stability)
                sums[10] += by_grown * (1 - recall)
                if rating != GOOD:
                    place = 15 if rating == HARD else 16
                    sums[place] += by_gain / w[place] if w[place] else 0.0
                by_recall = -by_grown * w[10]
                by_difficulty -= by_gain / (11 - difficulty)
                by_stability += by_gain * (1 - w[9]) / stability
            elif moved[1] != _KEPT:
                by_stability, more, by_recall = _back_through_rare(
                    by_stability, stability, difficulty, recall, rating, moved, formulas, sums
                )
                by_difficulty += more
        if days:
            by_recall -= 1 / recall if rating > AGAIN else -1 / max(_NEVER_NEARER, 1 - recall)
            by_log, share = by_recall * recall, ratio / (1 + ratio)
            by_stability += by_log * decay * share / stability
            in_decay -= by_log * (log(1 + ratio) + slope * share)
        after = difficulty
    sums[20] += in_decay
    first = sequence.first
    sums[first - 1] += by_stability
    if not formulas.is_first_clamped[first]:
        sums[4] += by_difficulty
        sums[5] -= by_difficulty * (first - 1) * exp(w[5] * (first - 1))


def _back_to_difficulty(
    by_after: float, difficulty: float, rating: int, formulas: Formulas, sums: list[float]
) -> float:
    """Return the slope in the difficulty before a review from the slope in the one after it."""
    w7, shift = formulas.w[7], formulas.shift[rating]
    moved = difficulty + (10 - difficulty) * shift
    by_moved = by_after * (1 - w7)
    sums[7] += by_after * (formulas.easiest - moved)
    sums[COUNT] += by_after * w7
    sums[6] -= by_moved * (10 - difficulty) * (rating - 3) / 9
    return by_moved * (1 - shift)


def _back_through_rare(
    by_after: float,
    stability: float,
    difficulty: float,
    recall: float,
    rating: int,
    moved: _Moved,
    formulas: Formulas,
    sums: list[float],
) -> tuple[float, float, float]:
    """Return the slopes in stability, difficulty and recall before a lapse or a review on the same day."""
    w = formulas.w
    after, by, factor, power = moved
    change = by_after * after
    if by == _SAME_DAY:
        sums[17] += change * (rating - 3 + w[18])
        sums[18] += change * w[17]
        sums[19] -= change * log(stability)
        return by_after * factor * (1 - w[19]), 0.0, 0.0
    if by == _CAPPED:
        sums[17] -= change * w[18]
        sums[18] -= change * w[17]
        return by_after * formulas.cap, 0.0, 0.0
    if by != _FORGOTTEN:
        return 0.0, 0.0, 0.0
    by_power = by_after * factor * power
    sums[11] += change / w[11]
    sums[12] -= change * log(difficulty)
    sums[13] += by_power * log(stability + 1)
    sums[14] += change * (1 - recall)
    return by_power * w[13] / (stability + 1), -change * w[12] / difficulty, -change * w[14]
