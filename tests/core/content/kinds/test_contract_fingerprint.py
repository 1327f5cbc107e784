"""Every kind: its fingerprint changes with the task and with nothing else."""

from __future__ import annotations

from typing import Any

import msgspec

from quiz.core.content.item import ABOUT_THE_ITEM
from quiz.core.content.kinds.flashcard import Flashcard
from tests.core.content.kinds.contract import each_kind, example_data, leaves, task_leaves, with_leaf
from tests.strategies import (
    example_of,
    parsed,
)


@each_kind
def test_the_fingerprint_ignores_spacing_and_case(kind: str) -> None:
    data, print_of_it = example_data(kind), example_of(kind).fingerprint
    tried = 0
    for path, text in task_leaves(kind):
        for same in (text.swapcase(), f"  {text} ", text.replace(" ", "\n\t ")):
            try:
                item = parsed(with_leaf(data, path, same), kind)
            except msgspec.ValidationError:
                continue
            tried += 1
            assert item.fingerprint == print_of_it, path
    assert tried >= 3


@each_kind
def test_the_fingerprint_ignores_what_is_about_the_item(kind: str) -> None:
    data, print_of_it = example_data(kind), example_of(kind).fingerprint
    others: dict[str, Any] = {
        "id": "other-id", "topic": "other", "stimulus": "other", "rationale": "Another.", "cites": ["one"],
        "hint": "Another.", "tags": ["one"], "weight": "2", "shuffle": "false", "difficulty": "hard",
        "lint": {"ignore": ["x"], "reason": "y"},
    }  # fmt: skip
    assert set(others) <= ABOUT_THE_ITEM
    for name, value in others.items():
        assert parsed({**data, name: value}, kind).fingerprint == print_of_it, name


@each_kind
def test_the_fingerprint_ignores_feedback(kind: str) -> None:
    data, print_of_it = example_data(kind), example_of(kind).fingerprint
    for path, text in leaves(data):
        if path[-1] == "feedback":
            assert parsed(with_leaf(data, path, "Another feedback."), kind).fingerprint == print_of_it, path
            continue
        try:
            item = parsed(with_leaf(data, path, {"text": text, "feedback": "Feedback, new."}), kind)
        except msgspec.ValidationError:
            continue
        assert item.fingerprint == print_of_it, path


@each_kind
def test_the_fingerprint_changes_with_stem_options_and_key(kind: str) -> None:
    data, prints = example_data(kind), {example_of(kind).fingerprint}
    for path, text in task_leaves(kind):
        other = {"true": "false", "false": "true"}.get(text, f"{text}7")
        prints.add(parsed(with_leaf(data, path, other), kind).fingerprint)
    assert len(prints) == len(task_leaves(kind)) + 1
    assert len(prints) >= 3
    assert all(len(each) == 16 and int(each, 16) >= 0 for each in prints)


def test_fingerprints_tell_kinds_apart() -> None:
    class OtherCard(Flashcard, frozen=True, kw_only=True, tag="other-card"):
        """A kind with the same fields."""

    card, other = (kind(id="a", stem="s", back="b") for kind in (Flashcard, OtherCard))
    assert card.fingerprint != other.fingerprint
