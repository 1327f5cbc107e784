"""Which items a drill asks."""

from __future__ import annotations

from quiz.core.content.kinds.cloze import Cloze
from quiz.core.content.kinds.single_choice import SingleChoice
from quiz.core.drill.items import MOST_OPTIONS, can_be_answered, drill_items, has_option_keys, parts_of
from tests.core.drill.classroom import bank
from tests.core.exam.papers import every_kind


def test_items_are_drawn_by_the_seed_and_limited() -> None:
    banks = [bank(20)]
    drawn = drill_items(banks, seed=1, limit=8)
    assert len(set(drawn)) == 8
    assert drawn == drill_items(banks, seed=1, limit=8)
    assert drawn != drill_items(banks, seed=2, limit=8)


def test_items_without_options_can_be_left_out() -> None:
    held = bank(20)
    drawn = drill_items([held], seed=1, only_options=True)
    assert len(drawn) == 15
    assert all(has_option_keys(held.by_id[ref.item]) for ref in drawn)


def test_all_items_are_drawn_unless_it_is_said_otherwise() -> None:
    assert len(drill_items([bank(20)], seed=1)) == 20


def test_options_have_keys_as_long_as_there_are_digits_for_them() -> None:
    def asked(count: int) -> SingleChoice:
        return SingleChoice(id="i", stem="s", key="0", distractors=tuple(map(str, range(1, count))))

    assert has_option_keys(asked(MOST_OPTIONS))
    assert not has_option_keys(asked(MOST_OPTIONS + 1))


def test_an_answer_is_graded_by_the_parts_of_its_kind() -> None:
    bank = every_kind()
    assert {item.id: parts_of(item) for item in bank.items} == {
        "choice": 1, "several": 2, "truth": 1, "short": 1, "number": 1, "gaps": 1, "list": 2, "order": 3,
        "pairs": 3, "bins": 3, "card": 1,
    }  # fmt: skip
    assert parts_of(Cloze(id="two", text="{{a}} and {{b}}")) == 2
    assert [item.id for item in bank.items if not can_be_answered(item)] == ["card"]
    assert [item.id for item in bank.items if has_option_keys(item)] == ["choice", "truth"]
    drawn = drill_items([bank], seed=1, fits=can_be_answered, tags=())
    assert {ref.item for ref in drawn} == {item.id for item in bank.items} - {"card"}
