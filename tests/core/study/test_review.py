"""A study session looked at again."""

from __future__ import annotations

import msgspec

from quiz.core.content.grading import Confidence, Verdict
from quiz.core.events.model import Event, EventKind
from quiz.core.session import ItemLookup
from quiz.core.study.review import ReviewedAttempt, study_review
from tests.core.study.lessons import LOOKUP, begun, respond
from tests.fakes import NOON, SECOND


def a_session(*, override: bool = False) -> list[Event]:
    """Answer a typed item wrongly, flag it, and a choice rightly."""
    session = begun("typed", "choice")
    for step in range(4):
        match step:
            case 0:
                event = respond(session, right=False, confidence=Confidence.SURE)
            case 1:
                event = session.flag(NOON + SECOND)
            case 2 if override:
                event = session.override(NOON + 2 * SECOND)
            case 3:
                session = session.advance()
                event = respond(session, right=True)
            case _:
                continue
        session = session.apply(event)
    return list(session.log)


def test_every_attempt_is_told_with_what_was_right() -> None:
    first, second = study_review(a_session(), LOOKUP)
    assert (first.number, first.ref.item, first.stem, first.key) == (1, "typed", "Type.", "Pacific")
    assert (first.verdict, first.response_text, first.confidence) == (
        Verdict.INCORRECT, "Baltic", Confidence.SURE,
    )  # fmt: skip
    assert (first.is_flagged, first.is_overridden, first.is_missed, first.is_same) == (
        True,
        False,
        True,
        True,
    )
    assert not second.is_flagged
    assert second.at > first.at
    assert (second.verdict, second.rationale, second.duration_ms) == (Verdict.CORRECT, "So.", SECOND)


def test_what_was_overruled_counts_as_right() -> None:
    first, _ = study_review(a_session(override=True), LOOKUP)
    assert (first.verdict, first.score, first.is_overridden, first.is_missed) == (
        Verdict.CORRECT, 1.0, True, False,
    )  # fmt: skip


def test_a_rating_overrules_nothing() -> None:
    session = begun("typed")
    session = session.apply(respond(session, right=False))
    session = session.apply(session.rate(3, NOON))
    (told,) = study_review(session.log, LOOKUP)
    assert (told.verdict, told.is_overridden) == (Verdict.INCORRECT, False)


def test_what_was_not_recorded_counts_for_nothing() -> None:
    bare = [
        msgspec.structs.replace(event, score=None, verdict=None, duration_ms=None)
        for event in a_session()
        if event.kind is EventKind.ATTEMPT
    ]
    first, _ = study_review(bare, ItemLookup())
    assert (first.score, first.verdict, first.duration_ms) == (0.0, Verdict.INCORRECT, 0)
    assert (first.topic, first.key, first.rationale) == ("", "", "")
    told = ReviewedAttempt(number=1, ref=first.ref)
    assert (told.is_overridden, told.at) == (False, 0)


def test_without_its_bank_an_attempt_is_still_told() -> None:
    first, _ = study_review(a_session(), ItemLookup())
    assert (first.is_here, first.is_same, first.stem, first.response_text) == (False, False, "", "Baltic")
    assert first.verdict is Verdict.INCORRECT


def test_an_edited_item_is_known_for_it() -> None:
    events = [
        msgspec.structs.replace(event, fingerprint="before") if event.kind is EventKind.ATTEMPT else event
        for event in a_session()
    ]
    first, _ = study_review(events, LOOKUP)
    assert (first.is_here, first.is_same) == (True, False)
