"""Prediction and outcome: the figures of srs-benchmark, and what is said of them."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.content.grading import Confidence, Verdict
from quiz.core.events.model import Event, EventKind
from quiz.core.scheduling.fsrs_schedule import SessionEvent, replayed
from quiz.core.scheduling.own_parameters import OwnParameters
from quiz.core.statistics.calibration import (
    Calibration,
    ConfidenceShare,
    Prediction,
    RecallCalibration,
    ReliabilityPoint,
    added,
    binned,
    is_off,
    log_loss,
    mending_act,
    mending_retention,
    predictions,
    recall_of,
    verdict_on,
    verdict_on_confidence,
    verdict_on_own,
)
from tests.record.record_stress import DAY, HOUR, NOON, attempt, event, header

told_reviews = st.lists(
    st.builds(Prediction, st.integers(1, 2_000), st.floats(0, 1), st.booleans()), max_size=30
)


def by_the_benchmark(items: list[list[Prediction]]) -> float:
    """Return RMSE(bins) as srs-benchmark's `rmse_matrix` works it out, row by row."""
    cells = defaultdict(list)
    for told in items:
        lapses = 0
        for i, (days, recall, was_recalled) in enumerate(told, 2):
            cell = (
                round(2.48 * 3.62 ** math.floor(math.log(days) / math.log(3.62)), 2),
                round(1.99 * 1.89 ** math.floor(math.log(i) / math.log(1.89))),
                round(1.65 * 1.73 ** math.floor(math.log(lapses) / math.log(1.73))) if lapses else 0,
            )
            cells[cell].append((recall, was_recalled))
            lapses += not was_recalled
    total = sum(map(len, cells.values()))
    squares = 0.0
    for rows in cells.values():
        predicted = sum(recall for recall, _ in rows) / len(rows)
        actual = sum(was for _, was in rows) / len(rows)
        squares += len(rows) * (predicted - actual) ** 2
    return math.sqrt(squares / total)


def of_items(items: list[list[Prediction]]) -> RecallCalibration:
    sums = {}
    for told in items:
        for place, reviews in binned(told).items():
            sums[place] = added(sums[place], reviews) if place in sums else reviews
    return recall_of(sums)


@given(st.lists(told_reviews, max_size=6))
def test_the_figures_are_those_of_the_benchmark(items: list[list[Prediction]]) -> None:
    told = of_items(items)
    rows = [one for item in items for one in item]
    assert told.reviews == len(rows)
    if not rows:
        return
    assert told.rmse_bins == pytest.approx(by_the_benchmark(items), abs=1e-9)
    assert told.log_loss == pytest.approx(sum(log_loss(p, y) for _, p, y in rows) / len(rows))
    assert told.predicted == pytest.approx(sum(p for _, p, _ in rows) / len(rows))
    assert told.recalled == pytest.approx(sum(y for _, _, y in rows) / len(rows))
    assert sum(tenth.reviews for tenth in told.tenths) == len(rows)
    means = [tenth.predicted for tenth in told.tenths]
    assert means == sorted(means)
    assert len(told.tenths) == len({min(9, int(p * 10)) for _, p, _ in rows})


def test_log_loss_is_the_cross_entropy() -> None:
    assert log_loss(0.9, True) == pytest.approx(-math.log(0.9))
    assert log_loss(0.9, False) == pytest.approx(-math.log(0.1))
    assert log_loss(1.0, True) < 1e-12
    assert log_loss(1.0, False) == pytest.approx(36.04, abs=0.01)
    assert log_loss(0.0, True) == log_loss(1.0, False)


def test_always_predicting_the_share_is_what_the_mean_is_worth() -> None:
    told = recall_of(binned([Prediction(3, 0.75, was) for was in (True, True, True, False)]))
    assert told.log_loss == pytest.approx(told.log_loss_of_mean)
    assert recall_of({}) == RecallCalibration(0)


def happenings(*told: tuple[int, float]) -> list[SessionEvent]:
    """Return attempts at an item, each in a session of its own."""
    rng = Random(1)
    found = []
    for at, score in told:
        made = header("mina", rng, at, settings={"policy": {"fuzz": False, "day_starts_at": 4}})
        found.append(SessionEvent(made, attempt(1, at=at, score=score)))
    return found


def test_only_the_first_response_of_a_day_is_predicted_and_the_first_of_all_is_not() -> None:
    told = predictions(
        replayed(
            happenings(
                (NOON, 0.0),
                (NOON + HOUR, 1.0),
                (NOON + 2 * DAY, 1.0),
                (NOON + 2 * DAY + HOUR, 0.0),
                (NOON + 9 * DAY, 0.0),
            )
        )
    )
    assert [(one.days, one.was_recalled) for one in told] == [(2, True), (7, False)]
    assert all(0 < one.recall < 1 for one in told)


def test_a_day_later_is_a_day_later_whatever_the_hour() -> None:
    night = NOON + 13 * HOUR  # one in the morning in Berlin, still the study day before
    (told,) = predictions(replayed(happenings((night, 1.0), (night + 4 * HOUR, 1.0))))
    assert told.days == 1
    assert told.recall < 1


def test_an_overruled_or_rated_attempt_counts_as_it_was_rated() -> None:
    first, second = happenings((NOON, 1.0), (NOON + 5 * DAY, 0.0))
    overruled = SessionEvent(second.header, event(2, EventKind.OVERRIDE, 1, NOON + 5 * DAY))
    rated = SessionEvent(second.header, event(2, EventKind.RATE, 1, NOON + 5 * DAY, body={"rating": 2}))
    for more in ([], [overruled], [rated]):
        (told,) = predictions(replayed([first, second, *more]))
        assert told.was_recalled == bool(more)


def test_what_is_no_attempt_predicts_nothing() -> None:
    made = header("mina", Random(1))
    skipped = Event(n=1, kind=EventKind.ATTEMPT, at=NOON, bank="b", item="i", verdict=Verdict.SKIPPED)
    assert predictions(replayed([SessionEvent(made, skipped)])) == []


def recall(reviews: int, predicted: float, recalled: float, *tenths: ReliabilityPoint) -> RecallCalibration:
    return RecallCalibration(reviews, predicted, recalled, 0.3, 0.3, 0.1, tenths)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (recall(49, 0.9, 0.5), "Too few reviews"),
        (recall(50, 0.9, 0.8), "less than predicted, by 10 points: questions should come back earlier"),
        (recall(50, 0.8, 0.9), "more than predicted, by 10 points: questions could come back later"),
        (recall(50, 0.9, 0.9, ReliabilityPoint(50, 0.9, 0.91)), "agree: the schedule fits you"),
        (
            recall(100, 0.8, 0.8, ReliabilityPoint(50, 0.7, 0.8), ReliabilityPoint(50, 0.9, 0.8)),
            "they are 10 points apart",
        ),
    ],
)
def test_the_verdict_on_recall(told: RecallCalibration, said: str) -> None:
    assert said in verdict_on(told)


def test_the_verdict_on_being_sure() -> None:
    sure, guess = ConfidenceShare(Confidence.SURE, 40, 0.95), ConfidenceShare(Confidence.GUESS, 40, 0.5)
    assert verdict_on_confidence([sure, guess]) == "When you are sure, you are right."
    wrong = ConfidenceShare(Confidence.SURE, 40, 0.6)
    assert "still wrong 40 times in 100" in verdict_on_confidence([wrong, guess])
    assert "no more often right" in verdict_on_confidence([wrong, ConfidenceShare(Confidence.GUESS, 9, 0.6)])
    assert "Too few" in verdict_on_confidence([guess])


@pytest.mark.parametrize(
    ("recalled", "missing", "own", "said"),
    [
        (0.7, 120, None, "The schedule fits itself to you after 120 more reviews."),
        (0.7, 0, None, "The schedule fits itself to you after your next session."),
        (0.99, 800, OwnParameters(400), "The schedule fits itself to you again after 800 more reviews."),
        (0.9, 120, None, ""),
    ],
)
def test_a_prediction_that_is_off_leads_to_what_mends_it(
    recalled: float, missing: int, own: OwnParameters | None, said: str
) -> None:
    told = Calibration("mina", "", RecallCalibration(200, predicted=0.9, recalled=recalled), own=own)
    assert mending_act(told, missing).startswith(said)
    assert bool(mending_act(told, missing)) == is_off(told.recall) == bool(said)


@pytest.mark.parametrize(
    ("predicted", "recalled", "present", "mended"),
    [(0.86, 0.83, 0.9, 0.93), (0.83, 0.86, 0.9, 0.87), (0.95, 0.5, 0.9, 0.97), (0.5, 0.95, 0.9, 0.8)],
)
def test_what_is_recalled_too_seldom_is_mended_by_a_higher_retention(
    predicted: float, recalled: float, present: float, mended: float
) -> None:
    told = RecallCalibration(100, predicted, recalled)
    assert mending_retention(told, present) == mended


AGREE = "Predicted and actual recall agree: the schedule fits you."
APART = "On the whole predicted and actual recall agree, but not everywhere: they are 3 points apart."
LATER = "You recall more than predicted, by 3 points: questions could come back later."
EARLIER = "You recall less than predicted, by 3 points: questions should come back earlier."


def test_three_points_are_a_difference() -> None:
    cases: list[tuple[RecallCalibration, str]] = [
        (recall(49, 0.9, 0.5), "Too few reviews to tell: 49 of the 50 needed."),
        (recall(50, 0.5, 0.5 + 0.031), LATER), (recall(50, 0.5, 0.5 - 0.031), EARLIER),
        (recall(50, 0.5, 0.5 + 0.029), AGREE), (recall(50, 0.5, 0.5 - 0.029), AGREE),
        (recall(50, 0, 0.03), LATER), (recall(50, 0.5, 0.5, ReliabilityPoint(50, 0, 0.03)), APART),
        (recall(50, 0.5, 0.5, ReliabilityPoint(25, 0.5, 0.55), ReliabilityPoint(25, 0.5, 0.5)), AGREE),
    ]  # fmt: skip
    for told, said in cases:
        assert verdict_on(told) == said


def test_ten_sure_answers_are_enough_and_one_wrong_in_ten_is_too_many() -> None:
    cases: list[tuple[list[tuple[Confidence, int, float]], str]] = [
        ([(Confidence.SURE, 10, 0.89)], "When you are sure, you are still wrong 11 times in 100."),
        ([(Confidence.SURE, 10, 0.9)], "When you are sure, you are still wrong 10 times in 100."),
        ([(Confidence.SURE, 10, 0.91)], "When you are sure, you are right."),
        ([(Confidence.SURE, 10, 0.5), (Confidence.GUESS, 1, 0.4)],
         "When you are sure, you are still wrong 50 times in 100."),
        ([(Confidence.SURE, 10, 1.0), (Confidence.GUESS, 1, 1.0)],
         "You are no more often right when you are sure than when you guess."),
        ([(Confidence.SURE, 9, 1.0)],
         "Too few answers with a confidence to tell. “Ask how sure I am” in the settings asks for it."),
    ]  # fmt: skip
    for shares, said in cases:
        assert verdict_on_confidence([ConfidenceShare(*share) for share in shares]) == said


def test_what_mends_a_prediction_is_said_whole() -> None:
    below, above = (
        Calibration("mina", "", RecallCalibration(50, predicted=0.5, recalled=recalled))
        for recalled in (0.4, 0.6)
    )
    assert mending_act(below, 1200) == (
        "The schedule fits itself to you after 1,200 more reviews."
        " Until then another retention brings questions back sooner:"
    )
    assert mending_act(above, 0) == (
        "The schedule fits itself to you after your next session."
        " Until then another retention brings questions back later:"
    )
    assert verdict_on_own(OwnParameters(400, (), 1, 0.32149, 0.29951), date(2025, 6, 8)) == (
        "The schedule has been fitted to you since 8 June 2025:"
        " log loss 0.321 → 0.300 on answers it had not seen."
    )


def test_reviews_are_binned_by_prediction_days_number_and_lapses() -> None:
    told = [(1, 0.05, 0), (3, 0.1, 0), (4, 0.95, 1), (14, 1.0, 1), (48, 0.0, 1), (1, 0.5, 0)]
    bins = binned(told)
    assert list(bins) == [
        (0, 0, 1, 0), (1, 0, 1, 1), (9, 1, 2, 2), (9, 2, 2, 2), (0, 3, 2, 2), (5, 0, 3, 2),
    ]  # fmt: skip
    assert list(bins.values())[2] == (1, 1, 0.95, log_loss(0.95, True))
    twice = binned([(1, 0.5, 1), (1, 0.5, 1), (1, 0.5, 0)])
    assert twice[next(iter(twice))] == (2, 2, 1.0, 2 * log_loss(0.5, True))


def test_an_empty_calibration_says_nothing() -> None:
    nothing = RecallCalibration(0)
    assert (nothing.predicted, nothing.recalled, nothing.log_loss) == (0.0, 0.0, 0.0)
    assert (nothing.log_loss_of_mean, nothing.rmse_bins, nothing.tenths) == (0.0, 0.0, ())
