"""Hot seat: everybody thinks, then one pupil is drawn and answers aloud."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Self

from quiz.core.drill.drill import Drill
from quiz.core.drill.points import HELPED_SCORE
from quiz.core.drill.pupil_picker import NOBODY, Picker
from quiz.core.drill.settings import DrillStep, Needs, SetupChoice, Stage
from quiz.core.events.model import Event
from quiz.core.session import InvalidTransition


class HotSeatStep(StrEnum):
    """Steps of this format alone."""

    TURN = "turn"
    HELP = "help"


@dataclass(frozen=True)
class HotSeatDrill(Drill):
    """Pupils are drawn fairly; an answer counts for the pupil's own record."""

    name: ClassVar[str] = "hot-seat"
    title: ClassVar[str] = "Hot seat"
    summary: ClassVar[str] = (
        "Everybody thinks, then one pupil is drawn and answers aloud. Everyone once before anyone twice."
    )
    order: ClassVar[int] = 2
    needs: ClassVar[Needs] = Needs.PUPILS
    has_help: ClassVar[bool] = True
    asks_every_kind: ClassVar[bool] = True
    takes_names: ClassVar[bool] = True
    choices: ClassVar[tuple[SetupChoice, ...]] = (
        SetupChoice("seconds", "Time to answer", (0, 10, 15, 20, 30, 45, 60, 90), 0),
        SetupChoice("has_bonus", "Speed bonus", (0, 1), 0),
    )

    picker: Picker = NOBODY
    before_turn: Picker = NOBODY
    """The picker before the present turn."""
    seat: str = ""
    """The pupil who is to answer, or answered last."""
    tried: tuple[str, ...] = ()
    """The pupils who passed on this item."""
    is_helped: bool = False

    @property
    def competitors(self) -> tuple[str, ...]:
        """All pupils, late ones last."""
        return tuple(self.picker.turns)

    @property
    def here(self) -> tuple[str, ...]:
        """The pupils who are present."""
        return self.picker.present

    @property
    def absent(self) -> frozenset[str]:
        """The pupils who are absent."""
        return self.picker.absent

    @property
    def ahead(self) -> Mapping[str, int]:
        """How the turns stand, for the next lesson."""
        return self.picker.ahead

    @property
    def is_timed(self) -> bool:
        """The clock runs while a pupil answers."""
        return self.stage is Stage.ANSWERING

    @property
    def can_judge(self) -> bool:
        """Whether an answer is waiting for a verdict."""
        return self.stage is Stage.ANSWERING

    def draw(self, at: int) -> Event:
        """Draw the pupil who answers. Raises InvalidTransition if nobody is present."""
        self._require(Stage.ASKING)
        drawn = self.picker.draw(self.tried)
        if not drawn:
            raise InvalidTransition("Nobody is present.")
        return self._timed_note(HotSeatStep.TURN, at, pupil=drawn)

    def answer(self, option: str, at: int) -> Event:
        """Judge by the option that the pupil named."""
        self._require(Stage.ANSWERING)
        score, response = self._graded(option)
        worth = score * HELPED_SCORE if self.is_helped else score
        return self._verdict(self.seat, worth, at, response, option=option, helped=self.is_helped)

    def judge(self, at: int, *, is_right: bool) -> Event:
        """Judge the pupil's spoken answer."""
        self._require(Stage.ANSWERING)
        worth = HELPED_SCORE if self.is_helped else 1.0
        return self._verdict(self.seat, worth if is_right else 0.0, at, None, helped=self.is_helped)

    def pass_on(self, at: int) -> Event:
        """Let the pupil pass: another one is drawn for the same item, or the key is shown."""
        self._require(Stage.ANSWERING)
        if self.is_revealed:
            raise InvalidTransition("The correct answer is on the screen.")
        drawn = self.picker.draw((*self.tried, self.seat))
        return self._timed_note(DrillStep.PASS, at, by=self.seat, next=drawn)

    def help(self, at: int) -> Event:
        """Let the class help: a right answer then counts half."""
        self._require(Stage.ANSWERING)
        if self.is_helped:
            raise InvalidTransition("The class helps already.")
        return self._note(HotSeatStep.HELP, at)

    def mark_absent(self, pupil: str, at: int) -> Event:
        """Leave a pupil out from now on. If it is the pupil's turn, another one is drawn."""
        self._require(Stage.READY, Stage.ASKING, Stage.ANSWERING, Stage.REVEALED)
        if pupil not in self.picker.present:
            raise InvalidTransition("That pupil is not present.")
        if self.stage is not Stage.ANSWERING or pupil != self.seat:
            return self._note(DrillStep.ABSENT, at, pupil=pupil)
        drawn = self.before_turn.without(pupil).draw(self.tried)
        return self._timed_note(DrillStep.ABSENT, at, pupil=pupil, next=drawn)

    def mark_present(self, pupil: str, at: int) -> Event:
        """Bring an absent pupil back."""
        if pupil not in self.picker.absent:
            raise InvalidTransition("That pupil is present.")
        return self._note(DrillStep.PRESENT, at, pupil=pupil)

    def join(self, at: int) -> Event:
        """Add a late pupil with the next number."""
        number = 1
        while f"#{number}" in self.picker.turns:
            number += 1
        return self.join_as(f"#{number}", at)

    def join_as(self, pupil: str, at: int) -> Event:
        """Add a late pupil who has a record."""
        self._require(Stage.READY, Stage.ASKING, Stage.ANSWERING, Stage.REVEALED)
        if pupil in self.picker.turns:
            raise InvalidTransition("That pupil is on the list already.")
        return self._note(DrillStep.JOIN, at, pupil=pupil)

    def _prepared(self) -> Self:
        picker = Picker.of(self.header.seed, self.settings.pupils, self.settings.ahead)
        return replace(self, picker=picker, before_turn=picker)

    def _at_place(self, place: int, at: int) -> Self:
        """Go to another item; a turn without a verdict is given back."""
        settled = replace(self, picker=self.before_turn) if self.stage is Stage.ANSWERING else self
        return super(HotSeatDrill, settled)._at_place(place, at)

    def _asked(self, at: int) -> Self:
        return replace(
            self,
            before_turn=self.picker,
            seat="",
            tried=(),
            is_helped=False,
            timer=self.timer.stopped(at),
        )

    def _after(self, do: str, event: Event) -> Self:
        pupil = str(event.body.get("pupil", ""))
        match do:
            case HotSeatStep.TURN:
                return self._seated(pupil, self.picker, event.at)
            case DrillStep.VERDICT:
                return self._revealed(event, str(event.body.get("option", "")))
            case DrillStep.PASS:
                passed = replace(self, tried=(*self.tried, self.seat))
                drawn = str(event.body.get("next", ""))
                return passed._seated(drawn, self.picker, event.at) if drawn else passed._revealed(event)
            case HotSeatStep.HELP:
                return replace(self, is_helped=True)
            case DrillStep.REVEAL if self.stage is Stage.ANSWERING:
                return replace(self, is_revealed=True)
            case DrillStep.ABSENT:
                return self._with_absent(pupil, str(event.body.get("next", "")), event)
            case DrillStep.PRESENT | DrillStep.JOIN:
                return replace(
                    self, picker=self.picker.including(pupil), before_turn=self.before_turn.including(pupil)
                )
        return super()._after(do, event)

    def _seated(self, pupil: str, picker: Picker, at: int) -> Self:
        """Make it a pupil's turn."""
        seated = replace(
            self, stage=Stage.ANSWERING, seat=pupil, before_turn=picker, picker=picker.took(pupil),
            is_helped=False,
        )  # fmt: skip
        return seated._timed(at)

    def _with_absent(self, pupil: str, drawn: str, event: Event) -> Self:
        before, after = self.before_turn.without(pupil), self.picker.without(pupil)
        if self.stage is not Stage.ANSWERING or pupil != self.seat:
            return replace(self, before_turn=before, picker=after)
        if drawn:
            return self._seated(drawn, before, event.at)
        return replace(
            self, stage=Stage.ASKING, seat="", before_turn=before, picker=before,
            timer=self.timer.stopped(event.at),
        )  # fmt: skip
