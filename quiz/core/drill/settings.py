"""What a drill is told, and the words its events are recorded with."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

import msgspec

from quiz.core.drill.points import Score
from quiz.core.events.model import Event, SessionHeader

MOST_OPTIONS = 9
"""How many options can be answered by a key each; an item with more is judged by the teacher."""
MOST_SECONDS = 3600
"""The longest time for an item that can be asked for."""
USUAL_ITEMS = 12
CLASS = "class"
"""The competitor where the whole class answers together."""
EXTENSION_MS = 30_000
"""What one extension adds, in milliseconds."""


class Stage(StrEnum):
    """Where a drill stands."""

    READY = "ready"
    """The rules are shown; nothing was asked yet."""
    ASKING = "asking"
    """The item is before the whole class."""
    ANSWERING = "answering"
    """Somebody has the word."""
    COUNTED = "counted"
    """The hands are counted and shown, the key is not."""
    REVEALED = "revealed"
    """The key is shown, with what there is to say about it."""
    FINISHED = "finished"


class DrillStep(StrEnum):
    """What an event of a drill says was done, in `body["do"]`. Formats add their own."""

    START = "start"
    NEXT = "next"
    SKIP = "skip"
    REVEAL = "reveal"
    VERDICT = "verdict"
    PASS = "pass"  # noqa: S105
    COUNT = "count"
    JOIN = "join"
    EXTEND = "extend"
    PAUSE = "pause"
    GO_ON = "go-on"
    TICK = "tick"
    BOARD = "board"


class Needs(StrEnum):
    """Whom a format takes."""

    CLASS = "class"
    """Everybody at once, by their number."""
    PUPILS = "pupils"
    TEAMS = "teams"
    SIDES = "sides"
    """One pupil, two, or the class."""


KEPT = frozenset({DrillStep.PAUSE, DrillStep.GO_ON, DrillStep.TICK, DrillStep.BOARD})
"""Steps that no undo touches: each has its own way back."""


class DrillSettings(msgspec.Struct, frozen=True):
    """What a drill is told. Nobody's name is in it: the record cannot be made to forget one."""

    format: str = "vote"
    seconds: int = 0
    """How long there is for an item, or for a whole sprint; 0 is as long as it takes."""
    has_bonus: bool = False
    """Whether a fast right answer brings a little more."""
    class_list: str = msgspec.field(default="", name="roster")
    """The id of the class list, empty without one; on record under an older name."""
    pupils: tuple[str, ...] = ()
    """Who takes part: ids of learners, or numbers such as #7 for pupils without a record."""
    teams: int = 0
    class_size: int = 0
    """How many hands there can be; 0 is not known."""
    record: int = 0
    """The most right answers of an earlier sprint like this one."""


class SetupChoice(NamedTuple):
    """One thing to decide before a drill of some format starts."""

    name: str
    """The field of DrillSettings."""
    label: str
    values: tuple[int, ...]
    usual: int


def drill_settings(header: SessionHeader) -> DrillSettings:
    """Return what a drill was told."""
    return msgspec.convert(header.settings.get("drill", {}), DrillSettings)


def is_learner(competitor: str) -> bool:
    """Say whether a competitor is somebody with a record of their own."""
    return bool(competitor) and not competitor.startswith(("#", "team-", "class"))


def whole(event: Event, name: str) -> int:
    """Return a whole number of an event's body, 0 where it holds none."""
    value = event.body.get(name)
    return value if isinstance(value, int) else 0


def scores_of(log: Iterable[Event]) -> dict[str, Score]:
    """Return what each competitor has done, by the events that count."""
    by_competitor: dict[str, list[Event]] = {}
    for event in log:
        if event.body.get("do") in {DrillStep.VERDICT, DrillStep.PASS}:
            by_competitor.setdefault(str(event.body.get("by", "")), []).append(event)
    return {by: total_score(told) for by, told in by_competitor.items()}


def total_score(events: Iterable[Event]) -> Score:
    """Return what the verdicts and passes among some events come to."""
    score = Score()
    for event in events:
        match event.body.get("do"):
            case DrillStep.VERDICT:
                score = score.plus(event.score or 0.0, whole(event, "points"))
            case DrillStep.PASS:
                score = score.plus_pass()
    return score
