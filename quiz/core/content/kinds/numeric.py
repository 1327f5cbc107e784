"""A number to type."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated

from msgspec import Meta

from quiz.core.content.diagnostics import Problem
from quiz.core.content.grading import Entered, Grade, Part, Response
from quiz.core.content.interaction import Enter, Field
from quiz.core.content.item import Item, Text
from quiz.core.text.answer_forms import forms_of, is_named
from quiz.core.text.answer_rules import USUAL_RULES, AnswerRules
from quiz.core.text.numbers import parse_number
from quiz.core.text.words_around_answers import BESIDE_A_NUMBER


class Numeric(Item, frozen=True, kw_only=True, tag="numeric"):
    """An item answered by typing a number."""

    key: Annotated[Text, Meta(description="The number, written as the bank's language writes numbers.")]
    tolerance: Annotated[
        str,
        Meta(
            max_length=200,
            description="How far off is still right: a number, or a per cent of the key such as 5%.",
        ),
    ] = ""
    unit: Annotated[
        str, Meta(max_length=200, description="The unit, shown beside the field; typing it is optional.")
    ] = ""
    units: Annotated[tuple[Text, ...], Meta(max_length=100, description="Other ways to write the unit.")] = ()
    feedback: Annotated[str, Meta(max_length=20_000, description="What to say to a wrong answer.")] = ""

    summary = "Type a number; separators, fractions and powers of ten are understood."
    example = """\
id: speed-of-light
kind: numeric
stem: How fast does light travel in a vacuum?
key: 299,792
tolerance: 1%
unit: km/s
units: [kilometres per second]
feedback: About seven and a half times around the Earth in a second.
rationale: By definition it is 299,792.458 kilometres per second.
"""

    def interaction(self) -> Enter:
        """Ask for one number."""
        return Enter((Field(unit=self.unit, is_number=True),))

    def key_response(self) -> Entered:
        """Return the key."""
        return Entered((self.key,))

    def key_text(self) -> str:
        """Return the key with its unit and tolerance."""
        return f"{self._exactly} (± {self.tolerance})" if self.tolerance else self._exactly

    @property
    def _exactly(self) -> str:
        return f"{self.key} {self.unit}".strip()

    def grade(self, response: Response, rules: AnswerRules = USUAL_RULES) -> Grade:
        """Give the full score for a number within the tolerance of the key."""
        typed = response.texts[0] if isinstance(response, Entered) and response.texts else ""
        usual = self._value(typed, rules.language)
        value = self._value_in_words(typed, rules.about(self.stem)) if usual is None else usual
        if value is None and typed.strip():
            unit = f", in {self.unit}" if self.unit else ""
            remark = f"type a number{unit}"
            part = Part("", typed, self.key_text(), is_right=False, remark=remark, is_unread=True)
            return Grade.of_parts((part,), notice=f"That was not read as a number{unit}.")
        key = parse_number(self.key, rules.language)
        is_right = value is not None and key is not None and abs(value - key) <= self.margin(rules.language)
        said = "" if is_right else self.feedback
        is_form = is_right and usual is None
        notice = f"Exactly: {self._exactly}" if is_right and value != key else ""
        return Grade.of_parts(
            (Part("", typed, self.key_text(), is_right, said, is_form=is_form),), notice=notice
        )

    def margin(self, language: str = "en") -> Fraction:
        """Return the tolerance as an absolute number; 0 where it is unreadable."""
        written = self.tolerance.strip()
        value = parse_number(written.removesuffix("%").strip(), language) if written else None
        if value is None:
            return Fraction(0)
        if written.endswith("%"):
            return abs(parse_number(self.key, language) or Fraction(0)) * abs(value) / 100
        return abs(value)

    def _value(self, typed: str, language: str) -> Fraction | None:
        """Return the number that was typed, with or without its unit and a final full stop."""
        written = typed.strip().rstrip(".!").rstrip()
        for unit in sorted((self.unit, *self.units), key=len, reverse=True):
            if unit and _folded(written[-len(unit) :]) == _folded(unit):
                return parse_number(written[: -len(unit)], language)
            if unit and _folded(written[: len(unit)]) == _folded(unit):
                return parse_number(written[len(unit) :], language)
        return parse_number(written, language)

    def _value_in_words(self, typed: str, rules: AnswerRules) -> Fraction | None:
        """Return a number written in words, or beside words that do not change it, such as a unit in the
        stem."""
        words = typed.split()
        places = [place for place, word in enumerate(words) if any(map(str.isdigit, word))]
        if not places:
            values = (parse_number(form, rules.language) for form in forms_of(typed, rules))
            return next((value for value in values if value is not None), None)
        before, after = words[: places[0]], words[places[-1] + 1 :]
        if all(word.casefold() in BESIDE_A_NUMBER or is_named(word, rules) for word in before + after):
            return self._value(" ".join(words[places[0] : places[-1] + 1]), rules.language)
        return None

    def problems(self, language: str = "en") -> Iterator[Problem]:
        """Yield a problem for a key or a tolerance that is not a number."""
        key = parse_number(self.key, language)
        if key is None:
            yield Problem(
                "not-a-number", f"“{self.key}” is not a number in this bank's language.", ("key",),
                "Write a number such as 12, 1.5, 3/4 or 1e3.",
            )  # fmt: skip
        if self.tolerance:
            value = parse_number(self.tolerance.strip().removesuffix("%").strip(), language)
            if value is None or value < 0:
                yield Problem(
                    "not-a-number", f"“{self.tolerance}” is not a tolerance.", ("tolerance",),
                    "Write a number that is not negative, or a per cent such as 5%.",
                )  # fmt: skip
            elif self.tolerance.strip().endswith("%") and key == 0:
                yield Problem(
                    "unreachable-range", "A per cent of a key of 0 tolerates nothing.", ("tolerance",),
                    "Write the tolerance as a number.",
                )  # fmt: skip


def _folded(unit: str) -> str:
    """Return a unit without differences that do not matter: case, and the spelling of powers and micro."""
    return unicodedata.normalize("NFKC", unit).casefold()
