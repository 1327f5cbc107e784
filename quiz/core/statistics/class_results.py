"""The results of a class: pupils by items, how each item did, and each pupil's points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from quiz.core.class_list import Pupil
from quiz.core.content.grading import Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.session import ItemLookup
from quiz.core.statistics.class_answers import Answers, Sitting, exam_answers, first_answers, mark
from quiz.core.statistics.class_decisions import Decision, DecisionKind, ItemVersion
from quiz.core.statistics.class_items import ClassItem, analysis_of, item_column
from quiz.core.statistics.item_analysis import ExamAnalysis


class Cell(StrEnum):
    """The result of an item for a pupil."""

    RIGHT = "right"
    PARTLY = "partly right"
    WRONG = "wrong"
    EMPTY = "left empty"
    NOT_ASKED = "not asked"
    ABSENT = "absent"


CELLS = {
    Verdict.CORRECT: Cell.RIGHT,
    Verdict.PARTIAL: Cell.PARTLY,
    Verdict.INCORRECT: Cell.WRONG,
    Verdict.SKIPPED: Cell.EMPTY,
}


class PupilRow(msgspec.Struct, frozen=True, kw_only=True):
    """A pupil's results."""

    pupil: Pupil
    cells: tuple[Cell, ...]
    """One for each item, in the order of the columns."""
    points: float
    out_of: float

    @property
    def is_absent(self) -> bool:
        """Whether the pupil took part in nothing."""
        return all(cell is Cell.ABSENT for cell in self.cells)

    @property
    def share(self) -> float | None:
        """The share of the possible points, 0 to 1; None if there were none."""
        return self.points / self.out_of if self.out_of else None


class ClassResults(msgspec.Struct, frozen=True, kw_only=True):
    """A class's results."""

    class_name: str
    sessions: tuple[str, ...]
    """The ids of the sessions, oldest first."""
    items: tuple[ClassItem, ...]
    pupils: tuple[PupilRow, ...]
    exam: ExamAnalysis | None
    """The figures of the whole; None unless everybody had the same items."""
    decisions: tuple[Decision, ...] = ()

    @property
    def hardest_first(self) -> tuple[ClassItem, ...]:
        """The items, hardest first, and those that were not analysed last."""
        return tuple(sorted(self.items, key=lambda one: (not one.is_analysed, one.facility, one.number)))


def class_results(
    class_name: str,
    pupils: Sequence[Pupil],
    sittings: Iterable[Sitting],
    lookup: ItemLookup,
    decisions: Sequence[Decision] = (),
    *,
    last_counts: bool = False,
) -> ClassResults:
    """Return the results of a class.

    Of a pupil's answers to the same version of an item the first counts, or the last if `last_counts`.
    """
    ordered = sorted(sittings, key=lambda sitting: (sitting.started, sitting.session))
    counting = ordered[::-1] if last_counts else ordered
    decided = {decision.version: decision.kind for decision in decisions}
    given = first_answers(counting)
    forms = _by_form(ordered)
    versions = _as_asked((version for sitting in ordered for version in sitting.answers), forms)
    alone = exam_answers(counting)
    counted = [version for version in versions if decided.get(version) is not DecisionKind.LEAVE_OUT]
    analysis = analysis_of(counted, alone, decided)
    columns = tuple(
        item_column(number, version, analysis, alone, lookup, decided, _in_forms(version.ref, forms))
        for number, version in enumerate(versions, 1)
    )
    return ClassResults(
        class_name=class_name,
        sessions=tuple(dict.fromkeys(sitting.session for sitting in ordered)),
        items=columns,
        pupils=tuple(_row(pupil, given.get(pupil.id), versions, decided) for pupil in pupils),
        exam=analysis.exam if analysis else None,
        decisions=tuple(decision for decision in decisions if decision.version in set(versions)),
    )


def _by_form(sittings: Sequence[Sitting]) -> list[Sitting]:
    """Return a sitting for each form of each exam or drill, earlier ones first, their forms by letter.

    The sittings are given the earliest first.
    """
    first = {(sitting.occasion, sitting.form): sitting for sitting in reversed(sittings)}
    begun = {sitting.occasion: sitting.started for sitting in reversed(sittings)}
    return sorted(first.values(), key=lambda one: (begun[one.occasion], one.occasion, one.form))


def _as_asked(versions: Iterable[ItemVersion], forms: Sequence[Sitting]) -> list[ItemVersion]:
    """Return each version once, in the order in which the first form of its exam asks it."""
    asked = dict.fromkeys(ref for sitting in forms for ref in sitting.items)
    places = {ref: place for place, ref in enumerate(asked)}
    return sorted(dict.fromkeys(versions), key=lambda version: places.get(version.ref, len(places)))


def _in_forms(ref: ItemRef, forms: Sequence[Sitting]) -> tuple[tuple[str, int], ...]:
    """Return the letters of the forms of the first exam with an item, and the item's number in each."""
    own = [sitting for sitting in forms if sitting.form and ref in sitting.items]
    return tuple((one.form, one.items.index(ref) + 1) for one in own if one.occasion == own[0].occasion)


def _row(
    pupil: Pupil,
    given: Answers | None,
    versions: Sequence[ItemVersion],
    decided: Mapping[ItemVersion, DecisionKind],
) -> PupilRow:
    answers = given or {}
    counted = [v for v in versions if v in answers and decided.get(v) is not DecisionKind.LEAVE_OUT]
    missing = Cell.ABSENT if given is None else Cell.NOT_ASKED
    return PupilRow(
        pupil=pupil,
        cells=tuple(CELLS[answers[v].verdict] if v in answers else missing for v in versions),
        points=sum(mark(answers[version], decided.get(version)) for version in counted),
        out_of=sum(answers[version].weight for version in counted),
    )
