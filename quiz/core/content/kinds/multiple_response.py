"""Several keys among distractors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from quiz.core.content.diagnostics import Problem
from quiz.core.content.grading import Chosen, Grade, Part, Response
from quiz.core.content.interaction import Choose
from quiz.core.content.item import Item, OptionField, duplicates, feedback_of, key_among, text_of, texts_of
from quiz.core.text.answer_rules import USUAL_RULES, AnswerRules


class MultipleResponse(Item, frozen=True, kw_only=True, tag="multiple-response"):
    """An item with several keys and some distractors."""

    keys: Annotated[
        tuple[OptionField, ...], Meta(min_length=1, max_length=40, description="The right options.")
    ]
    distractors: Annotated[
        tuple[OptionField, ...], Meta(min_length=1, max_length=40, description="The wrong options.")
    ]

    summary = "Choose every right option; each wrong one takes a right one back."
    example = """\
id: primes-below-ten
kind: multiple-response
stem: Which of these numbers are prime? Select all that apply.
keys: ["2", "3", "7"]
distractors:
  - {text: "1", feedback: A prime has exactly two divisors.}
  - "9"
rationale: Two, three and seven have no divisors but one and themselves.
"""

    def interaction(self) -> Choose:
        """Ask for any number of options."""
        options = texts_of((*self.keys, *self.distractors))
        return Choose.among(options, most=len(options), can_shuffle=self.shuffle)

    def key_response(self) -> Chosen:
        """Return all keys."""
        return Chosen(texts_of(self.keys))

    def key_text(self) -> str:
        """Return the keys' texts."""
        return "; ".join(texts_of(self.keys))

    def grade(self, response: Response, rules: AnswerRules = USUAL_RULES) -> Grade:  # noqa: ARG002
        """Give max(0, hits − false alarms) / keys."""
        if not isinstance(response, Chosen):
            return Grade(0.0)
        keys, chosen = set(texts_of(self.keys)), set(response.options)
        parts = tuple(
            Part(
                label=text_of(option),
                given="chosen" if text_of(option) in chosen else "left out",
                expected="chosen" if text_of(option) in keys else "left out",
                is_right=(text_of(option) in chosen) == (text_of(option) in keys),
                feedback=feedback_of(option) if text_of(option) in chosen else "",
            )
            for option in (*self.keys, *self.distractors)
        )
        said = tuple(part.feedback for part in parts if part.feedback)
        return Grade(max(0, len(chosen & keys) - len(chosen - keys)) / len(keys), parts, said)

    def problems(self, language: str = "en") -> Iterator[Problem]:  # noqa: ARG002
        """Yield a problem for options that say the same."""
        yield from duplicates("keys", self.keys)
        yield from duplicates("distractors", self.distractors)
        yield from key_among("distractors", self.distractors, texts_of(self.keys))
