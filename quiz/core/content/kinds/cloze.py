"""A text with gaps to fill."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from quiz.core.content.diagnostics import Problem, Severity
from quiz.core.content.grading import Entered, Grade, Part, Response
from quiz.core.content.interaction import Enter, Field
from quiz.core.content.item import OptionField, Text, duplicates, feedback_of, key_among, text_of
from quiz.core.content.typed_item import TypedItem, part_of, redundant, refused_and_accepted
from quiz.core.text.answer_rules import USUAL_RULES, AnswerRules

USUAL_STEM = "Fill in the gaps."
MOST_GAPS = 100
"""How many gaps a text may have."""
_GAP = re.compile(r"(?<!\\)\{\{([^{}]*)\}\}")
_BRACES = re.compile(r"\\(\{\{|\}\})")
"""Braces meant literally."""
_NUMBERED = re.compile(r"^c\d+::")
"""The start of a gap as Anki writes it."""


def _literal(text: str) -> str:
    """Return a piece of the text as it is shown."""
    return _BRACES.sub(r"\1", text)


class Cloze(TypedItem, frozen=True, kw_only=True, tag="cloze"):
    """An item whose text has gaps. The text between a gap's braces is its key."""

    stem: Annotated[Text, Meta(description="What to do, if it is more than filling in the gaps.")] = (
        USUAL_STEM
    )
    text: Annotated[
        Text,
        Meta(
            description="The text; each gap is its key in double braces: {{key}}. "
            "Braces that are none stand behind a backslash: \\{{."
        ),
    ]
    accept: Annotated[
        dict[str, Annotated[tuple[OptionField, ...], Meta(max_length=100)]],
        Meta(max_length=100, description="Other wordings that are right, under the gap's key."),
    ] = msgspec.field(default_factory=dict)
    refuse: Annotated[
        dict[str, Annotated[tuple[OptionField, ...], Meta(max_length=100)]],
        Meta(
            max_length=100,
            description="Wrong answers to expect, under the gap's key; they never pass as a slip.",
        ),
    ] = msgspec.field(default_factory=dict)

    options: Annotated[
        dict[str, Annotated[tuple[Text, ...], Meta(min_length=1, max_length=20)]],
        Meta(
            max_length=100, description="Wrong answers to choose from besides the gap's key, under that key."
        ),
    ] = msgspec.field(default_factory=dict)

    summary = "Fill in the gaps in a text; each gap counts the same."
    example = """\
id: water-cycle
kind: cloze
text: The sun makes water {{evaporate}}; clouds form when the vapour {{condenses}}.
accept:
  condenses: [{text: liquefies, feedback: That is the chemist's word.}]
refuse:
  condenses: [{text: freezes, feedback: Most clouds are made of drops.}]
rationale: Water rises as vapour and falls as rain.
"""

    @property
    def headline(self) -> str:
        """Its text with blanks, unless its stem says more than the usual."""
        return self.with_gaps("_____" for _ in self.gaps) if self.stem == USUAL_STEM else self.stem

    @property
    def gaps(self) -> tuple[str, ...]:
        """The keys of the gaps, in the text's order."""
        return tuple(gap.strip() for gap in _GAP.findall(self.text))

    @property
    def around(self) -> tuple[str, ...]:
        """The text before, between and after the gaps as it is shown, one piece more than there are gaps."""
        return tuple(map(_literal, _GAP.split(self.text)[::2]))

    def with_gaps(self, shown: Iterable[str]) -> str:
        """Return the text with something in the place of each gap."""
        return "".join(piece + gap for piece, gap in zip(self.around, [*shown, ""], strict=True))

    def interaction(self) -> Enter:
        """Ask for one field per gap; a gap with options is chosen."""
        fields = tuple(
            Field(label=f"gap {number}", options=self._choices(gap))
            for number, gap in enumerate(self.gaps, 1)
        )
        return Enter(fields, around=self.around, can_shuffle=self.shuffle)

    def _choices(self, gap: str) -> tuple[str, ...]:
        return (gap, *self.options[gap]) if gap in self.options else ()

    def key_response(self) -> Entered:
        """Return the gaps' keys."""
        return Entered(self.gaps)

    def key_text(self) -> str:
        """Return the whole text with its gaps filled in."""
        return _literal(_GAP.sub(lambda gap: gap[1].strip(), self.text))

    def grade(self, response: Response, rules: AnswerRules = USUAL_RULES) -> Grade:
        """Grade each gap with equal weight."""
        texts = response.texts if isinstance(response, Entered) else ()
        own = self.answer_rules(rules).about(self.text)
        gaps = self.gaps
        padded = (*texts, *[""] * len(gaps))[: len(gaps)]
        return Grade.of_parts(
            tuple(
                self._part(number, gap, typed, own)
                for number, (gap, typed) in enumerate(zip(gaps, padded, strict=True), 1)
            )
        )

    def _part(self, number: int, gap: str, typed: str, rules: AnswerRules) -> Part:
        if gap in self.options:
            return Part(
                f"gap {number}", typed, gap, is_right=typed.strip() == gap, feedback=self._said(gap, typed)
            )
        others = tuple(other for other in self.gaps if other != gap)
        variants, refused = (gap, *self.accept.get(gap, ())), self.refuse.get(gap, ())
        return part_of(f"gap {number}", typed, variants, refused, others=others, rules=rules)

    def _said(self, gap: str, typed: str) -> str:
        """Return the author's feedback on a chosen wrong answer."""
        return next(
            (feedback_of(one) for one in self.refuse.get(gap, ()) if text_of(one) == typed.strip()), ""
        )

    def problems(self, language: str = "en") -> Iterator[Problem]:
        """Yield problems: a text without gaps, empty gaps, variants for gaps that do not exist."""
        gaps = self.gaps
        if not gaps:
            yield Problem(
                "no-gap", "The text has no gap.", ("text",), "Put each gap's key in double braces: {{key}}."
            )
        if len(gaps) > MOST_GAPS:
            yield Problem(
                "too-many", f"The text has {len(gaps):,} gaps, and may have {MOST_GAPS}.", ("text",),
                "Make several items of it.",
            )  # fmt: skip
        if any(not gap for gap in gaps):
            yield Problem("no-key", "A gap is empty.", ("text",), "Write its key between the braces.")
        for field, named in (
            ("accept", self.accept), ("refuse", self.refuse), ("options", self.options),
        ):  # fmt: skip
            for gap in named:
                if gap not in gaps:
                    yield Problem(
                        "unknown-gap", f"The text has no gap “{gap}”.", (field, gap),
                        f"Its gaps are: {', '.join(gaps) or 'none'}.", at_field=True,
                    )  # fmt: skip
        for gap in filter(_NUMBERED.match, gaps):
            yield Problem(
                "numbered-gap", f"“{{{{{gap}}}}}” is written as Anki writes its gaps.", ("text",),
                f"Write {{{{{_NUMBERED.sub('', gap).partition('::')[0]}}}}}; a hint goes into “hint:”.",
                Severity.WARNING,
            )  # fmt: skip
        for gap, wrong in self.options.items():
            for problem in (*duplicates("options", wrong), *key_among("options", wrong, [gap])):
                yield msgspec.structs.replace(problem, where=("options", gap, *problem.where[1:]))
        for gap, refused in self.refuse.items():
            yield from refused_and_accepted(("refuse", gap), (gap, *self.accept.get(gap, ())), refused)
        for gap, accepted in self.accept.items() if not self.strict else ():
            yield from redundant(("accept", gap), gap, accepted, language)
