"""Vote: hands or answers for each option, shown as bars; discuss, vote again, and only then the key.

The format is Mazur's peer instruction (E. Mazur, Peer Instruction: A User's Manual, 1997).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Self

import msgspec

from quiz.core.drill.answered_drill import AnsweredDrill, chosen_by_round, options_in
from quiz.core.drill.settings import DrillStep, Needs, SetupChoice, Stage, whole
from quiz.core.drill.votes import OptionVotes
from quiz.core.events.model import Event
from quiz.core.session import InvalidTransition

HAD_IT, HAD_NOT = "Had it right", "Did not"
"""What hands are counted for after the key of an item without options is shown."""
MOST_HANDS = 999
MOST_ROUNDS = 2


class VoteStep(StrEnum):
    """Steps of this format alone."""

    AGAIN = "again"
    BARS = "bars"
    """The bars of the first vote are shown before the second."""


@dataclass(frozen=True)
class VoteDrill(AnsweredDrill):
    """The whole class votes: by hands, by answers of their own, or some by one and some by the other."""

    name: ClassVar[str] = "vote"
    title: ClassVar[str] = "Vote"
    summary: ClassVar[str] = (
        "Hands for each option, or everybody's own answer, shown as bars. Discuss, vote again, see the gain,"
        " and only then the correct answer."
    )
    order: ClassVar[int] = 1
    needs: ClassVar[Needs] = Needs.CLASS
    choices: ClassVar[tuple[SetupChoice, ...]] = (
        SetupChoice("seconds", "Time to think", (0, 15, 30, 45, 60, 90, 120, 180), 30),
        SetupChoice("may_change", "On phones", (0, 1), 1),
        SetupChoice("feeds_records", "Pupils' records", (0, 1), 1),
    )

    rounds: tuple[tuple[int, ...], ...] = ()
    """The hands for each option, first vote first."""
    class_size: int = 0
    are_bars_wanted: bool = False
    """Whether the bars of the first vote are shown before the second."""

    @property
    def choices_shown(self) -> tuple[str, ...]:
        """What hands are counted for: the options, or having been right."""
        return self.options if self.is_by_option else (HAD_IT, HAD_NOT)

    @property
    def hands(self) -> tuple[int, ...]:
        """The hands in the present vote."""
        return self.rounds[-1] if self.rounds else ()

    @property
    def is_counting(self) -> bool:
        """Whether hands can be counted now: before the key for options, after it otherwise."""
        return self.stage is (Stage.ASKING if self.is_by_option else Stage.REVEALED)

    @property
    def tallies(self) -> tuple[tuple[int, ...], ...]:
        """The hands and the pupils' own answers for each option, first vote first.

        For an item without options, how many had it right and how many did not, once the key is shown.
        """
        own = super().tallies if self.is_by_option else self._judged()
        return tuple(
            tuple(hand + answer for hand, answer in zip(hands, answers, strict=True))
            for hands, answers in zip(self.rounds, own, strict=True)
        )

    @property
    def shown_tallies(self) -> tuple[tuple[int, ...], ...]:
        """The tallies that the class may see.

        Where pupils gave answers of their own, those of the first vote wait for the end of the second, so
        that nobody follows the others.
        """
        if self.stage is Stage.REVEALED:
            return self.tallies
        is_early = len(self.rounds) < MOST_ROUNDS or self.stage is Stage.ASKING
        if is_early and self.given and self.given[0] and not self.are_bars_wanted:
            return ()
        return self.tallies if self.stage is Stage.COUNTED else self.tallies[:-1]

    @property
    def expected(self) -> int:
        """How many pupils are present or have answered; 0 if nobody counts them."""
        return max(0, self.class_size - len(self.away - self.answers.keys()))

    @property
    def right(self) -> tuple[int, ...]:
        """How many were right in each vote. Raises InvalidTransition before the key is shown."""
        keys = self.key_options if self.is_by_option else frozenset({HAD_IT})
        shown = self.choices_shown
        return tuple(
            sum(number for text, number in zip(shown, tally, strict=False) if text in keys)
            for tally in self.tallies
        )

    def most_hands(self, place: int) -> int:
        """Return how many hands an option can get: of all pupils, where their number is known, who have not
        raised one for another option, nor given an answer of their own."""
        if not self.class_size:
            return MOST_HANDS
        return max(0, self.expected - len(self.answers) - sum(self.hands) + self.hands[place])

    def count(self, place: int, hands: int, at: int) -> Event:
        """Record how many hands an option got.

        Raises InvalidTransition outside of a vote, and for more hands than there can be.
        """
        if not self.is_counting or not 0 <= place < len(self.hands):
            raise InvalidTransition("No hands are counted now.")
        most = self.most_hands(place)
        if hands > most:
            raise InvalidTransition(f"There are at most {most} hands for this option.")
        hands = max(0, hands)
        if hands == self.hands[place]:
            raise InvalidTransition("It is that many already.")
        return self._item_note(DrillStep.COUNT, at, option=place, hands=hands)

    def close(self, at: int, *, with_bars: bool = False) -> Event:
        """End the vote. Raises InvalidTransition for an item without options.

        Its bars are shown at once where only hands were counted, or where that is wanted.
        """
        self._require(Stage.ASKING)
        if not self.is_by_option:
            raise InvalidTransition("There are no options to vote on.")
        wanted = {"bars": True} if with_bars else {}
        return self._timed_note(DrillStep.CLOSE, at, options=list(self.options), **wanted)

    def show_bars(self, at: int) -> Event:
        """Show the bars of the first vote. Raises InvalidTransition where they are shown already."""
        self._require(Stage.COUNTED)
        if self.shown_tallies:
            raise InvalidTransition("The bars are on the screen already.")
        return self._item_note(VoteStep.BARS, at)

    def vote_again(self, at: int) -> Event:
        """Vote once more after a discussion; the first vote stays beside it."""
        self._require(Stage.COUNTED)
        if len(self.rounds) >= MOST_ROUNDS:
            raise InvalidTransition("There was a second vote already.")
        return self._timed_note(VoteStep.AGAIN, at)

    def reveal(self, at: int) -> Event:
        """Show the key and record the votes with it."""
        self._require(Stage.ASKING, Stage.COUNTED)
        if self.is_by_option and self.stage is Stage.ASKING:
            raise InvalidTransition("Close the vote first.")
        event = super().reveal(at)
        if self.is_by_option:
            return event
        body = {**event.body, "options": list(self.choices_shown), "keys": [HAD_IT]}
        return msgspec.structs.replace(event, body=body)

    def votes(self, events: Iterable[Event]) -> tuple[OptionVotes, ...]:
        """Return the hands and answers for each option; empty if there were none."""
        told = list(events)
        options, keys = options_in(told)
        rounds: list[dict[int, int]] = [{}]
        for event in told:
            match event.body.get("do"):
                case VoteStep.AGAIN:
                    rounds.append({})
                case DrillStep.COUNT:
                    rounds[-1][whole(event, "option")] = whole(event, "hands")
        own = chosen_by_round(told)
        if keys == [HAD_IT]:
            own = [_judged_in(told)]
        counts = [
            tuple(hands.get(k, 0) + (own[place][text] if place < len(own) else 0)
                  for k, text in enumerate(options))
            for place, hands in enumerate(rounds)
        ]  # fmt: skip
        if not any(map(any, counts)):
            return ()
        return tuple(
            OptionVotes(text, tuple(count[k] for count in counts), text in keys)
            for k, text in enumerate(options)
        )

    def join(self, at: int) -> Event:
        """Add one pupil. Raises InvalidTransition where the number of pupils is unknown."""
        if self.stage is Stage.FINISHED or not 0 < self.class_size < MOST_HANDS:
            raise InvalidTransition("Nobody counts the pupils.")
        return super().join(at)

    def join_as(self, pupil: str, at: int) -> Event:
        """Add a pupil who gives answers of their own, to a class whose size need not be known."""
        event = super().join_as(pupil, at)
        if not self.class_size:
            return event
        size = min(self.class_size + 1, MOST_HANDS)
        return msgspec.structs.replace(event, body={**event.body, "size": size})

    def _prepared(self) -> Self:
        return replace(super()._prepared(), class_size=self.settings.class_size)

    def _asked(self, at: int) -> Self:
        places = len(self.choices_shown) if self.ref in self.lookup else 0
        return replace(super()._asked(at), rounds=((0,) * places,), are_bars_wanted=False)

    def _worth(self, score: float, spent_ms: int) -> int:  # noqa: ARG002
        """Return 0: a vote is about the question, not about points."""
        return 0

    def _judged(self) -> tuple[tuple[int, ...], ...]:
        """Return how many answers to an item without options were right, and how many were not."""
        if not self.is_revealed:
            return tuple((0, 0) for _ in self.given)
        grade = self.current.grade
        right = [[grade(given.response).score >= 1 for given in told.values()] for told in self.given]
        return tuple((sum(told), len(told) - sum(told)) for told in right)

    def _after(self, do: str, event: Event) -> Self:
        match do:
            case DrillStep.COUNT:
                place, hands = whole(event, "option"), whole(event, "hands")
                counted = tuple(hands if k == place else old for k, old in enumerate(self.hands))
                return replace(self, rounds=(*self.rounds[:-1], counted))
            case DrillStep.CLOSE:
                wanted = self.are_bars_wanted or bool(event.body.get("bars"))
                return replace(super()._after(do, event), are_bars_wanted=wanted)
            case VoteStep.BARS:
                return replace(self, are_bars_wanted=True)
            case VoteStep.AGAIN:
                again = replace(
                    self, stage=Stage.ASKING, rounds=(*self.rounds, (0,) * len(self.hands)),
                    given=(*self.given, {}),
                )  # fmt: skip
                return again._timed(event.at)
            case DrillStep.JOIN:
                size = whole(event, "size") or self.class_size
                return replace(super()._after(do, event), class_size=size)
        return super()._after(do, event)


def _judged_in(events: Iterable[Event]) -> Counter[str]:
    """Return how many answers had a right verdict, and how many another one."""
    verdicts = [event for event in events if event.body.get("do") == DrillStep.VERDICT]
    return Counter(HAD_IT if (event.score or 0.0) >= 1 else HAD_NOT for event in verdicts)
