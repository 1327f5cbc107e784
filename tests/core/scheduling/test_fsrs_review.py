"""A review leaves what the `fsrs` package leaves, to the last bit."""

from __future__ import annotations

from random import Random

import fsrs
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.scheduling.card import A_DAY, CardState, after_review
from quiz.core.scheduling.fsrs_review import USUAL_PARAMETERS, reviewer
from quiz.core.scheduling.intervals import MOST_DAYS
from quiz.core.scheduling.study_day import milliseconds, moment
from tests.core.scheduling.sequences import random_parameters
from tests.core.session_events import STEP
from tests.fakes import NOON

reviews = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.one_of(st.integers(0, 2 * A_DAY), st.integers(0, 400 * A_DAY), st.integers(0, 40_000 * A_DAY)),
    ),
    min_size=1,
    max_size=25,
)


@given(reviews, st.integers(0, 2**20), st.floats(0.5, 0.99), st.booleans())
def test_a_review_leaves_what_the_package_leaves(
    told: list[tuple[int, int]], seed: int, retention: float, is_own: bool
) -> None:
    own = tuple(random_parameters(Random(seed))) if is_own else ()
    scheduler = fsrs.Scheduler(
        own or DEFAULT_PARAMETERS, retention, (STEP,), (STEP,), MOST_DAYS, enable_fuzzing=False
    )
    theirs, ours, at = fsrs.Card(card_id=1), None, NOON
    for rating, wait in told:
        at = min(at + wait, NOON + 2_000_000 * A_DAY)
        theirs, _ = scheduler.review_card(theirs, fsrs.Rating(rating), moment(at))
        ours, due = after_review(ours, rating, at, retention, own)
        assert ours == CardState(
            int(theirs.state), theirs.step, theirs.stability, theirs.difficulty, at, scheduler.parameters[20]
        )
        assert due == milliseconds(theirs.due)


def test_the_usual_parameters_are_those_of_the_package() -> None:
    assert USUAL_PARAMETERS == DEFAULT_PARAMETERS


def test_what_are_no_parameters_is_refused() -> None:
    with pytest.raises(ValueError, match="no parameters"):
        reviewer((1.0,) * 21, 0.9)
