"""What a study session came to."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from quiz.core.content.grading import Chosen, Confidence, Ordered, Response, Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.scheduling.fsrs_schedule import LEECH_AT, Memory
from quiz.core.study.result import StudyResult, study_result
from quiz.core.study.session import StudySession
from tests.core.study.lessons import LOOKUP, answered, begun, ref, respond
from tests.fakes import DAY, NOON, SECOND, lookup_without

TODAY = date(2025, 6, 18)


def came_to(
    session: StudySession, memories: dict[ItemRef, Memory] | None = None, at: int = NOON
) -> StudyResult:
    return study_result(session, memories or {})


def reviewed(due: int, reviews: int = 1, **more: Any) -> Memory:
    return Memory(due, attempts=1, reviews=reviews, **more)


def test_an_untouched_session_came_to_nothing() -> None:
    result = came_to(begun())
    assert (result.asked, result.attempts, result.score, result.duration_ms) == (0, 0, 0, 0)
    assert (result.learnt, result.worth) == ((), ())


def test_items_count_once_and_by_their_first_attempt() -> None:
    session = answered(begun("choice", "typed", "card"), False, True, True, False, True)
    result = came_to(session)
    assert (result.asked, result.right_at_once, result.attempts, result.overrides) == (3, 2, 5, 0)
    assert (result.right_later, result.not_right_yet) == (1, 0)
    assert result.score == pytest.approx(2 / 3)
    assert result.duration_ms == 5 * SECOND


def test_what_the_learner_overruled_counts_as_right() -> None:
    session = begun("typed", "card")
    session = session.apply(respond(session, right=False, confidence=Confidence.SURE))
    session = session.apply(session.override(NOON)).advance()
    result = came_to(session)
    assert (result.right_at_once, result.overrides, result.sure, result.sure_and_right) == (1, 1, 1, 1)
    assert result.worth == ()
    undone = session.apply(session.undo(NOON))
    assert (came_to(undone).right_at_once, came_to(undone).overrides) == (0, 0)


def test_new_items_that_left_the_session_known_were_learnt() -> None:
    session = answered(begun("choice", "typed", "card", "order", gap=9), True, True, True, False)
    memories = {
        ref("choice"): reviewed(NOON + DAY), ref("typed"): reviewed(NOON + DAY, reviews=2),
        ref("card"): reviewed(NOON), ref("order"): reviewed(NOON),
    }  # fmt: skip
    assert came_to(session, memories).learnt == (ref("choice"), ref("card"))
    assert came_to(answered(session, True), memories).learnt == (ref("choice"), ref("card"), ref("order"))
    assert came_to(session).learnt == ()
    half_known = answered(begun("choice", criterion=2), True)
    assert came_to(half_known, memories).learnt == ()
    assert came_to(answered(half_known, True), memories).learnt == (ref("choice"),)


def test_what_was_put_away_before_it_was_right_was_not_learnt() -> None:
    session = begun("choice", "typed")
    session = session.apply(respond(session, right=False))
    session = session.apply(session.bury(NOON))
    session = answered(session, True)
    memories = {ref("choice"): reviewed(NOON + DAY), ref("typed"): reviewed(NOON + DAY)}
    assert came_to(session, memories).learnt == (ref("typed"),)


def test_what_is_worth_another_look_comes_sure_and_wrong_first_then_by_misses() -> None:
    session = begun("choice", "typed", "card", "order", gap=0)
    session = session.apply(respond(session, right=False)).advance()
    session = answered(session, True)
    session = answered(session, False, False, True)
    session = session.apply(respond(session, right=False, confidence=Confidence.SURE)).advance()
    session = answered(session, True)
    session = session.apply(session.flag(NOON))
    session = answered(session, True)
    result = came_to(session, {ref("typed"): reviewed(NOON, misses=LEECH_AT)})
    assert [(each.ref.item, each.misses) for each in result.worth] == [
        ("card", 1), ("typed", 2), ("choice", 1), ("order", 0),
    ]  # fmt: skip
    assert [each.was_sure for each in result.worth] == [True, False, False, False]
    assert [each.is_flagged for each in result.worth] == [False, False, False, True]
    assert [each.is_leech for each in result.worth] == [False, True, False, False]
    shown = result.worth[2]
    assert (shown.stem, shown.key, shown.rationale) == ("Choose.", "Paris", "So.")
    assert (result.sure, result.sure_and_right) == (1, 0)


def test_items_gone_from_their_banks_are_left_out() -> None:
    session = begun("choice", "typed")
    session = answered(session.apply(session.flag(NOON)), False, False)
    lookup = lookup_without(LOOKUP, "choice")
    result = came_to(StudySession.begin(session.header, lookup, session.log))
    assert (result.asked, [each.ref.item for each in result.worth]) == (1, ["typed"])


@pytest.mark.parametrize(
    ("item", "given"),
    [("order", Ordered(("b", "a", "c", "d"))), ("several", Chosen(("2",)))],
)
def test_parts_that_do_not_make_up_the_score_are_not_counted(item: str, given: Response) -> None:
    """Two of four entries are in their places where one of three pairs of neighbours is right."""
    session = begun(item)
    session = session.apply(session.submit(given, at=NOON, duration_ms=SECOND))
    (told,) = came_to(session).worth
    assert (told.verdict, told.missed) == (Verdict.PARTIAL, "")


@pytest.mark.parametrize(
    ("right", "later", "asked", "words"),
    [
        (0, 0, 0, "Nothing was answered"), (3, 0, 3, "right the first time"),
        (1, 2, 3, "right the first time, 2 after another go"),
        (1, 1, 4, "right the first time, 1 after another go, 2 not yet"),
        (0, 0, 1, "right the first time, 1 not yet"),
    ],
)  # fmt: skip
def test_what_became_of_the_questions_is_said_in_words(
    right: int, later: int, asked: int, words: str
) -> None:
    told = StudyResult(
        asked=asked, right_at_once=right, right_later=later, attempts=asked + later, learnt=(),
        duration_ms=61_000,
        worth=(), overrides=0, sure=0, sure_and_right=0, right_stems=(),
    )  # fmt: skip
    assert told.in_words == words
    assert told.not_right_yet == asked - right - later
    answers = f"{asked + later} answer{'' if asked + later == 1 else 's'}"
    assert told.work_in_words == f"{answers} in 1:01"
    learnt = msgspec.structs.replace(told, learnt=(ref("card"), ref("order")))
    assert learnt.work_in_words == f"2 new learned · {answers} in 1:01"


def test_what_was_right_is_named_by_its_stem_and_what_was_missed_by_its_parts() -> None:
    session = answered(begun("typed", "choice", gap=9), True, False)
    result = came_to(session)
    assert (result.right_stems, result.missed) == (("Type.",), (ref("choice"),))
    (told,) = result.worth
    assert (told.verdict, told.missed, told.misses) == (Verdict.INCORRECT, "", 1)
    flagged = begun("typed")
    (told,) = came_to(flagged.apply(flagged.flag(NOON))).worth
    assert (told.verdict, told.missed, told.misses, told.was_sure) == (None, "", 0, False)
