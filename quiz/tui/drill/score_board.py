"""The standings in a drill, with right answers apart from points."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual import events
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Digits, Static

from quiz.core.drill.points import Rank, Score
from quiz.core.drill.teams import BY_ID
from quiz.core.drill.wall_words import ENGLISH, WallWords
from quiz.tui.drill.team_badge import badge
from quiz.tui.text import SIGNS, join, show_line

TALL = 20
"""From this height, in rows, a screen has room for large digits."""
SIGN_WIDTH = 3
"""How many cells a team's sign takes, for which small screens leave room so that nothing jumps."""
SHARE = 3
"""Cards take at most one row in this many of the screen."""


def place_words(rank: Rank) -> str:
    """Return a place as text: 1. or, if shared, =1."""
    return f"={rank.place}" if rank.is_tied else f"{rank.place}."


def right_words(score: Score) -> str:
    """Return the number of right answers, and apart from them the number of those given with help."""
    helped = f" {score.helped} {SIGNS['partial'][0]}" if score.helped else ""
    return f"{score.right} ✓{helped}"


def board_lines(
    ranks: Sequence[Rank],
    names: Mapping[str, str],
    width: int,
    current: str = "",
    words: WallWords = ENGLISH,
    absent: Collection[str] = (),
    answered: Collection[str] = (),
) -> list[Content]:
    """Return a line for each who has a verdict, best first, then how many of those who are here are to come.

    `answered` are those who gave an answer of their own, which may still wait for its verdict.
    """
    lines, waiting = [], 0
    for rank in ranks:
        score = rank.score
        if not score.answers and not score.passed and rank.competitor != current:
            waiting += rank.competitor not in absent and rank.competitor not in answered
            continue
        tail = f"{right_words(score)} {score.points:>6}"
        is_current = rank.competitor == current
        name = show_line(names.get(rank.competitor, ""), "bold" if is_current else "")
        place = f"{'▸' if is_current else ' '}{place_words(rank):>3} "
        head = join((place, "$text-accent" if is_current else "$foreground-muted"), name)
        room = max(4, width - len(tail) - 1)
        style = "bold" if score.points else "$foreground-muted"
        lines.append(join(head.truncate(room, ellipsis=True, pad=True), " ", (tail, style)))
    if not lines and (waiting or answered):
        return [_no_verdict_yet(answered, words)]
    if waiting:
        said = words.count(waiting, "pupil still to come", "pupils still to come")
        lines += [Content(), show_line(said, "$foreground-muted")]
    return lines


def board_strip(
    ranks: Sequence[Rank],
    names: Mapping[str, str],
    words: WallWords = ENGLISH,
    answered: Collection[str] = (),
) -> Content:
    """Return the standings in one line, best first, for small screens. `answered` is as in `board_lines`."""
    parts = []
    for rank in ranks:
        if rank.score.answers or rank.competitor in BY_ID:
            name = badge(rank.competitor, names.get(rank.competitor, ""))
            figures = f" {right_words(rank.score)} {rank.score.points}    "
            parts.append(join((f"{place_words(rank)} ", "$foreground-muted"), name, figures))
    return Content.assemble(*parts) if parts else _no_verdict_yet(answered, words)


def _no_verdict_yet(answered: Collection[str], words: WallWords) -> Content:
    """Return why nobody is on the board."""
    said = words.say("Points come with the answer." if answered else "Nobody has answered yet.")
    return show_line(said, "$foreground-muted")


class ScoreCard(NamedTuple):
    """How a team or a side is shown."""

    name: Content
    figure: str
    """Its points or right answers, shown in large digits."""
    said: str
    """The text below the digits."""
    brief: str
    """The text if there is no room for digits."""
    least: Content
    """The text if there is no room for that either."""
    is_seat: bool = False
    """Whether it may answer."""
    is_out: bool = False
    """Whether it cannot answer now."""


def len_of(card: ScoreCard, *, is_least: bool) -> int:
    """Return the width of a card's first line in cells."""
    return (card.least if is_least else card.name).cell_length


class ScoreCards(Container):
    """A card for each team or side, in a fixed order whoever leads."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ScoreCards {
        layout: grid; grid-columns: 1fr; grid-rows: auto; height: auto; padding: 0 2;
        & > Vertical { height: 5; padding: 0 1; }
        & Static { height: 1; }
        & Digits { width: auto; }
        & > .-out Digits, & > .-out .said { color: $foreground-muted; }
        & > .-seat Digits { text-style: bold; color: $text-accent; }
        &.-flat > Vertical { height: 2; }
        &.-flat Digits { display: none; }
        &.-bare > Vertical { height: 1; padding: 0; }
        &.-bare .said { display: none; }
    }
    """

    @dataclass
    class Clicked(Message):
        """A card was clicked."""

        place: int

    _cards: tuple[ScoreCard, ...] = ()
    _has_figures = True
    _is_crowded = False
    _columns = 0
    _drawn: tuple[tuple[ScoreCard, bool, bool], ...] = ()
    """The cards that are drawn now."""

    def make_room(self, *, is_crowded: bool) -> None:
        """Take less room, or as much as there is."""
        if is_crowded != self._is_crowded:
            self._is_crowded = is_crowded
            self._draw()

    async def show_cards(self, cards: Sequence[ScoreCard], *, has_figures: bool = True) -> None:
        """Show some cards, with or without their figures."""
        self._cards, self._has_figures = tuple(cards), has_figures
        boxes = list(self.children)
        if len(boxes) != len(cards):  # nothing is awaited till the new ones count: a tick may come meanwhile
            self._drawn = ()
            missing = range(len(boxes), len(cards))
            await self.mount(
                *(Vertical(Static(classes="name"), Digits(), Static(classes="said")) for _ in missing)
            )
            await self.remove_children(boxes[len(cards) :])
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Report which card was clicked."""
        for place, box in enumerate(self.children):
            if box.region.contains(event.screen_x, event.screen_y):
                self.post_message(self.Clicked(place))

    def on_resize(self) -> None:
        """Show as much as there is room for."""
        self._draw()

    def _draw(self) -> None:
        """Show digits if there is room, else words, else the shortest text."""
        if not all(box.children for box in self.children):
            return  # the cards are being mounted, and drawn after that
        cards, (width, height) = self._cards, (self.size.width, self.screen.size.height)
        has_least = self._is_crowded and height < TALL
        widest = max((len_of(card, is_least=has_least) for card in cards), default=0)
        if height < TALL and len(cards) * (widest + 2 + SIGN_WIDTH) > width:
            has_least, widest = True, max((len_of(card, is_least=True) for card in cards), default=0)
        rows = 1 if len(cards) * (widest + 2) <= width else 2
        columns = max(1, -(-len(cards) // rows))
        room = width // columns - 2
        is_least = has_least or room < widest
        figure = max((3 * len(card.figure) for card in cards), default=0)
        has_digits = not self._is_crowded and room >= figure and height >= TALL and 5 * rows * SHARE <= height
        if self._columns != columns:
            self._columns = columns
            self.styles.grid_size_columns = columns
        self.set_class(is_least or not self._has_figures, "-bare")
        self.set_class(is_least or not has_digits or not self._has_figures, "-flat")
        drawn = tuple((card, is_least, has_digits) for card in cards)
        for box, new, old in zip(self.children, drawn, self._drawn or (None,) * len(cards), strict=False):
            if new != old:
                self._draw_card(box, *new)
        self._drawn = drawn

    @staticmethod
    def _draw_card(box: Widget, card: ScoreCard, is_least: bool, has_digits: bool) -> None:
        box.query_one(".name", Static).update(card.least if is_least else card.name)
        box.query_one(Digits).update(card.figure)
        box.query_one(".said", Static).update(show_line(card.said if has_digits else card.brief))
        box.set_class(card.is_out, "-out")
        box.set_class(card.is_seat, "-seat")
