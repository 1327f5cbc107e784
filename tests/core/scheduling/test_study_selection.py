"""Which items are studied, and in which order."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.content.bank import Bank
from quiz.core.content.item_ref import ItemRef
from quiz.core.content.kinds.flashcard import Flashcard
from quiz.core.scheduling.fsrs_schedule import Memory
from quiz.core.scheduling.study_selection import (
    APART,
    LOOK_AHEAD,
    Candidate,
    StudyQueue,
    candidates_of,
    filtered,
    interleaved,
    study_queue,
    worth_asking,
)
from tests.fakes import DAY, HOUR, NOON
from tests.sampling import tries
from tests.strategies import banks, steady

END = NOON + 12 * HOUR


def candidate(
    name: str, topic: str = "", *cites: str, bank: str = "b", tags: tuple[str, ...] = ()
) -> Candidate:
    return Candidate(ItemRef(bank, name), topic, cites, tags)


def in_order(*topics: str) -> list[Candidate]:
    """Return candidates of some topics, named for their places."""
    return [candidate(f"{topic}{place}", topic) for place, topic in enumerate(topics)]


def topics_of(candidates: list[Candidate]) -> list[str]:
    return [each.topic for each in candidates]


def due_at(time: int) -> Memory:
    return Memory(time, attempts=1, reviews=1)


def queue_of(items: list[Candidate], memories: dict[ItemRef, Memory], **told: Any) -> StudyQueue:
    held = {ref.item: memory for ref, memory in memories.items()}
    return study_queue(worth_asking(items, held, END), **told)


def names(refs: tuple[ItemRef, ...]) -> str:
    return " ".join(ref.item for ref in refs)


# --------------------------------------------------------------------------- neighbours of different topics


@cache
def can_alternate(counts: tuple[int, ...], last: int | None) -> bool:
    """Say, by trying all orders, whether so many of each topic can be put so that no neighbours are alike."""
    if not any(counts):
        return True
    return any(
        can_alternate(tuple(count - (place == topic) for place, count in enumerate(counts)), topic)
        for topic, count in enumerate(counts)
        if count and topic != last
    )


def alike_neighbours(topics: list[str]) -> int:
    return sum(one == other for one, other in pairwise(topics))


@settings(steady, max_examples=tries(400))
@given(topics=st.lists(st.sampled_from("ABCD"), max_size=11), last=st.sampled_from(["", "A", "B", "E"]))
def test_no_neighbours_share_a_topic_wherever_there_is_such_an_order(topics: list[str], last: str) -> None:
    before = [candidate("before", last)] if last else []
    placed = interleaved(in_order(*topics), before)
    assert sorted(each.ref for each in placed) == sorted(each.ref for each in in_order(*topics))
    kinds = sorted({*topics, last})
    counts = tuple(topics.count(kind) for kind in kinds)
    if can_alternate(counts, kinds.index(last) if last else None):
        assert alike_neighbours([*([last] if last else []), *topics_of(placed)]) == 0


@settings(steady, max_examples=tries(100))
@given(topics=st.lists(st.sampled_from("ABCD"), max_size=30))
def test_a_topic_s_own_items_keep_their_order(topics: list[str]) -> None:
    placed = interleaved(in_order(*topics))
    for topic in set(topics):
        places = [int(each.ref.item[1:]) for each in placed if each.topic == topic]
        assert places == sorted(places)


@pytest.mark.parametrize(
    ("given", "placed"),
    [
        ("", ""), ("A", "A"), ("AAA", "AAA"), ("AB", "AB"), ("ABAB", "ABAB"), ("AABB", "ABAB"),
        ("AAB", "ABA"),
        ("BAA", "ABA"), ("AAABC", "ABACA"), ("BCAAA", "ABACA"), ("AAAAB", "ABAAA"), ("ABCABC", "ABCABC"),
        ("ABBBCC", "ABCBCB"),
    ],
)  # fmt: skip
def test_the_order_given_is_kept_as_far_as_it_goes(given: str, placed: str) -> None:
    assert "".join(topics_of(interleaved(in_order(*given)))) == placed


def test_topics_of_two_banks_are_two_topics() -> None:
    ones = [candidate(f"i{n}", "same", bank="one") for n in range(2)]
    twos = [candidate(f"i{n}", "same", bank="two") for n in range(2)]
    assert [each.ref.bank for each in interleaved([*ones, *twos])] == ["one", "two", "one", "two"]


# --------------------------------------------------------------------------- items that cite the same note


def siblings(placed: list[Candidate]) -> list[int]:
    """Return the places of items that cite what one of the two before cites."""
    befores = [placed[max(0, place - APART) : place] for place in range(len(placed))]
    return [place for place, before in enumerate(befores) if are_siblings(placed[place], before)]


def are_siblings(one: Candidate, others: list[Candidate]) -> bool:
    return any(one.ref.bank == other.ref.bank and {*one.cites} & {*other.cites} for other in others)


def test_siblings_stay_apart_across_topics_and_within_one() -> None:
    across = [
        candidate("a1", "A", "n"),
        candidate("b1", "B", "n"),
        candidate("c1", "C"),
        candidate("a2", "A"),
    ]
    assert siblings(interleaved(across)) == []
    within = [candidate("1", "", "n"), candidate("2", "", "n"), candidate("3"), candidate("4")]
    assert names(tuple(each.ref for each in interleaved(within))) == "1 3 4 2"
    two = [candidate(f"{t}{n}", t, f"{t}-note{n // 2}") for t in "AB" for n in range(4)]
    assert siblings(interleaved(two)) == []


def test_notes_of_two_banks_are_two_notes() -> None:
    pair = [
        candidate("1", "", "n", bank="one"),
        candidate("2", "", "n", bank="two"),
        candidate("3", bank="one"),
    ]
    assert [each.ref.item for each in interleaved(pair)] == ["1", "2", "3"]


cited = st.lists(st.sampled_from("wxyz"), max_size=2, unique=True)


@settings(steady, max_examples=tries(300))
@given(drawn=st.lists(st.tuples(st.sampled_from("ABC"), cited), max_size=LOOK_AHEAD))
def test_a_sibling_is_only_placed_where_topics_leave_no_other_choice(
    drawn: list[tuple[str, list[str]]],
) -> None:
    candidates = [candidate(f"{topic}{n}", topic, *cites) for n, (topic, cites) in enumerate(drawn)]
    placed = interleaved(candidates)
    for place in siblings(placed):
        rest, last = placed[place:], placed[place - 1].topic
        near = {note for each in placed[max(0, place - APART) : place] for note in each.cites}
        most = max(topics_of(rest), key=topics_of(rest).count)
        is_forced = topics_of(rest).count(most) * 2 > len(rest) and most != last
        open_topics = {most} if is_forced else set(topics_of(rest)) - {last} or {last}
        choices = [each for each in rest if each.topic in open_topics]
        assert all({*each.cites} & near for each in choices)


# --------------------------------------------------------------------------- the queue


def test_the_longest_due_come_first_and_new_ones_are_spread_among_them() -> None:
    items = [candidate(name) for name in ("new1", "today", "old", "new2", "later", "older")]
    memories = {
        items[1].ref: due_at(NOON + HOUR), items[2].ref: due_at(NOON - DAY), items[4].ref: due_at(END),
        items[5].ref: due_at(NOON - 9 * DAY),
    }  # fmt: skip
    queue = queue_of(items, memories, new_left=20, seed=1)
    assert names(queue.due) == "older old today"
    assert names(queue.new) == "new1 new2"
    assert names(queue.items) == "older new1 old new2 today"


@pytest.mark.parametrize(
    ("due", "new", "mixed"),
    [("abc", "", "abc"), ("", "123", "123"), ("a", "123", "a123"), ("ab", "1", "a1b"),
     ("abcd", "12", "ab1c2d"), ("ab", "12345", "a123b45"), ("abcdefg", "1", "abcd1efg")],
)  # fmt: skip
def test_new_ones_are_spread_evenly_and_one_that_is_due_comes_first(due: str, new: str, mixed: str) -> None:
    queue = StudyQueue(*(tuple(ItemRef("b", name) for name in part) for part in (due, new)))
    assert "".join(ref.item for ref in queue.items) == mixed


@pytest.mark.parametrize(
    ("new_left", "limit", "due", "new"),
    [
        (20, None, 3, 5), (2, None, 3, 2), (0, None, 3, 0), (-4, None, 3, 0), (20, 5, 3, 2), (1, 5, 3, 1),
        (20, 3, 3, 0),
        (20, 2, 2, 0), (20, 0, 0, 0), (20, 100, 3, 5),
    ],
)  # fmt: skip
def test_limits_cap_new_items_and_all_of_them(new_left: int, limit: int | None, due: int, new: int) -> None:
    items = [candidate(f"i{n}", f"t{n % 3}") for n in range(8)]
    memories = {each.ref: due_at(NOON - n) for n, each in enumerate(items[:3])}
    queue = queue_of(items, memories, new_left=new_left, seed=1, limit=limit)
    assert (len(queue.due), len(queue.new)) == (due, new)
    assert set(queue.due) <= set(memories)
    assert [ref for ref in queue.new if ref in memories] == []


@pytest.mark.parametrize(
    ("due_left", "limit", "due", "new"),
    [(None, None, 3, 5), (2, None, 2, 5), (0, None, 0, 5), (9, None, 3, 5), (2, 1, 1, 0), (1, 4, 1, 3)],
)
def test_a_limit_on_what_is_due_caps_only_that(
    due_left: int | None, limit: int | None, due: int, new: int
) -> None:
    items = [candidate(f"i{n}", f"t{n % 3}") for n in range(8)]
    memories = {each.ref: due_at(NOON - n) for n, each in enumerate(items[:3])}
    queue = queue_of(items, memories, new_left=9, due_left=due_left, seed=1, limit=limit)
    assert (len(queue.due), len(queue.new)) == (due, new)


def test_a_limit_keeps_the_longest_due_and_the_first_new() -> None:
    items = [candidate(f"i{n}") for n in range(6)]
    memories = {each.ref: due_at(NOON - n) for n, each in enumerate(items[:4])}
    assert names(queue_of(items, memories, new_left=9, seed=1, limit=2).due) == "i3 i2"
    assert names(queue_of(items, memories, new_left=1, seed=1).new) == "i4"


def test_what_is_suspended_buried_or_not_due_is_left_out() -> None:
    items = [candidate(f"i{n}") for n in range(7)]
    due = due_at(NOON - DAY)
    memories = {
        items[0].ref: msgspec.structs.replace(due, is_suspended=True),
        items[1].ref: msgspec.structs.replace(due, buried_until=END),
        items[2].ref: Memory(0, is_suspended=True),
        items[3].ref: Memory(0, buried_until=END),
        items[4].ref: msgspec.structs.replace(due, buried_until=END - DAY),
        items[5].ref: Memory(0, buried_until=END - DAY),
    }
    queue = queue_of(items, memories, new_left=20, seed=1)
    assert (names(queue.due), names(queue.new)) == ("i4", "i5 i6")


def test_new_items_go_on_where_due_ones_end() -> None:
    items = [candidate("d1", "A", "n"), candidate("a1", "A"), candidate("b1", "B", "n"), candidate("b2", "B")]
    queue = queue_of(items, {items[0].ref: due_at(NOON)}, new_left=9, seed=1)
    assert names(queue.items) == "d1 b2 a1 b1"


many = st.lists(st.tuples(st.sampled_from("ABCDE"), st.sampled_from([None, 0, 1, 2])), max_size=25)


@settings(steady, max_examples=tries(100))
@given(drawn=many, seed=st.integers(0, 2**32), new_left=st.integers(0, 30))
def test_a_seed_a_clock_and_a_history_decide_the_queue(
    drawn: list[tuple[str, int | None]], seed: int, new_left: int
) -> None:
    items = [candidate(f"i{n}", topic) for n, (topic, _) in enumerate(drawn)]
    memories = {
        each.ref: due_at(NOON - late * DAY)
        for each, (_, late) in zip(items, drawn, strict=True)
        if late is not None
    }
    queue = queue_of(items, memories, new_left=new_left, seed=seed)
    turned = dict(reversed(memories.items()))
    assert queue == queue_of(items, turned, new_left=new_left, seed=seed)
    assert len(set(queue.items)) == len(queue.items)
    assert set(queue.due) == set(memories)
    fresh = [each.ref for each in items if each.ref not in memories]
    assert set(queue.new) == set(fresh[:new_left])


def test_items_due_at_the_same_time_come_in_an_order_that_the_seed_decides() -> None:
    items = [candidate(f"i{n}") for n in range(6)]
    memories = {each.ref: due_at(NOON) for each in items}
    queues = {queue_of(items, memories, new_left=0, seed=seed).due for seed in range(20)}
    assert len(queues) > 10


def test_ten_thousand_candidates_are_no_matter() -> None:
    items = [candidate(f"i{n}", f"t{n % 300}", f"n{n // 4}") for n in range(10_000)]
    memories = {each.ref: due_at(NOON - n * 1000) for n, each in enumerate(items) if n % 2}
    queue = queue_of(items, memories, new_left=20, seed=3)
    assert (len(queue.due), len(queue.new)) == (5000, 20)
    topic = {each.ref: each.topic for each in items}
    assert alike_neighbours([topic[ref] for ref in queue.items]) == 0


# --------------------------------------------------------------------------- what there is to choose from


@pytest.mark.parametrize(
    ("topics", "tags", "found"),
    [
        ((), (), "1 2 3 4"), (("A",), (), "1 2"), (("A", "B"), (), "1 2 3"), ((), ("x",), "1 3"), ((),
        ("x", "y"), "1 2 3"),
        (("A",), ("y",), "1 2"), (("C",), (), ""), (("B",), ("y",), ""),
    ],
)  # fmt: skip
def test_candidates_are_narrowed_by_topics_and_tags(
    topics: tuple[str, ...], tags: tuple[str, ...], found: str
) -> None:
    items = [
        candidate("1", "A", tags=("x", "y")), candidate("2", "A", tags=("y",)),
        candidate("3", "B", tags=("x",)),
        candidate("4"),
    ]  # fmt: skip
    assert names(tuple(each.ref for each in filtered(items, topics, tags))) == found


@settings(steady, max_examples=tries(20))
@given(drawn=st.lists(banks(), max_size=2))
def test_every_item_of_the_banks_is_a_candidate(drawn: list[Bank]) -> None:
    candidates = candidates_of(drawn)
    assert [each.ref for each in candidates] == [
        (bank.bank, item.id) for bank in drawn for item in bank.items
    ]


def test_a_candidate_is_what_selection_needs_of_its_item() -> None:
    item = Flashcard(id="c", stem="s", back="b", topic="t", cites=("n",), tags=("x",), weight=2)
    bank = Bank(format=1, bank="b", title="B", items=(item,))
    assert candidates_of([bank]) == [Candidate(ItemRef("b", "c"), "t", ("n",), ("x",), 2, kind="flashcard")]


MANY = [
    candidate(name, topic, *cites)
    for name, topic, cites in (
        ("0", "A", "x"), ("1", "C", "y"), ("2", "A", ""), ("3", "A", ""), ("4", "B", "yx"), ("5", "A", "zy"),
        ("6", "B", ""), ("7", "A", "x"), ("8", "A", "yz"), ("9", "A", ""), ("10", "B", "z"), ("11", "C", "x"),
        ("12", "C", "z"), ("13", "B", "xz"), ("14", "A", "y"), ("15", "A", "yx"), ("16", "B", "zy"),
        ("17", "C", ""),
    )
]  # fmt: skip


def test_an_order_is_worked_out_to_its_last_item() -> None:
    placed = tuple(each.ref for each in interleaved(MANY))
    assert names(placed) == "0 1 2 6 3 4 9 10 7 17 5 11 8 12 13 14 16 15"
    memories = {each.ref: due_at(NOON - HOUR * (place // 3)) for place, each in enumerate(MANY[:9])}
    told = queue_of(MANY, memories, new_left=6, seed=3)
    assert (names(told.due), names(told.new)) == ("8 6 7 1 3 4 2 5 0", "11 9 10 14 12 13")
    assert names(told.items) == "8 6 11 7 9 1 10 3 4 14 2 12 5 13 0"
    told = queue_of(MANY, memories, new_left=6, due_left=4, limit=7, seed=3, in_order=("b",))
    assert (names(told.due), names(told.new)) == ("8 6 7 5", "9 10 11")
    assert names(told.items) == "8 9 6 10 7 11 5"
