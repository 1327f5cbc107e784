"""What an exam came to: the score in large digits, a bar with the pass mark, and the key that goes on."""

from __future__ import annotations

from textual.content import Content

from quiz.core.content.grading import Verdict
from quiz.core.exam.result import ExamResult, clock_remark
from quiz.core.exam.session import By
from quiz.core.item_result import points_text
from quiz.core.text.phrases import clock, whole_per_cent
from quiz.tui.available_actions import key_label, key_sign
from quiz.tui.text import SIGNS, join, show
from quiz.tui.widgets.bars import bar
from quiz.tui.widgets.large_digits import large_digits
from quiz.tui.widgets.lead_card import BUTTON, LeadCard, beside_digits

WORDS = {
    Verdict.CORRECT: "right",
    Verdict.PARTIAL: "partly",
    Verdict.INCORRECT: "wrong",
    Verdict.SKIPPED: "left empty",
}
MUTED = "$foreground-muted"
BAR_WIDTH = 48
"""The greatest width of the bar, in cells."""


class ExamScore(LeadCard):
    """The first thing on the result. A click does what its button says."""

    DEFAULT_CSS = "ExamScore.-tight { padding: 0 3; } ExamScore.-low { padding: 0 2; }"

    def __init__(self, result: ExamResult) -> None:
        super().__init__()
        self._result = result

    async def on_click(self) -> None:
        """Do what the button says."""
        await self.screen.run_action("retry" if self._result.missed else "review")

    def render(self) -> Content:
        """Draw it: without large digits on a low screen."""
        result = self._result
        tone = f"bold {self._tone()}"
        number = result.per_cent.removeprefix("< ")
        gap = [] if self.has_class("-tight") else [Content()]
        lines = [self._headline(), *self._bar(), self._counts(), *self._remarks(), *gap, self._button()]
        if self.has_class("-low"):
            lines = [line for line in lines if line.plain.strip()]
            return Content("\n").join([join((f"{result.per_cent} %  ", tone), lines[0]), *lines[1:]])
        large = large_digits("".join(sign for sign in number if sign in "0123456789."))
        rows = [large[0], large[1], f"{large[2]} %   "]
        return Content("\n").join(beside_digits(rows, lines, tone))

    def _tone(self) -> str:
        """Return the colour that the pass mark gives; its word stands beside it."""
        return {True: "$text-success", False: "$text-error", None: "$text-accent"}[self._result.has_passed]

    def _headline(self) -> Content:
        result = self._result
        points = f"{points_text(result.points)} of {points_text(result.out_of)} points"
        said = [(points, "bold")]
        if not result.earlier:
            said.append((", your first exam here", MUTED))
        else:
            best = whole_per_cent(max(result.earlier))
            here = whole_per_cent(result.share)
            said.append(
                (f", your best so far; it was {best} %" if here > best else f", your best is {best} %", MUTED)
            )
        if result.has_passed is None:
            return join(*said)
        sign, style = SIGNS["correct" if result.has_passed else "incorrect"]
        return join(*said, (f"   {sign} {'Passed' if result.has_passed else 'Not passed'}", f"bold {style}"))

    def _bar(self) -> list[Content]:
        result = self._result
        width = max(10, min(BAR_WIDTH, self.content_size.width - 16))
        lines = [bar(result.share, width, self._tone())]
        mark = result.settings.pass_mark
        if mark is not None:
            at = min(width - 1, round(mark / 100 * width))
            lines.append(show(f"{' ' * at}▲ {mark} % passes", MUTED))
        return lines

    def _counts(self) -> Content:
        result, settings = self._result, self._result.settings
        counted = [
            join((f"{SIGNS[verdict.value][0]} {number} {word}   ", SIGNS[verdict.value][1]))
            for verdict, word in WORDS.items()
            if (number := result.count(verdict))
        ]
        limit = f" of {clock(settings.limit_ms)}" if settings.limit_ms else ""
        return join(*counted, (f"{clock(result.duration_ms)}{limit}", MUTED))

    def _remarks(self) -> list[Content]:
        remarks = ["Handed in when time was over."] if self._result.by is By.CLOCK else []
        remarks += [remark] if (remark := clock_remark(self._result)) else []
        return [show(remark, "$text-warning") for remark in remarks]

    def _button(self) -> Content:
        result = self._result
        if result.missed:
            said = f" {key_label(self, 'exam-result.retry')}  Practise the {len(result.missed)} "
        elif result.items:
            said = f" {key_sign(self, 'exam-result.review')}  Look at every question "
        else:
            return Content()
        return join((said, BUTTON))
