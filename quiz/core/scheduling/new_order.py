"""Which of a bank's new items are begun first."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from quiz.core.content.bank_settings import NewOrder
from quiz.core.scheduling.study_selection import Candidate


def new_in_order(
    new: Sequence[Candidate], order: NewOrder, topics: Sequence[str], rng: Random
) -> list[Candidate]:
    """Return a bank's new items in the order in which they are begun.

    `topics` are the bank's, in its order; items without one come last.
    """
    if order == "random":
        return rng.sample(new, len(new))
    if order == "file":
        return list(new)
    places = {topic: place for place, topic in enumerate(topics)}
    return sorted(new, key=lambda each: places.get(each.topic, len(places)))
