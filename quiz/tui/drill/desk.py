"""What the teacher sees where the class looks at another screen: the key, the answers, and who is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from quiz.core.content.grading import Chosen
from quiz.core.drill.drill import Drill
from quiz.tui.drill.projected_option import OptionView
from quiz.tui.text import join, show_line
from quiz.tui.widgets.figures import Figures

HEAD = 16
"""How many cells stand before each line."""


class DeskPanel(Figures):
    """A few lines for the teacher alone. Hidden unless the screen is a desk."""

    DEFAULT_CSS = """
    DeskPanel { display: none; padding: 0 3; background: $surface; border-top: solid $foreground 25%; }
    """


def desk_lines(
    drill: Drill, names: Mapping[str, str], views: Sequence[OptionView], next_key: tuple[str, str]
) -> list[Content]:
    """Return the lines for the desk, each to be cut where it is too long.

    `views` are the options on the screen, `next_key` is the key that leads on, with what it does.
    """
    if not drill.has_item:
        return []
    say = drill.words.say
    rows = [(say("Correct answer"), show_line(_key(drill, views), "bold"))]
    counted = _counts(drill, views)
    if counted:
        rows.append((say("Answers"), show_line(counted)))
    if drill.takes_answers and drill.named:
        missing = [names.get(pupil, "") for pupil in drill.missing]
        told = f"{len(missing)}: {', '.join(missing)}" if missing else say("nobody")
        rows.append((say("Missing"), show_line(told)))
    key, effect = next_key
    if key:
        rows.append((say("Next"), join((key, "bold $text-accent"), f" {effect}")))
    return [join((f"{head:<{HEAD}}", "$foreground-muted"), row) for head, row in rows]


def _key(drill: Drill, views: Sequence[OptionView]) -> str:
    """Return the key, with the label that it has on the screen."""
    item = drill.current.item
    key = item.key_response()
    options = key.options if isinstance(key, Chosen) else ()
    labelled = [
        f"{view.label}  {drill.words.option(item, view.text)}" for view in views if view.text in options
    ]
    return ", ".join(labelled) or drill.words.option(item, item.key_text())


def _counts(drill: Drill, views: Sequence[OptionView]) -> str:
    """Return how many chose each option, in each round; empty where no option has a row."""
    if not views:
        return ""
    rounds = [
        " · ".join(f"{view.label} {number}" for view, number in zip(views, tally, strict=False))
        for tally in drill.tallies
    ]
    return f"   {drill.words.say('then')}   ".join(rounds)
