"""What begins with what is set up, in a sentence, and the key that begins it."""

from __future__ import annotations

from textual.content import Content

from quiz.tui.available_actions import key_sign
from quiz.tui.text import join, show_line
from quiz.tui.widgets.large_digits import large_digits
from quiz.tui.widgets.lead_card import BUTTON, LeadCard, beside_digits

MUTED = "$foreground-muted"
LOW_BELOW = 26
"""The height of the terminal in rows below which the card takes one line."""


class StartCard(LeadCard):
    """The number of questions in large digits, the sentence, and the button. A click begins."""

    def __init__(self) -> None:
        super().__init__()
        self._questions: int | None = None
        self._sentence = self._detail = ""

    def put(self, questions: int | None, sentence: str, detail: str = "") -> None:
        """Show how many questions begin, None while they are counted, and what they are in words.

        Without any question the words say why, and there is no button.
        """
        self._questions, self._sentence, self._detail = questions, sentence, detail
        self.refresh(layout=True)

    async def on_click(self) -> None:
        """Begin."""
        await self.screen.run_action("start")

    def render(self) -> Content:
        """Draw it: without large digits on a low screen."""
        sentence = show_line(self._sentence, "bold")
        begin = join((f" {key_sign(self, 'set-up.start')}  Start ", BUTTON)) if self._questions else Content()
        if self.has_class("-low"):
            return join(sentence, "  ", begin if self._questions else show_line(self._detail, MUTED))
        lines = [sentence, show_line(self._detail, MUTED), Content(), begin]
        digits = "" if self._questions is None else str(self._questions)
        large = [f"{row:<3}  " for row in large_digits(digits)]
        return Content("\n").join(beside_digits(large, lines, "bold $text-accent"))
