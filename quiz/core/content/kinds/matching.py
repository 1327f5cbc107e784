"""Things to match."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from quiz.core.content.diagnostics import Problem
from quiz.core.content.grading import Grade, Matched, Part, Response
from quiz.core.content.interaction import Match
from quiz.core.content.item import (
    Item,
    Option,
    OptionField,
    Text,
    duplicates,
    feedback_of,
    key_among,
    text_of,
    texts_of,
)
from quiz.core.text.answer_rules import USUAL_RULES, AnswerRules


class Matching(Item, frozen=True, kw_only=True, tag="matching"):
    """An item that asks to pair left sides with right sides."""

    pairs: Annotated[
        dict[Text, OptionField], Meta(min_length=2, max_length=26, description="Each left side's right side.")
    ]
    distractors: Annotated[
        tuple[OptionField, ...], Meta(max_length=20, description="Right sides that match nothing.")
    ] = ()

    summary = "Pair each left side with a right side; each pair counts the same."
    example = """\
id: capitals
kind: matching
stem: Match each country with its capital.
pairs:
  France: Paris
  Italy: Rome
  Spain: {text: Madrid, feedback: The capital since 1561.}
distractors: [Lisbon]
rationale: Lisbon is the capital of Portugal.
"""

    def interaction(self) -> Match:
        """Ask for pairs; a right side that several left sides share is shown once."""
        rights = tuple(dict.fromkeys(texts_of((*self.pairs.values(), *self.distractors))))
        return Match(tuple(self.pairs), rights, can_shuffle=self.shuffle)

    def key_response(self) -> Matched:
        """Return the right pairs."""
        return Matched({left: text_of(right) for left, right in self.pairs.items()})

    def key_text(self) -> str:
        """Return the right pairs."""
        return "; ".join(f"{left} — {text_of(right)}" for left, right in self.pairs.items())

    def grade(self, response: Response, rules: AnswerRules = USUAL_RULES) -> Grade:  # noqa: ARG002
        """Grade each pair with equal weight."""
        given = response.pairs if isinstance(response, Matched) else {}
        return Grade.of_parts(
            tuple(self._part(left, right, given.get(left, "")) for left, right in self.pairs.items())
        )

    def _part(self, left: str, right: str | Option, given: str) -> Part:
        """Return a pair, with its own feedback if it is right, else with that of the side given."""
        is_right = given == text_of(right)
        sides = (right,) if is_right else (*self.pairs.values(), *self.distractors)
        said = next((feedback_of(side) for side in sides if text_of(side) == given and feedback_of(side)), "")
        return Part(left, given, text_of(right), is_right, said)

    def problems(self, language: str = "en") -> Iterator[Problem]:  # noqa: ARG002
        """Yield a problem for sides that say the same."""
        for sides in (tuple(self.pairs), tuple(dict.fromkeys(texts_of(self.pairs.values())))):
            for problem in duplicates("pairs", sides):
                yield msgspec.structs.replace(problem, where=("pairs",))
        yield from duplicates("distractors", self.distractors)
        yield from key_among("distractors", self.distractors, texts_of(self.pairs.values()))
