"""A classroom for tests: banks, drills, and somebody who presses keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from quiz.core.content.bank import Bank
from quiz.core.content.grading import Chosen, Entered, Matched, Ordered, Response
from quiz.core.content.interaction import Choose, Match, Order
from quiz.core.content.item import Item
from quiz.core.content.item_ref import ItemRef
from quiz.core.content.kinds.ordering import Ordering
from quiz.core.content.kinds.short_answer import ShortAnswer
from quiz.core.content.kinds.single_choice import SingleChoice
from quiz.core.content.kinds.true_false import TrueFalse
from quiz.core.drill.drill import Drill
from quiz.core.drill.formats import begin
from quiz.core.drill.settings import DrillSettings, DrillStep
from quiz.core.drill.timer import STANDING
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.session import InvalidTransition, ItemLookup

STARTED = 1_750_240_800_000
SECOND = 1000


def item(number: int) -> Item:
    """Return an item; every third one has no options."""
    name = f"item-{number}"
    match number % 4:
        case 0 | 1:
            return SingleChoice(
                id=name, stem=f"Which is number {number}?", key=f"number {number}",
                distractors=("none", "another", "a third"), rationale="It is.",
            )  # fmt: skip
        case 2:
            return TrueFalse(id=name, stem=f"{number} is even.", key=number % 2 == 0)
    if number % 8 == 3:
        return ShortAnswer(id=name, stem=f"Say {number}.", key=f"number {number}")
    return Ordering(id=name, stem="Put in order.", order=("one", "two", "three"))


def bank(count: int = 12) -> Bank:
    return Bank(format=1, bank="class", title="For the class", items=tuple(map(item, range(count))))


def refs(count: int) -> tuple[ItemRef, ...]:
    return tuple(ItemRef("class", f"item-{number}") for number in range(count))


def header(which: str, items: int = 12, seed: int = 3, **settings: Any) -> SessionHeader:
    told = DrillSettings(format=which, **settings)
    return SessionHeader(
        id="01890000-0000-7000-8000-000000000001",
        learner="teacher",
        device="desk",
        mode=Mode.DRILL,
        banks=("class",),
        seed=seed,
        settings={"drill": msgspec.to_builtins(told)},
        items=refs(items),
        started=STARTED,
    )


def pupils(count: int) -> tuple[str, ...]:
    """Return pupils of whom every second has a record."""
    return tuple(f"pupil{k}" if k % 2 else f"#{k}" for k in range(1, count + 1))


@dataclass
class Classroom:
    """A drill, all that happened in it, and the time."""

    drill: Any
    at: int = STARTED
    events: list[Event] = field(default_factory=list)

    @classmethod
    def of(cls, which: str, items: int = 12, seed: int = 3, **settings: Any) -> Classroom:
        return cls(begin(header(which, items, seed, **settings), ItemLookup.of(bank(items))))

    def do(self, command: Callable[..., Event], *args: Any, after: int = SECOND, **named: Any) -> Event:
        """Do something a while later, and see it recorded and applied."""
        self.at += after
        if "at" not in named:
            args = (*args, self.at)
        event = command(*args, **named)
        assert event.n == len(self.events) + 1
        event = msgspec.json.decode(msgspec.json.encode(event), type=Event)
        self.events.append(event)
        self.drill = self.drill.apply(event)
        for brought in self.drill.following(self.at):
            assert brought.n == len(self.events) + 1
            self.events.append(msgspec.json.decode(msgspec.json.encode(brought), type=Event))
            self.drill = self.drill.apply(self.events[-1])
        return event

    def tries(self, command: Callable[..., Event], *args: Any, **named: Any) -> Event | None:
        """Do something if it can be done."""
        try:
            return self.do(command, *args, **named)
        except InvalidTransition:
            return None

    def undo(self) -> None:
        self.do(self.drill.undo)

    def rebuilt(self) -> Drill:
        """Return the drill as it is rebuilt from what was recorded."""
        return begin(self.drill.header, self.drill.lookup, self.events)

    def start(self) -> Classroom:
        self.do(self.drill.start)
        return self

    def skip_to(self, is_wanted: Callable[[Any], bool]) -> Classroom:
        """Skip items up to one with which the drill is as it is wanted."""
        while not is_wanted(self.drill):
            self.do(self.drill.skip)
        return self


def has_four_options(drill: Drill) -> bool:
    return len(drill.options) == 4


def is_short_answer(drill: Drill) -> bool:
    return drill.current.item.kind == "short-answer"


def is_by_ear(drill: Drill) -> bool:
    return not drill.is_by_option


def some_response(drill: Drill, n: int) -> Response:
    """Return the nth response to the current item; now and then one that does not fit."""
    try:
        asked = drill.interaction
    except InvalidTransition:
        return Chosen()
    match asked:
        case Choose(options=options):
            return Chosen((options[n % len(options)] if n % 11 else "nothing",))
        case Order(entries=entries):
            turned = n % len(entries)
            return Ordered((*entries[turned:], *entries[:turned]))
        case Match(lefts=lefts, rights=rights):
            return Matched({left: rights[(n + k) % len(rights)] for k, left in enumerate(lefts)})
    return Entered((f"number {n % 12}",) if n % 11 else ("\x1b[2J",))


def but_clock(drill: Drill) -> Drill:
    """Return a drill without what an undo does not bring back: its last number, and a running clock."""
    return replace(drill, n=0, timer=STANDING, is_paused=False)


def replayed(log: Sequence[Event]) -> dict[str, list[int]]:
    """Return each competitor's right answers and points, added up from the log by another way."""
    totals: dict[str, list[int]] = {}
    for event in log:
        if event.body.get("do") == DrillStep.VERDICT:
            sums = totals.setdefault(event.body["by"], [0, 0])
            sums[0] += event.score == 1
            sums[1] += event.body["points"]
    return totals


def live(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the events that count."""
    gone = {
        n for event in events if event.kind is EventKind.UNDO for n in (event.target, *event.body["also"])
    }
    return tuple(event for event in events if event.n not in gone and event.kind is not EventKind.UNDO)
