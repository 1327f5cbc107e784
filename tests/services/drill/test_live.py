"""Drills on record: durable, resumed as they were, and one step at a time."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest

from quiz.core.drill.formats.hot_seat import HotSeatDrill
from quiz.core.drill.settings import Stage
from quiz.core.events.model import EventKind
from quiz.errors import DiskFull, RecordConflict
from quiz.record.read_models import Learner
from quiz.services.drill.live import SLOW_TICK_MS, TICK_MS, LiveDrill
from quiz.services.drill.start import resume_drill
from quiz.services.workspace import Workspace
from tests.core.drill.classroom import pupils
from tests.core.drill.test_simulation import simulate
from tests.drills import full
from tests.fakes import HOUR, SECOND, FakeClock, lookup_without
from tests.record.totals import day_totals, item_totals
from tests.services.drill.live_drills import class_list, judge, live


def test_undo_leaves_the_record_as_it_was(workspace: Workspace) -> None:
    pupils = class_list(workspace, "Ada", "Bo")
    running = live(workspace, "hot-seat", pupils=pupils)
    record = workspace.record

    def kept() -> object:
        return [(record.memories(p), item_totals(record, p), day_totals(record, p)) for p in pupils]

    running.append(running.drill.draw(running.now()))
    judge(running)
    running.append(running.drill.next(running.now()))
    running.append(running.drill.draw(running.now()))
    before, drill = kept(), running.drill
    judge(running, is_right=False)
    assert kept() != before
    running.append(running.drill.undo(running.now()))
    assert kept() == before
    assert (running.drill.board, running.drill.picker) == (drill.board, drill.picker)
    assert record.rebuild_memory() == 0


def test_a_teams_answers_are_on_nobodys_record(workspace: Workspace) -> None:
    running = live(workspace, "buzz", teams=3)
    running.append(running.drill.buzz("team-2", running.now()))
    judge(running)
    assert item_totals(workspace.record, workspace.learner.id) == []
    assert workspace.record.memories(workspace.learner.id) == {}


@pytest.mark.parametrize("which", ["vote", "hot-seat", "buzz", "sprint"])
def test_a_drill_that_was_left_is_resumed_as_it_was(
    workspace: Workspace, clock: FakeClock, which: str
) -> None:
    told = {"hot-seat": {"pupils": ("#1", "#2", "#3")}, "buzz": {"teams": 3}}.get(which, {})
    running = live(workspace, which, seconds=60, **told)
    clock.go_on(10 * SECOND)
    if isinstance(running.drill, HotSeatDrill):
        running.append(running.drill.draw(running.now()))
        clock.go_on(10 * SECOND)
    running.leave()
    clock.go_on(24 * HOUR)
    header = workspace.unfinished()
    assert header is not None
    resumed: LiveDrill[Any] = resume_drill(workspace, header)
    assert resumed.drill == running.drill
    assert resumed.drill.left_ms(resumed.now()) == 50 * SECOND
    assert not resumed.drill.timer.is_going
    resumed.append(resumed.drill.go_on(resumed.now()))
    clock.go_on(5 * SECOND)
    assert resumed.drill.left_ms(resumed.now()) == 45 * SECOND


@pytest.mark.parametrize(("seconds", "cost"), [(60, TICK_MS), (0, SLOW_TICK_MS)])
def test_a_crash_costs_no_more_of_the_clock_than_a_tick(
    workspace: Workspace, clock: FakeClock, seconds: int, cost: int
) -> None:
    running = live(workspace, "vote", seconds=seconds)
    for _ in range(117):
        clock.go_on(200)
        running.on_tick()
    assert running.drill.timer.spent(running.now()) == 23_400
    clock.go_on(HOUR)
    resumed = resume_drill(workspace, running.drill.header)
    assert 23_400 - cost < resumed.drill.timer.spent(resumed.now()) <= 23_400


def test_a_countdown_at_its_end_is_put_on_record_once_and_then_left_alone(
    workspace: Workspace, clock: FakeClock
) -> None:
    running = live(workspace, "vote", seconds=60)
    for _ in range(400):
        clock.go_on(200)
        running.on_tick()
    assert len(running.drill.log) == 1 + 60
    resumed = resume_drill(workspace, running.drill.header)
    assert resumed.drill.is_time_up(resumed.now())


def test_a_sprints_time_is_called_once_it_is_up(workspace: Workspace, clock: FakeClock) -> None:
    running = live(workspace, "sprint", seconds=60)
    clock.go_on(59_999)
    assert not running.on_tick()
    clock.go_on(1)
    assert running.on_tick()
    assert (running.drill.stage, running.drill.has_ended) == (Stage.FINISHED, True)
    assert workspace.unfinished() is None


def test_the_last_step_and_the_end_are_on_record_both_or_neither(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = live(workspace, "vote")
    while running.drill.place < 5:
        running.append(running.drill.skip(running.now()))
    record, put = workspace.record.append, []

    def last_write(session: str, events: Any) -> None:
        put.append(len(events))
        record(session, events)

    monkeypatch.setattr(workspace.record, "append", full)
    with pytest.raises(DiskFull):
        running.append(running.drill.skip(running.now()))
    assert (running.drill.place, running.drill.has_ended) == (5, False)
    monkeypatch.setattr(workspace.record, "append", last_write)
    running.append(running.drill.skip(running.now()))
    assert put == [2]
    assert workspace.unfinished() is None


def test_a_drill_that_stopped_just_before_its_end_is_ended_when_it_is_resumed(workspace: Workspace) -> None:
    running = live(workspace, "vote")
    while running.drill.place < 5:
        running.append(running.drill.skip(running.now()))
    header = running.drill.header
    workspace.record.append(header.id, [running.drill.skip(running.now())])
    assert workspace.unfinished() == header
    resumed = resume_drill(workspace, header)
    assert (resumed.drill.stage, resumed.drill.has_ended) == (Stage.FINISHED, True)
    assert workspace.unfinished() is None


def test_two_windows_cannot_both_go_on(workspace: Workspace) -> None:
    running = live(workspace, "sprint", seconds=60)
    other: LiveDrill[Any] = resume_drill(workspace, running.drill.header)
    other.append(other.drill.go_on(other.now()))
    at, drill = running.now(), running.drill
    with pytest.raises(RecordConflict):
        running.append(drill.judge(at, is_right=True))


def test_of_two_windows_the_one_that_went_on_minds_the_time(workspace: Workspace, clock: FakeClock) -> None:
    running = live(workspace, "vote", seconds=60)
    other: LiveDrill[Any] = resume_drill(workspace, running.drill.header)
    other.append(other.drill.go_on(other.now()))
    clock.go_on(5 * SECOND)
    with pytest.raises(RecordConflict):
        running.on_tick()
    running.rebuild()
    for _ in range(3):
        clock.go_on(5 * SECOND)
        running.on_tick()
        other.on_tick()
    running.rebuild()
    assert running.drill == other.drill
    running.append(running.drill.close(running.now()))
    clock.go_on(SECOND)
    with pytest.raises(RecordConflict):
        other.append(other.drill.close(other.now()))


def test_an_item_that_is_gone_on_resuming_is_passed_over(workspace: Workspace) -> None:
    for which in ("vote", "sprint"):
        running = live(workspace, which, seconds=60)
        header, ref = running.drill.header, running.drill.ref
        lookup = lookup_without(running.drill.lookup, ref.item)
        resumed = LiveDrill.resume(workspace.record, workspace.clock, header, lookup)
        assert resumed.drill.ref == header.items[1]


def test_it_can_be_said_what_is_possible_now(workspace: Workspace) -> None:
    running = live(workspace, "vote")
    assert running.can(running.drill.close)
    assert not running.can(running.drill.next)


@pytest.mark.parametrize("seed", range(6))
def test_the_record_of_any_hot_seat_equals_what_its_log_comes_to(workspace: Workspace, seed: int) -> None:
    rng, record = Random(seed), workspace.record
    steps = [(rng.randrange(20_000), rng.randrange(9_000)) for _ in range(120)]
    room = simulate("hot-seat", {"pupils": pupils(9), "seconds": 20}, 8, seed, steps)
    everybody = {"teacher", *(event.learner for event in room.events if event.learner)}
    everybody |= {event.body["pupil"] for event in room.events if "pupil" in event.body}
    record.merge([Learner(name, name) for name in everybody if not name.startswith("#")], [])
    record.start(room.drill.header)
    for event in room.events:
        record.append(room.drill.header.id, [event])
    counted = Counter(event.learner for event in room.drill.log if event.kind is EventKind.ATTEMPT)
    for name in everybody:
        assert sum(total.attempts for total in item_totals(record, name)) == counted[name]
    assert record.rebuild_memory() == 0
    assert record.integrity() == []
