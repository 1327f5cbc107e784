"""Pupils' own answers in drills are taken in by the results of their class."""

from __future__ import annotations

from typing import Any

import pytest

from quiz.core.content.grading import Chosen
from quiz.core.drill.settings import Channel, DrillSettings
from quiz.core.statistics.class_results import Cell, ClassResults
from quiz.errors import UsageError
from quiz.services.classes import occasions_of, results_of, sittings_of
from quiz.services.drill.live import LiveDrill
from quiz.services.drill.start import DrillPlan, start_drill
from quiz.services.workspace import Workspace


def played(workspace: Workspace, which: str, items: int = 1, **told: Any) -> None:
    """Play with a class of three, of whom one answers the first question rightly, one wrongly and one not.

    In the others nobody answers; before the third Bo is marked absent, and the fourth is skipped.
    """
    class_list = workspace.record.class_lists.add("7b", ["Ada", "Bo", "Cy"]).class_list
    pupils = tuple(pupil.id for pupil in class_list.pupils)
    settings = DrillSettings(
        format=which, class_list=class_list.id, pupils=pupils, class_size=len(pupils), **told
    )
    plan = DrillPlan(("courtship",), settings, limit=items, seed=5, only_options=True)
    running: LiveDrill[Any] = start_drill(workspace, plan)
    running.append(running.drill.start(running.now()))
    key = running.drill.current.item.key_text()
    wrong = next(option for option in running.drill.options if option != key)
    first = [
        (pupil, Chosen((text,)), Channel.PHONE) for pupil, text in zip(pupils[:2], (key, wrong), strict=True)
    ]
    assert running.take_answers(first) == [None, None]
    for place in range(min(items, 3)):
        if place == 2:
            running.append(running.drill.mark_absent(pupils[1], running.now()))
        running.append(running.drill.close(running.now()))
        running.append(running.drill.reveal(running.now()))
        running.append(running.drill.next(running.now()))
    if items > 3:
        running.append(running.drill.skip(running.now()))
    assert running.drill.has_ended


def results_of_7b(workspace: Workspace) -> ClassResults:
    known = workspace.record.class_lists.named("7b")
    return results_of(workspace, known, sittings=sittings_of(workspace, known))


@pytest.mark.parametrize(("which", "missing"), [("everyone", Cell.ABSENT), ("vote", Cell.NOT_ASKED)], ids=str)
def test_a_classs_results_take_in_what_pupils_answered(
    workspace: Workspace, which: str, missing: Cell
) -> None:
    played(workspace, which)
    results = results_of_7b(workspace)
    assert {row.pupil.name: (row.cells, row.points) for row in results.pupils} == {
        "Ada": ((Cell.RIGHT,), 1.0),
        "Bo": ((Cell.WRONG,), 0.0),
        "Cy": ((missing,), 0),
    }
    assert (results.items[0].analysis is None) is (which == "vote")


def test_who_was_there_and_did_not_answer_left_it_empty(workspace: Workspace) -> None:
    played(workspace, "everyone", items=4)
    results = results_of_7b(workspace)
    cells = {row.pupil.name: row.cells for row in results.pupils}
    assert [sorted(cells[name]) for name in ("Ada", "Bo", "Cy")] == [
        sorted([Cell.RIGHT, Cell.EMPTY, Cell.EMPTY]),
        sorted([Cell.WRONG, Cell.EMPTY, Cell.NOT_ASKED]),
        [Cell.ABSENT] * 3,
    ]


def test_what_was_answered_off_the_record_is_in_no_results(workspace: Workspace) -> None:
    played(workspace, "everyone", feeds_records=False)
    with pytest.raises(UsageError, match="no results of the class 7b"):
        results_of_7b(workspace)


def test_only_those_who_answered_are_told_to_have_taken_part_in_a_drill(workspace: Workspace) -> None:
    played(workspace, "vote")
    (occasion,) = occasions_of(sittings_of(workspace, workspace.record.class_lists.named("7b")))
    assert occasion.pupils == 2, "Cy was never asked alone"
