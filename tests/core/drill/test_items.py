"""Which items a drill asks."""

from __future__ import annotations

from quiz.banks.files import read_bank_text
from quiz.core.content.kinds.single_choice import SingleChoice
from quiz.core.drill.items import MOST_OPTIONS, can_be_answered, drill_items, has_option_keys, parts_of
from tests.core.drill.classroom import bank


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


PARTS = """\
format: 1
bank: p
title: Parts
items:
  - {id: a, kind: single-choice, stem: S, key: x, distractors: [y]}
  - {id: b, kind: multiple-response, stem: S, keys: [x, y, z], distractors: [w]}
  - {id: c, kind: ordering, stem: S, order: [a, b, c, d]}
  - {id: d, kind: matching, stem: S, pairs: {a: b, c: d}}
  - {id: e, kind: sorting, stem: S, categories: {x: [a, b], y: [c]}}
  - {id: f, kind: cloze, stem: S, text: "{{a}} and {{b}}"}
  - {id: g, kind: short-answer, stem: S, key: x}
  - {id: h, kind: flashcard, stem: S, back: x}
  - {id: i, kind: true-false, stem: S, key: true}
"""


def test_an_answer_is_graded_by_the_parts_of_its_kind() -> None:
    read = read_bank_text(PARTS.encode(), "p.yaml").bank
    assert read is not None
    assert {item.id: parts_of(item) for item in read.items} == {
        "a": 1, "b": 3, "c": 3, "d": 2, "e": 3, "f": 2, "g": 1, "h": 1, "i": 1,
    }  # fmt: skip
    assert [item.id for item in read.items if not can_be_answered(item)] == ["h"]
    assert [item.id for item in read.items if has_option_keys(item)] == ["a", "i"]
    drawn = drill_items([read], seed=1, fits=can_be_answered, tags=())
    assert sorted(ref.item for ref in drawn) == list("abcdefgi")
