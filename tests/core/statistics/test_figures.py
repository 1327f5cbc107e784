"""What is told of an item and of a bank."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from quiz.core.content.item_ref import ItemRef
from quiz.core.scheduling.card import A_DAY
from quiz.core.statistics.item_figures import ItemFigures, comes_back
from quiz.core.statistics.leech import advice
from tests.fakes import HOUR, NOON

TODAY = date(2025, 6, 18)


def test_when_an_item_comes_back_is_said_in_words() -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({}, "not scheduled"), ({"due": NOON, "is_suspended": True}, "suspended"),
        ({"due": NOON}, "back today"),
        ({"due": NOON + A_DAY}, "back tomorrow"), ({"due": NOON + 5 * A_DAY}, "back in 5 days"),
        ({"due": NOON - 9 * HOUR}, "back today"), ({"due": NOON + 15 * HOUR}, "back today"),
    ]  # fmt: skip
    for told, said in cases:
        view = ItemFigures(
            ref=ItemRef("b", "i"), bank_title="B", learner="Mina", stem="S", key="K", topic="", attempts=0,
            accuracy=None,
        )  # fmt: skip
        assert comes_back(msgspec.structs.replace(view, **told), TODAY, "UTC", 4) == said
        assert (view.misses, view.median_ms, view.is_suspended, view.is_all) == (0, None, False, True)


def test_advice_on_a_leech_follows_from_its_note() -> None:
    assert advice(has_note=True) == "Read its note again, reword it, or suspend it."
    assert advice(has_note=False) == "Reword it or split it into two, or suspend it."
