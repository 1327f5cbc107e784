"""A choice of what to study, changed step by step and written as a command."""

from __future__ import annotations

from typing import Any

import msgspec
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


def test_choices_are_called_as_commands_and_saved_settings_call_them() -> None:
    assert [state.value for state in ItemState] == [
        "new", "due", "known", "flagged", "leech", "missed", "never-asked", "suspended",
    ]  # fmt: skip
    assert [purpose.value for purpose in Purpose] == ["today", "ahead", "cram"]
    assert [order.value for order in StudyOrder] == ["usual", "file", "random", "weakest", "oldest"]


def test_a_choice_is_narrowed_by_anything_but_banks_and_limits() -> None:
    cases: list[tuple[dict[str, Any], bool]] = [
        ({}, False), ({"banks": ("b",), "limit": 3, "minutes": 5, "more_new": 2}, False),
        ({"topics": ("t",)}, True), ({"tags": ("t",)}, True), ({"kinds": ("cloze",)}, True),
        ({"states": (ItemState.DUE,)}, True), ({"purpose": Purpose.CRAM}, True),
        ({"order": StudyOrder.FILE}, True),
    ]  # fmt: skip
    for chosen, is_narrowed in cases:
        assert StudyFilter(**chosen).is_narrowed is is_narrowed


def test_limits_step_over_round_numbers_up_to_a_day_and_9999_items() -> None:
    steps: dict[str, list[int | None]] = {"limit": [], "minutes": []}
    for name, passed in steps.items():
        chosen = stepped(StudyFilter(), name, 1)
        while getattr(chosen, name) not in passed:
            passed.append(getattr(chosen, name))
            chosen = stepped(chosen, name, 1)
    assert steps["limit"] == [5, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200]
    assert steps["minutes"] == [5, 10, 15, 20, 30, 45, 60, 90]
    assert typed(StudyFilter(), "minutes", "9999").minutes == 1440
    assert stepped(StudyFilter(limit=7), "limit", -1).limit == 5
    read = msgspec.json.decode
    assert read(b'{"limit": 9999, "minutes": 1440}', type=StudyFilter).minutes == 1440
    for told in (b'{"limit": 0}', b'{"limit": 10000}', b'{"minutes": 0}', b'{"minutes": 1441}', b'{"of": 1}'):
        with pytest.raises(msgspec.ValidationError):
            read(told, type=StudyFilter)
    assert msgspec.json.encode(StudyFilter(limit=3)) == b'{"limit":3}'
