"""The podium at the end of a drill."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from quiz.core.drill.report import CompetitorLine
from quiz.core.drill.wall_words import ENGLISH, WallWords
from quiz.tui.text import join, show_line

STEPS = {1: 5, 2: 3, 3: 1}
"""The height of each place's step, in rows."""
WIDEST = 26
STYLES = {
    1: "bold $text-warning on $warning-muted",
    2: "bold $text-primary on $primary-muted",
    3: "bold $text-secondary on $secondary-muted",
}


def podium(lines: Sequence[CompetitorLine], width: int, words: WallWords = ENGLISH) -> list[Content]:
    """Return the first three places as steps, the first in the middle, ties at the same height.

    If more than three share them, the step says how many.
    """
    steps = []
    for place in STEPS:
        there = [line for line in lines if line.place == place and line.score.points > 0]
        if there:
            steps.append((place, there))
    if not steps:
        return []
    order = [steps[k] for k in ((1, 0, 2) if len(steps) > 2 else (1, 0) if len(steps) > 1 else (0,))]
    room = max(10, min(WIDEST, (width - 2 * (len(order) - 1)) // len(order)))
    columns = [_column(place, there, room, words) for place, there in order]
    tallest = max(map(len, columns))
    blank = Content(" " * room)
    padded = [[blank] * (tallest - len(column)) + column for column in columns]
    return [Content("  ").join(row) for row in zip(*padded, strict=True)]


def _column(place: int, there: Sequence[CompetitorLine], room: int, words: WallWords) -> list[Content]:
    """Return a step with the names on it."""
    names = [line.name for line in there[:3]]
    if len(there) > 3:
        names = [*names[:2], words.say("and {n} more", n=len(there) - 2)]
    score = there[0].score
    style = STYLES[place]
    face = [str(place), f"{score.points}", words.say("{n} right", n=score.right)]
    body = [face[k] if k < len(face) else "" for k in range(STEPS[place])]
    if STEPS[place] < len(face):
        body = [f"{place} · {score.points} · {score.right} ✓"]
    above = [_middle(show_line(name, "bold"), room) for name in names]
    return [*above, *(_middle(show_line(text), room, style) for text in body)]


def _middle(text: Content, room: int, style: str = "") -> Content:
    """Return a text centred in a line."""
    text = text.truncate(room, ellipsis=True)
    left = (room - text.cell_length) // 2
    line = join(" " * left, text, " " * (room - left - text.cell_length))
    return line.stylize(style) if style else line
