"""Suspending and resuming items outside a session, and how much is asked a day."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from quiz.core.content.item_ref import ItemRef
from quiz.core.events.model import Mode
from quiz.core.session import Phase
from quiz.core.study_filter import StudyFilter
from quiz.services.study.start import queue_for, start_study
from quiz.services.suspension import set_suspended
from quiz.services.workspace import Workspace
from tests.fakes import DAY, FakeClock

EVERYTHING = StudyFilter(banks=("courtship",))


@pytest.fixture
def ref(workspace: Workspace) -> ItemRef:
    return queue_for(workspace, EVERYTHING, 1).new[0]


def answered(workspace: Workspace, items: int) -> None:
    live = start_study(workspace, StudyFilter(banks=("courtship",), limit=items))
    assert live is not None
    while live.session.phase is not Phase.FINISHED:
        live.submit(live.session.current.item.key_response())
        live.advance()


def test_a_suspended_item_is_not_asked_until_it_is_resumed(workspace: Workspace, ref: ItemRef) -> None:
    set_suspended(workspace, ref, workspace.learner, is_suspended=True)
    assert ref not in queue_for(workspace, EVERYTHING, 1).items
    set_suspended(workspace, ref, workspace.learner, is_suspended=False)
    assert ref in queue_for(workspace, EVERYTHING, 1).items


def test_it_is_no_session_to_look_at_or_to_go_on_with(workspace: Workspace, ref: ItemRef) -> None:
    set_suspended(workspace, ref, workspace.learner, is_suspended=True)
    assert workspace.unfinished() is None
    assert workspace.record.sessions(workspace.learner.id) == []
    assert workspace.record.sessions(workspace.learner.id, "courtship", Mode.STUDY) == []


def test_it_survives_a_rebuild_of_the_memory(workspace: Workspace, ref: ItemRef) -> None:
    set_suspended(workspace, ref, workspace.learner, is_suspended=True)
    assert workspace.record.rebuild_memory() == 0
    memory = workspace.record.memory(workspace.learner.id, ref)
    assert memory is not None
    assert memory.is_suspended


def test_a_daily_limit_counts_what_was_reviewed_today(
    workspace: Workspace, clock: FakeClock, tmp_path: Path
) -> None:
    answered(workspace, 6)
    clock.go_on(40 * DAY)
    workspace.config = msgspec.structs.replace(workspace.config, due_per_day=4, new_per_day=0)
    assert len(queue_for(workspace, EVERYTHING, 1).due) == 4
    answered(workspace, 3)
    assert len(queue_for(workspace, EVERYTHING, 1).due) == 1
    answered(workspace, 3)
    assert start_study(workspace, EVERYTHING) is None
    clock.go_on(DAY)
    assert len(queue_for(workspace, EVERYTHING, 1).due) == 2
