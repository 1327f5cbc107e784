"""A learner's own FSRS parameters: when to train them, and which count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from quiz.core.scheduling.card import A_DAY
from quiz.core.scheduling.fsrs_schedule import MemoryChange
from quiz.core.scheduling.recall_model import ReviewSequence

if TYPE_CHECKING:
    from quiz.core.scheduling.training import Training

SETTING = "own_parameters"
"""The name under which a session's settings hold the result of a training."""
AT_LEAST = 400
"""The least number of reviews for a training."""


class OwnParameters(msgspec.Struct, frozen=True, omit_defaults=True):
    """The result of a training."""

    reviews: int
    """How many reviews it used."""
    values: tuple[float, ...] = ()
    """The 21 parameters to schedule with; empty if the defaults fit as well."""
    since: int = 0
    """When these values were adopted, in milliseconds since 1970 UTC."""
    loss_before: float = 0.0
    loss_after: float = 0.0
    """The mean log losses, in nats, on answers not trained on, with the earlier values and with these."""


class Trainings(msgspec.Struct, frozen=True):
    """A learner's trainings."""

    sessions: tuple[tuple[str, OwnParameters], ...] = ()
    """Those that count, each with the id of the session that records it."""
    most_reviews: int = 0
    """The largest number of reviews of any training, including discarded ones."""

    @property
    def current(self) -> OwnParameters:
        """The parameters that count: those trained on the most reviews, the newest of several."""
        newest = max(self.sessions, key=lambda each: (each[1].reviews, each[0]), default=None)
        return newest[1] if newest else OwnParameters(0)

    @property
    def due_at(self) -> int:
        """From how many reviews on the next training is due."""
        return max(AT_LEAST, 2 * self.most_reviews)

    def is_due(self, reviews: int) -> bool:
        """Return whether to train: from 400 reviews on, each time they have doubled."""
        return reviews >= self.due_at


def told_in(settings: Mapping[str, Any]) -> OwnParameters | None:
    """Return the training recorded in a session's settings, or None.

    Raises msgspec.ValidationError for an invalid one.
    """
    return None if SETTING not in settings else msgspec.convert(settings[SETTING], OwnParameters)


def decided(present: OwnParameters, training: Training, at_ms: int) -> OwnParameters:
    """Return the parameters that count after a training: the trained ones only if they are better.

    `at_ms` is the time in milliseconds since 1970 UTC.
    """
    if not training.is_better:
        return msgspec.structs.replace(present, reviews=training.reviews)
    return OwnParameters(
        reviews=training.reviews,
        values=training.parameters,
        since=at_ms,
        loss_before=training.loss_before,
        loss_after=training.loss_after,
    )


def review_sequence_of(changes: Iterable[MemoryChange]) -> ReviewSequence | None:
    """Return the reviews of one item as training needs them, or None if it was never reviewed."""
    first = 0
    later: list[tuple[int, int]] = []
    for change in changes:
        if not change.is_review or change.rating is None or change.after is None or change.after.card is None:
            continue
        card = change.before.card if change.before else None
        if card is None:
            first, later = change.rating, []  # what came before an item was made new again is left out
        else:
            later.append(((change.after.card.last_review - card.last_review) // A_DAY, change.rating))
    return ReviewSequence(first, tuple(later)) if first else None
