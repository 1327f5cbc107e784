"""A history as lines: nothing is lost, and what was changed on the way is known for it."""

from __future__ import annotations

import io
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quiz.core.content.grading import Confidence, Entered, Matched, Recalled, Verdict
from quiz.core.events.model import Event, EventKind, SessionHeader
from quiz.exchange.record_jsonl import (
    LONGEST_LINE,
    ExportedLearner,
    NotAnExport,
    head,
    lines_of,
    people_in,
    session_lines,
    sessions_in,
)
from tests.record.record_stress import NOON, attempt, event, header

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
events = st.builds(
    Event,
    n=st.integers(1, 99),
    kind=st.sampled_from(EventKind),
    at=st.integers(0, 2**45),
    bank=texts,
    item=texts,
    fingerprint=texts,
    learner=texts,
    duration_ms=st.none() | st.integers(0, 10**6),
    response=st.none()
    | st.builds(Entered, st.tuples(texts))
    | st.builds(Matched, st.dictionaries(texts, texts, max_size=2))
    | st.builds(Recalled, st.integers(0, 4)),
    score=st.none() | st.floats(0, 1),
    verdict=st.none() | st.sampled_from(Verdict),
    confidence=st.none() | st.sampled_from(Confidence),
    target=st.none() | st.integers(1, 99),
    body=st.dictionaries(texts, st.integers(-5, 5) | texts | st.lists(texts, max_size=2), max_size=2),
)


def a_session(seed: int, **more: Any) -> tuple[SessionHeader, list[Event]]:
    made = header("mina", Random(seed), NOON + seed, **more)
    return made, [attempt(1, at=NOON), attempt(2, score=0.5, at=NOON + 5), event(3, EventKind.END)]


def read(data: bytes) -> tuple[list[tuple[SessionHeader, list[Event]]], list[str]]:
    flaws: list[str] = []
    return [(made, list(told)) for made, told in sessions_in(lines_of(io.BytesIO(data)), flaws)], flaws


@given(st.lists(st.lists(events, max_size=5), max_size=3))
def test_everything_comes_back(told: list[list[Event]]) -> None:
    sessions = [(a_session(seed)[0], found) for seed, found in enumerate(told)]
    data = head([("a", "mina")]) + b"".join(session_lines(*session) for session in sessions)
    assert people_in(lines_of(io.BytesIO(data))) == [ExportedLearner("a", "mina")]
    assert read(data) == (sessions, [])


@given(st.randoms(use_true_random=False))
def test_lines_may_come_in_any_order(rng: Random) -> None:
    sessions = [a_session(seed) for seed in range(3)]
    lines = b"".join(session_lines(*session) for session in sessions).splitlines(keepends=True)
    rng.shuffle(lines)
    found, flaws = read(head([]) + b"".join(lines))
    together: dict[str, dict[int, Event]] = {}
    for made, told in found:
        together.setdefault(made.id, {}).update({one.n: one for one in told})
    assert flaws == []
    assert together == {made.id: {one.n: one for one in told} for made, told in sessions}


@given(st.data())
def test_a_changed_line_is_told_and_left_out(data: st.DataObject) -> None:
    session = a_session(1)
    lines = session_lines(*session).splitlines(keepends=True)
    number = data.draw(st.integers(1, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines[number]) - 2))
    line = bytearray(lines[number])
    line[place] ^= 1 << data.draw(st.integers(0, 6))
    changed = bytes(line)
    if b"\n" in changed[:-1] or changed[:1] in b" \t\r\n":
        return
    found, flaws = read(head([]) + b"".join([*lines[:number], changed, *lines[number + 1 :]]))
    kept = {one.n: one for _, told in found for one in told}
    right = {one.n: one for one in session[1]}
    assert all(kept[n] == right[n] for n in kept)
    assert len(kept) == 3 or flaws


def test_files_may_be_put_one_after_the_other() -> None:
    one, other = a_session(1), a_session(2)
    data = head([("a", "mina")]) + session_lines(*one) + head([("b", "otto")]) + session_lines(*other)
    assert [person.name for person in people_in(lines_of(io.BytesIO(data)))] == ["mina", "otto"]
    assert read(data) == ([one, other], [])


def test_events_without_their_session_are_told() -> None:
    lines = session_lines(*a_session(1)).splitlines(keepends=True)
    found, flaws = read(head([]) + b"".join(lines[1:]))
    assert found == []
    assert "is not in the file, only 3 of its events" in flaws[0]


def test_an_event_that_names_no_session_is_told() -> None:
    session = a_session(1)
    nameless = session_lines(replace(session[0], id=""), session[1]).splitlines(keepends=True)
    found, flaws = read(head([]) + nameless[1] + session_lines(*session) + nameless[2])
    assert found == [session]
    assert flaws == [f"Line {n} is not as it was written: it names no session." for n in (2, 7)]


def test_a_line_that_is_too_long_is_told() -> None:
    made, told = a_session(1)
    data = head([]) + b'{"event":"' + b"x" * LONGEST_LINE + b'"}\n' + session_lines(made, told)
    found, flaws = read(data)
    assert found == [(made, told)]
    assert len(flaws) == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a record"),
        (b"root:x:0:0\n", "not a record"),
        (b'{"quiz":"bank"}\n', "cannot be read"),
        (b'{"quiz":"bank","format":1}\n', "not a record"),
        (b'{"quiz":"history","format":2}\n', "newer quiz (format 2, here 1)"),
        (b'{"quiz":"history"', "cannot be read"),
    ],
)
def test_what_is_no_export_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(NotAnExport) as told:
        people_in(lines_of(io.BytesIO(data)))
    assert said in str(told.value)
