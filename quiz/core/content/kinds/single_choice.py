"""One key among distractors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from quiz.core.content.diagnostics import Problem
from quiz.core.content.grading import Chosen, Grade, Response
from quiz.core.content.interaction import Choose
from quiz.core.content.item import Item, OptionField, duplicates, feedback_of, key_among, text_of, texts_of
from quiz.core.text.answer_rules import USUAL_RULES, AnswerRules


class SingleChoice(Item, frozen=True, kw_only=True, tag="single-choice"):
    """An item with one key and some distractors."""

    key: Annotated[OptionField, Meta(description="The one right option.")]
    distractors: Annotated[
        tuple[OptionField, ...], Meta(min_length=1, max_length=40, description="The wrong options.")
    ]

    summary = "Choose the one right option."
    example = """\
id: capital-of-france
kind: single-choice
stem: Which city is the capital of France?
key: Paris
distractors:
  - {text: Lyon, feedback: Lyon is the third largest city.}
  - Marseille
  - Nice
rationale: Paris has been the seat of government, with few breaks, since 987.
hint: It lies on the Seine.
"""

    def interaction(self) -> Choose:
        """Ask for one option."""
        return Choose.among(texts_of((self.key, *self.distractors)), can_shuffle=self.shuffle)

    def key_response(self) -> Chosen:
        """Return the key."""
        return Chosen((text_of(self.key),))

    def key_text(self) -> str:
        """Return the key's text."""
        return text_of(self.key)

    def grade(self, response: Response, rules: AnswerRules = USUAL_RULES) -> Grade:  # noqa: ARG002
        """Give the full score for the key and nothing for anything else."""
        if not isinstance(response, Chosen) or len(response.options) != 1:
            return Grade(0.0)
        chosen = response.options[0]
        said = tuple(
            feedback_of(option)
            for option in (self.key, *self.distractors)
            if text_of(option) == chosen and feedback_of(option)
        )
        return Grade(float(chosen == text_of(self.key)), feedback=said)

    def problems(self, language: str = "en") -> Iterator[Problem]:  # noqa: ARG002
        """Yield a problem for options that say the same."""
        yield from duplicates("distractors", self.distractors)
        yield from key_among("distractors", self.distractors, [text_of(self.key)])
