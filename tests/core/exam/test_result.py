"""What an exam came to."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.content.bank import Bank
from quiz.core.content.grading import Confidence, Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.model import Event, EventKind
from quiz.core.exam.result import CertaintyPart, PartScore, clock_remark, per_cent_text, result_of
from quiz.core.exam.result import ExamResult as Result
from quiz.core.exam.session import By
from quiz.core.exam.session import ExamSession as Session
from quiz.core.item_result import ItemResult, ReviewFilter, item_results, points_text, weight_of
from quiz.core.session import ItemLookup
from tests.core.exam.exams import CAPITAL, CITIES, EXAM, HALF, OCEAN, PLANETS, RIGHT, WRONG, begun
from tests.fakes import MINUTE, NOON, SECOND

MIXED = {CAPITAL: RIGHT[CAPITAL], OCEAN: WRONG[OCEAN], CITIES: HALF[CITIES]}


def finished(
    responses: dict[ItemRef, Any],
    said: dict[ItemRef, Confidence] | None = None,
    lookup: ItemLookup | None = None,
    by: By = By.LEARNER,
    items_asked: tuple[ItemRef, ...] = (),
    **told: Any,
) -> Session:
    """Return an exam that was handed in, ten seconds spent on each item."""
    session, at = begun(*items_asked, lookup=lookup, **told), NOON
    for place, ref in enumerate(session.items):
        if place:
            session = session.apply(session.show(place, at))
        at += 10 * SECOND
        event = session.draft(responses[ref], at, (said or {}).get(ref)) if ref in responses else None
        session = session if event is None else session.apply(event)
    for event in session.hand_in(at, by):
        session = session.apply(event)
    return session


def result(*args: Any, earlier: tuple[float, ...] = (), **more: Any) -> Result:
    return result_of(finished(*args, **more), "Mina", ["An exam"], earlier)


def test_points_count_by_weight() -> None:
    told = result(MIXED)
    assert (told.points, told.out_of) == (1.5, 5.0)
    assert told.share == pytest.approx(0.3)


def test_without_weights_every_item_counts_one() -> None:
    told = result(MIXED, weights=False)
    assert (told.points, told.out_of) == (1.5, 4.0)


def test_verdicts_are_counted() -> None:
    told = result(MIXED)
    assert {verdict: told.count(verdict) for verdict in Verdict} == dict.fromkeys(Verdict, 1)


def test_an_item_that_says_nothing_earned_nothing_of_one_point() -> None:
    item = ItemResult(number=1, ref=CAPITAL)
    assert (item.stem, item.topic, item.key, item.rationale, item.response_text) == ("", "", "", "", "")
    assert (item.score, item.weight, item.duration_ms, item.is_flagged, item.is_here) == (
        0,
        1,
        0,
        False,
        True,
    )
    assert ItemResult(number=1, ref=CAPITAL, score=0.5, weight=3).points == 1.5


def test_items_are_numbered_as_in_the_form_and_say_what_was_given() -> None:
    told = result(MIXED).items
    assert [item.number for item in told] == [1, 2, 3, 4]
    assert [item.response_text for item in told] == ["Paris", "Baltic", "France — Paris", ""]


@pytest.mark.parametrize(("weight", "counted"), [(2, 2.0), (None, 1.0), ("3", 1.0)])
def test_a_weight_that_was_not_recorded_is_one(weight: object, counted: float) -> None:
    session = finished(MIXED)
    bare = [
        msgspec.structs.replace(event, body={} if weight is None else {"weight": weight}, duration_ms=None)
        for event in session.attempts.values()
    ]
    told = item_results(session.header, bare, (), ItemLookup())
    assert [(item.weight, item.duration_ms) for item in told] == [(counted, 0)] * 4


def test_topics_come_in_the_forms_order() -> None:
    topics = [(part.name, part.items, part.points, part.out_of) for part in result(MIXED).topics]
    assert topics == [("Places", 2, 1.5, 2.0), ("Seas", 1, 0.0, 2.0), ("The sky", 1, 0.0, 1.0)]


def test_times_are_those_spent_on_the_items() -> None:
    told = result(MIXED)
    assert [item.duration_ms for item in told.items] == [10 * SECOND] * 4
    assert (told.median_ms, told.duration_ms) == (10 * SECOND, 40 * SECOND)


def test_items_without_a_topic_come_last() -> None:
    items = [ItemResult(number=n, ref=CAPITAL, topic=topic) for n, topic in enumerate(["", "b", "a"])]
    told = msgspec.structs.replace(result(MIXED), items=tuple(items))
    assert [part.name for part in told.topics] == ["b", "a", ""]


def test_shares_are_of_what_there_was() -> None:
    assert [part.share for part in result(MIXED).topics] == [0.75, 0.0, 0.0]
    assert PartScore(name="", items=0, points=0.0, out_of=0.0).share == 0.0
    assert CertaintyPart(confidence=Confidence.SURE, items=0, score=0.0, mark=0.0).share == 0.0


def test_a_share_is_written_with_the_pass_mark_in_mind() -> None:
    two_of_three = {CAPITAL: RIGHT[CAPITAL], CITIES: RIGHT[CITIES]}
    told = result(two_of_three, items_asked=(CAPITAL, CITIES, PLANETS), pass_mark=67)
    assert (told.has_passed, told.per_cent) == (False, "66.7")


def test_a_test_that_is_handed_in_at_once_took_no_time() -> None:
    session = begun()
    for event in session.hand_in(NOON):
        session = session.apply(event)
    told = result_of(session)
    assert (told.duration_ms, told.learner, told.banks, told.earlier) == (0, "", ("exam",), ())
    assert (told.has_marks, told.mark) == (False, 0.0)


@pytest.mark.parametrize(("pass_mark", "passed"), [(None, None), (30, True), (31, False)])
def test_the_pass_mark_is_reached_or_not(pass_mark: int | None, passed: bool | None) -> None:
    assert result(MIXED, pass_mark=pass_mark).has_passed is passed


def test_certainty_based_marks_stand_beside_the_plain_ones() -> None:
    said = {CAPITAL: Confidence.SURE, OCEAN: Confidence.SURE, CITIES: Confidence.GUESS}
    told = result(MIXED, said, confidence=True, weights=False)
    assert [item.mark for item in told.items] == [3.0, -6.0, 0.5, None]
    assert (told.mark, told.best_mark, told.points) == (-2.5, 12.0, 1.5)
    parts = [(part.confidence, part.items, part.share, part.mark) for part in told.certainty]
    assert parts == [(Confidence.SURE, 2, 0.5, -3.0), (Confidence.GUESS, 1, 0.5, 0.5)]


def test_certainty_based_marks_count_by_weight() -> None:
    told = result({OCEAN: RIGHT[OCEAN]}, {OCEAN: Confidence.SURE}, confidence=True)
    assert told.mark == 6.0


@pytest.mark.parametrize(
    ("chosen", "refs"),
    [
        (ReviewFilter.ALL, [CAPITAL, OCEAN, CITIES, PLANETS]),
        (ReviewFilter.WRONG, [OCEAN, PLANETS]),
        (ReviewFilter.PARTIAL, [CITIES]),
        (ReviewFilter.FLAGGED, []),
        (ReviewFilter.SURE_AND_WRONG, [OCEAN]),
    ],
)
def test_filters_admit_what_their_names_say(chosen: ReviewFilter, refs: list[ItemRef]) -> None:
    said = {CAPITAL: Confidence.SURE, OCEAN: Confidence.SURE, CITIES: Confidence.GUESS}
    told = result(MIXED, said, confidence=True)
    assert [item.ref for item in told.items if chosen.admits(item)] == refs


def test_flagged_items_are_known() -> None:
    session = begun()
    for event in (session.flag(NOON), *session.apply(session.flag(NOON)).hand_in(NOON)):
        session = session.apply(event)
    told = result_of(session)
    assert [item.ref for item in told.items if ReviewFilter.FLAGGED.admits(item)] == [CAPITAL]


def test_missed_items_are_all_that_were_not_fully_right() -> None:
    assert result(MIXED).missed == (OCEAN, CITIES, PLANETS)


def test_what_was_recorded_stands_whatever_became_of_the_bank() -> None:
    before = finished(MIXED)
    changed = msgspec.structs.replace(EXAM.items[0], key="Lyon", distractors=("Paris", "Nice"))
    bank = Bank(format=1, bank="exam", title="An exam", items=(changed, EXAM.items[2]))
    after = Session.begin(
        before.header, ItemLookup.of(bank), [*before.drafts.values(), *before.attempts.values(), _end(before)]
    )
    told, once = result_of(after), result_of(before)
    assert (told.points, told.out_of) == (once.points, once.out_of)
    assert [item.is_here for item in told.items] == [True, False, True, False]
    assert [item.is_same for item in told.items] == [False, True, True, True]
    assert told.missed == (CITIES,)


def _end(session: Session) -> Any:
    assert session.ended is not None
    return session.ended


def test_it_says_who_handed_in() -> None:
    assert result(MIXED).by is By.LEARNER
    assert result(MIXED, by=By.CLOCK).by is By.CLOCK


def test_a_test_that_goes_on_has_no_result() -> None:
    with pytest.raises(ValueError, match="not handed in"):
        result_of(begun(minutes=5))


def test_a_test_ended_without_attempts_comes_to_nothing() -> None:
    session = begun()
    session = session.apply(session.hand_in(NOON + MINUTE)[-1])
    told = result_of(session)
    assert (told.items, told.share, told.out_of, told.median_ms) == ((), 0.0, 0, 0)


@pytest.mark.parametrize(
    ("points", "text"),
    [(0.0, "0"), (14.0, "14"), (14.5, "14.5"), (2 / 3, "0.67"), (-0.001, "0"), (-1.5, "-1.5")],
)
def test_points_are_written_without_what_says_nothing(points: float, text: str) -> None:
    assert points_text(points) == text


@pytest.mark.parametrize(
    ("share", "pass_mark", "text"),
    [
        (2 / 3, None, "67"),
        (0.596, None, "60"),
        (0.596, 60, "59.6"),
        (0.59996, 60, "< 60"),
        (0.6, 60, "60"),
        (0.604, 60, "60"),
    ],
)
def test_rounding_never_shows_a_pass_that_was_none(share: float, pass_mark: int | None, text: str) -> None:
    assert per_cent_text(share, pass_mark) == text


@given(st.floats(0, 1), st.integers(1, 100))
def test_a_shown_per_cent_agrees_with_the_pass_mark(share: float, pass_mark: int) -> None:
    shown = per_cent_text(share, pass_mark)
    if share * 100 < pass_mark - 1e-9:
        assert shown == f"< {pass_mark}" or float(shown) < pass_mark
    else:
        assert float(shown) >= pass_mark - 0.5


def test_a_clock_that_was_set_back_is_remarked_on() -> None:
    told = result(MIXED)
    assert (told.set_back_ms, clock_remark(told)) == (0, "")
    assert clock_remark(msgspec.structs.replace(told, set_back_ms=61_000)) == (
        "The computer's clock was set back by 1:01 while the exam was left; the exam's own clock went on."
    )


def test_a_share_below_the_pass_mark_does_not_read_as_if_it_had_passed() -> None:
    cases: list[tuple[float, float | None, str]] = [
        (0.5, 50, "50"), (0.499, 50, "49.9"), (0.4999, 50, "49.99"), (0.49999, 50, "< 50"), (0.494, 50, "49"),
        (0.0, None, "0"), (0.001, None, "1"), (0.999, None, "99"), (1.0, 100, "100"), (0.999, 100, "99"),
        (0.5 - 1e-12, 50, "50"),
    ]  # fmt: skip
    for share, pass_mark, text in cases:
        assert per_cent_text(share, pass_mark) == text


def test_a_weight_is_believed_from_0_to_a_million() -> None:
    for weight, believed in (
        (0, 0.0),
        (0.5, 0.5),
        (1_000_000, 1e6),
        (1_000_000.5, 1.0),
        (-0.1, 1.0),
        ("2", 1.0),
    ):
        event = Event(n=1, kind=EventKind.ATTEMPT, at=NOON, body={"weight": weight})
        assert weight_of(event) == believed
    assert weight_of(Event(n=1, kind=EventKind.ATTEMPT, at=NOON)) == 1.0


def test_points_are_written_without_zeros_at_their_end() -> None:
    shown = {
        0.0: "0",
        1.0: "1",
        10.0: "10",
        100.0: "100",
        1.5: "1.5",
        1.25: "1.25",
        1 / 3: "0.33",
        -0.001: "0",
    }
    assert {points: points_text(points) for points in shown} == shown
