"""A statement that is true or false."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from quiz.core.content.grading import Chosen, Grade, Response
from quiz.core.content.interaction import Choose
from quiz.core.content.item import Item
from quiz.core.text.answer_rules import USUAL_RULES, AnswerRules

TRUE, FALSE = "True", "False"


class TrueFalse(Item, frozen=True, kw_only=True, tag="true-false"):
    """An item whose stem is a statement to judge."""

    key: Annotated[bool, Meta(description="Whether the statement is true.")]
    feedback: Annotated[str, Meta(max_length=20_000, description="What to say to a wrong answer.")] = ""

    has_fixed_options = True
    summary = "Say whether a statement is true."
    example = """\
id: water-boils
kind: true-false
stem: Water boils at a lower temperature on a mountain than at sea level.
key: true
feedback: Less air presses on the water up there.
rationale: The boiling point falls with the pressure of the air above.
"""

    def interaction(self) -> Choose:
        """Ask for true or false, always in this order."""
        return Choose((TRUE, FALSE), can_shuffle=False)

    def key_response(self) -> Chosen:
        """Return the right judgement."""
        return Chosen((self.key_text(),))

    def key_text(self) -> str:
        """Return the right judgement's word."""
        return TRUE if self.key else FALSE

    def grade(self, response: Response, rules: AnswerRules = USUAL_RULES) -> Grade:  # noqa: ARG002
        """Give the full score for the right judgement."""
        if response == self.key_response():
            return Grade(1.0)
        return Grade(0.0, feedback=(self.feedback,) if self.feedback and isinstance(response, Chosen) else ())
