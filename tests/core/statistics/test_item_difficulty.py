"""Hard items, what is answered instead, and versions of edited items."""

from __future__ import annotations

from collections.abc import Sequence

from quiz.core.content.bank import Bank
from quiz.core.content.grading import Chosen, Entered, Matched, Ordered, Recalled
from quiz.core.content.item_ref import ItemRef
from quiz.core.content.kinds.matching import Matching
from quiz.core.content.kinds.multiple_response import MultipleResponse
from quiz.core.content.kinds.ordering import Ordering
from quiz.core.content.kinds.short_answer import ShortAnswer
from quiz.core.content.kinds.single_choice import SingleChoice
from quiz.core.statistics.item_counts import ItemCounts, ItemMemory, Tally, count_items
from quiz.core.statistics.item_difficulty import (
    ResponseCount,
    Wrong,
    commonest_wrong,
    item_lines,
    never_asked,
    response_counts,
    topic_lines,
)
from tests.fakes import NOON

CAPITAL = SingleChoice(
    id="capital", stem="Capital?", key="Paris", distractors=("Lyon", "Nice"), topic="cities"
)
OCEAN = ShortAnswer(id="ocean", stem="Largest ocean?", key="Pacific", topic="seas")
SALT = ShortAnswer(id="salt", stem="Salt?", key="yes")
BANK = Bank(
    format=1,
    bank="small",
    title="Small",
    topics={"cities": "Cities", "seas": "Seas", "empty": "Empty"},
    items=(CAPITAL, OCEAN, SALT),
)


def tally(item: str, attempts: int, score: float, fingerprint: str | None = None) -> Tally:
    return Tally(item, fingerprint or BANK.by_id[item].fingerprint, attempts, score)


def held(item: str, misses: int = 0) -> ItemMemory:
    return ItemMemory("small", item, NOON, 3, misses, False, 10.0, NOON)


def test_one_unlucky_attempt_makes_no_item_hard() -> None:
    lines = item_lines(BANK, [tally("capital", 1, 0.0), tally("ocean", 20, 8.0), tally("salt", 30, 29.0)], {})
    assert [line.ref.item for line in lines] == ["ocean", "capital", "salt"]
    assert [line.accuracy for line in lines] == [0.4, 0.0, 29 / 30]


def test_earlier_versions_stand_apart_and_last() -> None:
    told = [tally("capital", 5, 0.0, "before"), tally("capital", 5, 5.0), tally("ocean", 5, 4.0)]
    lines = item_lines(BANK, told, {"capital": held("capital", 2)})
    assert [(line.ref.item, line.is_current) for line in lines] == [
        ("ocean", True), ("capital", True), ("capital", False),
    ]  # fmt: skip
    assert lines[1].misses == lines[2].misses == 2
    assert (lines[1].topic, lines[1].stem) == ("Cities", "Capital?")


def test_what_is_gone_from_the_bank_or_was_only_skipped_has_no_line() -> None:
    told = [Tally("gone", "x", 3, 1.0), tally("salt", 0, 0.0)]
    assert item_lines(BANK, told, {}) == []
    assert [ref.item for ref in never_asked(BANK, told)] == ["capital", "ocean", "salt"]
    assert never_asked(BANK, [tally("ocean", 1, 1.0, "before")]) == (
        ItemRef("small", "capital"),
        ItemRef("small", "salt"),
    )


def test_topics_come_in_the_banks_order_and_those_without_one_last() -> None:
    def counted(names: Sequence[str]) -> ItemCounts:
        return count_items(names, {"salt": held("salt")}, at_ms=NOON, day_end=NOON)

    lines = topic_lines(BANK, [tally("capital", 4, 3.0), tally("salt", 2, 0.0)], counted)
    assert [(line.topic, line.attempts, line.accuracy) for line in lines] == [
        ("Cities", 4, 0.75), ("Seas", 0, None), ("", 2, 0.0),
    ]  # fmt: skip
    assert [line.knowledge.known for line in lines] == [0, 0, held("salt").known(NOON)]
    assert [line.knowledge.new for line in lines] == [1, 1, 0]


def test_the_commonest_wrong_response_is_the_same_however_it_is_typed() -> None:
    told = [
        (Entered(("Atlantic",)), 0.0),
        (Entered(("Baltic",)), 0.0),
        (Entered((" the  ATLANTIC ",)), 0.0),
        (Entered(("Pacific",)), 1.0),
        (Entered(("Pacific",)), 1.0),
        (Entered(("Pacific",)), 1.0),
    ]
    assert commonest_wrong(told) == Wrong("Atlantic", 2)
    assert commonest_wrong([(Recalled(1), 0.0), (Entered(("",)), 0.0), (None, 0.0)]) is None


def test_every_option_is_counted_in_the_items_order() -> None:
    told = [(Chosen((text,)), 0.0) for text in ("Lyon", "Paris", "Lyon", "Metz")]
    assert response_counts(CAPITAL, told) == (
        ResponseCount("Paris", 1, True),
        ResponseCount("Lyon", 2, False),
        ResponseCount("Nice", 0, False),
        ResponseCount("Metz", 1, False, False),
    )
    several = MultipleResponse(id="m", stem="S", keys=("a", "b"), distractors=("c",))
    counted = response_counts(several, [(Chosen(("a", "c")), 0.0), (Chosen(("a", "b")), 1.0)])
    assert [(told.text, told.count, told.is_key) for told in counted] == [
        ("a", 2, True), ("b", 1, True), ("c", 1, False),
    ]  # fmt: skip


def test_other_responses_come_by_how_often_they_were_given() -> None:
    told = [(Entered(("Baltic",)), 0.0), (Entered(("pacific",)), 1.0), (Entered(("Pacific",)), 1.0)]
    assert response_counts(OCEAN, told) == (
        ResponseCount("pacific", 2, True),
        ResponseCount("Baltic", 1, False),
    )
    ordering = Ordering(id="o", stem="S", order=("a", "b"))
    assert response_counts(ordering, [(Ordered(("b", "a")), 0.0)]) == (ResponseCount("b → a", 1, False),)


def test_pairs_are_the_same_answer_in_whatever_order_they_were_made() -> None:
    capitals = Matching(id="p", stem="S", pairs={"Italy": "Rome", "Spain": "Madrid"}, distractors=("Oslo",))
    one, other = ({"Italy": "Rome", "Spain": "Oslo"}, {"Spain": "Oslo", "Italy": "Rome"})
    told = [(Matched(one), 0.5), (Matched(other), 0.5), (Matched({"Spain": "Oslo"}), 0.0)]
    assert response_counts(capitals, told) == (
        ResponseCount("Italy — Rome; Spain — Oslo", 2, False, is_partial=True),
        ResponseCount("Spain — Oslo", 1, False),
    )
    assert commonest_wrong(told) == Wrong("Italy — Rome; Spain — Oslo", 2)
