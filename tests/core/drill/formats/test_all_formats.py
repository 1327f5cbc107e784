"""What the formats of drills offer at their set-up, and who takes part in them."""

from __future__ import annotations

import pytest

from quiz.core.drill.formats import all_formats
from quiz.core.drill.settings import SetupChoice
from quiz.core.drill.wall_words import GERMAN

LABELS = {
    "vote": {"Time to think", "On phones", "Pupils' records"},
    "hot-seat": {"Time to answer", "Speed bonus"},
    "buzz": {"Teams", "Time to buzz", "Speed bonus"},
    "sprint": {"Time"},
}


def choice(which: str, name: str) -> SetupChoice:
    return next(choice for choice in all_formats()[which].choices if choice.name == name)


def test_the_formats_are_offered_from_the_calmest_to_the_fastest() -> None:
    offered = [which for which in all_formats() if which in LABELS]
    assert offered == ["vote", "hot-seat", "buzz", "sprint"]
    orders = [all_formats()[which].order for which in offered]
    assert orders == sorted(set(orders))


@pytest.mark.parametrize("which", LABELS)
def test_what_a_format_is_called_and_how_it_goes_is_said_in_every_language(which: str) -> None:
    kind = all_formats()[which]
    assert {kind.title, kind.summary} <= GERMAN.phrases.keys()
    assert {choice.label for choice in kind.choices} == LABELS[which]


@pytest.mark.parametrize("which", LABELS)
def test_times_are_round_rise_and_can_be_none_but_in_a_sprint(which: str) -> None:
    seconds = choice(which, "seconds")
    assert list(seconds.values) == sorted(set(seconds.values))
    assert all(value % 5 == 0 for value in seconds.values)
    assert (seconds.values[0] == 0) is (which != "sprint")
    assert seconds.usual in seconds.values


def test_who_is_called_by_name_and_where_the_class_may_help() -> None:
    kinds = {which: all_formats()[which] for which in LABELS}
    assert {which for which, kind in kinds.items() if kind.takes_names} == {"hot-seat", "buzz", "vote"}
    assert {which for which, kind in kinds.items() if kind.has_help} == {"hot-seat"}
    assert {which for which, kind in kinds.items() if kind.asks_every_kind} == {"hot-seat"}
    assert {which for which, kind in kinds.items() if kind.keeps_record} == {"sprint"}
