"""The answers of a class's pupils in some sessions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import msgspec

from quiz.core.content.grading import Chosen, Response, Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.statistics.class_decisions import DecisionKind, ItemVersion


class PupilAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A pupil's answer to an item."""

    verdict: Verdict
    score: float
    """From 0 to 1."""
    weight: float = 1.0
    response: Response | None = None


class Sitting(msgspec.Struct, frozen=True, kw_only=True):
    """A pupil's part in one session."""

    session: str
    pupil: str
    """The learner's id."""
    started: int
    """When the session was started, in milliseconds since 1970 UTC."""
    answers: dict[ItemVersion, PupilAnswer]
    occasion: str = ""
    """The code of the exam's form A, the same for all who took the exam; else the session's id."""
    form: str = ""
    """The letter of the exam's form."""
    items: tuple[ItemRef, ...] = ()
    """What was asked, in its order."""
    is_exam: bool = True
    """Whether everyone was asked the same, each alone. Answers of drawn pupils are listed but not analysed.
    """


Answers: TypeAlias = dict[ItemVersion, PupilAnswer]
"""A pupil's answers by the versions of the items."""


def first_answers(sittings: Iterable[Sitting]) -> dict[str, Answers]:
    """Return each pupil's first answer to each version of an item in these sittings, by the learners' ids."""
    given: dict[str, Answers] = {}
    for sitting in sittings:
        own = given.setdefault(sitting.pupil, {})
        for version, answer in sitting.answers.items():
            own.setdefault(version, answer)
    return given


def exam_answers(sittings: Sequence[Sitting]) -> list[Answers]:
    """Return the first answers of everybody who was asked alone."""
    found = first_answers(sitting for sitting in sittings if sitting.is_exam)
    return [answers for answers in found.values() if answers]


def mark(answer: PupilAnswer, kind: DecisionKind | None) -> float:
    """Return the score of an answer after the teacher's decision about its item."""
    return answer.weight if kind is DecisionKind.FULL_POINTS else answer.score * answer.weight


def chosen(answer: PupilAnswer) -> tuple[str, ...]:
    """Return the options that were chosen; empty for other responses."""
    return answer.response.options if isinstance(answer.response, Chosen) else ()
