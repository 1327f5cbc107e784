"""Which events count, and that sessions follow the same rule."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from quiz.core.events.effective import (
    about_each_other,
    changed_by,
    effective_events,
    is_void,
    overridden,
    targets_of,
    undo,
    undone,
)
from quiz.core.events.model import Event, EventKind
from quiz.core.study.session import StudySession
from tests.core.drill.classroom import Classroom
from tests.core.study.lessons import LOOKUP, answered, begun
from tests.fakes import NOON


def flag(n: int) -> Event:
    return Event(n=n, kind=EventKind.FLAG, at=NOON)


def test_an_undo_takes_back_the_first_of_some_events_and_the_others_with_it() -> None:
    told = [flag(n) for n in range(1, 6)]
    event = undo(6, NOON, [told[2], told[4]])
    assert (event.target, targets_of(event)) == (3, (3, 5))
    assert [one.n for one in effective_events([*told, event])] == [1, 2, 4]


@pytest.mark.parametrize(
    ("target", "also", "targets"),
    [
        (None, [], ()),
        (None, [2], (2,)),
        (2, (3,), (2, 3)),
        (2, "3", (2,)),
        (2, [3, "4", None], (2, 3)),
        (9, [2, 6, 7], (2,)),
    ],
)
def test_only_numbers_of_earlier_events_are_targets(
    target: int | None, also: Any, targets: tuple[int, ...]
) -> None:
    event = Event(n=6, kind=EventKind.UNDO, at=NOON, target=target, body={"also": also})
    assert targets_of(event) == targets


@pytest.mark.parametrize("also", [[], [5], [4, 5], [2, 5], [3], [4, 3, 9]])
@pytest.mark.parametrize("target", [None, 1, 2, 3, 5])
def test_a_study_session_counts_what_the_record_counts(target: int | None, also: list[int]) -> None:
    session = answered(begun("typed", "choice", "card", "order", "several"), True, False, True, False, True)
    event = Event(n=6, kind=EventKind.UNDO, at=NOON, target=target, body={"also": also})
    after = session.apply(event)
    kept = effective_events([*session.log, event])
    assert (after.n, after.log) == (6, kept)
    again = StudySession.begin(session.header, LOOKUP, [replace(one, n=k) for k, one in enumerate(kept, 1)])
    assert (after.queue, after.rights) == (again.queue, {**again.rights})


@pytest.mark.parametrize("also", [[], [3], (3,), [2, 3], "3"])
@pytest.mark.parametrize("target", [None, 2, 3])
def test_a_drill_counts_what_the_record_counts(target: int | None, also: Any) -> None:
    room = Classroom.of("hot-seat", 4, pupils=("one", "two")).start()
    drill = room.drill
    drill = drill.apply(drill.show_board(NOON, is_shown=True))
    drill = drill.apply(drill.show_board(NOON, is_shown=False))
    event = Event(n=drill.n + 1, kind=EventKind.UNDO, at=NOON, target=target, body={"also": also})
    assert drill.apply(event).log == effective_events([*drill.log, event])


def about(n: int, kind: EventKind, target: int | None, **body: Any) -> Event:
    return Event(n=n, kind=kind, at=NOON, target=target, body=body)


ONE, TWO = flag(1), flag(2)
OVER, RATED = about(3, EventKind.OVERRIDE, 1), about(4, EventKind.RATE, 3)
UNDONE, VOID = about(5, EventKind.UNDO, 3, also=[4]), about(6, EventKind.VOID, None)


def test_what_refers_to_an_event_that_is_not_there_is_left_out() -> None:
    assert about_each_other([ONE, TWO, OVER, RATED, UNDONE, VOID]) == [ONE, TWO, OVER]
    assert about_each_other([TWO, OVER]) == [TWO]
    assert overridden([OVER, RATED, about(7, EventKind.OVERRIDE, 2)]) == {1, 2}


def test_what_new_events_may_have_changed_is_found_through_others() -> None:
    whole = [ONE, TWO, OVER, RATED, UNDONE]
    assert {event.n for event in changed_by([UNDONE], whole)} == {1, 3, 4, 5}
    assert {event.n for event in changed_by([TWO], whole)} == {2}
    assert changed_by([VOID], [*whole, VOID]) == [*whole, VOID]
    assert (undone(whole), is_void(whole), is_void([VOID])) == ({3, 4}, False, True)
    assert effective_events([*whole, VOID]) == ()
    assert effective_events(whole) == (ONE, TWO)
    assert effective_events(whole[:4]) == tuple(whole[:4])
