"""Starting an exam, going on with one, and finding what it came to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quiz.config.settings import Config
from quiz.core.events.model import Mode
from quiz.core.exam.form_code import form_code
from quiz.core.exam.settings import ExamSettings as Settings
from quiz.core.exam.settings import exam_settings
from quiz.core.session import Phase
from quiz.core.study_filter import StudyFilter
from quiz.errors import BankError, UsageError
from quiz.services.exam.live import LiveExam
from quiz.services.exam.results import (
    earlier_shares,
    finished_exam,
    result_of_exam,
)
from quiz.services.exam.start import hand_in_left, resume_exam, start_exam
from quiz.services.home import home_view
from quiz.services.left_sessions import end_session
from quiz.services.past_sessions import last_result
from quiz.services.study.start import start_study
from quiz.services.workspace import Workspace
from tests.conftest import QUESTIONS
from tests.fakes import DAY, MINUTE, FakeClock, make_workspace


@pytest.fixture
def both(tmp_path: Path, clock: FakeClock) -> Iterator[Workspace]:
    """A workspace on two banks."""
    made = make_workspace(tmp_path, QUESTIONS / "courtship.yaml", QUESTIONS / "words.yaml", clock=clock)
    yield made
    made.record.close()


def take(workspace: Workspace, right: int, settings: Settings | None = None, *banks: str) -> LiveExam:
    """Take an exam with so many items right and the others left empty."""
    live = start_exam(workspace, banks or ("courtship",), settings or Settings(items=4), seed=5)
    for ref in live.session.items[:right]:
        live.answer(live.session.lookup[ref].item.key_response())
    live.hand_in()
    return live


def test_the_same_seed_is_the_same_form_with_the_same_options(both: Workspace) -> None:
    settings = Settings(items=12)
    one = start_exam(both, ("courtship", "words"), settings, seed=99).session
    other = start_exam(both, ("words", "courtship"), settings, seed=99).session
    assert one.items == other.items
    assert len(one.items) == 12
    for place in range(12):
        shown = [session.apply(session.show(place, session.at)).interaction for session in (one, other)]
        assert shown[0] == shown[1]
    banks = both.banks(("courtship", "words"))
    assert exam_settings(one.header).form == str(form_code(banks, settings, 99))


def test_without_a_seed_every_test_is_another_form(workspace: Workspace) -> None:
    forms = {start_exam(workspace, (), Settings(items=5)).session.settings.form for _ in range(5)}
    assert len(forms) == 5


def test_the_opening_says_whether_the_schedule_is_fed(tmp_path: Path) -> None:
    config = Config(tests_feed_study=False)
    workspace = make_workspace(tmp_path, QUESTIONS / "courtship.yaml", config=config)
    take(workspace, 2)
    assert workspace.record.memories(workspace.learner.id) == {}
    workspace.record.close()


def test_first_responses_feed_the_schedule(workspace: Workspace) -> None:
    live = take(workspace, 2)
    assert set(workspace.record.memories(workspace.learner.id)) == set(live.session.items[:2])


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (Settings(topics=("visits",)), "Did you mean “visit”"),
        (Settings(counts={"nowhere": 2}), "There are: call"),
        (Settings(tags=("none",)), "no tag “none”"),
        (Settings(topics=("visit",), counts={"visit": 0}), "nothing to ask"),
    ],
)
def test_what_cannot_be_asked_is_refused(workspace: Workspace, settings: Settings, words: str) -> None:
    with pytest.raises(UsageError) as refused:
        start_exam(workspace, ("courtship",), settings)
    assert words in str(refused.value)
    assert workspace.record.sessions(mode=Mode.EXAM) == []


def test_a_test_that_was_left_goes_on(workspace: Workspace) -> None:
    live = start_exam(workspace, (), Settings(items=4))
    live.answer(live.session.current.item.key_response())
    live.leave()
    header = workspace.unfinished()
    assert header is not None
    assert resume_exam(workspace, header).session.items == live.session.items


def test_a_test_waits_for_a_bank_that_cannot_be_used(tmp_path: Path, workspace: Workspace) -> None:
    live = start_exam(workspace, (), Settings(items=4, minutes=1))
    elsewhere = make_workspace(tmp_path, QUESTIONS / "words.yaml", clock=FakeClock(time=live.now() + DAY))
    with pytest.raises(BankError):
        resume_exam(elsewhere, live.session.header)
    assert workspace.record.unfinished(workspace.learner.id)
    elsewhere.record.close()


def test_a_test_that_was_left_can_be_handed_in_as_it_is(workspace: Workspace) -> None:
    live = start_exam(workspace, (), Settings(items=4))
    live.answer(live.session.current.item.key_response())
    done = hand_in_left(workspace, live.session.header)
    assert done.session.phase is Phase.FINISHED
    assert result_of_exam(workspace, finished_exam(workspace, last_result(workspace))).points == 1


def test_home_says_how_much_of_a_test_that_was_left_is_answered(workspace: Workspace) -> None:
    live = start_exam(workspace, (), Settings(items=4))
    for _ in range(2):
        live.answer(live.session.current.item.key_response())
    live.leave()
    left = home_view(workspace).unfinished
    assert left is not None
    assert (left.mode, left.answered, left.items) == ("exam", 2, 4)


def test_ending_a_test_that_was_left_hands_it_in(workspace: Workspace) -> None:
    live = start_exam(workspace, (), Settings(items=4))
    live.answer(live.session.current.item.key_response())
    end_session(workspace, live.session.header)
    told = result_of_exam(workspace, finished_exam(workspace, live.session.header.id))
    assert (told.points, len(told.items)) == (1, 4)


def test_ending_a_test_whose_bank_is_gone_only_ends_it(tmp_path: Path, workspace: Workspace) -> None:
    live = start_exam(workspace, (), Settings(items=4))
    elsewhere = make_workspace(tmp_path, QUESTIONS / "words.yaml")
    end_session(elsewhere, live.session.header)
    assert finished_exam(elsewhere, live.session.header.id).attempts == {}
    elsewhere.record.close()


def test_a_result_can_be_opened_from_its_id_alone(workspace: Workspace) -> None:
    live = take(workspace, 3)
    told = result_of_exam(workspace, finished_exam(workspace, live.session.header.id))
    assert (told.points, told.out_of, told.learner) == (3, 4, "mina")
    assert told.banks == ("Who is courting whom",)


def test_earlier_tests_are_those_on_the_same_banks_before(both: Workspace, clock: FakeClock) -> None:
    lives = []
    for right, *banks in (
        (1, "courtship"),
        (4, "words"),
        (2, "courtship"),
        (4, "courtship", "words"),
        (3, "courtship"),
    ):
        lives.append(take(both, right, None, *banks))
        clock.go_on(MINUTE)
    assert earlier_shares(both, lives[-1].session.header) == (0.25, 0.5)
    assert earlier_shares(both, lives[2].session.header) == (0.25,)


def test_the_last_test_is_the_last_that_was_handed_in(workspace: Workspace, clock: FakeClock) -> None:
    with pytest.raises(UsageError, match="No exam"):
        last_result(workspace)
    live = take(workspace, 1)
    clock.go_on(MINUTE)
    start_exam(workspace, (), Settings(items=2))
    assert last_result(workspace) == live.session.header.id


def test_what_is_no_finished_test_is_refused(workspace: Workspace) -> None:
    study = start_study(workspace, StudyFilter())
    assert study is not None
    study.flag()
    left = start_exam(workspace, (), Settings(items=2))
    for session, words in (
        (study.session.header.id, "is not an exam"),
        (left.session.header.id, "not handed in"),
        ("nonsense", "no session"),
        ("01978a2e-0000-7000-8000-000000000001", "no session"),
    ):
        with pytest.raises(UsageError, match=words):
            finished_exam(workspace, session)


def test_a_result_stands_without_its_bank(tmp_path: Path, workspace: Workspace) -> None:
    live = take(workspace, 3)
    elsewhere = make_workspace(tmp_path, QUESTIONS / "words.yaml")
    told = result_of_exam(elsewhere, finished_exam(elsewhere, live.session.header.id))
    assert (told.points, told.out_of, told.missed) == (3, 4, ())
    assert told.banks == ("courtship",)
    elsewhere.record.close()
