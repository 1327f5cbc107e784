"""Things to put into named bins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from quiz.core.content.diagnostics import Problem
from quiz.core.content.grading import Grade, Part, Response, Sorted
from quiz.core.content.interaction import Sort
from quiz.core.content.item import Item, OptionField, Text, feedback_of, seen_as, text_of
from quiz.core.text.answer_rules import USUAL_RULES, AnswerRules


class Sorting(Item, frozen=True, kw_only=True, tag="sorting"):
    """An item that asks to sort members into categories."""

    categories: Annotated[
        dict[Text, Annotated[tuple[OptionField, ...], Meta(max_length=100)]],
        Meta(min_length=2, max_length=9, description="Each category's members."),
    ]

    summary = "Sort things into groups; each counts the same."
    example = """\
id: fruit-or-vegetable
kind: sorting
stem: To a botanist, which of these are fruits and which are vegetables?
categories:
  Fruit: [Apple, {text: Tomato, feedback: It grows from a flower and holds seeds.}]
  Vegetable: [Carrot, Spinach]
rationale: A fruit grows from a flower and holds seeds.
"""

    def interaction(self) -> Sort:
        """Ask for a bin for each member."""
        members = tuple(text_of(member) for members in self.categories.values() for member in members)
        return Sort(members, tuple(self.categories), can_shuffle=self.shuffle)

    def key_response(self) -> Sorted:
        """Return each member's category."""
        return Sorted({text_of(m): name for name, members in self.categories.items() for m in members})

    def key_text(self) -> str:
        """Return the categories with their members."""
        return "; ".join(
            f"{name}: {', '.join(text_of(member) for member in members)}"
            for name, members in self.categories.items()
        )

    def grade(self, response: Response, rules: AnswerRules = USUAL_RULES) -> Grade:  # noqa: ARG002
        """Grade each member with equal weight."""
        given = response.bins if isinstance(response, Sorted) else {}
        return Grade.of_parts(
            tuple(
                Part(
                    label=text_of(member),
                    given=given.get(text_of(member), ""),
                    expected=name,
                    is_right=given.get(text_of(member)) == name,
                    feedback=feedback_of(member) if given.get(text_of(member)) not in {None, name} else "",
                )
                for name, members in self.categories.items()
                for member in members
            )
        )

    def problems(self, language: str = "en") -> Iterator[Problem]:  # noqa: ARG002
        """Yield problems: members in two places, and categories without members."""
        seen: dict[str, str] = {}
        for name, members in self.categories.items():
            if not members:
                yield Problem(
                    "empty-category", f"“{name}” has no members.", ("categories", name),
                    "Give it a member or take it out.",
                )  # fmt: skip
            for index, member in enumerate(members):
                text = text_of(member)
                same = seen_as(text)
                if same in seen:
                    category = seen[same]
                    yield Problem(
                        "duplicate-option", f"“{text}” is in “{category}” already.",
                        ("categories", name, index), "Leave it in one place.",
                    )  # fmt: skip
                seen.setdefault(same, name)
