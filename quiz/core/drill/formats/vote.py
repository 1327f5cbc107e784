"""Vote: hands for each option, shown as bars; discuss, vote again, and only then the key.

The format is Mazur's peer instruction (E. Mazur, Peer Instruction: A User's Manual, 1997).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Self

import msgspec

from quiz.core.content.grading import Chosen
from quiz.core.drill.drill import Drill
from quiz.core.drill.settings import DrillStep, Needs, SetupChoice, Stage, whole
from quiz.core.drill.votes import OptionVotes
from quiz.core.events.model import Event
from quiz.core.session import InvalidTransition

HAD_IT, HAD_NOT = "Had it right", "Did not"
"""What hands are counted for after the key of an item without options is shown."""
MOST_HANDS = 999
MOST_ROUNDS = 2
MANY = 0.25
"""The share of the hands from which a wrong option is worth a word."""
MOST_MISTAKEN = 2


class VoteStep(StrEnum):
    """Steps of this format alone."""

    CLOSE = "close"
    AGAIN = "again"


@dataclass(frozen=True)
class VoteDrill(Drill):
    """The whole class votes by raising hands."""

    name: ClassVar[str] = "vote"
    title: ClassVar[str] = "Vote"
    summary: ClassVar[str] = (
        "Hands for each option, shown as bars. Discuss, vote again, see the gain, and only then the key."
    )
    order: ClassVar[int] = 1
    needs: ClassVar[Needs] = Needs.CLASS
    choices: ClassVar[tuple[SetupChoice, ...]] = (
        SetupChoice("seconds", "Time to think", (0, 15, 30, 45, 60, 90, 120, 180), 30),
    )

    rounds: tuple[tuple[int, ...], ...] = ()
    """The hands for each option, first vote first."""
    class_size: int = 0

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
    def right(self) -> tuple[int, ...]:
        """How many hands were right in each vote. Raises InvalidTransition before the key is shown."""
        keys = self.key_options if self.is_by_option else frozenset({HAD_IT})
        shown = self.choices_shown
        return tuple(
            sum(number for text, number in zip(shown, hands, strict=False) if text in keys)
            for hands in self.rounds
        )

    @property
    def mistaken(self) -> tuple[str, ...]:
        """The wrong options with a quarter of the hands in either vote, most first, at most two.

        Raises InvalidTransition before the key is shown.
        """
        keys, shares = self.key_options, dict[str, float]()
        for hands in self.rounds:
            for option, number in zip(self.choices_shown, hands, strict=False):
                shares[option] = max(shares.get(option, 0.0), number / (sum(hands) or 1))
        wrong = [option for option, share in shares.items() if option not in keys and share >= MANY]
        return tuple(sorted(wrong, key=lambda option: -shares[option])[:MOST_MISTAKEN])

    def most_hands(self, place: int) -> int:
        """Return how many hands an option can get: of all pupils, where their number is known, who have not
        raised one for another option."""
        if not self.class_size:
            return MOST_HANDS
        return max(0, self.class_size - sum(self.hands) + self.hands[place])

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

    def close(self, at: int) -> Event:
        """End the vote and show its bars. Raises InvalidTransition for an item without options."""
        self._require(Stage.ASKING)
        if not self.is_by_option:
            raise InvalidTransition("There are no options to vote on.")
        return self._timed_note(VoteStep.CLOSE, at, options=list(self.options))

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
        key = self.current.item.key_response()
        keys = list(key.options) if self.is_by_option and isinstance(key, Chosen) else [HAD_IT]
        body = {**event.body, "options": list(self.choices_shown), "keys": keys}
        return msgspec.structs.replace(event, body=body)

    def votes(self, events: Iterable[Event]) -> tuple[OptionVotes, ...]:
        """Return the hands for each option; empty if no hand was counted."""
        options: list[str] = []
        keys: list[str] = []
        rounds: list[dict[int, int]] = [{}]
        for event in events:
            match event.body.get("do"):
                case DrillStep.REVEAL:
                    options, keys = _texts(event, "options") or options, _texts(event, "keys")
                case VoteStep.CLOSE:
                    options = _texts(event, "options")
                case VoteStep.AGAIN:
                    rounds.append({})
                case DrillStep.COUNT:
                    rounds[-1][whole(event, "option")] = whole(event, "hands")
        if not any(number for counted in rounds for number in counted.values()):
            return ()
        return tuple(
            OptionVotes(text, tuple(counted.get(k, 0) for counted in rounds), text in keys)
            for k, text in enumerate(options)
        )

    def join(self, at: int) -> Event:
        """Add one pupil. Raises InvalidTransition where the number of pupils is unknown."""
        if self.stage is Stage.FINISHED or not 0 < self.class_size < MOST_HANDS:
            raise InvalidTransition("Nobody counts the pupils.")
        return self._note(DrillStep.JOIN, at, size=self.class_size + 1)

    def _prepared(self) -> Self:
        return replace(self, class_size=self.settings.class_size)

    def _asked(self, at: int) -> Self:  # noqa: ARG002
        places = len(self.choices_shown) if self.ref in self.lookup else 0
        return replace(self, rounds=((0,) * places,))

    def _after(self, do: str, event: Event) -> Self:
        match do:
            case DrillStep.COUNT:
                place, hands = whole(event, "option"), whole(event, "hands")
                counted = tuple(hands if k == place else old for k, old in enumerate(self.hands))
                return replace(self, rounds=(*self.rounds[:-1], counted))
            case VoteStep.CLOSE:
                return replace(self, stage=Stage.COUNTED, timer=self.timer.stopped(event.at))
            case VoteStep.AGAIN:
                again = replace(self, stage=Stage.ASKING, rounds=(*self.rounds, (0,) * len(self.hands)))
                return again._timed(event.at)
            case DrillStep.JOIN:
                return replace(self, class_size=whole(event, "size"))
        return super()._after(do, event)


def _texts(event: Event, name: str) -> list[str]:
    """Return the texts in a list of an event's body."""
    texts = event.body.get(name)
    return [str(text) for text in texts] if isinstance(texts, list) else []
