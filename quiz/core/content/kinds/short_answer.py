"""A word or a phrase to type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta

from quiz.core.content.diagnostics import Problem
from quiz.core.content.grading import Entered, Grade, Part, Response
from quiz.core.content.interaction import Enter, Field
from quiz.core.content.item import Item, OptionField, duplicates, feedback_of, key_among, text_of, texts_of
from quiz.core.text.answer_matching import MatchKind, find


class ShortAnswer(Item, frozen=True, kw_only=True, tag="short-answer"):
    """An item answered by typing a few words."""

    key: Annotated[OptionField, Meta(description="The answer, as it is usually written.")]
    accept: Annotated[
        tuple[OptionField, ...], Meta(max_length=100, description="Other wordings that are right.")
    ] = ()
    refuse: Annotated[
        tuple[OptionField, ...],
        Meta(max_length=100, description="Wrong answers to expect; they never pass as a misspelt key."),
    ] = ()
    case: Annotated[Literal["ignore", "match"], Meta(description="Whether capitals make a difference.")] = (
        "ignore"
    )

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

    def interaction(self) -> Enter:
        """Ask for one line of text."""
        return Enter((Field(),))

    def key_response(self) -> Entered:
        """Return the key."""
        return Entered((text_of(self.key),))

    def key_text(self) -> str:
        """Return the key's text."""
        return text_of(self.key)

    def grade(self, response: Response, language: str = "en") -> Grade:
        """Give all for the key, an accepted wording, or a small slip in one of them."""
        typed = response.texts[0] if isinstance(response, Entered) and response.texts else ""
        variants = (self.key, *self.accept)
        found = find(
            typed,
            texts_of(variants),
            refused=texts_of(self.refuse),
            language=language,
            match_case=self.case == "match",
        )
        if found.fit is not MatchKind.NONE:
            part = Part(
                label="",
                given=typed,
                expected=text_of(variants[found.place]),
                is_right=True,
                feedback=feedback_of(variants[found.place]),
                is_near=found.fit is MatchKind.NEAR,
            )
            return Grade.of_parts((part,))
        wrong = find(typed, texts_of(self.refuse), language=language)
        said = feedback_of(self.refuse[wrong.place]) if wrong.fit is not MatchKind.NONE else ""
        return Grade.of_parts((Part("", typed, text_of(self.key), is_right=False, feedback=said),))

    def problems(self, language: str = "en") -> Iterator[Problem]:
        """Yield refused answers that are accepted as well, and variants that say the same."""
        if self.case == "ignore":
            keys = texts_of((self.key, *self.accept))
            yield from duplicates("accept", self.accept, language, is_typed=True)
            yield from key_among("accept", self.accept, keys[:1], language, is_typed=True)
            yield from key_among("refuse", self.refuse, keys, language, is_typed=True)
