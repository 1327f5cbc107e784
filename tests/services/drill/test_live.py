"""Drills on record: durable, resumed as they were, and summed up."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from quiz.core.content.grading import Chosen, Verdict
from quiz.core.content.item import ItemRef
from quiz.core.drill.formats.hot_seat import HotSeatDrill
from quiz.core.drill.formats.sprint import SprintDrill
from quiz.core.drill.settings import Channel, DrillSettings, Stage
from quiz.core.events.model import EventKind
from quiz.core.session import InvalidTransition, ItemLookup
from quiz.errors import DiskFull, RecordConflict, UsageError
from quiz.record.read_models import Learner
from quiz.services.drill.live import SLOW_TICK_MS, TICK_MS, LiveDrill
from quiz.services.drill.start import DrillPlan, report_of_drill, resume_drill, start_drill
from quiz.services.study.start import start_study
from quiz.services.workspace import Workspace
from tests.core.drill.classroom import pupils
from tests.core.drill.test_simulation import simulate
from tests.drills import full
from tests.fakes import HOUR, SECOND, FakeClock, make_workspace
from tests.record.totals import day_totals, item_totals

BANK = ("courtship",)
PHONE = Channel.PHONE


def live(workspace: Workspace, which: str, **told: Any) -> LiveDrill[Any]:
    """Start a drill of some format and ask its first item."""
    plan = DrillPlan(BANK, DrillSettings(format=which, **told), limit=6, seed=5, only_options=True)
    begun = start_drill(workspace, plan)
    begun.append(begun.drill.start(begun.now()))
    return begun


def class_list(workspace: Workspace, *names: str) -> tuple[str, ...]:
    return tuple(pupil.id for pupil in workspace.record.class_lists.add("7b", list(names)).class_list.pupils)


def judge(running: LiveDrill[Any], is_right: bool = True) -> None:
    running.append(running.drill.judge(running.now(), is_right=is_right))


def test_a_pupils_answer_goes_to_the_pupils_own_record(workspace: Workspace) -> None:
    pupils = class_list(workspace, "Ada", "Bo")
    running = live(workspace, "hot-seat", pupils=pupils)
    running.append(running.drill.draw(running.now()))
    key = running.drill.current.item.key_text()
    running.append(running.drill.answer(key, running.now()))
    seat = running.drill.seat
    assert running.names[seat] in {"Ada", "Bo"}
    memory = workspace.record.memory(seat, running.drill.ref)
    assert memory is not None
    assert (memory.attempts, memory.last_score) == (1, 1.0)
    assert workspace.record.memories(workspace.learner.id) == {}
    assert workspace.record.days_active(workspace.learner.id) == []
    assert workspace.record.events(running.drill.header.id)[-1].verdict is Verdict.CORRECT


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


def refuse(*_: object) -> None:
    raise DiskFull("There is no room on the disk.")


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

    monkeypatch.setattr(workspace.record, "append", refuse)
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


def test_names_are_those_of_the_roster_and_are_not_read_while_they_are_shown(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = class_list(workspace, "Ada", "Ada", "Bo")
    running = live(
        workspace, "hot-seat", pupils=ids[1:], class_list=workspace.record.class_lists.named("7b").id
    )
    monkeypatch.setattr(workspace.record, "learners", refuse)
    assert running.names == {ids[1]: "Ada 2", ids[2]: "Bo"}


def test_a_late_pupil_who_could_not_be_put_on_record_is_not_there_twice(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = class_list(workspace, "Ada")
    running = live(workspace, "hot-seat", pupils=ids, class_list=workspace.record.class_lists.named("7b").id)
    with monkeypatch.context() as patch:
        patch.setattr(workspace.record, "append", refuse)
        with pytest.raises(DiskFull):
            running.add_late("Bo")
    running.add_late("Bo")
    assert list(running.names.values()) == ["Ada", "Bo"]
    assert [pupil.name for pupil in workspace.record.class_lists.named("7b").pupils] == ["Ada", "Bo"]


def test_a_late_pupil_who_was_marked_absent_is_present_again(workspace: Workspace) -> None:
    ids = class_list(workspace, "Ada", "Bo")
    running = live(workspace, "hot-seat", pupils=ids, class_list=workspace.record.class_lists.named("7b").id)
    running.append(running.drill.mark_absent(ids[0], running.now()))
    running.add_late("ada")
    assert running.drill.here == ids
    assert len(workspace.record.class_lists.named("7b").pupils) == 2
    running.append(running.drill.undo(running.now()))
    assert running.drill.here == ids[1:]


def test_a_sprint_with_extra_time_sets_no_record(workspace: Workspace, clock: FakeClock) -> None:
    running = live(workspace, "sprint", seconds=60)
    judge(running)
    running.append(running.drill.extend(running.now()))
    running.append(running.drill.end(running.now()))
    assert live(workspace, "sprint", seconds=60).drill.settings.record == 0


def test_the_class_sprints_against_its_own_record(workspace: Workspace, clock: FakeClock) -> None:
    for right in (2, 1):
        running = live(workspace, "sprint", seconds=60, class_list="x")
        for _ in range(right):
            clock.go_on(SECOND)
            judge(running)
        clock.go_on(60 * SECOND)
        running.on_tick()
        clock.go_on(SECOND)
    assert live(workspace, "sprint", seconds=60, class_list="x").drill.settings.record == 2
    assert live(workspace, "sprint", seconds=90, class_list="x").drill.settings.record == 0
    assert live(workspace, "sprint", seconds=60, class_list="y").drill.settings.record == 0


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
        lookup = ItemLookup({r: bank_item for r, bank_item in running.drill.lookup.items() if r != ref})
        resumed = LiveDrill.resume(workspace.record, workspace.clock, header, lookup)
        assert resumed.drill.ref == header.items[1]


def test_it_can_be_said_what_is_possible_now(workspace: Workspace) -> None:
    running = live(workspace, "vote")
    assert running.can(running.drill.close)
    assert not running.can(running.drill.next)


@pytest.mark.parametrize(
    ("plan", "complaint"),
    [
        (DrillPlan(BANK, DrillSettings(format="duel")), "no format “duel”"),
        (DrillPlan(BANK, DrillSettings(format="hot-seat")), "Nobody is on the list"),
        (DrillPlan(BANK, topics=("nowhere",)), "nothing to ask"),
    ],
)
def test_drills_that_cannot_be_started(workspace: Workspace, plan: DrillPlan, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        start_drill(workspace, plan)
    assert workspace.unfinished() is None


def test_given_items_are_asked_in_their_order(workspace: Workspace) -> None:
    items = tuple(ItemRef("courtship", item.id) for item in workspace.banks(BANK)[0].items[3:0:-1])
    begun = start_drill(workspace, DrillPlan(settings=DrillSettings(format="vote"), items=items))
    assert begun.drill.header.items == items


def test_no_name_is_put_where_it_could_not_be_forgotten(workspace: Workspace) -> None:
    running = live(workspace, "hot-seat", pupils=class_list(workspace, "Wilhelmina", "Bo"))
    running.append(running.drill.draw(running.now()))
    judge(running)
    header = running.drill.header
    told = msgspec.json.encode([header, workspace.record.events(header.id)])
    assert b"Wilhelmina" not in told
    workspace.record.class_lists.forget(workspace.record.class_lists.named("7b").id)
    report = report_of_drill(workspace.record, header.id)
    told_names = [*(line.name for line in report.competitors), *report.not_called]
    assert sorted(told_names) == ["Anonymous pupil 1", "Anonymous pupil 2"]


def test_a_report_from_the_record(workspace: Workspace) -> None:
    running: LiveDrill[SprintDrill] = live(workspace, "sprint", seconds=60)
    judge(running, is_right=False)
    judge(running)
    report = report_of_drill(workspace.record, running.drill.header.id, workspace.banks(BANK))
    assert report.banks == ("Who is courting whom",)
    assert [line.ref for line in report.again] == [running.drill.header.items[0]]
    assert report.items[0].stem
    with pytest.raises(KeyError):
        report_of_drill(workspace.record, "01890000-0000-7000-8000-000000000009")


def test_a_study_session_has_no_drill_report(workspace: Workspace) -> None:
    from quiz.core.study_filter import StudyFilter

    study = start_study(workspace, StudyFilter())
    assert study is not None
    study.flag()
    with pytest.raises(UsageError, match="is not a drill"):
        report_of_drill(workspace.record, study.session.header.id)


def test_another_banks_drill_is_no_earlier_record(tmp_path: Path, clock: FakeClock) -> None:
    from tests.conftest import QUESTIONS

    workspace = make_workspace(
        tmp_path / "two", QUESTIONS / "courtship.yaml", QUESTIONS / "words.yaml", clock=clock
    )
    running = live(workspace, "sprint", seconds=60)
    judge(running)
    running.append(running.drill.end(running.now()))
    other = start_drill(workspace, DrillPlan(("words",), DrillSettings(format="sprint", seconds=60)))
    assert other.drill.settings.record == 0
    workspace.record.close()


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


def test_answers_that_come_in_together_are_saved_in_one_commit_and_a_refused_one_stops_no_other(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = live(workspace, "everyone", pupils=("#1", "#2", "#3"))
    commits, real = [], workspace.record.append
    monkeypatch.setattr(workspace.record, "append", lambda *told: (commits.append(told), real(*told)))
    first, second = (Chosen((option,)) for option in running.drill.options[:2])
    told = [("#1", first, PHONE), ("#9", first, PHONE), ("#2", Chosen(), PHONE), ("#3", second, PHONE)]
    assert running.take_answers(told) == [
        None,
        "That pupil does not take part in this drill.",
        "That answer does not fit this question.",
        None,
    ]
    assert len(commits) == 1
    assert running.take_answers(told[:1]) == [None], "a phone sends again what it was not told of"
    assert len(commits) == 1
    assert running.drill.answers == {"#1": first, "#3": second}
    header = running.drill.header
    assert workspace.record.events(header.id) == running.drill.log
    assert resume_drill(workspace, header).drill.answers == running.drill.answers


def test_an_answer_that_cannot_be_saved_is_not_there(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = live(workspace, "everyone", pupils=("#1",))
    before = running.drill
    monkeypatch.setattr(workspace.record, "append", full)
    with pytest.raises(DiskFull):
        running.take_answers([("#1", Chosen(before.options[:1]), PHONE)])
    assert running.drill == before


@pytest.mark.parametrize("which", ["vote", "everyone"])
def test_pupils_own_answers_go_to_their_own_records_with_the_key(workspace: Workspace, which: str) -> None:
    pupils = class_list(workspace, "Ada", "Bo", "Cy")
    running = live(workspace, which, pupils=pupils, class_size=3)
    drill, key = running.drill, running.drill.current.item.key_text()
    wrong = next(option for option in drill.options if option != key)
    running.take_answers([(pupils[0], Chosen((key,)), PHONE), (pupils[1], Chosen((wrong,)), PHONE)])
    assert workspace.record.memory(pupils[0], drill.ref) is None
    running.append(running.drill.close(running.now()))
    running.append(running.drill.reveal(running.now()))
    memories = [workspace.record.memory(pupil, drill.ref) for pupil in pupils]
    assert [memory and memory.last_score for memory in memories] == [1.0, 0.0, None]
    running.append(running.drill.undo(running.now()))
    assert [workspace.record.memory(pupil, drill.ref) for pupil in pupils] == [None] * 3
    running.append(running.drill.reveal(running.now()))
    running.append(running.drill.end(running.now()))
    report = report_of_drill(workspace.record, drill.header.id, workspace.whole_banks(BANK))
    assert report.items[0].answers == (("Ada", 1.0, key), ("Bo", 0.0, wrong))
    assert (report.items[0].right, report.items[0].wrong) == (1, 1)


def test_a_pupil_claims_a_seat_or_a_name(workspace: Workspace) -> None:
    pupils = class_list(workspace, "Ada", "Anna", "Anna")
    running = live(workspace, "everyone", pupils=pupils)
    running.append(running.drill.mark_absent(pupils[2], running.now()))
    assert running.claim(" 1 ") == running.claim("ada") == pupils[0]
    assert running.drill.absent == {pupils[2]}
    assert running.claim("#3") == running.claim("anna 2") == pupils[2]
    assert running.drill.absent == frozenset()
    for said, words in (
        ("Anna", "Several pupils are called that."),
        ("Eve", "Nobody of that name is on the class list."),
        ("4", "There is no seat 4."),
        ("0", "There is no seat 0."),
        ("", "Nobody of that name is on the class list."),
    ):
        with pytest.raises(InvalidTransition, match=words):
            running.claim(said)


def test_in_a_drill_by_numbers_who_comes_late_has_the_next_number(workspace: Workspace) -> None:
    running = live(workspace, "vote")
    assert running.claim("7") == "#7"
    assert (running.drill.here, running.drill.class_size) == (("#7",), 0)
    with pytest.raises(InvalidTransition, match="Give the number of a seat"):
        running.claim("Ada")
    with pytest.raises(InvalidTransition, match="There is no seat 201"):
        running.claim("201")
