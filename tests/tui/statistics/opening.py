"""Opening the statistics in a test."""

from __future__ import annotations

from textual.pilot import Pilot

from quiz.services.workspace import Workspace
from quiz.tui.statistics.overview import StatisticsScreen


async def opened(pilot: Pilot[object], workspace: Workspace) -> None:
    await pilot.pause()
    pilot.app.push_screen(StatisticsScreen(workspace))
    await pilot.pause()
    await pilot.pause()
