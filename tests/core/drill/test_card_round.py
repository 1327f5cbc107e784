"""What a photograph of cards answers, and whose are missing."""

from __future__ import annotations

from quiz.core.content.grading import Chosen
from quiz.core.drill.card_markers import CardReadings
from quiz.core.drill.card_round import CardAnswer, card_answers, takes_cards, who_is_read
from quiz.core.drill.settings import Channel, Stage
from quiz.core.drill.wall_words import GERMAN
from tests.core.drill.classroom import Classroom


def test_letters_are_options_in_their_order() -> None:
    readings = CardReadings({1: "A", 2: "C", 5: "D", 9: "A"})
    owners = {1: "a", 2: "b", 5: "c"}
    assert card_answers(readings, owners, ["yes", "no", "perhaps"]) == [
        CardAnswer("a", Chosen(("yes",)), Channel.CARD),
        CardAnswer("b", Chosen(("perhaps",)), Channel.CARD),
    ]


def test_who_is_read_says_numbers_only() -> None:
    owners = {number: f"#{number}" for number in range(1, 26)}
    assert who_is_read(owners, {"#19", "#7", "elsewhere"}) == "23 of 25; missing 7, 19"
    assert who_is_read(owners, {"#19", "#7"}, GERMAN) == "23 von 25; es fehlen 7, 19"
    assert who_is_read(owners, ()) == "25 of 25"


def test_cards_answer_two_to_four_options() -> None:
    room = Classroom.of("vote", 12).start()
    taken = set()
    while room.drill.stage is not Stage.FINISHED:
        taken.add((len(room.drill.options), takes_cards(room.drill)))
        room.do(room.drill.skip)
    assert taken == {(4, True), (2, True), (0, False)}
