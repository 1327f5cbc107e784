"""Sprint: as many right answers as there is time for; alone, head to head, or the class against itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import ClassVar, Self

from quiz.core.drill.drill import Drill
from quiz.core.drill.settings import CLASS, DrillStep, Needs, SetupChoice, Stage, whole
from quiz.core.drill.timer import Timer
from quiz.core.events.model import Event
from quiz.core.session import InvalidTransition

SHORTEST, USUAL, LONGEST = 60, 90, 180
"""The length of a sprint, in seconds."""


class SprintStep(StrEnum):
    """Steps of this format alone."""

    TIME = "time"
    """A side's time has run out."""


@dataclass(frozen=True)
class SprintDrill(Drill):
    """A race against the clock. Two pupils take turns, each with their own clock, as in chess."""

    name: ClassVar[str] = "sprint"
    title: ClassVar[str] = "Sprint"
    summary: ClassVar[str] = (
        "As many right answers as there is time for: one pupil, two in turn, or the class against its record."
    )
    order: ClassVar[int] = 4
    needs: ClassVar[Needs] = Needs.SIDES
    usual_items: ClassVar[int] = 0
    seconds_range: ClassVar[tuple[int, int]] = (SHORTEST, LONGEST)
    keeps_record: ClassVar[bool] = True
    choices: ClassVar[tuple[SetupChoice, ...]] = (
        SetupChoice("seconds", "Time", (SHORTEST, USUAL, 120, 150, LONGEST), USUAL),
    )
    carried: ClassVar[frozenset[str]] = frozenset({DrillStep.NEXT, SprintStep.TIME})

    sides: tuple[str, ...] = (CLASS,)
    turn: int = 0
    """Whose turn it is, as a place among the sides."""
    used: Mapping[str, int] = field(default_factory=dict)
    """The milliseconds that each side has used."""
    round_place: int = 0
    """How many items came before this one. Items begin again once all were asked."""

    @property
    def seat(self) -> str:
        """The side whose turn it is."""
        return self.sides[self.turn]

    @property
    def competitors(self) -> tuple[str, ...]:
        """The sides."""
        return self.sides

    @property
    def visit(self) -> int:
        """How many times all items were asked before this one."""
        return self.round_place // max(1, self.total)

    @property
    def is_timed(self) -> bool:
        """The clock runs while a side answers."""
        return self.stage is Stage.ANSWERING

    @property
    def can_judge(self) -> bool:
        """Whether an answer is waiting for a verdict; not while the clock is paused and the item hidden."""
        return self.stage is Stage.ANSWERING and not self.is_paused

    @property
    def limit_ms(self) -> int:
        """Each side's time, in milliseconds. There is always a limit."""
        return (self.settings.seconds or USUAL) * 1000 + self.extra_ms

    def left_ms(self, at: int) -> int:
        """Return the milliseconds left to the side whose turn it is."""
        return self.left_of(self.seat, at)

    def left_of(self, side: str, at: int) -> int:
        """Return the milliseconds left to a side."""
        going = self.timer.spent(at) if side == self.seat and self.stage is Stage.ANSWERING else 0
        return max(0, self.limit_ms - self.used.get(side, 0) - going)

    def answer(self, option: str, at: int) -> Event:
        """Grade the option that was pressed, and go on at once."""
        self._require_time(at)
        score, response = self._graded(option)
        return self._verdict(self.seat, score, at, response, option=option, place=self._round_after())

    def judge(self, at: int, *, is_right: bool) -> Event:
        """Judge a spoken answer, and go on at once."""
        self._require_time(at)
        return self._verdict(self.seat, float(is_right), at, None, place=self._round_after())

    def skip(self, at: int) -> Event:
        """Skip the item; its time is lost."""
        self._require_time(at)
        return self._timed_note(DrillStep.PASS, at, by=self.seat, place=self._round_after())

    def leave_gone(self, at: int) -> Event:
        """Go on from an item that is gone from its bank."""
        if not self.is_gone:
            raise InvalidTransition("The item is still there.")
        return self._timed_note(DrillStep.PASS, at, by=self.seat, place=self._round_after())

    def call_time(self, at: int) -> Event:
        """Record that the time of the side whose turn it is has run out."""
        self._require(Stage.ANSWERING)
        if not self.is_time_up(at):
            raise InvalidTransition("There is time left.")
        return self._timed_note(SprintStep.TIME, at, by=self.seat, place=self._round_after())

    def due(self, at: int) -> Event | None:
        """Return the event for a side whose time has run out, if it has."""
        return self.call_time(at) if self.stage is Stage.ANSWERING and self.is_time_up(at) else None

    def _require_time(self, at: int) -> None:
        if not self.can_judge:
            raise InvalidTransition(f"The drill is {'paused' if self.is_paused else self.stage}.")
        if self.is_time_up(at):
            raise InvalidTransition("The time is up.")

    def _prepared(self) -> Self:
        return replace(self, sides=self.settings.pupils or (CLASS,))

    def _round_after(self) -> int:
        """Return the next place, continuing through the rounds, whose item is still in its bank."""
        items = self.header.items
        for place in range(self.round_place + 1, self.round_place + 1 + len(items)):
            if items[place % len(items)] in self.lookup:
                return place
        return -1

    def _asked(self, at: int) -> Self:  # noqa: ARG002
        return replace(self, stage=Stage.ANSWERING, turn=0, used={}, round_place=self.place)

    def _after(self, do: str, event: Event) -> Self:
        match do:
            case DrillStep.VERDICT | DrillStep.PASS | SprintStep.TIME:
                after = replace(self, chosen=str(event.body.get("option", "")))
                return after._taken(event, is_time_up=do == SprintStep.TIME)
            case DrillStep.REVEAL:
                return replace(self, is_revealed=True)
        return super()._after(do, event)

    def _taken(self, event: Event, *, is_time_up: bool) -> Self:
        """Add the time of a turn, and go on with a side that has time left."""
        spent = self.used.get(self.seat, 0) + (event.duration_ms or 0)
        used = {**self.used, self.seat: self.limit_ms if is_time_up else min(spent, self.limit_ms)}
        after = replace(self, used=used)
        order = [(self.turn + step) % len(self.sides) for step in range(1, len(self.sides) + 1)]
        left = [turn for turn in order if used.get(self.sides[turn], 0) < self.limit_ms]
        place = whole(event, "place")
        if not left or place < 0:
            return replace(after, stage=Stage.FINISHED, timer=Timer(0))
        return replace(
            after, turn=left[0], round_place=place, place=place % self.total, is_revealed=False,
            timer=Timer(since=event.at), is_paused=False,
        )  # fmt: skip
