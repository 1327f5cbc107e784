"""A drill's texts on the projector: its rules, its progress, its options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from quiz.core.drill.drill import Drill
from quiz.core.drill.points import RIGHT
from quiz.core.drill.settings import Stage, whole
from quiz.core.drill.wall_words import WallWords
from quiz.core.events.model import Event, EventKind
from quiz.core.text.phrases import clock
from quiz.errors import ExchangeError, QuizError
from quiz.tui.drill.projected_option import OptionView
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.lead_card import BUTTON

NAME_WIDTH = 12
"""How many cells the names of a drill's facts take."""
TAKEN_BACK = {
    "start": "the beginning",
    "skip": "the skipping",
    "reveal": "the correct answer",
    "verdict": "the verdict",
    "pass": "the pass",
    "count": "the last count of hands",
    "join": "who joined last",
    "extend": "the extra time",
    "close": "the end of the answers",
}
"""The words for what an undo took back, by step."""


def taken_back(event: Event, own: Mapping[str, str], words: WallWords) -> str:
    """Return what an undo takes back, in words; `own` are the words for the format's own steps."""
    if event.kind is EventKind.END:
        return words.say("the early end")
    return words.say({**TAKEN_BACK, **own}.get(str(event.body.get("do")), "the last step"))


def translated(error: QuizError, words: WallWords) -> ExchangeError:
    """Return what says in the wall's language what an error says."""
    return ExchangeError(words.say(error.message), words.say(error.help))


def keys_line(*keys: tuple[str, str]) -> Content:
    """Return keys with what they do, in one line."""
    return Content("   ").join([join((key, "bold $text-accent"), f" {effect}") for key, effect in keys])


def button_line(key: str, effect: str) -> Content:
    """Return the key that goes on as a button."""
    return join((f" {key}  {effect[:1].upper()}{effect[1:]} ", BUTTON))


def rules_lines(
    drill: Drill, facts: Sequence[tuple[str, str]], keys: Sequence[tuple[str, str]], width: int
) -> list[Content]:
    """Return what the class should know before it begins, in lines of a width in cells.

    `facts` are names and values from the format, `keys` what can be pressed then.
    """
    words = drill.words
    rows = [("Questions", f"{drill.total}"), *facts]
    if drill.limit_ms:
        rows.append(("Time", clock(drill.limit_ms)))
    if drill.competitors:
        rows += zip(("Points", *[""] * len(drill.rules)), drill.rules, strict=False)
    summary = show(words.say(drill.summary)).wrap(width)
    lines = [show(words.say(drill.title), "bold $text-accent"), Content(), *summary, Content()]
    for name, value in rows:
        for place, part in enumerate(show(value).wrap(max(1, width - NAME_WIDTH))):
            head = words.say(name) if place == 0 else ""
            lines.append(join((f"{head:<{NAME_WIDTH}}", "$foreground-muted"), part))
    told = [keys_line((key, words.say(effect))) for key, effect in keys]
    in_one = Content("   ").join(told)
    return [*lines, Content(), *([in_one] if in_one.cell_length <= width else told)]


def bonus_line(verdict: Event, words: WallWords) -> Content:
    """Return how a verdict's points are made up, if speed earned some of them."""
    bonus = whole(verdict, "points") - RIGHT
    return (
        join((f"   {RIGHT} + {bonus} {words.say('for speed')}", "$foreground-muted"))
        if bonus > 0
        else Content()
    )


def title_line(drill: Drill) -> Content:
    """Return what is drilled, and in which format."""
    titles = list(dict.fromkeys(drill.lookup.titles.values()))
    title = titles[0] if len(titles) == 1 else drill.words.count(len(titles), "bank")
    return join((title, "bold $foreground"), (f" · {drill.words.say(drill.title)}", "$foreground-muted"))


def progress_line(drill: Drill, width: int) -> Content:
    """Return how many items came up, with dots if there is room."""
    done = min(drill.place + (drill.stage is not Stage.READY), drill.total)
    dots = "●" * done + "○" * (drill.total - done)
    place = drill.words.say("{n} of {all}", n=done, all=drill.total)
    shown = [place, dots if drill.total <= width // 3 - 8 else ""]
    return show_line("   ".join(part for part in shown if part))


def option_views(drill: Drill, labels: str = "123456789") -> tuple[OptionView, ...]:
    """Return the options as they are shown now; the key is marked only once it is revealed."""
    if not drill.is_by_option:
        return ()
    key = drill.key_options if drill.is_revealed else frozenset()
    views, words = [], drill.words
    notes = {"key": words.say("correct"), "wrong": words.say("answered")}
    for label, text in zip(labels, drill.options, strict=False):
        is_wrong = drill.is_revealed and text == drill.chosen and text not in key
        mark = "key" if text in key else "wrong" if is_wrong else "off" if key else ""
        views.append(OptionView(label, text, mark, note=notes.get(mark, "")))
    return tuple(views)
