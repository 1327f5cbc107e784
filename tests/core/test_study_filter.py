"""A choice of what to study, changed step by step and written as a command."""

from __future__ import annotations

import pytest

from quiz.core.study_filter import (
    ItemState,
    Purpose,
    StudyFilter,
    StudyOrder,
    stepped,
    turned,
    typed,
)


def test_numbers_stop_at_their_ends_and_no_limit_lies_below_the_least() -> None:
    chosen = stepped(StudyFilter(), "limit", 1)
    assert chosen.limit == 5
    assert stepped(chosen, "limit", -1).limit is None
    assert stepped(StudyFilter(), "limit", -1) == StudyFilter()
    assert stepped(StudyFilter(limit=7), "limit", 1).limit == 10
    assert stepped(StudyFilter(limit=200), "limit", 1).limit == 200


def test_orders_and_purposes_go_round() -> None:
    chosen = StudyFilter()
    for _ in Purpose:
        chosen = stepped(chosen, "purpose", 1)
    assert chosen == StudyFilter()
    assert stepped(chosen, "order", -1).order is StudyOrder.OLDEST


@pytest.mark.parametrize(("digits", "limit"), [("12", 12), ("", None), ("0", 1), ("99999", 9999)])
def test_a_typed_number_is_brought_into_its_range(digits: str, limit: int | None) -> None:
    assert typed(StudyFilter(limit=3), "limit", digits).limit == limit
    assert typed(StudyFilter(), "order", digits) == StudyFilter()


def test_what_is_ticked_twice_is_out_again() -> None:
    chosen = turned(turned(StudyFilter(), "states", "due"), "topics", "seas")
    assert (chosen.states, chosen.topics) == ((ItemState.DUE,), ("seas",))
    assert turned(turned(chosen, "states", "due"), "topics", "seas") == StudyFilter()
