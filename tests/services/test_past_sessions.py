"""Sessions that are over, and taking one out of the count."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from quiz.core.content.grading import Chosen
from quiz.core.events.model import EventKind, Mode
from quiz.core.study_filter import StudyFilter
from quiz.errors import UsageError
from quiz.services.past_sessions import (
    past_attempts,
    past_drill,
    past_study,
    session_named,
    void_session,
)
from quiz.services.study.start import start_study
from quiz.services.workspace import Workspace
from tests.fakes import FakeClock, make_workspace
from tests.record.record_stress import attempt, event, header
from tests.record.totals import day_totals
from tests.sample_banks import SMALL


@pytest.fixture
def small(tmp_path: Path, clock: FakeClock, bank_file) -> Iterator[Workspace]:  # type: ignore[no-untyped-def]
    made = make_workspace(tmp_path, bank_file(SMALL), clock=clock)
    yield made
    made.record.close()


def studied(workspace: Workspace) -> str:
    """Answer the first item of a study session wrongly and leave it."""
    live = start_study(workspace, StudyFilter())
    assert live is not None
    live.shown()
    live.submit(Chosen(("Lyon",)))
    return live.session.header.id


def test_a_study_session_is_looked_at_again(small: Workspace) -> None:
    past = past_study(small, studied(small))
    assert (past.learner, past.titles, past.is_ended) == ("mina", ("A small bank",), False)
    (told,) = past.attempts
    assert told.is_missed
    assert told.ref in past.lookup


def test_it_is_even_without_its_bank(small: Workspace, tmp_path: Path) -> None:
    session = studied(small)
    (tmp_path / "banks" / "bank.yaml").unlink()
    past = past_study(small, session)
    assert past.titles == ("small",)
    assert past.attempts[0].stem == ""


def test_only_study_sessions_are(small: Workspace) -> None:
    test = header(small.learner.id, Random(1), mode=Mode.EXAM)
    small.record.start(test)
    with pytest.raises(UsageError, match="not a study session"):
        past_study(small, test.id)
    with pytest.raises(UsageError, match="not a drill"):
        past_drill(small, test.id)
    for nothing in ("018d7847-fc00-7fb6-8ff6-883f90c2aa36", "what"):
        with pytest.raises(UsageError, match="no session"):
            past_study(small, nothing)


@pytest.mark.parametrize(
    "drill", [{}, {"format": "new"}, {"format": 5}, "buzz", {"format": "buzz", "pupils": 5}]
)
def test_a_drill_that_cannot_be_shown_is_told(small: Workspace, drill: object) -> None:
    made = header(small.learner.id, Random(1), mode=Mode.DRILL, settings={"drill": drill})
    small.record.start(made)
    if drill == {}:
        past_drill(small, made.id)
        return
    with pytest.raises(UsageError, match="drill"):
        past_drill(small, made.id)


def test_a_void_session_counts_no_longer_but_stays(small: Workspace) -> None:
    session = studied(small)
    assert day_totals(small.record, small.learner.id)
    void_session(small, session)
    assert day_totals(small.record, small.learner.id) == []
    assert small.record.memories(small.learner.id) == {}
    assert small.record.sessions() == []
    events = small.record.events(session)
    assert [told.kind for told in events] == [EventKind.ATTEMPT, EventKind.VOID]
    assert events[-1].at >= events[0].at
    assert small.record.rebuild_memory() == 0


def test_a_session_is_named_by_the_beginning_of_its_id(small: Workspace) -> None:
    rng = Random(4)
    one, other = (header(small.learner.id, rng) for _ in range(2))
    for made in (one, other):
        small.record.start(made)
    assert session_named(small, one.id.upper()) == one.id
    assert session_named(small, one.id[:-1]) == one.id
    with pytest.raises(UsageError, match="2 sessions have ids"):
        session_named(small, one.id[:8])
    for nothing in (one.id[:3], "00000000"):
        with pytest.raises(UsageError, match="no session"):
            session_named(small, nothing)


def test_every_attempt_is_told_with_what_became_of_it(small: Workspace) -> None:
    rng = Random(1)
    made, void = (header(small.learner.id, rng) for _ in range(2))
    small.record.start_with(
        made,
        [
            attempt(1),
            attempt(2, score=0.0),
            event(3, EventKind.UNDO, 1),
            event(4, EventKind.OVERRIDE, 2),
        ],
    )
    small.record.start_with(void, [attempt(1), event(2, EventKind.VOID)])
    told = {
        (one.header.id, one.event.n): (one.counts, one.is_overridden) for one in past_attempts(small.record)
    }
    assert told == {(made.id, 1): (False, False), (made.id, 2): (True, True), (void.id, 1): (False, False)}
