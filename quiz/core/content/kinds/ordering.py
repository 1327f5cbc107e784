"""Things to put in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

from msgspec import Meta

from quiz.core.content.diagnostics import Problem
from quiz.core.content.grading import Grade, Ordered, Part, Response
from quiz.core.content.interaction import Order
from quiz.core.content.item import Item, Text, seen_as
from quiz.core.text.answer_rules import USUAL_RULES, AnswerRules


class Ordering(Item, frozen=True, kw_only=True, tag="ordering"):
    """An item that asks to put entries in order."""

    order: Annotated[
        tuple[Text, ...],
        Meta(
            min_length=2,
            max_length=40,
            description="The entries, in the right order; equal ones stand for each other.",
        ),
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
        """Give the share of neighbouring pairs in the right order; all only for exactly that order."""
        given = response.entries if isinstance(response, Ordered) else ()
        kept = (Counter(pairwise(given)) & Counter(pairwise(self.order))).total()
        parts = tuple(
            Part(f"{place}", given[place - 1] if place <= len(given) else "", entry,
                 is_right=place <= len(given) and given[place - 1] == entry)
            for place, entry in enumerate(self.order, 1)
        )  # fmt: skip
        is_whole = sorted(given) == sorted(self.order)
        pairs = len(self.order) - 1
        notice = ""
        if given != self.order:
            kept = min(kept, pairs - 1)
        if is_whole and 0 < kept < pairs:
            notice = f"{kept} of {pairs} neighbouring pairs are in the right order."
        return Grade(kept / pairs if is_whole else 0.0, parts, notice=notice)

    def problems(self, language: str = "en") -> Iterator[Problem]:  # noqa: ARG002
        """Yield problems: different entries that look the same, and an order of nothing but equal entries."""
        if len(set(self.order)) == 1:
            yield Problem(
                "duplicate-option", "All entries are the same.", ("order",), "Give it entries that differ."
            )
        first = {seen_as(entry): entry for entry in reversed(self.order)}
        for place, entry in enumerate(self.order):
            if first[seen_as(entry)] != entry:
                yield Problem(
                    "duplicate-option", f"“{entry}” looks the same as a different entry.",
                    ("order", place), "Write equal entries exactly the same.",
                )  # fmt: skip
