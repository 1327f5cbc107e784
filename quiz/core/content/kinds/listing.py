"""Several things to name, in any order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from quiz.core.content.diagnostics import Problem
from quiz.core.content.grading import Entered, Grade, Part, Response
from quiz.core.content.interaction import Enter, Field
from quiz.core.content.item import Item, Text, duplicates
from quiz.core.text.answer_matching import MatchKind, find


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the things to name."""

    text: Annotated[Text, Meta(description="What it is usually called.")]
    accept: Annotated[tuple[Text, ...], Meta(description="Other wordings that are right.")] = ()
    feedback: Annotated[str, Meta(description="What to say to whoever names it.")] = ""


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
        typed_texts = [text for text in texts[: self.asked_for] if text.strip()]
        fits = [self._fits(typed, language) for typed in typed_texts]
        credited = _credited(fits)
        graded = tuple(
            self._part(typed, credited.get(place), fits[place]) for place, typed in enumerate(typed_texts)
        )
        named = set(credited.values())
        left = [entry.text for number, entry in enumerate(self.entries) if number not in named]
        unnamed = tuple(Part("", "", text, is_right=False) for text in left[: self.asked_for - len(named)])
        return Grade.of_parts(graded + unnamed, out_of=self.asked_for)

    def _fits(self, typed: str, language: str) -> dict[int, MatchKind]:
        """Return the entries that what was typed may stand for, by their numbers."""
        entries = self.entries
        wordings = [(entry.text, *entry.accept) for entry in entries]
        fits: dict[int, MatchKind] = {}
        for number, accepted in enumerate(wordings):
            others = [text for place, texts in enumerate(wordings) if place != number for text in texts]
            found = find(typed, accepted, refused=others, language=language)
            if found.fit is not MatchKind.NONE:
                fits[number] = found.fit
        return fits

    def _part(self, typed: str, credit: int | None, fits: Mapping[int, MatchKind]) -> Part:
        """Return what was typed with the entry that it is credited with, or why it counts for nothing."""
        if credit is not None:
            entry = self.entries[credit]
            return Part("", typed, entry.text, True, entry.feedback, fits[credit] is MatchKind.NEAR)
        said = f"{self.entries[next(iter(fits))].text}: counted once already." if fits else ""
        return Part("", typed, "", is_right=False, feedback=said)

    def problems(self, language: str = "en") -> Iterator[Problem]:
        """Yield things named twice, and a count that cannot be reached."""
        yield from duplicates("keys", [entry.text for entry in self.entries], language, is_typed=True)
        if self.ask_for is not None and self.ask_for > len(self.keys):
            yield Problem(
                "unreachable-range", f"It asks for {self.ask_for} of {len(self.keys)} things.", ("ask_for",),
                "Ask for at most as many as there are keys.",
            )  # fmt: skip


def _credited(fits: Sequence[Mapping[int, MatchKind]]) -> dict[int, int]:
    """Return which entry each place is credited with, given the entries that fit it.

    As many places as can be are, in whatever order they were typed, and what is spelt right before slips.
    """
    holders: dict[int, int] = {}

    def find_room(place: int, tried: set[int], *, forgive: bool) -> bool:
        for entry, fit in fits[place].items():
            if entry in tried or not (forgive or fit is MatchKind.EXACT):
                continue
            tried.add(entry)
            if entry not in holders or find_room(holders[entry], tried, forgive=forgive):
                holders[entry] = place
                return True
        return False

    for forgive in (False, True):
        for place in range(len(fits)):
            if place not in holders.values():
                find_room(place, set(), forgive=forgive)
    return {place: entry for entry, place in holders.items()}
