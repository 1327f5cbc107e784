"""The score of a study session in large digits, what was learned, and the key that goes on."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive

from quiz.services.study.outcome import StudyOutcome
from quiz.tui.available_actions import key_label, key_sign
from quiz.tui.study.result_lines import learned_lines
from quiz.tui.text import join
from quiz.tui.widgets.bars import MOVES_FOR
from quiz.tui.widgets.large_digits import large_digits
from quiz.tui.widgets.lead_card import BUTTON, LeadCard, beside_digits


class SessionScore(LeadCard):
    """The first thing on the end screen. A click does what its button says."""

    counted: reactive[float] = reactive(0.0)
    """How far the score has been counted up, 0 to 1."""

    def __init__(self, outcome: StudyOutcome) -> None:
        super().__init__()
        self._outcome = outcome

    def on_mount(self) -> None:
        """Count the score up."""
        self.animate("counted", 1.0, duration=MOVES_FOR)

    async def on_click(self) -> None:
        """Do what the button says."""
        await self.screen.run_action("close" if self._outcome.is_day_complete else "more")

    def render(self) -> Content:
        """Draw it: without large digits on a low screen."""
        result = self._outcome.result
        lines = learned_lines(result)
        if self._outcome.is_day_complete:
            lines.append(join(("✓ ", "bold $text-success"), (self._outcome.day_in_words, "bold")))
        lines.append(self._button())
        right = round(self.counted * result.right_at_once)
        score = f"{right:>{len(str(result.right_at_once))}}/{result.asked}"
        if self.has_class("-low") or not result.asked:
            said = f"{result.right_at_once} of {result.asked} " if result.asked else ""
            first = join((said, "bold $text-success"), lines[0])
            return Content("\n").join([first, *lines[1:]])
        large = [f"{row}   " for row in large_digits(score)]
        return Content("\n").join(beside_digits(large, lines, "bold $text-success"))

    def _button(self) -> Content:
        outcome, close = self._outcome, key_sign(self, "results.close")
        back: str = getattr(self.screen, "way_back", "") or "Back"
        if outcome.is_day_complete:
            return join((f" {close}  {back} ", BUTTON))
        said = f" {key_label(self, 'results.more')}  Study the {outcome.left_in_words} "
        return join((said, BUTTON), "   ", (close, "bold $text-accent"), f" {back}")
