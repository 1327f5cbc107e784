"""How far a study session has come, as the top line tells it."""

from __future__ import annotations

import msgspec

from quiz.core.content.bank import Bank
from quiz.core.content.grading import Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.session import ItemLookup
from quiz.core.study.progress import progress
from quiz.core.study.session import StudySession
from tests.core.study.lessons import BANK, ITEMS, answered, begun, header, respond
from tests.fakes import NOON

RIGHT, WRONG = Verdict.CORRECT, Verdict.INCORRECT


def test_an_item_counts_from_when_it_is_asked_until_the_last() -> None:
    session = begun("choice", "typed", "card")
    assert progress(session) == (1, 3, (None, None, None), 0, 0, False, "A bank")
    session = session.apply(respond(session))
    assert progress(session)[:3] == (1, 3, (RIGHT, None, None))
    session = session.advance()
    assert progress(session)[:3] == (2, 3, (RIGHT, None, None))
    session = answered(session, True, True)
    assert progress(session)[:3] == (3, 3, (RIGHT, RIGHT, RIGHT))


def test_an_item_that_comes_again_keeps_its_first_mark_and_is_none_more() -> None:
    session = answered(begun("choice", "card", gap=1), False, True)
    assert progress(session)[:4] == (2, 2, (WRONG, RIGHT), 0)
    assert progress(answered(session, True))[:4] == (2, 2, (WRONG, RIGHT), None)


def test_what_is_still_to_be_repeated_is_counted_down() -> None:
    session = begun("choice", "card", gap=1)
    told = [progress(session).in_words]
    for is_right in (False, False, True, True):
        session = answered(session, is_right)
        told.append(progress(session).in_words)
    assert told == [
        "1 of 2",
        "2 of 2 · 1 to get right",
        "2 of 2 · 2 to get right",
        "2 of 2 · 1 to get right",
        "2 of 2",
    ]


def test_what_left_the_session_unanswered_is_not_counted() -> None:
    session = begun("choice", "typed", "card")
    session = session.apply(session.bury(NOON))
    assert progress(session)[:3] == (1, 2, (None, None))
    session = answered(session, True)
    session = session.apply(session.skip(NOON))
    assert progress(session)[:3] == (1, 1, (RIGHT,))


def test_what_was_overruled_is_marked_as_right() -> None:
    session = begun("typed", "card")
    session = session.apply(respond(session, right=False))
    assert progress(session).marks == (WRONG, None)
    session = session.apply(session.override(NOON))
    assert progress(session).marks == (RIGHT, None)


def test_a_flag_is_the_current_items_and_nobodys_at_the_end() -> None:
    session = begun("choice", "card")
    session = session.apply(session.flag(NOON))
    assert progress(session).is_flagged
    session = answered(session, True)
    assert not progress(session).is_flagged
    session = session.apply(session.flag(NOON))
    assert progress(session).is_flagged
    assert not progress(answered(session, True)).is_flagged


def test_several_banks_are_counted_and_items_that_are_gone_are_not() -> None:
    other = Bank(format=1, bank="other", title="Another", items=(ITEMS["card"][0],))
    asked = (ItemRef("b", "choice"), ItemRef("other", "card"), ItemRef("b", "gone"))
    told = msgspec.structs.replace(header(), banks=("b", "other"), items=asked)
    both = progress(StudySession.begin(told, ItemLookup.of(BANK, other)))
    assert (both.total, both.title) == (2, "2 banks")


def test_a_session_in_which_all_was_put_off_still_says_which_bank() -> None:
    session = begun("choice")
    session = session.apply(session.bury(NOON))
    assert progress(session).title == "A bank"
