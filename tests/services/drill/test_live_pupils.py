"""Pupils in a drill: whose record their answers go to, what they are called, and who comes late."""

from __future__ import annotations

import msgspec
import pytest

from quiz.core.content.grading import Chosen, Verdict
from quiz.core.drill.settings import Channel
from quiz.core.session import InvalidTransition
from quiz.errors import DiskFull
from quiz.services.drill.start import report_of_drill, resume_drill
from quiz.services.workspace import Workspace
from tests.drills import full
from tests.services.drill.live_drills import BANK, class_list, judge, live

PHONE = Channel.PHONE


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


def test_names_are_those_of_the_roster_and_are_not_read_while_they_are_shown(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = class_list(workspace, "Ada", "Ada", "Bo")
    running = live(
        workspace, "hot-seat", pupils=ids[1:], class_list=workspace.record.class_lists.named("7b").id
    )
    monkeypatch.setattr(workspace.record, "learners", full)
    assert running.names == {ids[1]: "Ada 2", ids[2]: "Bo"}


def test_a_late_pupil_who_could_not_be_put_on_record_is_not_there_twice(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = class_list(workspace, "Ada")
    running = live(workspace, "hot-seat", pupils=ids, class_list=workspace.record.class_lists.named("7b").id)
    with monkeypatch.context() as patch:
        patch.setattr(workspace.record, "append", full)
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
