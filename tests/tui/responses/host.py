"""An app that shows a single response, as small or as large as a session would."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from quiz.core.content.grading import Response
from quiz.core.content.interaction import Interaction
from quiz.tui.responses import response_widget
from quiz.tui.responses.base import ResponseWidget
from quiz.tui.stylesheet import KeptStylesheet
from quiz.tui.textual_keys import OneKeyAtATime
from quiz.tui.widgets.action_line import ActionLine

SMALL, LARGE = (40, 15), (120, 36)
SIZES = (SMALL, LARGE)


class Host(OneKeyAtATime[None]):
    """A stem, the response and the line to hand it in by; what was handed in is kept."""

    CSS = "#stem { height: 3; } ActionLine { dock: bottom; } VerticalScroll { height: 1fr; }"
    BINDINGS: ClassVar = [("u", "told('u')"), ("h", "told('h')"), ("f", "told('f')"), ("q", "told('q')")]

    def __init__(self, interaction: Interaction, response: Response | None = None) -> None:
        super().__init__()
        self.stylesheet = KeptStylesheet(variables=self.get_css_variables())
        self.response = response_widget(interaction, response)
        self.changes: list[Response] = []
        self.submitted: list[Response] = []
        self.told: list[str] = []

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Static("A stem.", id="stem", markup=False)
            yield self.response
        yield ActionLine()

    def action_told(self, key: str) -> None:
        self.told.append(key)

    def on_mount(self) -> None:
        self.show_action()

    def show_action(self) -> None:
        is_ready = self.response.is_complete
        self.query_one(ActionLine).put(
            "Answer" if is_ready else "", "" if is_ready else self.response.unready
        )

    def on_response_widget_changed(self, message: ResponseWidget.Changed) -> None:
        self.changes.append(message.response)
        self.show_action()

    def on_response_widget_hint_changed(self) -> None:
        self.show_action()

    def on_action_line_pressed(self) -> None:
        self.response.submit()

    @property
    def said(self) -> str:
        """What the line beneath says."""
        return self.query_one(ActionLine).render().plain.strip()

    def on_response_widget_submitted(self, message: ResponseWidget.Submitted) -> None:
        self.submitted.append(message.response)

    @property
    def text(self) -> str:
        """What is on the screen, as text."""
        lines = [
            "".join(segment.text for segment in strip) for strip in self.screen._compositor.render_strips()
        ]
        return "\n".join(line.rstrip() for line in lines)


def text_of(widget: Widget) -> str:
    """Return what a widget shows, scrolled out of view or not, as text."""
    size = widget.size
    return "\n".join(widget.render_line(y).text.rstrip() for y in range(size.height))


def shown_by(widget: ResponseWidget) -> str:
    """Return what a response shows in all its parts that are displayed, as text."""
    leaves = [child for child in widget.walk_children(Widget) if not child.children]
    return "\n".join(text_of(leaf) for leaf in leaves if leaf.size.height and leaf.size.width)


async def settled(pilot: object) -> None:
    """Wait until nothing moves any more."""
    for _ in range(3):
        await pilot.pause()  # type: ignore[attr-defined]
