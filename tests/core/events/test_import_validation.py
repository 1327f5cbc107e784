"""Which events of another machine are valid here, at the edges of every range."""

from __future__ import annotations

from typing import Any

import msgspec

from quiz.core.events.import_validation import LATEST, flaw_in
from quiz.core.events.model import Event, EventKind, Mode
from tests.core.scheduling.sequences import USUAL
from tests.core.session_events import header

ID = header().id
BEYOND = 2**53
NOT_FSRS = (0.0,) * 21


def flaw_of_event(kind: EventKind = EventKind.NOTE, **told: Any) -> str:
    return flaw_in(header(), [Event(**{"n": 1, "kind": kind, "at": 1, **told})])


def flaw_of_opening(**told: Any) -> str:
    return flaw_in(msgspec.structs.replace(header(), **told), [])


def test_what_is_in_its_range_is_taken_in() -> None:
    cases: list[dict[str, Any]] = [
        {"n": 1}, {"n": BEYOND - 1}, {"at": 0}, {"at": LATEST - 1}, {"duration_ms": 0},
        {"duration_ms": BEYOND - 1}, {"score": 0.0}, {"score": 1.0}, {"target": 0}, {"target": BEYOND - 1},
        {"kind": EventKind.RATE, "body": {"rating": 1}}, {"kind": EventKind.RATE, "body": {"rating": 2}},
        {"kind": EventKind.RATE, "body": {"rating": 3}}, {"kind": EventKind.RATE, "body": {"rating": 4}},
        {"body": {"rating": 5}}, {"body": {"intervals": "none"}}, {"body": {"added": [1]}},
        {"kind": EventKind.RESCHEDULE, "body": {"due": 0}},
        {"kind": EventKind.RESCHEDULE, "body": {"due": LATEST - 1}},
        {"kind": EventKind.TAG, "body": {"added": ["a", "x" * 200]}},
        {"kind": EventKind.TAG, "body": {"removed": ["a"]}}, {"kind": EventKind.TAG},
        {"kind": EventKind.ATTEMPT}, {"kind": EventKind.ATTEMPT, "body": {"intervals": [0, 1, 2, 36500]}},
    ]  # fmt: skip
    for told in cases:
        assert flaw_of_event(**told) == ""


def test_what_is_out_of_its_range_is_named() -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"n": 0}, "an event has the number 0"), ({"n": BEYOND}, f"an event has the number {BEYOND}"),
        ({"at": -1}, "event 1 happened at -1"), ({"at": LATEST}, f"event 1 happened at {LATEST}"),
        ({"duration_ms": -1}, "event 1 took -1 milliseconds"),
        ({"duration_ms": BEYOND}, f"event 1 took {BEYOND} milliseconds"),
        ({"score": -0.1}, "event 1 has the score -0.1"), ({"score": 1.1}, "event 1 has the score 1.1"),
        ({"score": float("nan")}, "event 1 has the score nan"),
        ({"target": -1}, "event 1 is about -1"), ({"target": BEYOND}, f"event 1 is about {BEYOND}"),
        ({"kind": EventKind.RATE, "body": {"rating": 0}}, "event 1 has the rating 0"),
        ({"kind": EventKind.RATE, "body": {"rating": 5}}, "event 1 has the rating 5"),
        ({"kind": EventKind.RATE}, "event 1 has the rating None"),
        ({"kind": EventKind.RESCHEDULE, "body": {"due": -1}}, "event 1 has the time -1"),
        ({"kind": EventKind.RESCHEDULE, "body": {"due": LATEST}}, f"event 1 has the time {LATEST}"),
        ({"kind": EventKind.RESCHEDULE, "body": {"due": True}}, "event 1 has the time True"),
        ({"kind": EventKind.RESCHEDULE, "body": {"due": "soon"}}, "event 1 has the time 'soon'"),
        *(
            ({"kind": EventKind.TAG, "body": {name: tags}}, "event 1 has tags that are no texts")
            for name in ("added", "removed")
            for tags in ("a", [1], ["a", 1], [""], ["x" * 201], ["a\nb"])
        ),
        *(
            (
                {"kind": EventKind.ATTEMPT, "body": {"intervals": days}},
                f"event 1 has the intervals {days!r}",
            )
            for days in (
                1, "1234", [1, 2, 3], [1, 2, 3, 4, 5], [1, 2, 3, "4"], [-1, 0, 0, 0], [0, 0, 0, 36501],
            )
        ),
    ]  # fmt: skip
    for told, said in cases:
        assert flaw_of_event(**told) == f"Session {ID} was left out: {said}."


def test_an_opening_that_cannot_be_is_named() -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"learner": ""}, "it belongs to nobody"),
        ({"started": -1}, "it was started at -1"), ({"started": LATEST}, f"it was started at {LATEST}"),
        ({"settings": {"own_parameters": {"reviews": 1, "values": NOT_FSRS}}},
         "its parameters are not valid for FSRS-6"),
        ({"settings": {"policy": {"day_starts_at": -1}}}, "its days start at -1"),
        ({"settings": {"policy": {"day_starts_at": 24}}}, "its days start at 24"),
        ({"settings": {"policy": {"retention": 0.49}}}, "its retention is 0.49"),
        ({"settings": {"policy": {"retention": 0.995}}}, "its retention is 0.995"),
        ({"settings": {"policy": {"retention_by_bank": {"b": 0.9, "c": 0.4}}}},
         "its retentions are {'b': 0.9, 'c': 0.4}"),
        ({"settings": {"policy": {"retention_by_bank": {"b": 1.0}}}}, "its retentions are {'b': 1.0}"),
        ({"settings": {"policy": {"parameters": NOT_FSRS}}}, "its parameters are not valid for FSRS-6"),
        ({"settings": {"policy": {"days_off": {"weekdays": [1.0]}}}}, "its weekdays have the shares (1.0,)"),
        ({"settings": {"policy": {"days_off": {"weekdays": [1, 1, 1, 1, 1, 1, 1.5]}}}},
         "its weekdays have the shares (1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.5)"),
        ({"settings": {"policy": {"days_off": {"weekdays": [-1, 1, 1, 1, 1, 1, 1]}}}},
         "its weekdays have the shares (-1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)"),
    ]  # fmt: skip
    for told, said in cases:
        assert flaw_of_opening(**told) == f"Session {ID} was left out: {said}."


def test_an_opening_at_the_edge_of_what_can_be_is_taken_in() -> None:
    cases: list[dict[str, Any]] = [
        {"started": 0}, {"started": LATEST - 1},
        {"settings": {"own_parameters": {"reviews": 1}}},
        {"settings": {"own_parameters": {"reviews": 1, "values": USUAL}}},
        *(
            {"settings": {"policy": policy}}
            for policy in (
                {"day_starts_at": 0}, {"day_starts_at": 23}, {"retention": 0.5}, {"retention": 0.99},
                {"retention_by_bank": {"b": 0.5, "c": 0.99}}, {"parameters": USUAL},
                {"days_off": {"weekdays": [0, 1, 1, 1, 1, 1, 0.5]}},
            )
        ),
        {"mode": Mode.EXAM, "settings": {"study": "of no exam"}},
        {"mode": Mode.DRILL, "settings": {"study": "of no drill"}},
    ]  # fmt: skip
    for told in cases:
        assert flaw_of_opening(**told) == ""


def test_what_cannot_be_read_is_left_out_with_a_sentence() -> None:
    cases: list[dict[str, Any]] = [
        {"id": "no-id"}, {"settings": {"policy": "none"}}, {"settings": {"study": 1}},
        {"mode": Mode.EXAM, "settings": {"test": 1}}, {"mode": Mode.DRILL, "settings": {"drill": 1}},
        {"settings": {"own_parameters": 1}},
    ]  # fmt: skip
    for told in cases:
        said = flaw_of_opening(**told)
        assert said.startswith(f"Session {told.get('id', ID)} was left out: ")
        assert said.endswith(".")
        assert not said.endswith("..")


def test_the_first_flaw_is_told_and_a_long_id_cut() -> None:
    events = [Event(n=n, kind=EventKind.NOTE, at=at) for n, at in ((1, 1), (2, -1), (3, -2))]
    assert flaw_in(header(), events) == f"Session {ID} was left out: event 2 happened at -1."
    assert flaw_of_opening(id="x" * 50).startswith(f"Session {'x' * 40} was left out: ")
