"""Recalling, revealing the back, and saying how well it was known."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from quiz.core.content.grading import Recalled, Response, Verdict
from quiz.core.content.interaction import RATINGS, Reveal
from quiz.core.text.markup import NO_MARKUP, Markup
from quiz.tui.responses.base import Hint
from quiz.tui.responses.row import NO_SIGN, RIGHT, TONES, WRONG, ResponseRow, align
from quiz.tui.responses.rows_base import RowsResponse
from quiz.tui.text import show
from quiz.tui.widgets.marked_text import MarkedText

YOURS = "your rating"


class RevealResponse(RowsResponse):
    """First a row that reveals the back, then the ratings: here a digit or a click hands the rating in."""

    DEFAULT_CSS = """
    RevealResponse {
        & > .back { display: none; margin: 0 1 1 2; padding: 0 1; border-left: outer $primary; }
        & > .rating { display: none; }
        &.-revealed > .back, &.-revealed > .rating { display: block; }
        &.-revealed > .front { display: none; }
    }
    """
    interaction: Reveal
    _response: Recalled

    def __init__(
        self, interaction: Reveal, response: Response | None = None, markup: Markup = NO_MARKUP
    ) -> None:
        super().__init__(interaction, response, markup)
        self._intervals: dict[int, str] = {}
        self.is_revealed = False
        self._front = ResponseRow("Show the back")
        self._ratings = [ResponseRow(word, str(rating)) for rating, word in RATINGS.items()]
        self._front.add_class("front")
        for row in self._ratings:
            row.add_class("rating")
        if self._response.rating:
            self.reveal()

    def compose(self) -> ComposeResult:
        """The row that reveals; the back; a row for each rating."""
        yield self._front
        yield MarkedText.of(self.interaction.back, self.markup, classes="back")
        yield from self._ratings

    @property
    def rows(self) -> list[ResponseRow]:
        """The row that reveals, then the ratings."""
        return self._ratings if self.is_revealed else [self._front]

    def show_intervals(self, intervals: dict[int, str]) -> None:
        """Show when each rating would bring the item back."""
        self._intervals = dict(intervals)
        self.redraw()

    @property
    def hint(self) -> Hint:
        """What the keys do."""
        return tuple((str(rating), word) for rating, word in RATINGS.items()) if self.is_revealed else ()

    @property
    def submits(self) -> str:
        """What enter does before there is a rating to hand in."""
        return "" if self.is_revealed else "Show the back"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hand in nothing once the back is shown but the rating that the cursor is on."""
        if action == "submit" and self.is_revealed and self.cursor < 0:
            return False
        return super().check_action(action, parameters)

    @property
    def unready(self) -> str:
        """What is still to be done."""
        if self.is_complete:
            return ""
        return "How well did you know it?" if self.is_revealed else "Recall it, then show the back."

    def fitting(self, response: Response | None) -> Recalled:
        """Keep a rating that there is."""
        fits = isinstance(response, Recalled) and response.rating in RATINGS
        return response if fits and isinstance(response, Recalled) else Recalled()

    def state(self, response: Response) -> tuple[object, ...]:
        """Say of each rating whether it was given."""
        rating = response.rating if isinstance(response, Recalled) else 0
        return tuple(number == rating for number in RATINGS)

    def reveal(self) -> None:
        """Show the back and the ratings; the cursor is on none of them, so that a held key rates nothing."""
        self.is_revealed = True
        self.add_class("-revealed")
        self.cursor = (self._response.rating or 0) - 1
        self.redraw()
        self.post_message(self.HintChanged())

    def press(self, label: str) -> bool:
        """Rate, once the back is shown."""
        if label not in map(str, RATINGS):
            return False
        if self.is_revealed:
            self.rate(int(label))
        else:
            self.complain(self.unready)
        return True

    def pick(self, place: int) -> None:
        """Reveal, or rate."""
        if not self.is_revealed:
            self.reveal()
            self._ratings[-1].scroll_visible(animate=False)
        elif place >= 0:
            self.rate(place + 1)

    def rate(self, rating: int) -> None:
        """Take the rating and hand it in."""
        self.cursor = rating - 1
        self.change(Recalled(rating))
        self.submit()

    def action_pick(self) -> None:
        """Reveal by space; rating by it needs the cursor on a rating."""
        self.pick(self.cursor)

    def action_submit(self) -> None:
        """Reveal, or hand in the rating that the cursor is on."""
        self.pick(self.cursor)

    def undo(self) -> None:
        """There is nothing to undo: a rating is handed in at once."""
        self.app.bell()

    def redraw(self) -> None:
        """Show the ratings, or the one that was given."""
        if self.is_marked and not self.is_revealed:
            self.reveal()
        self._front.put(sign=("◌", "$foreground-muted"))
        for rating, row in zip(RATINGS, self._ratings, strict=True):
            is_given = rating == self._response.rating
            if not self.is_marked:
                sign = ("●", "bold $text-primary") if is_given else ("○", "$foreground-muted")
                row.put(sign=sign, tail=show(self._intervals.get(rating, ""), "$foreground-muted"))
            elif is_given:
                sign = RIGHT if self.grade and self.grade.verdict is Verdict.CORRECT else WRONG
                row.put(sign=sign, tail=show(YOURS, sign[1]), tone=TONES[sign])
            else:
                row.put(sign=NO_SIGN, tail=Content(), tone="")
        align(self._ratings, reserve=len(YOURS))
        self.show_cursor()
