"""The report of a past drill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.services.past_sessions import past_drill
from quiz.tui.drill.report import DrillReportScreen

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace


class PastDrillScreen(DrillReportScreen):
    """Shows a drill on record, whose last verdict can no longer be undone."""

    closes_with = 0

    def __init__(self, workspace: Workspace, session_id: str) -> None:
        drill, names = past_drill(workspace, session_id)
        super().__init__(workspace, drill, names)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing that would change the drill."""
        return False if action == "undo" else super().check_action(action, parameters)
