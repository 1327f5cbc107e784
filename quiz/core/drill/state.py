"""Where a drill stands: the item before the class, the clock, the board."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from quiz.core.content.grading import Chosen, Response
from quiz.core.content.interaction import Choose, Interaction
from quiz.core.content.item import Item
from quiz.core.content.item_ref import ItemRef
from quiz.core.drill.points import ALL_BONUS, Rank, Score, ranked, rules
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
from quiz.core.drill.wall_words import WallWords, wall_words
from quiz.core.events.model import Event, EventKind, SessionHeader
from quiz.core.session import BankItem, InvalidTransition, ItemLookup, arrangement


@dataclass(frozen=True)
class DrillState:
    """The state of a drill, and what can be seen of it."""

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    summary: ClassVar[str] = ""
    """How it goes, in a sentence or two."""
    order: ClassVar[int] = 0
    """Its place among the formats."""
    choices: ClassVar[tuple[SetupChoice, ...]] = ()
    needs: ClassVar[Needs] = Needs.CLASS
    has_help: ClassVar[bool] = False
    asks_every_kind: ClassVar[bool] = False
    """Whether items without options are asked by default."""
    usual_items: ClassVar[int] = USUAL_ITEMS
    """How many items are asked by default; 0 is all."""
    seconds_range: ClassVar[tuple[int, int]] = (1, MOST_SECONDS)
    """The shortest and the longest time limit, in seconds."""
    takes_names: ClassVar[bool] = False
    """Whether pupils of a class list take part by name, including late ones."""
    asks_everybody: ClassVar[bool] = False
    """Whether every pupil answers each item, not only the one who is called."""
    takes_phones: ClassVar[bool] = False
    """Whether pupils can give answers of their own, on phones for example."""
    has_shares: ClassVar[bool] = False
    """Whether a partly right answer earns its share of the points."""
    keeps_record: ClassVar[bool] = False
    """Whether it aims for more right answers than in any earlier drill of its kind."""
    carried: ClassVar[frozenset[str]] = frozenset({DrillStep.NEXT})
    """Steps that are undone together with the step before them."""

    header: SessionHeader
    lookup: ItemLookup = field(repr=False)
    stage: Stage = Stage.READY
    place: int = 0
    """The place of the current item in the opening's list, from 0."""
    n: int = 0
    """The number of the last event."""
    log: tuple[Event, ...] = field(default=(), repr=False)
    """The effective events."""
    timer: Timer = STANDING
    extra_ms: int = 0
    """The milliseconds added to the present time limit."""
    is_paused: bool = False
    is_board_shown: bool = True
    is_revealed: bool = False
    """Whether the key is on the screen."""
    chosen: str = ""
    """The option that was chosen last; empty if the teacher judged by ear."""

    @property
    def last_at(self) -> int:
        """The time of the last effective event, else of the start, in milliseconds since 1970 UTC."""
        return max((event.at for event in self.log[-1:]), default=self.header.started)

    @property
    def settings(self) -> DrillSettings:
        """The settings that the drill was started with."""
        return drill_settings(self.header)

    @property
    def words(self) -> WallWords:
        """The words of the wall, in the language of the items' banks."""
        known = (self.lookup.get(ref) for ref in self.header.items)
        return wall_words(bank_item.bank.language for bank_item in known if bank_item is not None)

    @property
    def total(self) -> int:
        """How many items there are."""
        return len(self.header.items)

    @property
    def ref(self) -> ItemRef:
        """The current item. Raises InvalidTransition where there is none."""
        if not 0 <= self.place < self.total:
            raise InvalidTransition("No item is left.")
        return self.header.items[self.place]

    @property
    def is_gone(self) -> bool:
        """Whether the current item is no longer in its bank."""
        return self.stage not in {Stage.READY, Stage.FINISHED} and self.ref not in self.lookup

    @property
    def has_item(self) -> bool:
        """Whether an item is before the class that its bank still has."""
        return self.stage not in {Stage.READY, Stage.FINISHED} and self.ref in self.lookup

    @property
    def current(self) -> BankItem:
        """The current item in its bank. Raises InvalidTransition where there is none."""
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
        """The options on the screen, in order; empty for an item without options."""
        interaction = self.interaction
        return interaction.options if isinstance(interaction, Choose) else ()

    @property
    def is_by_option(self) -> bool:
        """Whether an answer is one of the options; otherwise the teacher judges it by ear."""
        asked = self.interaction if self.has_item else None
        return isinstance(asked, Choose) and asked.is_single and len(asked.options) <= MOST_OPTIONS

    @property
    def key_options(self) -> frozenset[str]:
        """The right options. Raises InvalidTransition before the key is shown."""
        if not self.is_revealed:
            raise InvalidTransition("The correct answer is not shown yet.")
        key = self.current.item.key_response()
        return frozenset(key.options if isinstance(key, Chosen) else ())

    @property
    def mistaken(self) -> tuple[str, ...]:
        """The wrong options that were given. Raises InvalidTransition before the key is shown."""
        return (self.chosen,) if self.chosen and self.chosen not in self.key_options else ()

    @property
    def feedback(self) -> tuple[tuple[str, str], ...]:
        """What the bank says to those who gave a wrong option, with the option; empty before the key."""
        if not self.is_revealed or not self.is_by_option:
            return ()
        told = ((option, self.current.grade(Chosen((option,))).feedback) for option in self.mistaken)
        return tuple((option, text) for option, said in told for text in said[:1])

    @property
    def limit_ms(self) -> int:
        """The present time limit in milliseconds; 0 for none."""
        seconds = self.settings.seconds
        return seconds * 1000 + self.extra_ms if seconds else 0

    def left_ms(self, at: int) -> int:
        """Return the milliseconds left at a moment; 0 without a limit."""
        return max(0, self.limit_ms - self.timer.spent(at))

    def is_time_up(self, at: int) -> bool:
        """Return whether there was a limit and it has passed."""
        return self.limit_ms > 0 and self.left_ms(at) == 0

    @property
    def competitors(self) -> tuple[str, ...]:
        """The competitors on the board."""
        return ()

    @property
    def named(self) -> tuple[str, ...]:
        """All who have a name in it: the competitors, the members of teams, and pupils who vote."""
        return self.competitors

    @property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """The pupils in each team; empty where there are no teams, or nobody was dealt to them."""
        return {}

    @property
    def ahead(self) -> Mapping[str, int]:
        """How the turns stand, for the next lesson: as in `DrillSettings`, empty without turns."""
        return {}

    @property
    def here(self) -> tuple[str, ...]:
        """Those who take part now."""
        return self.competitors

    @property
    def takes_answers(self) -> bool:
        """Whether pupils may give answers of their own now."""
        return False

    @property
    def answers(self) -> Mapping[str, Response]:
        """The pupils' own answers to the current item; those of the present vote."""
        return {}

    @property
    def tallies(self) -> tuple[tuple[int, ...], ...]:
        """How many chose each option, in each round; empty where nobody chooses for themselves."""
        return ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Who is here and has not answered yet, where everybody answers."""
        return ()

    def left_empty(self, pupil: str) -> tuple[Event, ...]:  # noqa: ARG002
        """Return the events that showed the key of each item which a pupil, being there, left unanswered.

        None where nobody has to answer.
        """
        return ()

    @property
    def absent(self) -> frozenset[str]:
        """Those who do not take part now."""
        return frozenset()

    @property
    def can_judge(self) -> bool:
        """Whether an answer is waiting for a verdict."""
        return False

    @property
    def is_against_record(self) -> bool:
        """Whether there is a single competitor who aims for a record."""
        return self.keeps_record and len(self.competitors) == 1

    @property
    def is_record(self) -> bool:
        """Whether a competitor has more right answers than in any earlier drill of this kind.

        Never with extra time, which makes the drill different.
        """
        best = max((score.right for score in self.scores.values()), default=0)
        return self.keeps_record and best > self.settings.record and not self.extra_ms

    @property
    def scores(self) -> dict[str, Score]:
        """The score of each competitor, from the log."""
        return scores_of(self.log)

    @property
    def board(self) -> tuple[Rank, ...]:
        """The ranking of the competitors."""
        return ranked(self.scores, self.competitors)

    @property
    def rules(self) -> tuple[str, ...]:
        """The points for answers, a phrase for each case."""
        return rules(
            items=self.total,
            has_bonus=self.has_bonus,
            has_help=self.has_help,
            has_shares=self.has_shares,
            all_bonus=self.all_bonus,
            words=self.words,
        )

    @property
    def all_bonus(self) -> int:
        """The limit of all speed bonuses of the drill together."""
        return ALL_BONUS

    @classmethod
    def can_ask(cls, item: Item) -> bool:  # noqa: ARG003
        """Return whether an item is drawn for this format."""
        return True

    @classmethod
    def offers(cls, choice: str) -> bool:
        """Return whether something can be chosen in this format, by its field of DrillSettings."""
        return any(offered.name == choice for offered in cls.choices)

    @property
    def has_bonus(self) -> bool:
        """Whether speed earns a little more."""
        return self.settings.has_bonus and self.settings.seconds > 0 and self.offers("has_bonus")

    @property
    def is_timed(self) -> bool:
        """Whether the clock runs at this stage."""
        return self.stage is Stage.ASKING

    @property
    def has_ended(self) -> bool:
        """Whether its end is recorded."""
        return any(event.kind is EventKind.END for event in self.log)
