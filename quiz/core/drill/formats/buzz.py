"""Buzz: the first team to press its key may answer; after a wrong answer the others may steal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import ClassVar, NamedTuple, Self

from quiz.core.drill.drill import Drill
from quiz.core.drill.settings import DrillStep, Needs, SetupChoice, Stage
from quiz.core.drill.teams import BY_ID, FEWEST, MOST, TEAMS, dealt, smallest
from quiz.core.events.model import Event
from quiz.core.session import InvalidTransition


class BuzzStep(StrEnum):
    """Steps of this format alone."""

    BUZZ = "buzz"
    LATE = "late-buzz"
    """A key pressed while another team may answer."""


class Press(NamedTuple):
    """A team's press of its key."""

    team: str
    at: int
    """In milliseconds since 1970 UTC."""
    is_first: bool
    """Whether it was first, so that the team may answer."""


@dataclass(frozen=True)
class BuzzDrill(Drill):
    """Teams race to answer."""

    name: ClassVar[str] = "buzz"
    title: ClassVar[str] = "Buzz"
    summary: ClassVar[str] = (
        "Two to eight teams, a key each. The first key locks the others out; a wrong answer lets them steal."
    )
    order: ClassVar[int] = 3
    needs: ClassVar[Needs] = Needs.TEAMS
    takes_names: ClassVar[bool] = True
    choices: ClassVar[tuple[SetupChoice, ...]] = (
        SetupChoice("teams", "Teams", tuple(range(FEWEST, MOST + 1)), 4),
        SetupChoice("seconds", "Time to buzz", (0, 10, 15, 20, 30, 45, 60), 0),
        SetupChoice("has_bonus", "Speed bonus", (0, 1), 0),
    )
    carried: ClassVar[frozenset[str]] = frozenset({DrillStep.NEXT, BuzzStep.LATE})

    teams: tuple[str, ...] = ()
    dealt: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The pupils in each team, late ones last."""
    seat: str = ""
    """The team that may answer, or answered last."""
    out: tuple[str, ...] = ()
    """The teams that gave a wrong answer to this item."""
    presses: tuple[Press, ...] = ()
    """All presses on this item, in order."""
    refuted: tuple[str, ...] = ()
    """The options that were named and wrong."""

    @property
    def competitors(self) -> tuple[str, ...]:
        """All teams, late ones last."""
        return self.teams

    @property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """The pupils in each team, late ones last; empty where nobody was dealt to them."""
        return self.dealt

    @property
    def named(self) -> tuple[str, ...]:
        """The teams, and the pupils in them."""
        return (*self.teams, *(pupil for team in self.dealt.values() for pupil in team))

    @property
    def can_judge(self) -> bool:
        """Whether an answer is waiting for a verdict."""
        return self.stage is Stage.ANSWERING

    @property
    def is_steal(self) -> bool:
        """Whether a team was already wrong on this item."""
        return bool(self.out)

    @property
    def mistaken(self) -> tuple[str, ...]:
        """The wrong options that the teams named. Raises InvalidTransition before the key is shown."""
        return tuple(option for option in self.refuted if option not in self.key_options)

    @property
    def order_of_presses(self) -> tuple[Press, ...]:
        """The presses since the keys were last open; the first one may answer."""
        first = max((place for place, press in enumerate(self.presses) if press.is_first), default=0)
        return self.presses[first:]

    def buzz(self, team: str, at: int) -> Event:
        """Press a team's key, either first or too late and only for the order."""
        self._require(Stage.ASKING, Stage.ANSWERING)
        if team not in self.teams or team in self.out:
            raise InvalidTransition("That team cannot answer this item.")
        if self.stage is Stage.ANSWERING:
            if team in {press.team for press in self.order_of_presses}:
                raise InvalidTransition("That team pressed already.")
            return self._note(BuzzStep.LATE, at, team=team)
        if self.is_time_up(at):
            raise InvalidTransition("The time is up.")
        return self._timed_note(BuzzStep.BUZZ, at, team=team)

    def answer(self, option: str, at: int) -> Event:
        """Judge by the option that the team named."""
        self._require(Stage.ANSWERING)
        if option in self.refuted:
            raise InvalidTransition("That option was named already.")
        score, response = self._graded(option)
        return self._verdict(self.seat, score, at, response, option=option)

    def judge(self, at: int, *, is_right: bool) -> Event:
        """Judge the team's spoken answer."""
        self._require(Stage.ANSWERING)
        return self._verdict(self.seat, float(is_right), at, None)

    def join(self, at: int) -> Event:
        """Add the next team. Raises InvalidTransition if there are eight."""
        if self.stage is Stage.FINISHED or len(self.teams) >= MOST:
            raise InvalidTransition(f"There are at most {MOST} teams.")
        return self._note(DrillStep.JOIN, at, team=TEAMS[len(self.teams)].id)

    def join_as(self, pupil: str, at: int) -> Event:
        """Add a late pupil to the smallest team."""
        if self.stage is Stage.FINISHED or pupil in self.named:
            raise InvalidTransition("That pupil cannot join.")
        return self._note(DrillStep.JOIN, at, pupil=pupil, team=smallest(self.dealt, self.teams))

    def _prepared(self) -> Self:
        count = max(FEWEST, min(self.settings.teams, MOST))
        teams, pupils = tuple(team.id for team in TEAMS[:count]), self.settings.pupils
        return replace(self, teams=teams, dealt=dealt(pupils, teams, self.header.seed) if pupils else {})

    def _asked(self, at: int) -> Self:  # noqa: ARG002
        return replace(self, seat="", out=(), presses=(), refuted=())

    def _after(self, do: str, event: Event) -> Self:
        team = str(event.body.get("team", ""))
        match do:
            case BuzzStep.BUZZ:
                press = Press(team, event.at, is_first=True)
                return replace(
                    self, stage=Stage.ANSWERING, seat=team, presses=(*self.presses, press),
                    timer=self.timer.stopped(event.at), is_paused=False,
                )  # fmt: skip
            case BuzzStep.LATE:
                press = Press(team, event.at, is_first=False)
                return replace(self, presses=(*self.presses, press))
            case DrillStep.VERDICT:
                return self._judged(event)
            case DrillStep.REVEAL if self.stage is Stage.ANSWERING:
                return replace(self, is_revealed=True)
            case DrillStep.JOIN if "pupil" in event.body:
                return self._with_member(team, str(event.body["pupil"]))
            case DrillStep.JOIN if team in BY_ID and team not in self.teams:
                return replace(self, teams=(*self.teams, team))
        return super()._after(do, event)

    def _with_member(self, team: str, pupil: str) -> Self:
        if team not in self.teams or pupil in self.named:
            return self
        return replace(self, dealt={**self.dealt, team: (*self.dealt.get(team, ()), pupil)})

    def _judged(self, event: Event) -> Self:
        """Show the key after a right answer, or let the teams that were not wrong yet steal."""
        option = str(event.body.get("option", ""))
        if (event.score or 0.0) >= 1:
            return self._revealed(event, option)
        out = (*self.out, self.seat)
        refuted = (*self.refuted, option) if option else self.refuted
        after = replace(self, out=out, refuted=refuted)
        if self.is_revealed or set(out) >= set(self.teams):
            return after._revealed(event)
        return replace(after, stage=Stage.ASKING, timer=self.timer.going(event.at))
