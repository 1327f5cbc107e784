"""Due, known, learning and new: over the items that a bank holds now, and adding up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.scheduling.card import A_DAY, DECAY, CardState, after_review, recall_after
from quiz.core.scheduling.fsrs_schedule import LEECH_AT
from quiz.core.statistics.item_counts import ItemCounts, ItemMemory, count_items
from tests.fakes import NOON

END = NOON + A_DAY // 2


def held(item: str, **told: object) -> ItemMemory:
    usual = {"due": NOON + 9 * A_DAY, "attempts": 1, "misses": 0, "is_suspended": False}
    usual |= {"stability": 10.0, "reviewed_at": NOON}
    return ItemMemory(bank="small", item=item, **{**usual, **told})


def counted(names: str, *memories: ItemMemory) -> ItemCounts:
    return count_items(names.split(), {m.item: m for m in memories}, at_ms=NOON, day_end=END)


def test_known_learning_and_new_are_all_items() -> None:
    told = counted(
        "a b c d e",
        held("a", reviewed_at=NOON - 10 * A_DAY),
        held("b", stability=100.0),
        held("c", stability=None, reviewed_at=None),
    )
    known = recall_after(10.0, 17) + recall_after(100.0, 7)
    assert told.known == pytest.approx(known)
    assert told.learning == pytest.approx(3 - known)
    assert (told.items, told.new, told.answered) == (5, 2, 3)
    assert told.share == pytest.approx(known / 5)
    assert counted("").share == 0


def test_what_is_gone_from_the_bank_is_not_counted() -> None:
    gone = [held(name, due=NOON, misses=LEECH_AT) for name in ("x", "y")]
    assert counted("a b", *gone) == ItemCounts.untouched(2)


def test_what_comes_back_before_the_day_ends_is_due_unless_it_is_suspended() -> None:
    told = counted(
        "a b c d",
        held("a", due=END - 1),
        held("b", due=END),
        held("c", due=None, is_suspended=True, misses=LEECH_AT),
        held("d", due=0, misses=LEECH_AT),
    )
    assert (told.due, told.suspended, told.leeches) == (2, 1, 1)


def test_new_items_that_are_suspended_or_put_off_are_not_askable() -> None:
    never = {"due": None, "attempts": 0, "stability": None, "reviewed_at": None}
    told = counted(
        "a b c d",
        held("a", **never, is_suspended=True),
        held("b", **never, buried_until=END),
        held("c", **never, buried_until=END - 1),
    )
    assert (told.new, told.new_askable) == (4, 2)


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 3), st.booleans(), st.integers(-9, 9))))
def test_the_parts_add_up(rows: list[tuple[str, int, bool, int]]) -> None:
    memories = [
        held(name, attempts=n, due=None if off or not n else NOON + away * A_DAY, is_suspended=off)
        for name, n, off, away in rows
    ]
    told = counted("a b c d e", *memories)
    assert told.known + told.learning + told.new == pytest.approx(told.items) == 5
    assert 0 <= told.new_askable <= told.new
    assert told.due <= told.answered
    assert 0 <= told.share <= 1


def test_what_was_just_missed_and_answered_again_is_not_yet_known() -> None:
    missed, right = (after_review(None, rating, NOON, 0.9, ())[0] for rating in (1, 3))
    cards = [missed] * 7 + [right] * 13
    memories = [held(str(n), stability=card.stability) for n, card in enumerate(cards)]
    told = counted(" ".join(map(str, range(20))), *memories)
    assert 0.6 < told.share < 0.8


def test_what_is_known_goes_by_the_parameters_of_the_last_review() -> None:
    day = NOON - 40 * A_DAY
    usual, own = (counted("a", held("a", reviewed_at=day, decay=decay)) for decay in (DECAY, 0.6))
    card = CardState(2, None, 10.0, 5.0, NOON - 40 * A_DAY, 0.6)
    assert own.known == card.recall(47) < usual.known
