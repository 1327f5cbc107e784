"""One widget for each interaction: how a learner answers."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from quiz.core.text.markup import NO_MARKUP, Markup

if TYPE_CHECKING:
    from quiz.core.content.grading import Response
    from quiz.core.content.interaction import Interaction
    from quiz.tui.responses.base import ResponseWidget

WIDGETS: dict[str, str] = {
    "Choose": "choose.ChooseResponse",
    "Enter": "enter.EnterResponse",
    "Enter list": "enter_list.EnterListResponse",
    "Order": "order.OrderResponse",
    "Match": "match.MatchResponse",
    "Sort": "sort.SortResponse",
    "Reveal": "reveal.RevealResponse",
}
"""Where the widget of each interaction is, imported when it is first shown."""


def response_widget(
    interaction: Interaction, response: Response | None = None, markup: Markup = NO_MARKUP
) -> ResponseWidget:
    """Return the widget for an interaction, filled with a response that was begun before.

    `markup` is what is read in its bank's texts.
    """
    asked = "Enter list" if getattr(interaction, "is_list", False) else type(interaction).__name__
    module, name = WIDGETS[asked].split(".")
    widget = getattr(import_module(f"{__name__}.{module}"), name)
    made: ResponseWidget = widget(interaction, response, markup)
    return made
