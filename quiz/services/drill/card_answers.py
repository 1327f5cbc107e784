"""Answers by cards: the question that a photograph is for, and putting on record what it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from quiz.core.drill.card_markers import CardReadings
from quiz.core.drill.card_round import card_answers, owners_in, takes_cards, who_is_read
from quiz.core.session import InvalidTransition
from quiz.services.drill.live import LiveDrill


class CardQuestion(NamedTuple):
    """The question that was asked when a photograph was taken, and whose cards were to be on it."""

    place: int
    round: int
    owners: Mapping[int, str]
    """The pupils who are here, by the numbers of their cards."""


def card_question(live: LiveDrill[Any]) -> CardQuestion:
    """Return the question that cards answer now. Raises InvalidTransition, with a sentence, where none is."""
    drill = live.drill
    if not takes_cards(drill):
        raise InvalidTransition(drill.words.say("Cards cannot answer now."))
    return CardQuestion(drill.place, drill.round, owners_in(drill, live.numbers))


def take_cards(live: LiveDrill[Any], question: CardQuestion, readings: CardReadings) -> str:
    """Put a photograph's answers on record in one commit, and return who is read, as `who_is_read` does.

    Raises InvalidTransition, with a sentence, where another question is asked meanwhile.
    """
    drill = live.drill
    if not takes_cards(drill) or (drill.place, drill.round) != (question.place, question.round):
        raise InvalidTransition(drill.words.say("That photograph came too late."))
    live.take_answers(card_answers(readings, question.owners, drill.options))
    return who_is_read(question.owners, live.drill.missing, drill.words)
