"""What phones say: understood exactly, or not at all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.content.grading import Chosen, Entered, Matched, Ordered, Sorted
from quiz.core.content.interaction import Choose, Enter, Field, Interaction, Match, Order, Reveal, Sort
from quiz.web.protocol import (
    AnswerFrame,
    Join,
    LeaveFrame,
    NotUnderstood,
    PhoneResponse,
    Photo,
    Return,
    given_from,
    response_from,
    understood,
)

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
ASKED: dict[Interaction, Any] = {
    Choose(("a", "b", "c")): (PhoneResponse((1,)), Chosen(("b",))),
    Choose(("a", "b", "c"), most=3): (PhoneResponse((0, 2)), Chosen(("a", "c"))),
    Order(("a", "b", "c")): (PhoneResponse((2, 0, 1)), Ordered(("c", "a", "b"))),
    Match(("l", "m"), ("r", "s", "t")): (PhoneResponse((2, 0)), Matched({"l": "t", "m": "r"})),
    Sort(("m", "n"), ("x", "y")): (PhoneResponse((1, 1)), Sorted({"m": "y", "n": "y"})),
    Enter((Field(), Field())): (PhoneResponse(texts=("one", "two")), Entered(("one", "two"))),
    Enter((Field(options=("up", "down")),)): (PhoneResponse(texts=("up",)), Entered(("up",))),
}


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        ('{"do":"join","pin":"123456","seat":7}', Join("123456", 7)),
        ('{"do":"join","pin":"123456","name":"Ada"}', Join("123456", name="Ada")),
        ('{"do":"join","pin":"123456","camera":true}', Join("123456", is_camera=True)),
        ('{"do":"back","token":"1.ab"}', Return("1.ab")),
        ('{"do":"leave"}', LeaveFrame()),
        ('{"do":"photo","size":5}', Photo(5)),
        (
            '{"do":"answer","q":"0.0.0","given":{"picks":[1]},"n":3}',
            AnswerFrame("0.0.0", PhoneResponse((1,)), 3),
        ),
    ],
)
def test_what_a_phone_says_is_understood(frame: str, said: object) -> None:
    assert understood(frame) == said


@pytest.mark.parametrize(
    "frame",
    [
        "", "[]", "null", '{"do":"shout"}', '{"do":"join"}', '{"do":"join","pin":"1","seat":-1}',
        '{"do":"join","pin":"1","seat":1,"admin":true}', '{"do":"photo","size":9000000}',
        '{"do":"answer","q":"0","given":{"picks":[1000]}}',
        '{"do":"answer","q":"0","given":{"texts":["%s"]}}' % ("x" * 501),
        "[" * 10_000, '{"do":"back","token":"\ud800"}',
    ],
)  # fmt: skip
def test_anything_else_is_not(frame: str) -> None:
    with pytest.raises(NotUnderstood):
        understood(frame)


@given(st.binary(max_size=200) | ANY_JSON.map(lambda told: json.dumps(told).encode()))
def test_nothing_makes_it_stumble(frame: bytes) -> None:
    try:
        understood(frame)
    except NotUnderstood:
        return


@pytest.mark.parametrize(("asked", "pair"), ASKED.items())
def test_an_answer_goes_there_and_back(asked: Interaction, pair: tuple[PhoneResponse, Any]) -> None:
    given_, response = pair
    assert response_from(asked, given_) == response
    assert given_from(asked, response) == given_
    assert given_from(asked, None) is None


@given(
    st.sampled_from([*ASKED, Reveal("back")]),
    st.builds(
        PhoneResponse,
        st.lists(st.integers(-1, 4), max_size=4).map(tuple),
        st.lists(st.text(max_size=5), max_size=3).map(tuple),
    ),
)
def test_an_answer_fits_its_item_or_is_refused(asked: Interaction, said: PhoneResponse) -> None:
    try:
        response = response_from(asked, said)
    except NotUnderstood:
        return
    assert asked.is_complete(response)
    assert given_from(asked, response) is not None


def test_typed_answers_hold_nothing_that_a_terminal_must_not_be_given() -> None:
    for text in ("\x1b[2J", "a\u202eb", "e" + "\u0301" * 30):
        with pytest.raises(NotUnderstood):
            response_from(Enter((Field(),)), PhoneResponse(texts=(text,)))
