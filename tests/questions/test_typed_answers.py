"""Typed items take what a sensible learner types and nothing else, by answers judged before being graded."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import yaml

from quiz.core.content.grading import Entered
from quiz.core.content.interaction import Enter
from tests.questions.shipped import shipped_banks

JUDGED = Path(__file__).with_name("typed_answers.yaml")


class Answer(NamedTuple):
    """Something typed into a field of an item, and whether it deserves to count."""

    bank: str
    item: str
    field: int
    text: str
    is_reasonable: bool


def judged() -> list[Answer]:
    """Return the answers in the file."""
    answers = []
    for place, sorted_out in yaml.safe_load(JUDGED.read_text(encoding="utf-8")).items():
        bank, _, rest = place.partition("/")
        item, _, field = rest.partition("#")
        answers += [
            Answer(bank, item, int(field or 0), text, is_reasonable=name == "right")
            for name in ("right", "wrong")
            for text in sorted_out[name]
        ]
    return answers


def is_accepted(answer: Answer) -> bool:
    """Say whether what was typed counts, whatever stands in the item's other fields."""
    bank = next(bank for bank in shipped_banks() if bank.bank == answer.bank)
    item = bank.by_id[answer.item]
    asked = item.interaction()
    assert isinstance(asked, Enter)
    texts = [""] * len(asked.fields)
    texts[answer.field] = answer.text
    return any(part.is_right for part in item.grade(Entered(tuple(texts)), bank.answer_rules()).parts)


def test_every_typed_field_has_ten_answers_at_least() -> None:
    fields = {
        (bank.bank, item.id, field)
        for bank in shipped_banks()
        for item in bank.items
        if isinstance(asked := item.interaction(), Enter)
        for field in range(1 if asked.is_list else len(asked.fields))
    }
    told = [(answer.bank, answer.item, answer.field) for answer in judged()]
    assert fields == set(told)
    assert min(told.count(field) for field in fields) >= 10


def test_what_is_reasonable_is_accepted() -> None:
    reasonable = [answer for answer in judged() if answer.is_reasonable]
    refused = [answer for answer in reasonable if not is_accepted(answer)]
    assert len(refused) <= 0.05 * len(reasonable), refused


def test_what_is_wrong_is_refused() -> None:
    wrong = [answer for answer in judged() if not answer.is_reasonable]
    accepted = [answer for answer in wrong if is_accepted(answer)]
    assert len(accepted) <= 0.02 * len(wrong), accepted
