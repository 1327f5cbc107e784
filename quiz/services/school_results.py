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
from quiz.errors import UsageError
from quiz.services.classes import answer_of, exam_of
from quiz.services.school import connected_to_school

if TYPE_CHECKING:
    from quiz.core.events.model import Event, SessionHeader
    from quiz.record.postgres.class_rows import SchoolItemFigures
    from quiz.record.postgres.people import Person
    from quiz.services.workspace import Workspace


class ClassesAtSchool(msgspec.Struct, frozen=True):
    """Some classes of a school as one, with what their pupils handed in."""

    class_list: ClassList
    """Of several classes its id is empty, since nothing is decided about all of them at once."""
    sittings: list[Sitting]
    flaws: list[str]
    """A sentence for each answer that was left out."""


def classes_at_school(
    workspace: Workspace, names: Sequence[str] = (), since: date | None = None
) -> ClassesAtSchool:
    """Return some classes, by name, of the school that this machine's learner joined as a teacher, or all.

    Raises UsageError where there is no such class that they may read, RecordError.
    """
    from quiz.record.postgres.class_rows import handed_in
    from quiz.record.postgres.people import class_named, classes_seen, pupils_of

    with connected_to_school(workspace) as db:
        named = dict.fromkeys(class_named(db, name) for name in names)
        known = list(named) if names else classes_seen(db)
        people = {one.id: one for each in known for one in pupils_of(db, each.name)}
        exams, flaws = handed_in(db, list(people), _start(workspace, since) or 0)
    if not known:
        raise UsageError("You may see no class of this school.", "“quiz school teacher” gives you one.")
    is_one = len(known) == 1
    shown = told_apart([_shown(one, is_one=is_one) for one in people.values()])
    pupils = tuple(Pupil(key, called) for key, called in zip(people, shown, strict=True))
    sittings = [_sitting(exam.header, exam.answers) for exam in exams]
    name = ", ".join(one_line(each.name, 40) for each in known)
    return ClassesAtSchool(ClassList(known[0].id if is_one else "", name, pupils), sittings, flaws)


def _shown(person: Person, *, is_one: bool) -> str:
    return one_line(person.name if is_one else f"{person.name} ({', '.join(person.classes)})", 80)


def items_at_school(
    workspace: Workspace, classes: Sequence[str] = (), since: date | None = None, until: date | None = None
) -> list[SchoolItemFigures]:
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
    occasion, form = exam_of(header)
    return Sitting(
        session=header.id,
        pupil=header.learner,
        started=header.started,
        answers={
            ItemVersion(event.ref, event.fingerprint): answer_of(event, is_overridden=is_right)
            for event, is_right in answers
        },
        occasion=occasion,
        form=form,
        items=header.items,
    )
