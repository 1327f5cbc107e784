"""Pairing left sides with right sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from quiz.core.content.grading import Matched
from quiz.core.content.interaction import Match
from quiz.tui.available_actions import key_label
from quiz.tui.responses.base import Hint
from quiz.tui.responses.pairing import PairsResponse
from quiz.tui.responses.row import LETTERS, ResponseRow, labels, numbers
from quiz.tui.text import show


class MatchResponse(PairsResponse):
    """Numbered left sides, lettered right sides: a number or an arrow picks, a letter pairs."""

    interaction: Match
    gives: ClassVar[str] = "Pair"
    _response: Matched

    @property
    def lefts(self) -> tuple[str, ...]:
        """The left sides."""
        return self.interaction.lefts

    @property
    def rights(self) -> tuple[str, ...]:
        """The right sides."""
        return self.interaction.rights

    @property
    def hint(self) -> Hint:
        """What the keys do."""
        last = self.right_rows[-1].label or "a"
        other = "left" if self.is_at_right else "right"
        return (f"a–{last}", "pair"), (key_label(self, f"answer.{other}"), f"{other} side")

    @property
    def unready(self) -> str:
        """Say how many pairs are open."""
        count = self.open_count
        return (
            f"{count} of {len(self.lefts)} pairs {'is' if count == 1 else 'are'} still open." if count else ""
        )

    def make_response(self, given: dict[str, str]) -> Matched:
        """Return the pairs."""
        return Matched(given)

    def make_left_rows(self) -> list[ResponseRow]:
        """Number the left sides."""
        return [
            ResponseRow(text, label, markup=self.markup)
            for text, label in zip(self.lefts, numbers(len(self.lefts)), strict=True)
        ]

    def make_right_rows(self) -> list[ResponseRow]:
        """Letter the right sides."""
        letters = labels(len(self.rights), LETTERS)
        return [
            ResponseRow(text, label, sign_width=0, markup=self.markup)
            for text, label in zip(self.rights, letters, strict=True)
        ]

    def show_right(self, row: ResponseRow, holders: Sequence[int]) -> None:
        """Show the numbers of the left sides that have it."""
        shown = " ".join(str(place + 1) for place in holders)
        row.put(tail=show(f"← {shown}" if shown else "", "$text-primary"))
