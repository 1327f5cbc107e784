"""Responses and their grades."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeAlias

import msgspec


class Verdict(StrEnum):
    """The summary of a grade."""

    CORRECT = "correct"
    PARTIAL = "partial"
    INCORRECT = "incorrect"
    SKIPPED = "skipped"

    @classmethod
    def of(cls, score: float) -> Verdict:
        """Return the verdict for a score from 0 to 1."""
        if score >= 1:
            return cls.CORRECT
        return cls.PARTIAL if score > 0 else cls.INCORRECT


class Confidence(StrEnum):
    """How sure a learner said they were."""

    SURE = "sure"
    FAIRLY = "fairly"
    GUESS = "guess"


class Chosen(msgspec.Struct, frozen=True, gc=False, tag="chosen"):
    """The options that were chosen, by their text."""

    options: tuple[str, ...] = ()


class Entered(msgspec.Struct, frozen=True, gc=False, tag="entered"):
    """The text typed into each field."""

    texts: tuple[str, ...] = ()


class Ordered(msgspec.Struct, frozen=True, gc=False, tag="ordered"):
    """The entries in the order given."""

    entries: tuple[str, ...] = ()


class Matched(msgspec.Struct, frozen=True, gc=False, tag="matched"):
    """What each left side was paired with; unpaired ones are absent."""

    pairs: dict[str, str] = {}


class Sorted(msgspec.Struct, frozen=True, gc=False, tag="sorted"):
    """The bin each member was put in; members left out are absent."""

    bins: dict[str, str] = {}


class Recalled(msgspec.Struct, frozen=True, gc=False, tag="recalled"):
    """How well the learner knew the answer: 1 again, 2 hard, 3 good, 4 easy; 0 not rated."""

    rating: int = 0


Response: TypeAlias = Chosen | Entered | Ordered | Matched | Sorted | Recalled


def is_empty(response: Response) -> bool:
    """Return whether a response is empty."""
    match response:
        case Entered(texts):
            return not any(text.strip() for text in texts)
        case Recalled(rating):
            return rating == 0
        case Chosen(things) | Ordered(things):
            return not things
        case Matched(things) | Sorted(things):
            return not things


class Part(msgspec.Struct, frozen=True):
    """One graded part of a response: a gap, a pair, a member, an entry, an option."""

    label: str
    """What the part is about: the gap's number, the left side, the member."""
    given: str
    expected: str
    is_right: bool
    feedback: str = ""
    is_near: bool = False
    """Whether it was accepted in another spelling than the usual one."""
    is_form: bool = False
    """Whether it was accepted in a form other than the usual: in figures, with a title, in the plural."""
    remark: str = ""
    """What to say more exactly, as the end of a sentence; empty unless it is neither right nor wrong."""
    is_unread: bool = False
    """Whether it could not be read as what is asked for, such as a number."""


class Grade(msgspec.Struct, frozen=True):
    """The score of a response, and what to say about it."""

    score: float
    """From 0 to 1."""
    parts: tuple[Part, ...] = ()
    feedback: tuple[str, ...] = ()
    """The feedback of the chosen options or accepted variants."""
    notice: str = ""
    """Why a response was accepted or refused against appearances."""

    @property
    def verdict(self) -> Verdict:
        """The verdict of the score."""
        return Verdict.of(self.score)

    @property
    def remark(self) -> str:
        """What to say more exactly where a part is neither right nor wrong; else empty."""
        return "; ".join(
            f"{part.label}: {part.remark}" if part.label else part.remark
            for part in self.parts
            if part.remark and not part.is_right
        )

    @classmethod
    def of_parts(cls, parts: tuple[Part, ...], out_of: int | None = None, notice: str = "") -> Grade:
        """Grade by parts of equal weight; `out_of` is the number of parts for a full score."""
        total = len(parts) if out_of is None else out_of
        right = sum(part.is_right for part in parts)
        score = min(1.0, right / total) if total else 0.0
        said = tuple(dict.fromkeys(part.feedback for part in parts if part.feedback))
        return cls(score, parts, said, notice or " ".join(_notices(parts)))


def usual_wordings(parts: tuple[Part, ...]) -> Iterator[str]:
    """Yield notices on parts that were accepted in another wording than the usual one."""
    for what, usual in (
        ("spelling", [part.expected for part in parts if part.is_near]),
        ("form", [part.expected for part in parts if part.is_form]),
    ):
        if usual:
            yield f"Accepted: the usual {what} is {', '.join(usual).removesuffix('.')}."


def _notices(parts: tuple[Part, ...]) -> Iterator[str]:
    """Yield notices on parts that were accepted or refused against appearances."""
    yield from usual_wordings(parts)
    for part in parts:
        if part.remark and not part.is_right:
            yield f"“{part.given.strip()}” was close: {part.remark}."
