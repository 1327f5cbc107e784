"""What begins with the exam that is set up, in a sentence, and the key that begins it."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from quiz.core.exam.settings import ExamSettings
from quiz.core.text.phrases import count
from quiz.tui.available_actions import key_sign
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.action_line import BUTTON
from quiz.tui.widgets.large_digits import large_digits

MUTED = "$foreground-muted"


class SetUpCard(Widget):
    """The number of questions in large digits, the sentence, and the button. A click begins."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    SetUpCard { height: auto; width: 100%; padding: 1 3; background: $panel; pointer: pointer; }
    SetUpCard.-low { padding: 0 2; }
    """

    told: reactive[ExamSettings] = reactive(ExamSettings(), layout=True)

    def __init__(self) -> None:
        super().__init__()
        self._questions = 0
        self._banks: tuple[str, ...] = ()

    def put(self, told: ExamSettings, questions: int, banks: tuple[str, ...]) -> None:
        """Show other settings, how many questions they come to, and the titles of the banks."""
        self._questions, self._banks = questions, banks
        self.told = told
        self.refresh(layout=True)

    async def on_click(self) -> None:
        """Begin."""
        await self.screen.run_action("start")

    def sentence(self) -> str:
        """Say what begins: how many questions of what, in which time."""
        told = self.told
        of = self._banks[0] if len(self._banks) == 1 else count(len(self._banks), "bank")
        parts = [f"{count(self._questions, 'question')} from {of}"]
        parts.append(f"in {count(told.minutes, 'minute')}" if told.minutes else "no limit")
        if told.seconds_per_item:
            parts.append(f"{told.seconds_per_item} seconds each")
        return ", ".join(parts)

    def render(self) -> Content:
        """Draw it: without large digits on a low screen."""
        told = self.told
        begin = (
            join((f" {key_sign(self, 'set-up.start')}  Start ", BUTTON))
            if self._questions
            else show("Choose something to ask.", MUTED)
        )
        if self.has_class("-low"):
            return join(show_line(self.sentence(), "bold"), "  ", begin)
        detail = ["Verdicts at once" if told.is_at_once else "Verdicts at the end"]
        if told.pass_mark:
            detail.append(f"{told.pass_mark} % passes")
        lines = [show_line(self.sentence(), "bold"), show(" · ".join(detail), MUTED), Content(), begin]
        large = [*large_digits(str(self._questions)), ""]
        width = len(large[0])
        return Content("\n").join(
            join((f"{row:<{width}}  ", "bold $text-accent"), line)
            for row, line in zip(large, lines, strict=True)
        )
