"""Things to put in order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

from msgspec import Meta

from quiz.core.content.diagnostics import Problem
from quiz.core.content.grading import Grade, Ordered, Part, Response
from quiz.core.content.interaction import Order
from quiz.core.content.item import Item, Text, duplicates
from quiz.core.text.answer_rules import USUAL_RULES, AnswerRules


class Ordering(Item, frozen=True, kw_only=True, tag="ordering"):
    """An item that asks to put entries in order."""

    order: Annotated[
        tuple[Text, ...], Meta(min_length=2, max_length=40, description="The entries, in the right order.")
    ]

    summary = "Put entries in order; each neighbouring pair that is kept counts."
    example = """\
id: planets-from-the-sun
kind: ordering
stem: Put these planets in order of their distance from the sun, nearest first.
order: [Mercury, Venus, Earth, Mars]
rationale: They are the four rocky planets, innermost first.
"""

    def interaction(self) -> Order:
        """Ask for an order."""
        return Order(self.order, can_shuffle=self.shuffle)

    def key_response(self) -> Ordered:
        """Return the right order."""
        return Ordered(self.order)

    def key_text(self) -> str:
        """Return the right order."""
        return " → ".join(self.order)

    def grade(self, response: Response, rules: AnswerRules = USUAL_RULES) -> Grade:  # noqa: ARG002
        """Give the share of neighbouring pairs of the right order that are kept."""
        given = response.entries if isinstance(response, Ordered) else ()
        kept = set(pairwise(given)) & set(pairwise(self.order))
        parts = tuple(
            Part(f"{place}", given[place - 1] if place <= len(given) else "", entry,
                 is_right=place <= len(given) and given[place - 1] == entry)
            for place, entry in enumerate(self.order, 1)
        )  # fmt: skip
        is_whole = sorted(given) == sorted(self.order)
        pairs = len(self.order) - 1
        notice = ""
        if is_whole and 0 < len(kept) < pairs:
            notice = f"{len(kept)} of {pairs} neighbouring pairs are in the right order."
        return Grade(len(kept) / pairs if is_whole else 0.0, parts, notice=notice)

    def problems(self, language: str = "en") -> Iterator[Problem]:  # noqa: ARG002
        """Yield entries that say the same."""
        yield from duplicates("order", self.order)
