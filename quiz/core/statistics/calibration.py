"""Comparing predictions with outcomes: the schedule's of recall, and the learner's of their answers."""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import msgspec

from quiz.core.content.grading import Confidence
from quiz.core.scheduling.fsrs_review import AGAIN
from quiz.core.scheduling.fsrs_schedule import MemoryChange
from quiz.core.scheduling.own_parameters import OwnParameters
from quiz.core.scheduling.policy import policy_of
from quiz.core.scheduling.study_day import day_number
from quiz.core.scheduling.what_if import RETENTIONS

TENTHS = 10
"""How many bins of predicted recall the reliability plot has."""
ENOUGH = 50
"""The least number of reviews for a verdict."""
NEARLY = 0.03
"""Up to this difference, as a share, prediction and outcome are considered equal."""
_LEAST = sys.float_info.epsilon
"""No probability is taken to be closer to 0 or 1 than this, as in scikit-learn's log loss."""


class Prediction(NamedTuple):
    """The prediction for the first response of a study day, and its outcome."""

    days: int
    """How many study days after the item's last review it came, at least 1."""
    recall: float
    """The probability of recall, 0 to 1, that FSRS gave just before."""
    was_recalled: bool
    """Whether it was rated better than Again."""


class IntervalBin(NamedTuple):
    """A bin of reviews.

    `tenth` is the tenth of the predicted recall, 0 to 9. The others are the bins of srs-benchmark's
    RMSE(bins): of the days since the last review, of the number of the review, and of how often the item had
    been forgotten before. They are powers of 3.62, 1.89 and 1.73 (see `utils.rmse_matrix` in
    github.com/open-spaced-repetition/srs-benchmark, and “The Metric” in the wiki of
    github.com/open-spaced-repetition/fsrs4anki); only which reviews share a bin matters, so the exponents
    stand for them. No lapse is bin 0.
    """

    tenth: int
    days: int
    nth: int
    lapses: int


Place: TypeAlias = tuple[int, int, int, int]
"""The fields of an IntervalBin, where making one for each review would take too long."""


class Reviews(NamedTuple):
    """The sums over the reviews of a bin."""

    reviews: int
    recalled: int
    predicted: float
    """The sum of the predicted probabilities of recall."""
    loss: float
    """The sum of the reviews' log losses, in nats."""


class ReliabilityPoint(msgspec.Struct, frozen=True):
    """A point of the reliability plot: reviews with similar predicted recall."""

    reviews: int
    predicted: float
    """The mean predicted recall, 0 to 1."""
    recalled: float
    """The share that was recalled, 0 to 1."""


class RecallCalibration(msgspec.Struct, frozen=True):
    """How well recall was predicted."""

    reviews: int
    """How many reviews were predicted: all but the first of each item, one per study day."""
    predicted: float = 0.0
    """The mean predicted recall, 0 to 1."""
    recalled: float = 0.0
    """The share that was recalled, 0 to 1."""
    log_loss: float = 0.0
    """The mean log loss in nats, 0 and up; 0 is perfect."""
    log_loss_of_mean: float = 0.0
    """The log loss if the actual share of recalled reviews had been predicted every time."""
    rmse_bins: float = 0.0
    """The root mean squared difference between prediction and outcome over bins, 0 to 1."""
    tenths: tuple[ReliabilityPoint, ...] = ()
    """The reliability plot's points by rising prediction, without empty ones."""


class ConfidenceShare(msgspec.Struct, frozen=True):
    """How often answers given with some confidence were right."""

    confidence: Confidence
    attempts: int
    accuracy: float
    """The mean score, 0 to 1."""


class Calibration(msgspec.Struct, frozen=True):
    """How well recall and confidence were predicted."""

    learner: str
    """The learner's name."""
    bank: str
    """The bank's id; empty for all banks."""
    recall: RecallCalibration
    confidence: tuple[ConfidenceShare, ...] = ()
    """For each confidence ever given, the surest first."""
    own: OwnParameters | None = None
    """The learner's own parameters, if the schedule uses any."""


def predictions(steps: Iterable[MemoryChange]) -> list[Prediction]:
    """Return the prediction for each review of an item but the first, in order.

    Days are counted between study days, as in srs-benchmark, so that a review on the next day is one day
    later whatever the hour.
    """
    found: list[Prediction] = []
    last: tuple[int, str, int] | None = None
    last_day = 0
    for step in steps:
        before, after = step.before, step.after
        if before is None or before.card is None or after is None or after.reviews <= before.reviews:
            continue
        header, event = step.told.header, step.told.event
        starts_at, zone = policy_of(header).day_starts_at, header.zone
        then = before.card.last_review, zone, starts_at
        if then != last:
            last_day = day_number(*then)
        day = day_number(event.at, zone, starts_at)
        days = day - last_day
        found.append(Prediction(days, before.card.recall(days), step.rating != AGAIN))
        last, last_day = (event.at, zone, starts_at), day
    return found


def binned(told: Iterable[tuple[int, float, int]]) -> dict[IntervalBin, Reviews]:
    """Return the predictions of one item, in order, as sums per bin."""
    return {IntervalBin(*place): Reviews(*sums) for place, sums in bin_sums(told).items()}


def bin_sums(told: Iterable[tuple[int, float, int]]) -> dict[Place, list[Any]]:
    """Return what `binned` does, in plain tuples and lists: a record has many of them."""
    lapses = 0
    sums: dict[Place, list[Any]] = {}
    for number, (days, recall, was_recalled) in enumerate(told):
        tenth = int(recall * TENTHS)
        tenth = tenth if 0 <= tenth < TENTHS else TENTHS - 1 if tenth > 0 else 0
        place = (tenth, _days_bin(days), _nth_bin(number + 2), lapses and _lapses_bin(lapses))
        lapses += not was_recalled
        held = sums.get(place)
        if held is None:
            held = sums[place] = [0, 0, 0.0, 0.0]
        held[0] += 1
        held[1] += was_recalled
        held[2] += recall
        held[3] += log_loss(recall, was_recalled)
    return sums


def log_loss(recall: float, was_recalled: bool | int) -> float:
    """Return the log loss of one prediction in nats: minus the log of the probability of its outcome."""
    chance = recall if _LEAST < recall < 1 - _LEAST else max(_LEAST, min(1 - _LEAST, recall))
    return -math.log(chance if was_recalled else 1 - chance)


def recall_of(bins: Mapping[IntervalBin, Reviews]) -> RecallCalibration:
    """Return how well recall was predicted.

    Log loss and RMSE(bins) are those of srs-benchmark (its README, “Metrics”, and `utils.rmse_matrix`). For
    RMSE(bins), reviews are binned by days since the last review, number of the review and number of lapses;
    in each bin the mean predicted recall is compared with the share recalled; the squared differences are
    averaged, weighted by the bins' reviews, and the root is taken.
    """
    total = _sum(bins.values())
    if not total.reviews:
        return RecallCalibration(0)
    share = total.recalled / total.reviews
    cells: dict[tuple[int, ...], list[Reviews]] = defaultdict(list)
    by_tenth: dict[int, list[Reviews]] = defaultdict(list)
    for place, reviews in bins.items():
        cells[place[1:]].append(reviews)
        by_tenth[place.tenth].append(reviews)
    squares = sum((cell.predicted - cell.recalled) ** 2 / cell.reviews for cell in map(_sum, cells.values()))
    return RecallCalibration(
        reviews=total.reviews,
        predicted=total.predicted / total.reviews,
        recalled=share,
        log_loss=total.loss / total.reviews,
        log_loss_of_mean=share * log_loss(share, True) + (1 - share) * log_loss(share, False),
        rmse_bins=math.sqrt(squares / total.reviews),
        tenths=tuple(_tenth(_sum(found)) for _, found in sorted(by_tenth.items())),
    )


def added(one: Reviews, other: Reviews) -> Reviews:
    """Return the sum of two bins."""
    return Reviews(
        one.reviews + other.reviews,
        one.recalled + other.recalled,
        one.predicted + other.predicted,
        one.loss + other.loss,
    )


def _sum(found: Iterable[Reviews]) -> Reviews:
    total = Reviews(0, 0, 0.0, 0.0)
    for reviews in found:
        total = added(total, reviews)
    return total


def _tenth(sums: Reviews) -> ReliabilityPoint:
    return ReliabilityPoint(sums.reviews, sums.predicted / sums.reviews, sums.recalled / sums.reviews)


def _power(number: int, base: float) -> int:
    """Return the exponent of the largest power of the base that is not above a number from 1."""
    return math.floor(math.log(number) / math.log(base))


@lru_cache(maxsize=4096)
def _days_bin(days: int) -> int:
    return _power(days, 3.62)


@lru_cache(maxsize=4096)
def _nth_bin(number: int) -> int:
    return _power(number, 1.89)


@lru_cache(maxsize=4096)
def _lapses_bin(lapses: int) -> int:
    return _power(lapses, 1.73) + 1


def verdict_on(recall: RecallCalibration) -> str:
    """Return a sentence on how good the prediction of recall was."""
    if recall.reviews < ENOUGH:
        return f"Too few reviews to tell: {recall.reviews} of the {ENOUGH} needed."
    off = recall.recalled - recall.predicted
    if abs(off) >= NEARLY:
        more = "more" if off > 0 else "less"
        then = "questions could come back later" if off > 0 else "questions should come back earlier"
        return f"You recall {more} than predicted, by {abs(off) * 100:.0f} points: {then}."
    apart = sum(tenth.reviews * abs(tenth.recalled - tenth.predicted) for tenth in recall.tenths)
    if apart / recall.reviews < NEARLY:
        return "Predicted and actual recall agree: the schedule fits you."
    return (
        "On the whole predicted and actual recall agree, but not everywhere:"
        f" they are {apart / recall.reviews * 100:.0f} points apart."
    )


def is_off(recall: RecallCalibration) -> bool:
    """Say whether there are enough reviews to tell, and prediction and outcome are apart on the whole."""
    return recall.reviews >= ENOUGH and abs(recall.recalled - recall.predicted) >= NEARLY


def mending_retention(recall: RecallCalibration, present: float) -> float:
    """Return the retention, rounded to 0.01, at which as much is recalled as the present one aims for."""
    return min(RETENTIONS[-1], max(RETENTIONS[0], round(present + recall.predicted - recall.recalled, 2)))


def mending_act(view: Calibration, missing: int) -> str:
    """Say in a sentence what mends a prediction that is off; empty where nothing needs to be mended.

    `missing` is how many reviews it still takes before the schedule is fitted to the learner next.
    """
    if not is_off(view.recall):
        return ""
    again = " again" if view.own is not None else ""
    fit = (
        f"The schedule fits itself to you{again} after {missing:,} more reviews."
        if missing
        else f"The schedule fits itself to you{again} after your next session."
    )
    sooner = "sooner" if view.recall.recalled < view.recall.predicted else "later"
    return f"{fit} Until then another retention brings questions back {sooner}:"


def verdict_on_own(own: OwnParameters, adopted: date) -> str:
    """Return a sentence on the learner's own parameters, and since when they count."""
    return (
        f"The schedule has been fitted to you since {adopted.day} {adopted:%B %Y}: log loss"
        f" {own.loss_before:.3f} → {own.loss_after:.3f} on answers it had not seen."
    )


def verdict_on_confidence(told: Sequence[ConfidenceShare]) -> str:
    """Return a sentence on how good the learner's own confidence was."""
    by_confidence = {found.confidence: found for found in told}
    sure = by_confidence.get(Confidence.SURE)
    if sure is None or sure.attempts < ENOUGH // 5:
        return "Too few answers with a confidence to tell. “Ask how sure I am” in the settings asks for it."
    guess = by_confidence.get(Confidence.GUESS)
    if guess is not None and guess.accuracy >= sure.accuracy:
        return "You are no more often right when you are sure than when you guess."
    if sure.accuracy > 0.9:
        return "When you are sure, you are right."
    return f"When you are sure, you are still wrong {(1 - sure.accuracy) * 100:.0f} times in 100."
