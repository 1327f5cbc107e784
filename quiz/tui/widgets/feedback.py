"""What there is to say once a response is graded. It stays until the learner goes on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message

from quiz.core.content.grading import Grade, usual_wordings
from quiz.core.content.interaction import RATINGS
from quiz.core.content.item import Item
from quiz.core.content.option_feedback import option_feedback
from quiz.core.session import BankItem
from quiz.core.text.markup import NO_MARKUP, Markup
from quiz.core.text.phrases import per_cent, span
from quiz.tui.text import SIGNS, join, show, show_marked
from quiz.tui.widgets.marked_text import NO_BLOCKS, Blocks, code_in, colour_soon, known_blocks
from quiz.tui.widgets.text_lines import Lines

if TYPE_CHECKING:
    from quiz.services.study.live import ComingBack

WORDS = {"correct": "Correct.", "partial": "Partly right.", "incorrect": "Not quite.", "skipped": "Skipped."}
ASIDE_FROM = 56
"""The width in cells from which the verdict's word stands in a column of its own."""
COLUMN = 15
"""How many cells that column takes."""
ONE_ROW = 58
"""How many cells all four ratings take side by side."""
CHOSEN = "bold $foreground on $primary-muted underline"
"""How the rating looks that counts."""


class Feedback(Lines):
    """The verdict with its reasons, and when the item comes back."""

    DEFAULT_CSS = "Feedback { display: none; height: auto; width: 1fr; margin-top: 1; padding: 0 2; }"

    class Placed(Message):
        """What is said has its place on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self._bank_item: BankItem | None = None
        self._grade = Grade(0.0)
        self._back: ComingBack | None = None
        self._room = 0
        self._told: Collection[str] = ()
        self._labels: Mapping[str, str] = {}

    def put(
        self,
        bank_item: BankItem,
        grade: Grade,
        back: ComingBack | None = None,
        *,
        room: int = 0,
        told: Collection[str] = (),
        labels: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Show what came of a response; `room` is how many rows are free for it.

        `told` are the explanations that stand beside their options, `labels` the keys of the options.
        """
        self._bank_item, self._grade, self._back, self._room = bank_item, grade, back, room
        self._told, self._labels = told, labels
        self.display = True
        self.lay_out_again()
        codes = code_in((bank_item.item.rationale, *grade.feedback), bank_item.bank.reads)
        if codes:
            colour_soon(self, codes, self.lay_out_again)

    def give_room(self, room: int) -> None:
        """Leave room between what is said where there are so many rows for it."""
        if room != self._room:
            self._room = room
            self.lay_out_again()

    def show_back(self, back: ComingBack) -> None:
        """Say anew when the item comes back."""
        self._back = back
        self.lay_out_again()

    @property
    def verdict_rows(self) -> int:
        """How many rows the verdict and its reasons take."""
        return len(self._verdict(max(1, self.size.width)))

    def least_rows(self, width: int) -> int:
        """Return how many rows it takes at least in a width, with what stands above it."""
        width = max(1, width - self.gutter.width)
        back = self._coming_back(self._back, width) if self._back is not None else []
        return 1 + len(self._verdict(width)) + len(back)

    def on_resize(self) -> None:
        """Tell that the verdict has its place on the screen."""
        self.post_message(self.Placed())

    def lines(self, width: int) -> list[Content]:
        """Return it all, most important first."""
        if self._bank_item is None:
            return []
        verdict = self._verdict(width)
        back = self._coming_back(self._back, width) if self._back is not None else []
        free = self._room - len(verdict) - len(back)
        return [*verdict, *[Content()] * max(min(free - 1, 2), 0), *back] if back else verdict

    def _verdict(self, width: int) -> list[Content]:
        """Return the verdict as a sign and a word, with the reasons beside it."""
        if self._bank_item is None:
            return []
        grade, item, markup = self._grade, self._bank_item.item, self._bank_item.bank.reads
        blocks = known_blocks(self.app)
        sign, style = SIGNS[grade.verdict.value]
        share = f" {per_cent(grade.score)}" if grade.verdict.value == "partial" else ""
        head = show(f"{sign} {WORDS[grade.verdict.value]}{share}", f"bold {style}")
        said = option_lines(item, grade, markup, blocks, self._told, self._labels)
        notice = grade.notice.removeprefix(" ".join(usual_wordings(grade.parts))).strip()  # which rows tell
        if notice:
            said.append(show(notice, "italic"))
        if item.rationale:
            said.append(show_marked(item.rationale, markup, "$foreground-muted" if said else "", blocks))
        return beside(head, said, width)

    def _coming_back(self, back: ComingBack, width: int) -> list[Content]:
        """Say when the item comes back, and what each rating would make of that, in rows that fit."""
        ratings = []
        for rating, interval in back.intervals.items():
            said = f"{RATINGS[rating]} {span(interval)}"
            if rating == back.chosen:
                ratings.append(join((f" {rating} {said} ", CHOSEN)))
            else:
                ratings.append(join((f" {rating} ", "bold $text-accent"), (said, "$foreground-muted"), " "))
        column = COLUMN if width - COLUMN >= ONE_ROW else 0
        in_a_row = len(RATINGS) if width >= ONE_ROW else 2
        rows = [
            Content.blank(max(0, column - 1)) + Content(" ").join(ratings[start : start + in_a_row])
            for start in range(0, len(ratings), in_a_row)
        ]
        head, words = ("Comes back", back.words.removeprefix("back "))
        if words == back.words:
            return [show(f"{words[:1].upper()}{words[1:]}", "$foreground-muted"), *rows]
        return [*beside(show(head, "$foreground-muted"), [show(words)], width), *rows]


def beside(head: Content, said: Sequence[Content], width: int) -> list[Content]:
    """Set texts beside a head in a column of their own, or after it where there is no room for two."""
    if not said:
        return [head]
    column = max(COLUMN, head.cell_length + 2)
    if width < ASIDE_FROM:
        first, *more = said
        return [line for text in (join(head, "  ", first), *more) for line in text.wrap(width)]
    lines = [line for text in said for line in text.wrap(width - column)]
    return [
        (head.pad_right(column - head.cell_length) if place == 0 else Content.blank(column)) + line
        for place, line in enumerate(lines)
    ]


def option_lines(
    item: Item,
    grade: Grade,
    markup: Markup = NO_MARKUP,
    blocks: Blocks = NO_BLOCKS,
    told: Collection[str] = (),
    labels: Mapping[str, str] = MappingProxyType({}),
) -> list[Content]:
    """Return what is said of the options that were chosen, except what is told elsewhere.

    Where a response has several parts, each is led by its option: by the key that it has on the screen, or
    its text.
    """
    options = {feedback: text for text, feedback in option_feedback(item)}
    names = max(len(grade.feedback), len(grade.parts)) > 1
    lines = []
    for said in grade.feedback:
        if said not in told:
            text = options.get(said, "") if names else ""
            lead = join((f"{labels[text]}  ", "bold")) if text in labels else Content()
            if text and text not in labels:
                lead = name_of(text, markup, blocks)
            lines.append(join(lead, show_marked(said, markup, blocks=blocks)))
    return lines


def name_of(option: str, markup: Markup, blocks: Blocks) -> Content:
    """Return an option as what stands before what is said of it; a block of code stands above it."""
    if code_in((option,), markup) or option.rstrip().endswith("```"):
        return show_marked(option, markup, "bold", blocks) + Content("\n")
    return show_marked(f"{option}: ", markup, "bold", blocks)
