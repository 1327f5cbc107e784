"""Banks as YAML: reading what was written gives the same bank."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.banks.files import read_bank_text
from quiz.banks.writer import bank_text
from quiz.core.content.bank import Bank, Stimulus
from quiz.core.content.item import Item
from quiz.core.text.safe_text import visible
from tests.sampling import tries
from tests.strategies import banks, example_of, items, steady


def bool_of_text(text: str) -> bool:
    """Say whether there is anything to see in a text."""
    return bool(text.strip())


shown_text = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
    .map(visible)
    .filter(lambda text: bool(text.strip()))
)


def read_back(bank: Bank) -> Bank:
    text = bank_text(bank)
    reading = read_bank_text(text.encode(), "a-bank.yaml")
    assert reading.bank is not None, (text, reading.findings)
    return reading.bank


@given(banks(most=3))
@settings(steady, max_examples=tries(60))
def test_a_bank_comes_back_as_it_was(bank: Bank) -> None:
    assert read_back(bank) == bank


@given(item=items("flashcard"), text=shown_text)
@settings(steady, max_examples=tries(150))
def test_any_text_comes_back(item: Item, text: str) -> None:
    wild = msgspec.structs.replace(item, id="x", back=text, hint=text, tags=(text, "b"))
    bank = Bank(format=1, bank="a", title=text, topics={"t": text}, items=(wild,))
    assert read_back(bank) == bank


@given(st.lists(st.text("ab \n\t-:#|>'\"", max_size=6), min_size=1, max_size=5))
@settings(steady, max_examples=tries(150))
def test_lines_of_any_shape_come_back(lines: list[str]) -> None:
    text = "\n".join(["x", *lines])
    stimuli = {"one": Stimulus(text=text), "two": Stimulus(table=(("a", text), ("", "c")))}
    item = msgspec.structs.replace(example_of("flashcard"), back=text)
    bank = Bank(format=1, bank="a", title="b", stimuli=stimuli, items=(item,))
    assert read_back(bank) == bank


def test_how_texts_are_read_comes_back() -> None:
    card = example_of("flashcard")
    bank = Bank(format=1, bank="a", title="A", markup=("code", "maths"), strict=("case",), items=(card,))
    assert read_back(bank) == bank


def test_it_is_written_as_a_person_would() -> None:
    item = example_of("single-choice")
    bank = Bank(format=1, bank="capitals", title="Capitals: Europe", items=(item,))
    assert (
        bank_text(bank, {item.id: "imported"})
        == """\
format: 1
bank: capitals
title: 'Capitals: Europe'
items:
  - id: capital-of-france  # imported
    stem: Which city is the capital of France?
    key: Paris
    distractors:
      - {text: Lyon, feedback: Lyon is the third largest city.}
      - Marseille
      - Nice
    rationale: Paris has been the seat of government, with few breaks, since 987.
    hint: It lies on the Seine.
"""
    )
