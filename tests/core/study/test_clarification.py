"""An answer that is neither right nor wrong is asked for once more, and nothing is lost by it."""

from __future__ import annotations

from quiz.core.content.bank import Bank
from quiz.core.content.grading import Entered, Verdict
from quiz.core.content.kinds.short_answer import ShortAnswer
from quiz.core.events.model import Event, EventKind
from quiz.core.session import ItemLookup, Phase
from quiz.core.study.clarification import remark_in
from quiz.core.study.session import StudySession
from tests.core.study.lessons import header
from tests.fakes import NOON, SECOND

ITEMS = (
    ShortAnswer(id="valley", stem="Where?", key="Silicon Valley"),
    ShortAnswer(id="ocean", stem="Which?", key="Pacific"),
)
LOOKUP = ItemLookup.of(Bank(format=1, bank="b", title="A bank", items=ITEMS))


def begun(*events: Event) -> StudySession:
    return StudySession.begin(header("valley", "ocean"), LOOKUP, events)


def given(session: StudySession, text: str) -> Event:
    return session.submit(Entered((text,)), at=NOON + session.n, duration_ms=SECOND)


def test_it_is_asked_again_once_and_then_graded() -> None:
    session = begun()
    first = given(session, "Silicon")
    assert (first.kind, first.verdict, first.score) == (EventKind.DRAFT, None, None)
    assert remark_in(first) == "that is only part of it"
    session = session.apply(first)
    assert (session.phase, session.clarification) == (Phase.ANSWERING, first)
    assert (session.attempts, session.queue) == ((), begun().queue)
    again = given(session, "the Silicon Valley")
    assert (again.kind, again.verdict) == (EventKind.ATTEMPT, Verdict.CORRECT)
    repeated = given(session, "Silicon")
    assert (repeated.kind, repeated.verdict) == (EventKind.ATTEMPT, Verdict.INCORRECT)
    assert session.apply(repeated).grade.notice == "“Silicon” was close: that is only part of it."


def test_what_is_plainly_wrong_is_not_asked_again() -> None:
    assert given(begun(), "Paris").kind is EventKind.ATTEMPT


def test_at_the_next_visit_it_is_asked_again_anew() -> None:
    session = begun()
    for text in ("Silicon", "Paris"):
        session = session.apply(given(session, text))
    session = session.advance()
    session = session.apply(given(session, "Pacific")).advance()
    assert session.current.item.id == "valley"
    assert session.clarification is None
    assert given(session, "Silicon").kind is EventKind.DRAFT


def test_it_is_rebuilt_from_its_events_and_undone_with_the_attempt_before() -> None:
    session = begun()
    for text in ("Silicon Valley", "Pacific Rim or Ocean"):
        session = session.apply(given(session, text))
        session = session.advance() if session.phase is Phase.REVIEWING else session
    assert session.clarification is not None
    rebuilt = begun(*session.log)
    assert (rebuilt.clarification, rebuilt.queue, rebuilt.phase) == (
        session.clarification,
        session.queue,
        session.phase,
    )
    undone = session.apply(session.undo(NOON))
    assert (undone.current.item.id, undone.clarification, undone.log) == ("valley", None, ())


def test_going_on_to_it_is_told_by_the_draft_alone() -> None:
    session = StudySession.begin(header("valley"), LOOKUP)
    missed = session.apply(given(session, "Paris"))
    draft = given(missed.advance(), "Silicon")
    rebuilt = StudySession.begin(header("valley"), LOOKUP, (*missed.log, draft))
    assert (rebuilt.phase, rebuilt.clarification) == (Phase.ANSWERING, draft)
