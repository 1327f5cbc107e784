"""Choosing the next pupil: everyone once before anyone twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from random import Random


@dataclass(frozen=True)
class Picker:
    """Draws pupils in turn. Steps return a new picker."""

    seed: int
    turns: Mapping[str, int] = field(default_factory=dict)
    """How many turns each pupil has had, in the class list's order.

    A pupil who comes late or comes back counts as having had at least as many turns as the others, and so
    does not make up for missed turns in a row.
    """
    absent: frozenset[str] = frozenset()
    last: str = ""
    """The pupil who had the last turn."""
    drawn: int = 0
    """How many turns there were."""

    @classmethod
    def of(cls, seed: int, pupils: Iterable[str], ahead: Mapping[str, int] | None = None) -> Picker:
        """Return a picker for some pupils, all of them present.

        `ahead` are the turns by which some are ahead of the others, or behind.
        """
        turns = {pupil: (ahead or {}).get(pupil, 0) for pupil in pupils}
        least = min(0, *turns.values()) if turns else 0
        return cls(seed, {pupil: turn - least for pupil, turn in turns.items()})

    @property
    def present(self) -> tuple[str, ...]:
        """Who can be drawn."""
        return tuple(pupil for pupil in self.turns if pupil not in self.absent)

    @property
    def ahead(self) -> dict[str, int]:
        """Who had more turns than others who are present have, 1, and who had fewer, -1.

        However many rounds a pupil missed, it is one turn to make up for.
        """
        least = min((self.turns[pupil] for pupil in self.present), default=0)
        return {pupil: 1 if turns > least else -1 for pupil, turns in self.turns.items() if turns != least}

    def draw(self, leaving_out: Iterable[str] = ()) -> str:
        """Return the next pupil, or an empty text if nobody is left.

        It is one of those with the fewest turns, and not the last one unless nobody else has as few. The same
        picker always draws the same pupil.
        """
        out = set(leaving_out)
        candidates = [pupil for pupil in self.present if pupil not in out]
        if not candidates:
            return ""
        fewest = min(self.turns[pupil] for pupil in candidates)
        waiting = [pupil for pupil in candidates if self.turns[pupil] == fewest]
        others = [pupil for pupil in waiting if pupil != self.last]
        return Random(f"{self.seed}/turn/{self.drawn}").choice(others or waiting)

    def took(self, pupil: str) -> Picker:
        """Return the picker after a pupil had a turn."""
        return replace(
            self,
            turns={**self.turns, pupil: self.turns.get(pupil, 0) + 1},
            last=pupil,
            drawn=self.drawn + 1,
        )

    def without(self, pupil: str) -> Picker:
        """Return the picker with a pupil absent."""
        return replace(self, absent=self.absent | {pupil})

    def including(self, pupil: str) -> Picker:
        """Return the picker with a pupil who comes late or comes back."""
        if pupil in self.turns and pupil not in self.absent:
            return self
        least = min((self.turns[other] for other in self.present), default=0)
        return replace(
            self,
            turns={**self.turns, pupil: max(least, self.turns.get(pupil, 0))},
            absent=self.absent - {pupil},
        )


NOBODY = Picker(0)
"""A picker without pupils."""
