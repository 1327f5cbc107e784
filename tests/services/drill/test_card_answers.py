"""Answers by cards on record: for the question that the photograph was taken of, the last one counting."""

from __future__ import annotations

from typing import Any

import pytest

from quiz.core.content.grading import Chosen
from quiz.core.drill.card_markers import CardReadings
from quiz.core.drill.settings import Channel
from quiz.core.session import InvalidTransition
from quiz.services.drill.card_answers import card_question, take_cards
from quiz.services.drill.live import LiveDrill
from quiz.services.workspace import Workspace
from tests.services.drill.live_drills import class_list, live


@pytest.fixture
def running(workspace: Workspace) -> LiveDrill[Any]:
    """A drill of four pupils with cards, of whom the second left the class."""
    ids = class_list(workspace, "Ada", "Bo", "Cy", "Di")
    workspace.record.class_lists.forget_pupils([ids[1]])
    listed = workspace.record.class_lists.named("7b")
    pupils = tuple(pupil.id for pupil in listed.pupils)
    return live(workspace, "everyone", pupils=pupils, class_list=listed.id)


def given(running: LiveDrill[Any]) -> dict[str, int]:
    """Return the places of the options that were chosen, by the pupils' names."""
    drill = running.drill
    return {running.names[by]: drill.options.index(told.options[0]) for by, told in drill.answers.items()}


def test_several_photographs_add_up_and_the_last_reading_counts(running: LiveDrill[Any]) -> None:
    question = card_question(running)
    assert sorted(question.owners) == [1, 3, 4]
    assert (
        take_cards(running, question, CardReadings({1: "B", 3: "A"}, frozenset({4}))) == "2 of 3; missing 4"
    )
    assert take_cards(running, card_question(running), CardReadings({3: "C", 4: "A"})) == "3 of 3"
    assert given(running) == {"Ada": 1, "Cy": 2, "Di": 0}
    assert {event.body["channel"] for event in running.drill.log if event.response} == {Channel.CARD}
    assert running.claim("3") == question.owners[3]


def test_a_photograph_answers_no_later_question(running: LiveDrill[Any]) -> None:
    question = card_question(running)
    running.append(running.drill.skip(running.now()))
    with pytest.raises(InvalidTransition, match="too late"):
        take_cards(running, question, CardReadings({1: "A"}))
    running.append(running.drill.close(running.now()))
    with pytest.raises(InvalidTransition, match="Cards cannot answer now"):
        card_question(running)


def test_cards_of_pupils_who_are_absent_are_not_waited_for(running: LiveDrill[Any]) -> None:
    first = running.drill.here[0]
    running.append(running.drill.mark_absent(first, running.now()))
    question = card_question(running)
    assert sorted(question.owners) == [3, 4]
    running.append(
        running.drill.answer_of(running.drill.here[0], Chosen(running.drill.options[:1]), Channel.DESK, 0)
    )
    assert take_cards(running, question, CardReadings({4: "B"})) == "2 of 2"


def test_formats_in_which_one_answers_take_no_cards(workspace: Workspace) -> None:
    with pytest.raises(InvalidTransition):
        card_question(live(workspace, "hot-seat", pupils=class_list(workspace, "Ada")))
