"""What is missing in an answer that is neither right nor wrong."""

from __future__ import annotations

from textual.widgets import Static

from quiz.core.events.model import Event
from quiz.core.study.clarification import SAY_MORE_EXACTLY, remark_in
from quiz.tui.text import join


class Clarification(Static):
    """Asks for the answer again, and says that nothing is lost by it."""

    DEFAULT_CSS = """
    Clarification { height: auto; margin-bottom: 1; padding-left: 1; border-left: thick $warning; }
    """

    def __init__(self, near: Event) -> None:
        head = (f"{SAY_MORE_EXACTLY}: ", "bold $text-warning")
        super().__init__(
            join(head, f"{remark_in(near)}. ", ("This try does not count.", "$foreground-muted"))
        )
