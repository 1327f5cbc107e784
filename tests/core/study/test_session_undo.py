"""A study session taken back step by step, and rebuilt from its record."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import msgspec
import pytest

from quiz.core.content.interaction import Choose
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.model import Event, EventKind
from quiz.core.session import InvalidTransition, ItemLookup, Phase, arrangement
from quiz.core.study.session import StudySession
from quiz.core.study.state import MOST_RETURNS
from tests.core.study.lessons import (
    BANK,
    ITEMS,
    LOOKUP,
    answered,
    begun,
    current,
    header,
    ref,
    respond,
    waiting,
)
from tests.fakes import NOON, lookup_without


def state(session: StudySession) -> dict[str, Any]:
    """Return what a session is, but for the number of its last event."""
    names = ("queue", "phase", "flagged", "attempt", "log")
    rights = {each: times for each, times in session.rights.items() if times}
    return {name: getattr(session, name) for name in names} | {"rights": rights}


def undone(session: StudySession) -> StudySession:
    return session.apply(session.undo(NOON))


def test_undo_takes_back_step_by_step_to_the_beginning() -> None:
    steps: list[Callable[[StudySession], Event]] = [
        lambda session: respond(session, right=False),
        lambda session: session.override(NOON),
        lambda session: respond(session.advance()),
        lambda session: session.advance().skip(NOON),
        lambda session: session.bury(NOON),
        lambda session: session.suspend(NOON),
    ]
    states = [begun("typed", "choice", "card", "order", "several")]
    for step in steps:
        event = step(states[-1])
        if event.kind in {EventKind.ATTEMPT, EventKind.SKIP} and states[-1].phase is Phase.REVIEWING:
            states[-1] = states[-1].advance()
        states.append(states[-1].apply(event))
    session = states.pop()
    while states:
        assert session.can_undo
        session = undone(session)
        assert state(session) == state(states.pop())
    assert not session.can_undo
    with pytest.raises(InvalidTransition):
        session.undo(NOON)


def test_undo_works_from_the_end() -> None:
    session = begun("choice")
    finished = answered(session, True)
    finished = finished.apply(finished.end(NOON))
    assert finished.phase is Phase.FINISHED
    event = finished.undo(NOON)
    assert (event.target, event.body) == (1, {"also": [2]})
    assert state(finished.apply(event)) == state(session)
    assert finished.apply(event).n == 3


def test_undo_takes_the_flags_since_with_it_and_leaves_those_before() -> None:
    session = begun("choice", "typed")
    flagged = session.apply(session.flag(NOON))
    reviewing = flagged.apply(respond(flagged)).advance()
    both = reviewing.apply(reviewing.flag(NOON))
    assert both.flagged == {ref("choice"), ref("typed")}
    assert undone(both).flagged == {ref("choice")}
    assert not flagged.can_undo


def test_what_follows_an_undo_can_be_undone_as_well() -> None:
    session = answered(begun("choice", "typed", "card"), True)
    again = answered(undone(answered(session, False)), True)
    assert [event.n for event in again.log] == [1, 4]
    assert state(undone(again)) == state(session)
    assert state(undone(undone(again))) == state(begun("choice", "typed", "card"))


# --------------------------------------------------------------------------- rebuilt from its record


def test_it_is_rebuilt_at_the_same_item_with_the_same_options() -> None:
    for seed in range(10):
        session = answered(begun(seed=seed), False, True)
        events = msgspec.json.decode(msgspec.json.encode(session.log), type=list[Event])
        rebuilt = StudySession.begin(session.header, ItemLookup.of(BANK), events).advance()
        assert state(rebuilt) == state(session)
        assert rebuilt.interaction == session.interaction


def test_options_stand_in_another_order_at_each_visit() -> None:
    orders = []
    for seed in range(4):
        session = begun("choice", seed=seed)
        seen = []
        for _ in range(1 + MOST_RETURNS):
            seen.append(session.interaction)
            reviewing = session.apply(respond(session, right=False))
            assert reviewing.interaction == seen[-1]
            session = reviewing.advance()
        orders.append(len({each.options for each in seen if isinstance(each, Choose)}))
    assert min(orders) > 1
    assert max(orders) > 3


def test_options_depend_on_seed_item_and_visit_alone() -> None:
    def options(seed: int, name: str, visit: int) -> tuple[str, ...]:
        interaction = arrangement(seed, ItemRef("b", name), visit, ITEMS["choice"][0])
        assert isinstance(interaction, Choose)
        return interaction.options

    places = list(product(range(4), "xy", range(4)))
    orders = [options(*place) for place in places]
    assert [options(*place) for place in places] == orders
    assert len(set(orders)) > 15


def test_an_undo_after_an_interruption_leads_to_the_item_undone() -> None:
    session = answered(begun("choice", "typed", "card"), True, False)
    rebuilt = StudySession.begin(session.header, LOOKUP, session.log).advance()
    back = undone(rebuilt)
    assert (back.phase, current(back)) == (Phase.ANSWERING, "typed")
    assert state(back) == state(undone(session))


def test_an_attempt_at_an_item_that_is_gone_since_is_passed_over() -> None:
    session = answered(begun("choice", "typed", "card"), True, False)
    lookup = lookup_without(LOOKUP, "typed")
    rebuilt = StudySession.begin(session.header, lookup, session.log)
    assert (rebuilt.phase, waiting(rebuilt), current(rebuilt)) == (Phase.ANSWERING, ["card"], "card")
    assert rebuilt.visit == 0
    ended = StudySession.begin(header("typed"), lookup, answered(begun("typed"), False).log)
    assert ended.phase is Phase.FINISHED


def test_what_was_answered_in_another_window_is_left_out() -> None:
    session = answered(begun("choice", "typed", "card", "order"), False)
    event = session.settle([ref("typed"), ref("choice")], NOON)
    settled = session.apply(event)
    assert (waiting(settled), settled.phase) == (["card", "order"], Phase.ANSWERING)
    told = msgspec.json.decode(msgspec.json.encode([*session.log, event]), type=list[Event])
    assert waiting(StudySession.begin(session.header, LOOKUP, told)) == ["card", "order"]
    assert waiting(undone(settled)) == ["choice", "typed", "card", "order"]
    nothing_left = session.apply(session.settle(session.queue, NOON))
    assert nothing_left.phase is Phase.FINISHED


def test_ending_finishes_it_whatever_is_left() -> None:
    session = answered(begun(), True)
    ended = session.apply(session.end(NOON))
    assert (ended.phase, ended.log[-1].kind, ended.log[-1].item) == (Phase.FINISHED, EventKind.END, "")
    assert StudySession.begin(session.header, LOOKUP, ended.log).phase is Phase.FINISHED
