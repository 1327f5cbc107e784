"""Results of classes: gathering answers from the record, and the teacher's decisions about items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from quiz.core.class_list import ClassList
from quiz.core.content.grading import Verdict
from quiz.core.drill.settings import DrillStep
from quiz.core.events.effective import overridden
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.exam.form_code import FormCode
from quiz.core.exam.settings import exam_settings
from quiz.core.item_result import weight_of
from quiz.core.scheduling.study_day import start_of
from quiz.core.statistics.class_answers import PupilAnswer, Sitting
from quiz.core.statistics.class_decisions import SETTING, Decision, DecisionKind, ItemVersion
from quiz.core.statistics.class_results import ClassResults, class_results
from quiz.errors import UsageError
from quiz.services.past_sessions import past_drill, session_named, usable_banks, void_session

if TYPE_CHECKING:
    from quiz.core.statistics.grades import GradeTable
    from quiz.record.read_models import SessionSummary
    from quiz.services.workspace import Workspace

_PAGE = 500
"""How many sessions of a pupil are read at a time."""


def results_of(
    workspace: Workspace,
    class_list: ClassList,
    *,
    sessions: Sequence[str] = (),
    since: date | None = None,
    last_counts: bool = False,
    sittings: Iterable[Sitting],
) -> ClassResults:
    """Return a class's results in finished exams and in drills that call pupils by name.

    `sessions` are the ids or occasions of the sittings that count, all if empty; `since` leaves out earlier
    study days. With `last_counts` a pupil's last answer to an item counts instead of the first. Raises
    UsageError where none is left.
    """
    from_ms = 0 if since is None else start_of(since, workspace.zone, workspace.config.day_starts_at)
    wanted = set(sessions)
    told = [
        sitting
        for sitting in sittings
        if sitting.started >= from_ms and (not wanted or wanted & {sitting.session, sitting.occasion})
    ]
    if not told:
        raise UsageError(
            f"There are no results of the class {class_list.name} on record"
            f"{' in these sessions' if wanted else ' since then' if since else ''}.",
            "“quiz record import” imports pupils' exams; “quiz mark” records those on paper.",
        )
    decisions = [decision for _, decision in workspace.record.class_decisions(class_list.id)]
    asked = [version.ref.bank for sitting in told for version in sitting.answers]
    lookup = workspace.lookup(usable_banks(workspace, asked).values())
    return class_results(class_list.name, class_list.pupils, told, lookup, decisions, last_counts=last_counts)


class Occasion(NamedTuple):
    """An exam that a class took, each pupil in a session, or a drill."""

    key: str
    """As in `Sitting.occasion`."""
    started: int
    """When its first session was started, in milliseconds since 1970 UTC."""
    banks: tuple[str, ...]
    """Their ids."""
    pupils: int
    """How many took part; those of a drill were called at least once."""


def occasions_of(sittings: Iterable[Sitting]) -> list[Occasion]:
    """Return the exams and drills that a class has results in, the latest first."""
    found: dict[str, list[Sitting]] = {}
    for sitting in sittings:
        found.setdefault(sitting.occasion, []).append(sitting)
    told = [
        Occasion(
            key=key,
            started=min(sitting.started for sitting in taken),
            banks=tuple(dict.fromkeys(version.ref.bank for one in taken for version in one.answers)),
            pupils=len({sitting.pupil for sitting in taken if sitting.is_exam or sitting.answers}),
        )
        for key, taken in found.items()
    ]
    return sorted(told, key=lambda occasion: (-occasion.started, occasion.key))


def occasion_named(workspace: Workspace, name: str) -> str:
    """Return the occasion that the code of any form of an exam names, or the id of a session.

    Raises UsageError where it is neither.
    """
    with suppress(ValueError):
        return str(FormCode.read(name).of_form("A"))
    return session_named(workspace, name)


def own_grade_tables() -> dict[str, GradeTable]:
    """Return all tables of grades by name. Raises UsageError where the person's own cannot be used."""
    from quiz import paths
    from quiz.config.grades import grade_tables

    return grade_tables(paths.config_dir())


def decide(
    workspace: Workspace, class_list: ClassList, version: ItemVersion, kind: DecisionKind | None
) -> None:
    """Record a decision about an item for a class; None cancels an earlier one.

    Raises RecordError.
    """
    for session, decision in workspace.record.class_decisions(class_list.id):
        if decision.version == version:
            void_session(workspace, session)
    if kind is None:
        return
    decision = Decision(
        class_list=class_list.id,
        kind=kind,
        bank=version.ref.bank,
        item=version.ref.item,
        fingerprint=version.fingerprint,
        at=workspace.clock.now(),
    )
    settings = {SETTING: msgspec.to_builtins(decision)}
    header = workspace.header(Mode.STUDY, (), 0, settings, ())
    workspace.record.start_with(header, [Event(n=1, kind=EventKind.END, at=header.started)])


def sittings_of(workspace: Workspace, class_list: ClassList) -> Iterator[Sitting]:
    """Yield every pupil's part in each session, including drills in which the pupil was not called."""
    drills: set[str] = set()
    for pupil in class_list.pupils:
        for told in _all_sessions(workspace, pupil.id):
            if told.mode is Mode.EXAM and told.is_ended:
                events = workspace.record.effective_events(told.id)
                yield _sitting(workspace.record.header(told.id), pupil.id, events)
            elif told.mode is Mode.DRILL:
                drills.add(told.id)
    for drill in drills:
        yield from _in_drill(workspace, drill, {pupil.id for pupil in class_list.pupils})


def exam_of(header: SessionHeader) -> tuple[str, str]:
    """Return the code of form A of a session's exam and its own form's letter, else its id and nothing."""
    with suppress(ValueError, msgspec.MsgspecError):  # an imported one may be anything
        code = FormCode.read(exam_settings(header).form)
        return str(code.of_form("A")), code.letter
    return header.id, ""


def _in_drill(workspace: Workspace, session: str, pupils: set[str]) -> Iterator[Sitting]:
    """Yield each pupil's part in a drill; where everybody answers, only of those who did at least once."""
    drill, _ = past_drill(workspace, session)
    for pupil in pupils.intersection(drill.named):
        own = [event for event in drill.log if event.learner == pupil]
        is_there = pupil not in drill.absent and not drill.asks_everybody
        if own or is_there:
            told = [*own, *drill.left_empty(pupil)]
            yield _sitting(drill.header, pupil, told, is_exam=drill.asks_everybody)


def _all_sessions(workspace: Workspace, learner: str) -> Iterator[SessionSummary]:
    before: str | None = None
    while page := workspace.record.sessions(learner, limit=_PAGE, before=before):
        yield from page
        before = page[-1].id


def _sitting(header: SessionHeader, pupil: str, events: Sequence[Event], *, is_exam: bool = True) -> Sitting:
    right = overridden(events)
    answers: dict[ItemVersion, PupilAnswer] = {}
    for event in events:
        if event.kind is EventKind.ATTEMPT or event.body.get("do") == DrillStep.REVEAL:
            version = ItemVersion(event.ref, event.fingerprint)
            answers.setdefault(version, answer_of(event, is_overridden=event.n in right))
    occasion, form = exam_of(header)
    return Sitting(
        session=header.id,
        pupil=pupil,
        started=header.started,
        answers=answers,
        occasion=occasion,
        form=form,
        items=header.items,
        is_exam=is_exam,
    )


def answer_of(event: Event, *, is_overridden: bool) -> PupilAnswer:
    """Return an attempt as an answer, which is right if it was overridden."""
    return PupilAnswer(
        verdict=Verdict.CORRECT if is_overridden else event.verdict or Verdict.SKIPPED,
        score=1.0 if is_overridden else event.score or 0.0,
        weight=weight_of(event),
        response=event.response,
    )
