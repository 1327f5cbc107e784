"""A word or a phrase to type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from quiz.core.content.diagnostics import Problem
from quiz.core.content.grading import Entered, Grade, Response
from quiz.core.content.interaction import Enter, Field
from quiz.core.content.item import OptionField, text_of
from quiz.core.content.typed_item import TypedItem, part_of, redundant, refused_and_accepted
from quiz.core.text.answer_rules import USUAL_RULES, AnswerRules


class ShortAnswer(TypedItem, frozen=True, kw_only=True, tag="short-answer"):
    """An item answered by typing a few words."""

    key: Annotated[OptionField, Meta(description="The answer, as it is usually written.")]
    accept: Annotated[
        tuple[OptionField, ...], Meta(max_length=100, description="Other wordings that are right.")
    ] = ()
    refuse: Annotated[
        tuple[OptionField, ...],
        Meta(max_length=100, description="Wrong answers to expect; they are never taken for the key."),
    ] = ()
    case: Annotated[
        Literal["ignore", "match"],
        Meta(description="Whether capitals make a difference; `strict: [case]` says the same."),
    ] = "ignore"

    reverse: Annotated[
        bool, Meta(description="Whether it is asked the other way round as well, as an item of its own.")
    ] = False

    summary = "Type a word or a few; case, accents, articles and a small slip of spelling are forgiven."
    example = """\
id: largest-ocean
kind: short-answer
stem: Which ocean is the largest?
key: Pacific
accept: [Pacific Ocean]
refuse:
  - {text: Atlantic, feedback: The Atlantic is about half as large.}
rationale: The Pacific covers about a third of the globe.
"""

    @property
    def has_reverse(self) -> bool:
        """Whether it is also asked the other way round."""
        return self.reverse

    def reversed(self, item_id: str) -> ShortAnswer:
        """Return the item that asks for its stem, without what belongs to this side alone."""
        return msgspec.structs.replace(
            self, id=item_id, stem=text_of(self.key), key=self.stem, accept=(), refuse=(), reverse=False,
            hint="", image=None,
        )  # fmt: skip

    def interaction(self) -> Enter:
        """Ask for one line of text."""
        return Enter((Field(),))

    def key_response(self) -> Entered:
        """Return the key."""
        return Entered((text_of(self.key),))

    def key_text(self) -> str:
        """Return the key's text."""
        return text_of(self.key)

    def grade(self, response: Response, rules: AnswerRules = USUAL_RULES) -> Grade:
        """Give the full score for the key or an accepted wording, even in another form or misspelt."""
        typed = response.texts[0] if isinstance(response, Entered) and response.texts else ""
        own = self.answer_rules(rules)
        if self.case == "match":
            own = own.about(own.stem, ("case",))
        return Grade.of_parts((part_of("", typed, (self.key, *self.accept), self.refuse, rules=own),))

    def problems(self, language: str = "en") -> Iterator[Problem]:
        """Yield problems: refused answers that are accepted too, and redundant accepted ones."""
        yield from refused_and_accepted(("refuse",), (self.key, *self.accept), self.refuse)
        if self.case == "ignore" and not self.strict:
            yield from redundant(("accept",), text_of(self.key), self.accept, language)
