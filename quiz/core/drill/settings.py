"""The settings of a drill, and the words with which its steps are recorded."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

import msgspec

from quiz.core.drill.points import Score
from quiz.core.events.model import Event, SessionHeader

MOST_OPTIONS = 9
"""How many options can have a key each. The teacher judges items with more."""
MOST_SECONDS = 3600
"""The longest time for an item, in seconds."""
USUAL_ITEMS = 12
CLASS = "class"
"""The competitor if the whole class answers together."""
EXTENSION_MS = 30_000
"""How much time an extension adds, in milliseconds."""


class Stage(StrEnum):
    """The stages of a drill."""

    READY = "ready"
    """The rules are shown; nothing was asked yet."""
    ASKING = "asking"
    """The item is shown to the whole class."""
    ANSWERING = "answering"
    """Somebody is answering."""
    COUNTED = "counted"
    """The hands are counted and shown, the key is not."""
    REVEALED = "revealed"
    """The key is shown, with its rationale."""
    FINISHED = "finished"


class DrillStep(StrEnum):
    """What an event of a drill records, in `body["do"]`. Formats add their own."""

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
    ANSWER = "answer"
    """A pupil gave an answer of their own, or changed it."""
    CLOSE = "close"
    """No more answers or hands are taken."""
    ABSENT = "absent"
    PRESENT = "present"


class Channel(StrEnum):
    """How a pupil's own answer came in."""

    PHONE = "phone"
    CARD = "card"
    DESK = "desk"
    """Typed in by the teacher."""


class Needs(StrEnum):
    """Who takes part in a format."""

    CLASS = "class"
    """The whole class at once, by its size."""
    PUPILS = "pupils"
    TEAMS = "teams"
    SIDES = "sides"
    """One pupil, two, or the class."""


KEPT = frozenset({DrillStep.PAUSE, DrillStep.GO_ON, DrillStep.TICK, DrillStep.BOARD})
"""Steps that no undo takes back: each has its own way back."""


class DrillSettings(msgspec.Struct, frozen=True):
    """The settings of a drill. They hold no names, since the record could not forget them."""

    format: str = "vote"
    seconds: int = 0
    """Seconds for an item, or for a whole sprint; 0 for no limit."""
    has_bonus: bool = False
    """Whether a fast right answer earns a little more."""
    class_list: str = msgspec.field(default="", name="roster")
    """The id of the class list, if any; stored as `roster`."""
    pupils: tuple[str, ...] = ()
    """The pupils who take part: ids of learners, or numbers such as #7 for pupils without a record."""
    ahead: dict[str, int] = msgspec.field(default_factory=dict)
    """How earlier lessons left the turns: 1 for who had one in the last round, -1 for who missed the one
    before, by pupil; 0 for all others.
    """
    teams: int = 0
    class_size: int = 0
    """How many hands there can be; 0 if unknown."""
    record: int = 0
    """The most right answers in an earlier sprint of this kind."""
    may_change: bool = True
    """Whether pupils may change their answers on their phones until no more are taken."""
    has_places: bool = True
    """Whether the class sees the places from the beginning."""
    feeds_records: bool = True
    """Whether what pupils of a class list answer themselves counts for their own records."""


class SetupChoice(NamedTuple):
    """One thing to choose before a drill of some format starts."""

    name: str
    """The field of DrillSettings."""
    label: str
    values: tuple[int, ...]
    usual: int


def drill_settings(header: SessionHeader) -> DrillSettings:
    """Return the settings that a drill was started with."""
    return msgspec.convert(header.settings.get("drill", {}), DrillSettings)


def is_learner(competitor: str) -> bool:
    """Return whether a competitor is a learner with a record."""
    return bool(competitor) and not competitor.startswith(("#", "team-", "class"))


def whole(event: Event, name: str) -> int:
    """Return a whole number from an event's body, 0 if it holds none."""
    value = event.body.get(name)
    return value if isinstance(value, int) else 0


def scores_of(log: Iterable[Event]) -> dict[str, Score]:
    """Return the score of each competitor, from the events that count."""
    by_competitor: dict[str, list[Event]] = {}
    for event in log:
        if event.body.get("do") in {DrillStep.VERDICT, DrillStep.PASS}:
            by_competitor.setdefault(str(event.body.get("by", "")), []).append(event)
    return {by: total_score(told) for by, told in by_competitor.items()}


def total_score(events: Iterable[Event]) -> Score:
    """Return the score of the verdicts and passes among some events."""
    score = Score()
    for event in events:
        match event.body.get("do"):
            case DrillStep.VERDICT:
                score = score.plus(event.score or 0.0, whole(event, "points"))
            case DrillStep.PASS:
                score = score.plus_pass()
    return score
