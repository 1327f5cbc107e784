"""What items answered by typing words have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from quiz.core.content.diagnostics import Problem, Severity, Where
from quiz.core.content.grading import Part
from quiz.core.content.item import Item, Option, feedback_of, surely_differ, text_of, texts_of
from quiz.core.text.answer_matching import MatchKind, find, normalised
from quiz.core.text.answer_reading import has_unusual_spelling, read_answer
from quiz.core.text.answer_rules import AnswerRules, Strictness

StrictField: TypeAlias = Annotated[
    Annotated[tuple[Strictness, ...], Meta(max_length=8)] | Literal["all"],
    Meta(description="What must be typed as it is written: any of these, or all of it."),
]


def strictness(field: tuple[Strictness, ...] | Literal["all"]) -> tuple[Strictness, ...]:
    """Return what a bank or an item is strict about, in either form of the field."""
    return ("all",) if isinstance(field, str) else field


class TypedItem(Item, frozen=True, kw_only=True):
    """An item that is answered by typing words."""

    strict: StrictField = ()

    def answer_rules(self, rules: AnswerRules) -> AnswerRules:
        """Return a bank's rules with what this item adds to them."""
        return rules.about(self.stem, strictness(self.strict))


def part_of(
    label: str,
    typed: str,
    variants: tuple[str | Option, ...],
    refused: tuple[str | Option, ...] = (),
    *,
    others: tuple[str, ...] = (),
    rules: AnswerRules,
) -> Part:
    """Grade what was typed into one field. The first variant is the usual one.

    `refused` are wrong answers to expect; `others` are right in other fields.
    """
    read = read_answer(typed, texts_of(variants), refused=texts_of(refused), others=others, rules=rules)
    if read.fit in {MatchKind.EXACT, MatchKind.FORM, MatchKind.NEAR}:
        meant = variants[read.place]
        return Part(
            label=label,
            given=typed,
            expected=text_of(meant),
            is_right=True,
            feedback=feedback_of(meant),
            is_near=has_unusual_spelling(typed, read, texts_of(variants), rules),
            is_form=read.fit is MatchKind.FORM,
        )
    wrong = find(typed, texts_of(refused), language=rules.language)
    said = feedback_of(refused[wrong.place]) if wrong.fit is not MatchKind.NONE else ""
    return Part(label, typed, text_of(variants[0]), is_right=False, feedback=said, remark=read.remark)


def redundant(where: Where, key: str, accepted: Iterable[str | Option], language: str) -> Iterator[Problem]:
    """Yield a note for every wording without feedback that is read like the key or an earlier one."""
    listed = tuple(accepted)
    if surely_differ((key, *texts_of(listed))):
        return
    seen = {normalised(key, language): key}
    for place, option in enumerate(listed):
        text = text_of(option)
        same = normalised(text, language)
        if same in seen and not feedback_of(option):
            yield Problem(
                "redundant-accept", f"“{text}” is accepted without this: it is read like “{seen[same]}”.",
                (*where, place), "Take it out; “quiz check --fix” does.", Severity.NOTE,
            )  # fmt: skip
        seen.setdefault(same, text)


def refused_and_accepted(
    where: Where, accepted: Iterable[str | Option], refused: Iterable[str | Option]
) -> Iterator[Problem]:
    """Yield a problem for every refused text that is also accepted, letter by letter."""
    right = {" ".join(text.split()) for text in texts_of(accepted)}
    for place, text in enumerate(texts_of(refused)):
        if " ".join(text.split()) in right:
            yield Problem(
                "key-among-distractors", f"“{text}” is also accepted.", (*where, place),
                "Take it out of one of the two.",
            )  # fmt: skip
