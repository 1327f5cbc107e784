"""What a photograph of cards means to a drill: what was answered, and who is missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from quiz.core.content.grading import Chosen
from quiz.core.drill.card_markers import LETTERS, CardReadings
from quiz.core.drill.drill import Drill
from quiz.core.drill.settings import Channel
from quiz.core.drill.wall_words import ENGLISH, WallWords


class CardAnswer(NamedTuple):
    """What a pupil answered with a card."""

    pupil: str
    response: Chosen
    channel: Channel = Channel.CARD


def takes_cards(drill: Drill) -> bool:
    """Return whether cards can answer now: answers are taken, and each is one of two to four options."""
    return drill.takes_answers and drill.is_by_option and 2 <= len(drill.options) <= len(LETTERS)


def card_answers(
    readings: CardReadings, owners: Mapping[int, str], options: Sequence[str]
) -> list[CardAnswer]:
    """Return the answers in a photograph. A letter that no option has answers nothing."""
    return [
        CardAnswer(owners[number], Chosen((options[LETTERS.index(letter)],)))
        for number, letter in readings.letters.items()
        if number in owners and LETTERS.index(letter) < len(options)
    ]


def owners_in(drill: Drill, numbers: Mapping[str, int]) -> dict[int, str]:
    """Return the pupils who are here by the numbers of their cards; `numbers` are those of all, by pupil."""
    return {numbers[pupil]: pupil for pupil in drill.here if pupil in numbers}


def who_is_read(owners: Mapping[int, str], missing: Collection[str], words: WallWords = ENGLISH) -> str:
    """Return how many have answered and whose cards are missing, such as “23 of 25; missing 7, 19”."""
    left = sorted(number for number, pupil in owners.items() if pupil in missing)
    told = words.say("{n} of {all}", n=len(owners) - len(left), all=len(owners))
    if not left:
        return told
    return f"{told}; {words.say('missing {numbers}', numbers=', '.join(map(str, left)))}"
