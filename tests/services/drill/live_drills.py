"""Drills on record for tests, with their first item asked."""

from __future__ import annotations

from typing import Any

from quiz.core.drill.settings import DrillSettings
from quiz.services.drill.live import LiveDrill
from quiz.services.drill.start import DrillPlan, start_drill
from quiz.services.workspace import Workspace

BANK = ("courtship",)


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
