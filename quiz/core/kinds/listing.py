"""Several things to name, in any order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from quiz.core.findings import Problem
from quiz.core.grading import Entered, Grade, Part, Response
from quiz.core.interaction import Enter, Field
from quiz.core.item import Item, Text, duplicates
from quiz.core.spelling import Fit, find


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the things to name."""

    text: Text
    accept: Annotated[tuple[Text, ...], Meta(description="Other wordings that are right.")] = ()
    feedback: str = ""


class Listing(Item, frozen=True, kw_only=True, tag="listing"):
    """An item that asks to name several things."""

    keys: Annotated[
        tuple[Text | Entry, ...], Meta(min_length=1, max_length=100, description="The things to name.")
    ]
    ask_for: Annotated[
        Annotated[int, Meta(ge=1)] | None, Meta(description="How many of them to name; all if not said.")
    ] = None

    summary = "Name several things in any order; each counts once."
    example = """\
id: states-of-matter
kind: listing
stem: Name the three everyday states of matter.
keys:
  - {text: solid, accept: [solids]}
  - liquid
  - {text: gas, accept: [gaseous, vapour]}
rationale: Ice, water and steam are one substance in each of them.
"""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The things to name."""
        return tuple(key if isinstance(key, Entry) else Entry(key) for key in self.keys)

    @property
    def asked_for(self) -> int:
        """How many are to be named."""
        return self.ask_for or len(self.keys)

    def interaction(self) -> Enter:
        """Ask for as many lines as are to be named."""
        fields = tuple(Field(label=f"{number}") for number in range(1, self.asked_for + 1))
        return Enter(fields, is_list=True)

    def key_response(self) -> Entered:
        """Return the first of the things, as many as are asked for."""
        return Entered(tuple(entry.text for entry in self.entries[: self.asked_for]))

    def key_text(self) -> str:
        """Return all things to name."""
        return "; ".join(entry.text for entry in self.entries)

    def grade(self, response: Response, language: str = "en") -> Grade:
        """Give every thing named the same share, once each."""
        texts = response.texts if isinstance(response, Entered) else ()
        left = dict(enumerate(self.entries))
        typed_texts = [text for text in texts[: self.asked_for] if text.strip()]
        parts: list[Part | None] = [None] * len(typed_texts)
        for forgive in (False, True):  # what is spelt right takes its entry before any slip may
            for place, typed in enumerate(typed_texts):
                if parts[place] is None:
                    parts[place] = self._credit(typed, left, language, forgive=forgive)
        graded = tuple(
            part or self._refusal(typed, language) for part, typed in zip(parts, typed_texts, strict=True)
        )
        missed = list(left.values())[: self.asked_for - sum(part.is_right for part in graded)]
        unnamed = tuple(Part("", "", entry.text, is_right=False) for entry in missed)
        return Grade.of_parts(graded + unnamed, out_of=self.asked_for)

    def _credit(self, typed: str, left: dict[int, Entry], language: str, *, forgive: bool) -> Part | None:
        """Credit what was typed with an entry that is left, and take that entry away."""
        for number, entry in list(left.items()):
            others = [other.text for place, other in enumerate(self.entries) if place != number]
            found = find(
                typed, (entry.text, *entry.accept), refused=others, language=language, forgive=forgive
            )
            if found.fit is not Fit.NONE:
                del left[number]
                return Part("", typed, entry.text, True, entry.feedback, found.fit is Fit.NEAR)
        return None

    def _refusal(self, typed: str, language: str) -> Part:
        """Say why what was typed counts for nothing."""
        for entry in self.entries:
            if find(typed, (entry.text, *entry.accept), language=language).fit is not Fit.NONE:
                return Part("", typed, "", is_right=False, feedback=f"{entry.text}: counted once already.")
        return Part("", typed, "", is_right=False)

    def problems(self, language: str = "en") -> Iterator[Problem]:
        """Yield things named twice, and a count that cannot be reached."""
        yield from duplicates("keys", [entry.text for entry in self.entries], language)
        if self.ask_for is not None and self.ask_for > len(self.keys):
            yield Problem(
                "unreachable-range", f"It asks for {self.ask_for} of {len(self.keys)} things.", ("ask_for",),
                "Ask for at most as many as there are keys.",
            )  # fmt: skip
