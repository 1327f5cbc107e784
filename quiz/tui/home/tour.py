"""The tour: what Home shows and how a day goes, in five steps, shown once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from quiz.tui.available_actions import key_sign
from quiz.tui.base_modal import BaseModal
from quiz.tui.bindings import bar_key
from quiz.tui.text import join, show

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace

KEY = "bold $text-accent"


class Step(NamedTuple):
    """A step of the tour. `{…}` in its text stands for the key of that action."""

    title: str
    text: str
    place: str
    """What is marked on Home meanwhile, as a selector; empty for nothing."""


STEPS = (
    Step(
        "Today",
        "What is due and what is new, all banks together, and about how long it takes. "
        "{list.choose} begins, or goes on where you stopped. Ten minutes a day are enough.",
        "TodayCard",
    ),
    Step(
        "Your banks",
        "Each row is a bank: what is due, what is new, how much you know. {home.study} studies only the bank "
        "under the cursor, {home.read} reads its notes first, {home.import} brings in questions from other "
        "programs.",
        "#list",
    ),
    Step(
        "A question",
        "Choose by number or type an answer, and {answer.submit} hands it in. You see at once whether it was "
        "right and why. {study.undo} takes the last move back. Leave at any moment: every answer is saved.",
        "",
    ),
    Step(
        "It comes back",
        "Each question returns shortly before you would forget it: one that you know after weeks, one that "
        "you missed today. {home.statistics} shows how much you know and what is to come.",
        "#detail",
    ),
    Step(
        "Exams and classes",
        "{home.exam} sets an exam on a bank, {home.drill} drills a class from a projector, with hands, "
        "phones or paper cards. From now on {help} lists the keys of whatever screen you are on, and "
        "{palette} finds anything by name.",
        "KeyBar",
    ),
)


class TourModal(BaseModal[None]):
    """Shows one step at a time over Home and marks what it speaks of. Leaving it counts as having seen it."""

    CSS = """
    TourModal { background: transparent; align: center bottom; }
    TourModal .dialog { margin-bottom: 1; padding: 0 2; }
    TourModal #text { min-height: 3; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("tour.next", "enter,space,right", "next", "Next", "The next step, or the end of the tour"),
        bar_key("tour.back", "left,backspace", "back", "Back", "The step before"),
        bar_key("tour.close", "escape,q", "close", "Leave", "Leave the tour"),
    ]
    name_shown = "Tour"
    about = "What Home shows and how a day goes, in five steps."

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._at = 0

    def compose(self) -> ComposeResult:
        """Lay out the title, the text and the keys."""
        with Vertical(classes="dialog"):
            yield Static(id="title", classes="title")
            yield Static(id="text")
            yield Static(id="keys")

    def on_mount(self) -> None:
        """Show the first step; the tour is not offered again."""
        self._show()
        self._workspace.set("tour", written=False)

    def on_unmount(self) -> None:
        """Leave nothing marked."""
        self._mark("")

    def _show(self) -> None:
        step = STEPS[self._at]
        place = f"   {self._at + 1} of {len(STEPS)}"
        self.query_one("#title", Static).update(join(step.title, (place, "not bold $foreground-muted")))
        self.query_one("#text", Static).update(self._told(step.text))
        self.query_one("#keys", Static).update(self._keys())
        self._mark(step.place)

    def _told(self, text: str) -> Content:
        """Return a step's text with the person's own keys in it."""
        first, *others = text.split("{")
        parts = [show(first)]
        for other in others:
            name, _, rest = other.partition("}")
            parts += [show(key_sign(self, name), KEY), show(rest)]
        return Content("").join(parts)

    def _keys(self) -> Content:
        is_last = self._at == len(STEPS) - 1
        keys = [join((key_sign(self, "tour.next"), KEY), " Done" if is_last else " Next")]
        if self._at:
            keys.append(join((key_sign(self, "tour.back"), KEY), " Back"))
        if not is_last:
            keys.append(join((key_sign(self, "tour.close"), KEY), " Leave"))
        return Content("  ").join(keys)

    def _mark(self, place: str) -> None:
        """Mark a place of the screen beneath, and no other."""
        stack = self.app.screen_stack
        beneath = next((screen for screen in stack if screen.query("TodayCard")), None)
        if beneath is None:
            return
        beneath.query(".-toured").remove_class("-toured")
        if place:
            beneath.query(place).add_class("-toured")

    def action_next(self) -> None:
        """Go to the next step; the last one ends the tour."""
        if self._at == len(STEPS) - 1:
            self.action_close()
        else:
            self._at += 1
            self._show()

    def action_back(self) -> None:
        """Go to the step before."""
        self._at = max(0, self._at - 1)
        self._show()
