"""The one question before an exam is handed in: what is still empty, unfinished or flagged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from quiz.core.exam.session import AnswerState, ExamSession
from quiz.core.text.phrases import count
from quiz.tui.available_actions import key_label
from quiz.tui.base_modal import BaseModal
from quiz.tui.bindings import bar_key, key
from quiz.tui.exam.item_map import FLAG, MARKS
from quiz.tui.text import join, show

HAND_IN = -1
"""What the modal returns for handing in; the place of an item for going there."""


class HandInModal(BaseModal[int]):
    """Returns HAND_IN, the place of the first empty or flagged item to go to, or None to go on."""

    CSS = """
    HandInModal {
        & Horizontal { height: auto; margin-top: 1; }
        & .warning { margin-top: 1; color: $foreground-muted; }
        &.-short .dialog { padding: 0 1; }
        &.-short .warning { margin-top: 0; }
        &.-narrow Horizontal { layout: vertical; }
    }
    """
    AUTO_FOCUS = ""
    name_shown = "Hand in"
    about = "Once handed in, nothing can be changed."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("hand-in.yes", "y,d", "close_with('yes')", "Hand in", "Hand the exam in"),
        bar_key("hand-in.no", "n,escape,q", "close_with('no')", "Go on", "Go on answering"),
        bar_key("hand-in.empty", "e", "close_with('empty')", "First empty", "Go to what is empty"),
        bar_key("hand-in.flag", "f", "close_with('flag')", "First flagged", "Go to what is flagged"),
        key("hand-in.left", "left", "app.focus_previous", "Left", "Go to the button before"),
        key("hand-in.right", "right", "app.focus_next", "Right", "Go to the next button"),
    ]

    def __init__(self, session: ExamSession) -> None:
        super().__init__()
        self._answered = len(session.places(AnswerState.ANSWERED))
        self._empty = session.places(AnswerState.EMPTY)
        self._begun = session.places(AnswerState.BEGUN)
        self._flagged = tuple(place for place, ref in enumerate(session.items) if ref in session.flagged)
        self._total = len(session.items)

    def compose(self) -> ComposeResult:
        """Say what is missing, and ask."""
        with Vertical(classes="dialog"):
            yield Static(show("Hand in the exam?"), classes="title")
            if self._answered == self._total:
                yield Static(
                    join(("✓ ", "$text-success"), f"All {count(self._total, 'question')} are answered.")
                )
            else:
                yield Static(show(f"{self._answered} of {count(self._total, 'question')} answered."))
            for (sign, style), word, places in (
                (MARKS[AnswerState.EMPTY], "Empty", self._empty),
                (MARKS[AnswerState.BEGUN], "Unfinished", self._begun),
                (FLAG, "Flagged", self._flagged),
            ):
                if places:
                    yield Static(join((f"{sign} ", style), f"{word:<12}", (numbers(places), "bold")))
            yield Static(show("Once handed in, nothing can be changed."), classes="warning")
            with Horizontal():
                yield Button(show(f"{key_label(self, 'hand-in.no')}  Go on"), id="no")
                yield Button(show(f"{key_label(self, 'hand-in.yes')}  Hand in"), id="yes")
                if self._empty or self._begun:
                    yield Button(show(f"{key_label(self, 'hand-in.empty')}  First empty"), id="empty")

    def on_mount(self) -> None:
        """Rest on what is safe: a key held down must not hand the exam in."""
        self.query_one("#no", Button).focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer by a button."""
        self.action_close_with(event.button.id or "no")

    def action_close_with(self, answer: str) -> None:
        """Answer by a key."""
        places = {"empty": sorted((*self._empty, *self._begun)), "flag": list(self._flagged)}.get(answer)
        if places is None:
            self.dismiss(HAND_IN if answer == "yes" else None)
        elif places:
            self.dismiss(places[0])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to go only to what there is."""
        if action == "close_with" and parameters == ("empty",):
            return bool(self._empty or self._begun)
        if action == "close_with" and parameters == ("flag",):
            return bool(self._flagged)
        return super().check_action(action, parameters)


def numbers(places: Sequence[int]) -> str:
    """Return the numbers of items as a reader lists them: 2, 5–7."""
    runs: list[list[int]] = []
    for number in (place + 1 for place in places):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = [
        str(run[0]) if len(run) == 1 else f"{run[0]}, {run[1]}" if len(run) == 2 else f"{run[0]}–{run[-1]}"
        for run in runs
    ]
    return ", ".join(shown)
