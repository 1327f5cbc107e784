"""What the classes of a school did in their exams, from its database, for teachers who may read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from quiz.core.class_list import ClassList, Pupil, told_apart
from quiz.core.scheduling.study_day import start_of
from quiz.core.statistics.class_answers import Sitting
from quiz.core.statistics.class_decisions import ItemVersion
from quiz.core.text.safe_text import one_line
from quiz.services.classes import answer_of, exam_of
from quiz.services.school import connected_to_school

if TYPE_CHECKING:
    from quiz.core.events.model import Event, SessionHeader
    from quiz.record.postgres.class_rows import ItemFigures
    from quiz.services.workspace import Workspace


class ClassAtSchool(msgspec.Struct, frozen=True):
    """A class of a school with what its pupils handed in."""

    class_list: ClassList
    sittings: list[Sitting]
    flaws: list[str]
    """A sentence for each answer that was left out."""


def class_at_school(workspace: Workspace, name: str, since: date | None = None) -> ClassAtSchool:
    """Return a class of the school that this machine's learner joined as a teacher.

    Raises UsageError where there is no such class that they may read, RecordError.
    """
    from quiz.record.postgres.class_rows import handed_in
    from quiz.record.postgres.people import class_named, pupils_of

    with connected_to_school(workspace) as db:
        known = class_named(db, name)
        people = pupils_of(db, known.name)
        exams, flaws = handed_in(db, [one.id for one in people], _start(workspace, since) or 0)
    shown = told_apart([one_line(one.name, 80) for one in people])
    pupils = tuple(Pupil(one.id, called) for one, called in zip(people, shown, strict=True))
    sittings = [_sitting(exam.header, exam.answers) for exam in exams]
    return ClassAtSchool(ClassList(known.id, known.name, pupils), sittings, flaws)


def items_at_school(
    workspace: Workspace, classes: Sequence[str] = (), since: date | None = None, until: date | None = None
) -> list[ItemFigures]:
    """Return how each item did in exams of some classes, or of all that may be read, the hardest first.

    `since` is the first study day that counts, `until` the first that does not.
    """
    from quiz.record.postgres.class_rows import item_figures
    from quiz.record.postgres.people import class_named, pupils_of

    with connected_to_school(workspace) as db:
        names = [class_named(db, name).name for name in classes] if classes else [""]
        people = {one.id for name in names for one in pupils_of(db, name)}
        return item_figures(db, sorted(people), _start(workspace, since) or 0, _start(workspace, until))


def _start(workspace: Workspace, day: date | None) -> int | None:
    return None if day is None else start_of(day, workspace.zone, workspace.config.day_starts_at)


def _sitting(header: SessionHeader, answers: Sequence[tuple[Event, bool]]) -> Sitting:
    return Sitting(
        session=header.id,
        pupil=header.learner,
        started=header.started,
        answers={
            ItemVersion(event.ref, event.fingerprint): answer_of(event, is_overridden=is_right)
            for event, is_right in answers
        },
        occasion=exam_of(header) or header.id,
    )
