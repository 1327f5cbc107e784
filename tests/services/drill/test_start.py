"""Starting a drill, the record that a sprint is to beat, and summing a drill up."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.core.content.item_ref import ItemRef
from quiz.core.drill.formats.sprint import SprintDrill
from quiz.core.drill.settings import DrillSettings
from quiz.errors import UsageError
from quiz.services.drill.live import LiveDrill
from quiz.services.drill.start import DrillPlan, report_of_drill, start_drill
from quiz.services.study.start import start_study
from quiz.services.workspace import Workspace
from tests.fakes import SECOND, FakeClock, make_workspace
from tests.services.drill.live_drills import BANK, judge, live


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
