"""Everybody answers: each pupil answers each item, by phone, by card or through the teacher."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from quiz.core.content.item import Item
from quiz.core.content.item_ref import ItemRef
from quiz.core.drill.answered_drill import AnsweredDrill
from quiz.core.drill.items import can_be_answered, parts_of
from quiz.core.drill.points import bonus_beside
from quiz.core.drill.settings import DrillStep, Needs, SetupChoice, Stage
from quiz.core.events.model import Event


@dataclass(frozen=True)
class EveryoneDrill(AnsweredDrill):
    """Points by accuracy for each pupil's own answer."""

    name: ClassVar[str] = "everyone"
    title: ClassVar[str] = "Everybody answers"
    summary: ClassVar[str] = (
        "Each pupil answers each question, on a phone, by a card, or through the teacher. What is right"
        " counts, not how fast."
    )
    order: ClassVar[int] = 5
    needs: ClassVar[Needs] = Needs.PUPILS
    asks_every_kind: ClassVar[bool] = True
    asks_everybody: ClassVar[bool] = True
    has_shares: ClassVar[bool] = True
    choices: ClassVar[tuple[SetupChoice, ...]] = (
        SetupChoice("seconds", "Time to answer", (0, 15, 30, 45, 60, 90, 120, 180), 0),
        SetupChoice("has_bonus", "Speed bonus", (0, 1), 0),
        SetupChoice("may_change", "On phones", (0, 1), 1),
        SetupChoice("has_places", "Board", (0, 1), 1),
        SetupChoice("feeds_records", "Pupils' records", (0, 1), 1),
    )

    most_parts: int = 1
    """The most parts by which an answer in this drill is graded."""

    @classmethod
    def can_ask(cls, item: Item) -> bool:
        """Return whether pupils can give a graded answer."""
        return can_be_answered(item)

    @property
    def competitors(self) -> tuple[str, ...]:
        """All pupils, late ones last."""
        return self.roll

    @property
    def all_bonus(self) -> int:
        """The limit of all speed bonuses, so small that none makes up for one more right answer."""
        return bonus_beside(self.most_parts)

    def due(self, at: int) -> Event | None:
        """Take no more answers once all are in, or the time is up.

        Not while the clock stands, so that the teacher can go back and mend something.
        """
        if not self.takes_answers or not self.timer.is_going:
            return None
        are_all_in = bool(self.here) and not self.missing
        return self.close(at) if are_all_in or self.is_time_up(at) else None

    def left_empty(self, pupil: str) -> tuple[Event, ...]:
        """Return the events that showed the key of each item which a pupil, being there, left unanswered."""
        is_here, shown = pupil in self.settings.pupils, dict[ItemRef, Event]()
        for event in self.log:
            match event.body.get("do"):
                case DrillStep.JOIN | DrillStep.PRESENT if event.body.get("pupil") == pupil:
                    is_here = True
                case DrillStep.ABSENT if event.body.get("pupil") == pupil:
                    is_here = False
                case DrillStep.REVEAL if is_here and self._could_answer(event.ref):
                    shown[event.ref] = event
                case DrillStep.VERDICT if event.body.get("by") == pupil:
                    shown.pop(event.ref, None)
        return tuple(shown.values())

    def _could_answer(self, ref: ItemRef) -> bool:
        """Return whether pupils could answer an item, as far as its bank still tells."""
        return ref not in self.lookup or can_be_answered(self.lookup[ref].item)

    def _prepared(self) -> Self:
        found = [self.lookup[ref].item for ref in self.header.items if ref in self.lookup]
        return replace(
            super()._prepared(),
            most_parts=max(map(parts_of, found), default=1),
            is_board_shown=self.settings.has_places,
        )

    @property
    def shown_tallies(self) -> tuple[tuple[int, ...], ...]:
        """How many chose each option, once no more answers are taken."""
        return self.tallies if self.stage in {Stage.COUNTED, Stage.REVEALED} else ()
