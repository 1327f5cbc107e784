"""What Home shows where there is room: the year, the days to come, and the last sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.containers import Horizontal, Vertical, VerticalScroll

from quiz.tui.home.past_panel import PastPanel
from quiz.tui.home.week_lines import has_year
from quiz.tui.home.year_panel import YearPanel

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

    from quiz.services.home import HomeView
    from quiz.services.workspace import Workspace

THREE_FROM = 160
"""The width in cells from which there is a third column, of all sessions."""


def show_panels(screen: Screen[Any], view: HomeView, workspace: Workspace, bank: str | None) -> None:
    """Show at Home what there is room for, and take away what has none; `bank` is under the cursor."""
    has_room = has_year(view, screen.app.size)
    year = next(iter(screen.query(YearPanel)), None)
    if not has_room:
        screen.query("YearPanel, PastPanel").remove()
        return
    if year is None:
        screen.query_one("#list", Vertical).mount(YearPanel(view, workspace.today))
    else:
        year.show_view(view, workspace.today)
    is_third = screen.app.size.width >= THREE_FROM
    place: Widget = (
        screen.query_one("#body", Horizontal) if is_third else screen.query_one("#detail", VerticalScroll)
    )
    for panel in screen.query(PastPanel):
        if panel.parent is not place:
            panel.remove()
    past = next((panel for panel in screen.query(PastPanel) if panel.parent is place), None)
    if past is None:
        past = PastPanel(workspace)
        past.set_class(is_third, "-column")
        place.mount(past)
    if is_third or bank is not None:
        past.show_bank(None if is_third else bank, view)
