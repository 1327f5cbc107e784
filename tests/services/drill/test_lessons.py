"""A class from lesson to lesson: whose turn it is, and who joins late."""

from __future__ import annotations

import pytest

from quiz.core.session import InvalidTransition
from quiz.services.workspace import Workspace
from tests.fakes import HOUR
from tests.services.drill.live_drills import class_list, judge, live


def lesson(workspace: Workspace, turns: int, absent: str = "", which: str = "hot-seat") -> list[str]:
    """Draw as many pupils of class 7b a day later, and return their names."""
    workspace.clock.go_on(24 * HOUR)
    class_list = workspace.record.class_lists.named("7b")
    pupils = tuple(pupil.id for pupil in class_list.pupils)
    running = live(workspace, which, class_list=class_list.id, pupils=pupils)
    for pupil, name in running.names.items():
        if name == absent:
            running.append(running.drill.mark_absent(pupil, running.now()))
    drawn = []
    for _ in range(turns):
        running.append(running.drill.draw(running.now()))
        drawn.append(running.names[running.drill.seat])
        judge(running)
        running.append(running.drill.next(running.now()))
    return drawn


def test_everybody_has_a_turn_before_anybody_has_two_across_lessons(workspace: Workspace) -> None:
    names = ["Ada", "Bo", "Cy", "Dee", "Eve", "Fay", "Gus"]
    class_list(workspace, *names)
    drawn = lesson(workspace, 4, absent="Gus") + lesson(workspace, 2, absent="Ada")
    assert len(set(drawn)) == 6
    drawn += lesson(workspace, 1)
    assert sorted(drawn) == names
    again = lesson(workspace, 4) + lesson(workspace, 3)
    assert sorted(again) == names


def test_a_lesson_of_another_class_or_by_numbers_changes_no_turns(workspace: Workspace) -> None:
    class_list(workspace, "Ada", "Bo")
    first = lesson(workspace, 1)
    workspace.record.class_lists.add("8a", ["Cy", "Dee"])
    other = workspace.record.class_lists.named("8a")
    there = live(workspace, "hot-seat", class_list=other.id, pupils=tuple(p.id for p in other.pupils))
    assert there.drill.settings.ahead == {}
    assert live(workspace, "hot-seat", pupils=("#1", "#2")).drill.settings.ahead == {}
    assert sorted(first + lesson(workspace, 1)) == ["Ada", "Bo"]


def test_a_late_pupil_joins_a_team_by_name_even_where_no_team_can(workspace: Workspace) -> None:
    pupils = class_list(workspace, *(f"Pupil {letter}" for letter in "ABCDEFGHI"))
    known = workspace.record.class_lists.named("7b")
    running = live(workspace, "buzz", class_list=known.id, pupils=pupils[:8], teams=8)
    assert running.can_join
    running.add_late("Pupil I")
    running.add_late("Zoe")
    assert [len(team) for team in running.drill.members.values()] == [2, 2, 1, 1, 1, 1, 1, 1]
    assert {"Pupil I", "Zoe"} < set(running.names.values())
    running.append(running.drill.end(running.now()))
    assert not running.can_join
    with pytest.raises(InvalidTransition):
        running.add_late("Yan")
    assert len(workspace.record.class_lists.named("7b").pupils) == 10
