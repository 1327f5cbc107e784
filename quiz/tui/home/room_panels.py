"""What Home shows where there is room: the year, the days to come, the last sessions, what a bank asks."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from quiz.tui.home.week_lines import has_example, has_year

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.screen import Screen

    from quiz.services.home import HomeView
    from quiz.services.workspace import Workspace

THREE_FROM = 160
"""The width in cells from which there is a third column, of all sessions or of a bank's notes."""
MODULES = {
    "YearPanel": "year_panel",
    "PastPanel": "past_panel",
    "NextPanel": "bank_panels",
    "ExamplePanel": "bank_panels",
    "NotesPanel": "bank_panels",
}
"""Where each panel is: it is imported once there is room for it."""


def show_panels(screen: Screen[Any], view: HomeView, workspace: Workspace, bank: str | None) -> None:
    """Show at Home what there is room for, and take away what has none; `bank` is under the cursor."""
    wanted = _places(view, screen.app.size)
    panel: Any
    for panel in screen.query(", ".join(MODULES)):
        place = wanted.get(type(panel).__name__)
        if place is None or panel.parent is not screen.query_one(place):
            panel.remove()
        else:
            del wanted[type(panel).__name__]
            panel.show_view(view, bank)
    for name, place in wanted.items():
        panel = getattr(import_module(f"quiz.tui.home.{MODULES[name]}"), name)(workspace)
        screen.query_one(place).mount(panel)
        panel.show_view(view, bank)


def _places(view: HomeView, size: Size) -> dict[str, str]:
    """Return in which column each panel stands that there is room for."""
    is_third = size.width >= THREE_FROM
    places: dict[str, str] = {}
    if has_year(view, size):
        places |= {"YearPanel": "#list", "PastPanel": "#body" if is_third else "#detail"}
    elif has_example(view, size):
        places |= {"ExamplePanel": "#list"} | ({"NotesPanel": "#body"} if is_third else {})
    return places | ({"NextPanel": "#detail"} if places and is_third else {})
