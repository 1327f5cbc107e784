"""What a choice comes to: which items are in which states, and in which order they are asked."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from quiz.core.content.item_ref import ItemRef
from quiz.core.scheduling.study_selection import Candidate
from quiz.core.statistics.item_counts import ItemMemory, Tally
from quiz.core.study.choosing import Standing, chosen_items, in_order
from quiz.core.study_filter import ItemState, StudyFilter, StudyOrder
from tests.fakes import DAY, NOON

DAY_END = NOON + DAY // 2


def ref(name: str) -> ItemRef:
    return ItemRef("b", name)


def memory(name: str, **told: Any) -> ItemMemory:
    usual: dict[str, Any] = {
        "due": None, "attempts": 0, "misses": 0, "is_suspended": False, "stability": None,
        "reviewed_at": None,
    }  # fmt: skip
    return ItemMemory("b", name, **{**usual, **told})


MEMORIES = [
    memory("known", attempts=1, due=DAY_END + DAY, stability=7.0, reviewed_at=NOON),
    memory("shaky", attempts=1, due=DAY_END + DAY, stability=6.9, reviewed_at=NOON),
    memory("due", attempts=2, due=DAY_END - 1, stability=1.0, reviewed_at=NOON - DAY),
    memory("not due", attempts=2, due=DAY_END, stability=0.01, reviewed_at=NOON - DAY),
    memory("leech", attempts=9, misses=8, is_flagged=True, stability=0.5, reviewed_at=NOON - 9 * DAY),
    memory("suspended", attempts=1, misses=8, is_suspended=True),
    memory("put off", buried_until=DAY_END),
    memory("back", buried_until=DAY_END - 1, tags=("mine",)),
]
TALLIES = [Tally("answered", "f", 1, 1.0), Tally("skipped", "f", 0, 0.0, 1), Tally("seen", "f", 0, 0.0)]
NAMES = [each.item for each in MEMORIES] + [tally.item for tally in TALLIES] + ["missed", "untouched"]
CANDIDATES = [Candidate(ref(name)) for name in NAMES]


@pytest.fixture
def standing() -> Standing:
    return Standing(
        {"b": {each.item: each for each in MEMORIES}},
        {"b": {tally.item: tally for tally in TALLIES}},
        [ref("missed"), ref("due")],
        at=NOON,
        day_end=DAY_END,
        retention=0.9,
    )


def named(found: list[Candidate]) -> list[str]:
    return [each.ref.item for each in found]


UNTOUCHED = ["answered", "skipped", "seen", "missed", "untouched"]
IN_STATES = {
    ItemState.NEW: ["back", *UNTOUCHED],
    ItemState.DUE: ["due"],
    ItemState.KNOWN: ["known"],
    ItemState.FLAGGED: ["leech"],
    ItemState.LEECH: ["leech"],
    ItemState.MISSED: ["due", "missed"],
    ItemState.NEVER_ASKED: ["put off", "back", "seen", "missed", "untouched"],
    ItemState.SUSPENDED: ["suspended"],
}


@pytest.mark.parametrize(("state", "names"), IN_STATES.items())
def test_an_item_is_in_the_states_that_follow_from_what_is_remembered(
    state: ItemState, names: list[str], standing: Standing
) -> None:
    assert named(standing.those_in(CANDIDATES, state)) == names


def test_states_are_counted_and_any_of_several_is_enough(standing: Standing) -> None:
    assert standing.count(CANDIDATES) == {state: len(names) for state, names in IN_STATES.items()}
    assert standing.count([*CANDIDATES, *CANDIDATES])[ItemState.DUE] == 2
    wanted = (ItemState.DUE, ItemState.SUSPENDED, ItemState.DUE)
    assert named(standing.those_in(CANDIDATES, *wanted)) == ["due", "suspended"]
    assert standing.those_in(CANDIDATES) == []


def test_what_is_suspended_or_put_off_is_not_asked(standing: Standing) -> None:
    asked = named(standing.that_may_be_asked(CANDIDATES))
    assert [name for name in NAMES if name not in asked] == ["suspended", "put off"]


TAGGED = [
    Candidate(ref("untouched"), topic="sea", tags=("wet",), kind="cloze"),
    Candidate(ref("back"), topic="sea", tags=("dry",), kind="numeric"),
    Candidate(ref("known"), topic="land", tags=("dry", "old"), kind="cloze"),
]


def test_what_is_chosen_limits_the_items(standing: Standing) -> None:
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({}, ["untouched", "back", "known"]),
        ({"topics": ("sea",)}, ["untouched", "back"]), ({"topics": ("land", "sky")}, ["known"]),
        ({"kinds": ("cloze",)}, ["untouched", "known"]), ({"kinds": ("numeric",)}, ["back"]),
        ({"tags": ("dry",)}, ["back", "known"]), ({"tags": ("mine", "wet")}, ["untouched", "back"]),
        ({"tags": ("old",)}, ["known"]), ({"tags": ("none",)}, []),
        ({"topics": ("sea",), "kinds": ("cloze",)}, ["untouched"]),
        ({"topics": ("sea",), "tags": ("dry",)}, ["back"]),
        ({"kinds": ("cloze",), "tags": ("dry",)}, ["known"]),
        ({"states": (ItemState.NEW,)}, ["untouched", "back"]),
        ({"states": (ItemState.KNOWN,), "topics": ("sea",)}, []),
    ]  # fmt: skip
    for chosen, names in cases:
        assert named(chosen_items(TAGGED, StudyFilter(**chosen), standing)) == names


def test_items_come_in_the_order_that_is_wanted(standing: Standing) -> None:
    items = [
        Candidate(ref(name)) for name in ("untouched", "known", "shaky", "leech", "due", "put off", "not due")
    ]

    def ordered(order: StudyOrder) -> list[str]:
        return named(in_order(items, order, standing, Random(1)))

    file = named(items)
    assert ordered(StudyOrder.FILE) == file
    assert ordered(StudyOrder.USUAL) == ["due", "not due", "known", "shaky", "untouched", "leech", "put off"]
    assert ordered(StudyOrder.WEAKEST) == [
        "untouched", "put off", "not due", "leech", "due", "known", "shaky",
    ]  # fmt: skip
    assert ordered(StudyOrder.OLDEST) == [
        "untouched", "put off", "leech", "due", "not due", "known", "shaky",
    ]  # fmt: skip
    shuffled = list(items)
    Random(1).shuffle(shuffled)
    assert ordered(StudyOrder.RANDOM) == named(shuffled) != file
