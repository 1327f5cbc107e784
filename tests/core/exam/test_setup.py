"""Choosing an exam's settings step by step."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.exam.blueprint import Blueprint
from quiz.core.exam.settings import ExamSettings as Settings
from quiz.core.exam.settings import FeedbackTime
from quiz.core.exam.setup import (
    RANGES,
    STEPS,
    asks_all,
    stepped,
    typed,
    with_count,
    with_tag_turned,
    with_topic_turned,
)

KNOWN = ("a", "b", "c")


def values(name: str, start: Any, by: int, most: int = 35, times: int = 4) -> list[Any]:
    told, found = msgspec.structs.replace(Settings(), **{name: start}), []
    for _ in range(times):
        told = stepped(told, name, by, most)
        found.append(getattr(told, name))
    return found


@pytest.mark.parametrize(
    ("name", "start", "by", "expected"),
    [
        ("items", 20, 1, [25, 30, None, None]),
        ("items", None, -1, [30, 25, 20, 15]),
        ("items", 17, 1, [20, 25, 30, None]),
        ("items", 400, -1, [30, 25, 20, 15]),
        ("items", 5, -1, [5, 5, 5, 5]),
        ("minutes", None, 1, [5, 10, 15, 20]),
        ("minutes", 12, -1, [10, 5, None, None]),
        ("seconds_per_item", 170, 1, [180, 180, 180, 180]),
        ("pass_mark", None, 1, [50, 60, 70, 75]),
        ("shuffle", True, 1, [False, True, False, True]),
        ("weights", True, 1, [False, True, False, True]),
        ("confidence", False, -1, [True, False, True, False]),
        ("feedback", FeedbackTime.END, 1, [FeedbackTime.AT_ONCE, FeedbackTime.END] * 2),
    ],
)
def test_steps_go_where_one_expects(name: str, start: Any, by: int, expected: list[Any]) -> None:
    assert values(name, start, by) == expected


def test_a_limit_for_all_and_one_for_each_item_exclude_each_other() -> None:
    told = typed(typed(Settings(), "minutes", "20"), "seconds_per_item", "30")
    assert (told.minutes, told.seconds_per_item) == (None, 30)
    told = stepped(told, "minutes", 1, 10)
    assert (told.minutes, told.seconds_per_item) == (5, None)
    assert typed(told, "seconds_per_item", "").minutes == 5


@pytest.mark.parametrize(
    ("name", "digits", "value"),
    [
        ("items", "", None),
        ("items", "0", 1),
        ("items", "9999", 1000),
        ("minutes", "0", 1),
        ("minutes", "9999", 24 * 60),
        ("seconds_per_item", "1", 5),
        ("seconds_per_item", "9999", 3600),
        ("pass_mark", "0", 1),
        ("pass_mark", "101", 100),
        ("minutes", "45", 45),
    ],
)
def test_typed_numbers_are_brought_into_their_range(name: str, digits: str, value: int | None) -> None:
    assert getattr(typed(Settings(), name, digits), name) == value


def test_topics_are_left_out_and_taken_in() -> None:
    told = with_topic_turned(Settings(counts={"a": 2, "b": 1}), "a", KNOWN)
    assert (told.topics, told.counts) == (("b", "c"), {"b": 1})
    assert with_topic_turned(told, "a", KNOWN).topics == ()


def test_one_topic_stays() -> None:
    told = Settings(topics=("b",))
    assert with_topic_turned(told, "b", KNOWN) == told


def test_tags_are_turned() -> None:
    told = with_tag_turned(with_tag_turned(Settings(), "x"), "a")
    assert told.tags == ("a", "x")
    assert with_tag_turned(told, "x").tags == ("a",)


def test_a_count_is_set_and_taken_away() -> None:
    told = with_count(with_count(Settings(), "a", 3), "b", -2)
    assert told.counts == {"a": 3, "b": 0}
    assert with_count(told, "a", None).counts == {"b": 0}


def test_a_number_beyond_what_there_is_asks_all() -> None:
    assert asks_all(Settings(items=20), 18)
    assert not asks_all(Settings(items=20), 21)


def test_the_settings_say_what_is_drawn() -> None:
    told = Settings(items=5, topics=("a",), tags=("t",), counts={"a": 2}, shuffle=False)
    assert told.blueprint == Blueprint(items=5, topics=("a",), tags=("t",), counts={"a": 2}, shuffle=False)


@given(
    st.lists(
        st.tuples(st.sampled_from(list(STEPS)), st.sampled_from([-1, 1]), st.integers(1, 300)), max_size=30
    )
)
def test_whatever_is_stepped_can_be_recorded(steps: list[tuple[str, int, int]]) -> None:
    told = Settings()
    for name, by, most in steps:
        told = stepped(told, name, by, most)
        assert msgspec.convert(msgspec.to_builtins(told), Settings) == told
        for number, (least, greatest) in RANGES.items():
            value = getattr(told, number)
            assert value is None or least <= value <= greatest
        assert told.minutes is None or told.seconds_per_item is None
