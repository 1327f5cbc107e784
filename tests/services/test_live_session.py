"""What sessions in progress share, whatever their mode: saved before shown, other windows, observers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from quiz.core.content.grading import Grade
from quiz.core.content.item_ref import ItemRef
from quiz.core.drill.settings import DrillSettings
from quiz.core.events.model import EventKind
from quiz.core.exam.settings import ExamSettings
from quiz.core.session import Phase
from quiz.core.study_filter import StudyFilter
from quiz.errors import DiskFull, RecordConflict
from quiz.services.drill.start import DrillPlan, resume_drill, start_drill
from quiz.services.exam.start import resume_exam, start_exam
from quiz.services.left_sessions import end_session
from quiz.services.live_session import LiveSession
from quiz.services.study.live import LiveStudy
from quiz.services.study.start import resume_study, start_study
from quiz.services.workspace import Workspace
from tests.fakes import SECOND, FakeClock, make_workspace
from tests.sample_banks import SMALL


@pytest.fixture
def small(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Any:
    made = make_workspace(tmp_path, bank_file(SMALL), clock=clock)
    yield made
    made.record.close()


class Played(NamedTuple):
    """How a session of some mode is begun, taken up and gone on with."""

    start: Callable[[Workspace], Any]
    resume: Callable[[Workspace, Any], Any]
    step: Callable[[Any], None]


def study(workspace: Workspace) -> LiveStudy:
    live = start_study(workspace, StudyFilter())
    assert live is not None
    live.flag()
    return live


MODES = {
    "study": Played(study, resume_study, lambda live: live.skip()),
    "exam": Played(
        lambda workspace: start_exam(workspace, (), ExamSettings(items=3)),
        resume_exam,
        lambda live: live.flag(),
    ),
    "drill": Played(
        lambda workspace: start_drill(workspace, DrillPlan(settings=DrillSettings(format="vote"))),
        resume_drill,
        lambda live: live.append(
            live.drill.start(live.now()) if live.drill.stage == "ready" else live.drill.skip(live.now())
        ),
    ),
}


@pytest.fixture(params=MODES)
def played(request: pytest.FixtureRequest) -> Played:
    return MODES[request.param]


def test_observers_are_told_of_each_change_once_it_is_on_record(small: Workspace, played: Played) -> None:
    live: LiveSession[Any] = played.start(small)
    seen = []
    end = live.observe(
        lambda: seen.append((live.session.n, len(small.record.events(live.session.header.id))))
    )
    played.step(live)
    played.step(live)
    assert [n for n, _ in seen] == [n for _, n in seen] == [live.session.n - 1, live.session.n]
    end()
    played.step(live)
    assert len(seen) == 2


def test_what_could_not_be_saved_did_not_happen(
    small: Workspace, played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = played.start(small)
    before, told = live.session, []
    live.observe(lambda: told.append(1))

    def refuse(*_: object) -> None:
        raise DiskFull("There is no room on the disk.")

    with monkeypatch.context() as patched:
        patched.setattr(small.record, "append", refuse)
        with pytest.raises(DiskFull):
            played.step(live)
    assert (live.session, told) == (before, [])
    played.step(live)
    assert live.session.n > before.n


def test_where_another_window_went_on_it_stands_there_and_goes_on(
    small: Workspace, clock: FakeClock, played: Played
) -> None:
    live = played.start(small)
    other = played.resume(small, live.session.header)
    played.step(other)
    seen: list[int] = []
    live.observe(lambda: seen.append(live.session.n))
    clock.go_on(SECOND)
    with pytest.raises(RecordConflict):
        played.step(live)
    assert live.session == other.session
    assert seen == [live.session.n]
    played.step(live)
    assert live.session.n > other.session.n


def test_a_study_session_that_another_window_ended_is_over_here_at_the_next_step(small: Workspace) -> None:
    live = study(small)
    other = resume_study(small, live.session.header)
    answer(live)
    end_session(small, live.session.header)
    with pytest.raises(RecordConflict):
        live.rate(3)
    assert live.session.phase is Phase.FINISHED
    assert live.session.has_ended
    with pytest.raises(RecordConflict):
        other.skip()
    assert other.session.phase is Phase.FINISHED
    kinds = [event.kind for event in small.record.events(live.session.header.id)]
    assert kinds == [EventKind.FLAG, EventKind.ATTEMPT, EventKind.END]


def test_two_windows_that_reach_the_end_end_it_once(small: Workspace, clock: FakeClock) -> None:
    live = study(small)
    while len(live.session.queue) > 1:
        answer(live)
        live.advance()
    answer(live)
    other = resume_study(small, live.session.header)
    assert other.session.phase is Phase.FINISHED
    clock.go_on(SECOND)
    with pytest.raises(RecordConflict):
        live.advance()
    assert live.session.phase is Phase.FINISHED
    assert [e.kind for e in small.record.events(live.session.header.id)].count(EventKind.END) == 1


def answer(live: LiveStudy) -> None:
    live.submit(live.session.current.item.key_response())


def test_an_answer_is_graded_once_and_its_memory_read_once_before_and_once_after(
    small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = study(small)
    graded: list[str] = []
    read: list[ItemRef] = []
    memory = small.record.memory
    monkeypatch.setattr(
        small.record, "memory", lambda learner, ref: (read.append(ref), memory(learner, ref))[1]
    )
    bank_item = live.session.current
    grade = type(bank_item.item).grade

    def counted(item: Any, *args: Any) -> Grade:
        graded.append(item.id)
        return grade(item, *args)

    monkeypatch.setattr(type(bank_item.item), "grade", counted)
    assert live.is_new_topic() in {True, False}
    live.intervals()
    answer(live)
    assert live.session.grade.score == 1
    live.coming_back()
    assert not live.is_new_leech
    assert graded == [bank_item.item.id]
    assert read == [bank_item.ref, bank_item.ref]


def test_what_ratings_would_do_is_told_of_the_attempt_that_is_reviewed(small: Workspace) -> None:
    """Taking a step back may lead to the review of an earlier attempt: its intervals are the same again."""
    live = study(small)
    answer(live)
    before = live.coming_back()
    live.bury()
    answer(live)
    live.undo()
    live.undo()
    assert live.coming_back().intervals == before.intervals
    elsewhere = LiveStudy(small.record, small.clock, live.session)
    assert elsewhere.coming_back().intervals == before.intervals
