"""A front to recall from, and a back to compare with."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from quiz.core.content.grading import Grade, Recalled, Response
from quiz.core.content.interaction import Reveal
from quiz.core.content.item import Item, Text
from quiz.core.text.answer_rules import USUAL_RULES, AnswerRules


class Flashcard(Item, frozen=True, kw_only=True, tag="flashcard"):
    """An item that the learner rates."""

    back: Annotated[Text, Meta(description="What is on the back.")]
    reverse: Annotated[
        bool, Meta(description="Whether it is asked the other way round as well, as an item of its own.")
    ] = False

    summary = "Recall, reveal, and say how well it was known."
    is_self_graded = True
    example = """\
id: photosynthesis
kind: flashcard
stem: What does photosynthesis make, and from what?
back: Sugar and oxygen, from carbon dioxide and water, with light.
rationale: The sugar feeds the plant; the oxygen is what it gives off.
"""

    @property
    def has_reverse(self) -> bool:
        """Whether it is also asked the other way round."""
        return self.reverse

    def reversed(self, item_id: str) -> Flashcard:
        """Return the card with its sides swapped, without hint and picture, which belong to this side."""
        return msgspec.structs.replace(
            self, id=item_id, stem=self.back, back=self.stem, reverse=False, hint="", image=None
        )

    def interaction(self) -> Reveal:
        """Ask for a recall."""
        return Reveal(self.back)

    def key_response(self) -> Recalled:
        """Return a good recall."""
        return Recalled(3)

    def key_text(self) -> str:
        """Return the back."""
        return self.back

    def grade(self, response: Response, rules: AnswerRules = USUAL_RULES) -> Grade:  # noqa: ARG002
        """Give the full score for hard, good or easy, and nothing for again."""
        return Grade(float(isinstance(response, Recalled) and response.rating in {2, 3, 4}))
