"""Plans on a record: a year at other retentions, and the days before an exam."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from quiz.errors import UsageError
from quiz.services.planning import MOST_SIMULATED, exam_plan, what_if
from quiz.services.suspension import set_suspended
from quiz.services.workspace import Workspace
from tests.generated import generated_home, generated_workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    home = generated_home(tmp_path_factory.mktemp("generated"), attempts=700, items=60)
    made = generated_workspace(home)
    yield made
    made.record.close()


def test_a_year_is_told_for_each_retention(workspace: Workspace) -> None:
    told = what_if(workspace)
    assert told.items == 60
    assert [each.retention for each in told.outcomes] == [percent / 100 for percent in range(80, 98)]
    assert told.outcomes[0].minutes_per_day < told.outcomes[-1].minutes_per_day
    assert told.outcomes[0].known < told.outcomes[-1].known <= 60
    assert told.suggested in told.outcomes
    assert told.present == told.outcomes[10]
    assert told == what_if(workspace)
    assert what_if(workspace, ("bank-000",)).items == 30


def test_a_sample_stands_for_many_items(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = what_if(workspace, new_per_day=2)
    monkeypatch.setattr("quiz.services.planning.MOST_SIMULATED", 30)
    assert MOST_SIMULATED > 30
    half = what_if(workspace, new_per_day=2)
    assert half.items == 60
    assert half.present.known == pytest.approx(whole.present.known, rel=0.1)
    assert half.present.minutes_per_day == pytest.approx(whole.present.minutes_per_day, rel=0.35)


def test_a_plan_for_an_exam_names_items_for_each_day(workspace: Workspace) -> None:
    day = workspace.today + timedelta(days=5)
    told = exam_plan(workspace, (), day, 6)
    assert [each.day for each in told.days] == [
        workspace.today + timedelta(days=passed) for passed in range(5)
    ]
    assert all(len(each.items) <= 6 for each in told.days)
    assert told.known_without < told.known <= told.items == 60
    assert told.not_reached or told.unsafe
    roomy = exam_plan(workspace, (), day, 60)
    assert roomy.known > told.known
    assert not roomy.not_reached


def test_suspended_items_are_left_out(workspace: Workspace) -> None:
    ref = workspace.candidates(("bank-001",))[0].ref
    set_suspended(workspace, ref, workspace.learner, is_suspended=True)
    told = exam_plan(workspace, ("bank-001",), workspace.today + timedelta(days=3), 30)
    assert told.items == 29
    assert all(ref not in each.items for each in told.days)
    set_suspended(workspace, ref, workspace.learner, is_suspended=False)


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_a_day_out_of_reach_is_refused(workspace: Workspace, days: int) -> None:
    with pytest.raises(UsageError, match="not among the next 366 days"):
        exam_plan(workspace, (), workspace.today + timedelta(days=days), 5)
