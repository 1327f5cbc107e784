"""Where a drill stands: the item before the class, the clock, the board."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from quiz.core.content.grading import Chosen
from quiz.core.content.interaction import Choose, Interaction
from quiz.core.content.item import ItemRef
from quiz.core.drill.points import Rank, Score, ranked, rules
from quiz.core.drill.settings import (
    MOST_OPTIONS,
    MOST_SECONDS,
    USUAL_ITEMS,
    DrillSettings,
    DrillStep,
    Needs,
    SetupChoice,
    Stage,
    drill_settings,
    scores_of,
)
from quiz.core.drill.timer import STANDING, Timer
from quiz.core.events.model import Event, EventKind, SessionHeader
from quiz.core.session import BankItem, InvalidTransition, ItemLookup, arrangement


@dataclass(frozen=True)
class DrillState:
    """Where a drill stands, and what there is to see of it."""

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    summary: ClassVar[str] = ""
    """How it goes, in a sentence or two."""
    order: ClassVar[int] = 0
    """Where it stands among the formats."""
    choices: ClassVar[tuple[SetupChoice, ...]] = ()
    needs: ClassVar[Needs] = Needs.CLASS
    has_help: ClassVar[bool] = False
    asks_every_kind: ClassVar[bool] = False
    """Whether items without options are asked unless it is said otherwise."""
    usual_items: ClassVar[int] = USUAL_ITEMS
    """How many items are asked unless it is said otherwise; 0 is all."""
    seconds_range: ClassVar[tuple[int, int]] = (1, MOST_SECONDS)
    """The shortest and the longest time that can be asked for."""
    takes_names: ClassVar[bool] = False
    """Whether each of a class list can take part by name, late ones as well."""
    asks_everybody: ClassVar[bool] = False
    """Whether each pupil answers every item, rather than who is called."""
    keeps_record: ClassVar[bool] = False
    """Whether it goes for more right answers than in any drill like it before."""
    carried: ClassVar[frozenset[str]] = frozenset({DrillStep.NEXT})
    """Steps that go with the one before them when that is undone."""

    header: SessionHeader
    lookup: ItemLookup = field(repr=False)
    stage: Stage = Stage.READY
    place: int = 0
    """Which of the opening's items it is about, from 0."""
    n: int = 0
    """The number of the last event."""
    log: tuple[Event, ...] = field(default=(), repr=False)
    """The events that count, undone ones left out."""
    timer: Timer = STANDING
    extra_ms: int = 0
    """By how much the present time limit was extended."""
    is_paused: bool = False
    is_board_shown: bool = True
    is_revealed: bool = False
    """Whether the key is on the screen."""
    chosen: str = ""
    """The option that was answered last, empty where the teacher judged by ear."""

    @property
    def last_at(self) -> int:
        """When the last event that counts was, else the start, in milliseconds since 1970 UTC."""
        return max((event.at for event in self.log[-1:]), default=self.header.started)

    @property
    def settings(self) -> DrillSettings:
        """What the drill was told."""
        return drill_settings(self.header)

    @property
    def total(self) -> int:
        """How many items there are."""
        return len(self.header.items)

    @property
    def ref(self) -> ItemRef:
        """The item that it is about. Raises InvalidTransition where there is none."""
        if not 0 <= self.place < self.total:
            raise InvalidTransition("No item is left.")
        return self.header.items[self.place]

    @property
    def is_gone(self) -> bool:
        """Whether the item that it is about is no longer in its bank."""
        return self.stage not in {Stage.READY, Stage.FINISHED} and self.ref not in self.lookup

    @property
    def current(self) -> BankItem:
        """The item in its bank. Raises InvalidTransition where there is none."""
        if self.ref not in self.lookup:
            raise InvalidTransition("The item is gone from its bank.")
        return self.lookup[self.ref]

    @property
    def visit(self) -> int:
        """How often the item came up before in this drill."""
        return 0

    @property
    def interaction(self) -> Interaction:
        """The item's interaction, with its options in the order on the screen."""
        return arrangement(self.header.seed, self.ref, self.visit, self.current.item)

    @property
    def options(self) -> tuple[str, ...]:
        """The options on the screen, in their order; none where the item has none."""
        interaction = self.interaction
        return interaction.options if isinstance(interaction, Choose) else ()

    @property
    def is_by_option(self) -> bool:
        """Whether an answer is one of the options; otherwise the teacher judges it by ear."""
        interaction = self.interaction
        return (
            isinstance(interaction, Choose)
            and interaction.is_single
            and len(interaction.options) <= MOST_OPTIONS
        )

    @property
    def key_options(self) -> frozenset[str]:
        """The right options. Raises InvalidTransition before the key is revealed."""
        if not self.is_revealed:
            raise InvalidTransition("The key is not revealed yet.")
        key = self.current.item.key_response()
        return frozenset(key.options if isinstance(key, Chosen) else ())

    @property
    def limit_ms(self) -> int:
        """How long there is now, in milliseconds; 0 is as long as it takes."""
        seconds = self.settings.seconds
        return seconds * 1000 + self.extra_ms if seconds else 0

    def left_ms(self, at: int) -> int:
        """Return how much time is left at a moment, in milliseconds; 0 without a limit."""
        return max(0, self.limit_ms - self.timer.spent(at))

    def is_time_up(self, at: int) -> bool:
        """Say whether there was a limit and it has passed."""
        return self.limit_ms > 0 and self.left_ms(at) == 0

    @property
    def competitors(self) -> tuple[str, ...]:
        """Whom the board lists."""
        return ()

    @property
    def here(self) -> tuple[str, ...]:
        """Who of them takes part now."""
        return self.competitors

    @property
    def absent(self) -> frozenset[str]:
        """Who of them does not take part now."""
        return frozenset()

    @property
    def can_judge(self) -> bool:
        """Whether somebody's answer waits for a verdict."""
        return False

    @property
    def is_against_record(self) -> bool:
        """Whether there is one competitor, who goes for a record."""
        return self.keeps_record and len(self.competitors) == 1

    @property
    def is_record(self) -> bool:
        """Whether somebody has more right answers than ever before in a drill like this one.

        With extra time it was no drill like the others.
        """
        best = max((score.right for score in self.scores.values()), default=0)
        return self.keeps_record and best > self.settings.record and not self.extra_ms

    @property
    def scores(self) -> dict[str, Score]:
        """What each competitor has done, by what the log says."""
        return scores_of(self.log)

    @property
    def board(self) -> tuple[Rank, ...]:
        """How the competitors stand."""
        return ranked(self.scores, self.competitors)

    @property
    def rules(self) -> tuple[str, ...]:
        """What answers are worth, a phrase for each way."""
        return rules(items=self.total, has_bonus=self.has_bonus, has_help=self.has_help)

    @classmethod
    def offers(cls, choice: str) -> bool:
        """Say whether something can be decided in this format, by its field of DrillSettings."""
        return any(offered.name == choice for offered in cls.choices)

    @property
    def has_bonus(self) -> bool:
        """Whether speed brings a little more."""
        return self.settings.has_bonus and self.settings.seconds > 0 and self.offers("has_bonus")

    @property
    def is_timed(self) -> bool:
        """Whether this is a moment at which the clock would run."""
        return self.stage is Stage.ASKING

    @property
    def has_ended(self) -> bool:
        """Whether its end is on record."""
        return any(event.kind is EventKind.END for event in self.log)
