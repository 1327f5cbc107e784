"""What a study session came to, and what that means for today and the days after it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from quiz.core.scheduling.policy import policy_of
from quiz.core.statistics.forecast import Forecast, forecast
from quiz.core.statistics.streak import Streak, streak
from quiz.core.study.result import StudyResult, study_result
from quiz.services.study.daily_limits import Today, daily_limits

if TYPE_CHECKING:
    from quiz.services.study.live import LiveStudy
    from quiz.services.workspace import Workspace

DAYS = 8
"""How many days are told: the rest of today, and a week."""


class ComingDay(msgspec.Struct, frozen=True):
    """How many items come back on a day."""

    day: date
    items: int
    """Of all banks."""
    of_session: int
    """How many of them were answered in the session."""


class StudyOutcome(msgspec.Struct, frozen=True):
    """The end of a study session."""

    result: StudyResult
    coming: tuple[ComingDay, ...]
    """Today first."""
    later: int
    """How many items of all banks come back after those days."""
    later_of_session: int
    today: Today
    """What there is still to study today, in all banks."""
    streak: Streak

    @property
    def is_day_complete(self) -> bool:
        """Whether nothing of the day's share is left."""
        return not self.today.items


def study_outcome(workspace: Workspace, live: LiveStudy) -> StudyOutcome:
    """Work out what a session came to, by the record as it stands now."""
    session, record, learner = live.session, workspace.record, workspace.learner.id
    cards = [card for card in workspace.library.shelf() if card.is_usable]
    held = workspace.held()
    own = [
        memory.due
        for ref in dict.fromkeys(event.ref for event in session.attempts if event.ref in session.shelf)
        if (memory := held.by_bank.get(ref.bank, {}).get(ref.item)) is not None and memory.due is not None
    ]

    def by_day(dues: list[int]) -> Forecast:
        starts_at = policy_of(session.header).day_starts_at
        return forecast(dues, workspace.today, session.header.zone, starts_at, DAYS)

    everything, part = by_day(held.dues(workspace.library, cards)), by_day(own)
    memories = record.memories(learner, {ref.bank for ref in session.items})
    return StudyOutcome(
        result=study_result(session, memories),
        coming=tuple(
            ComingDay(one.day, one.items, other.items)
            for one, other in zip(everything.days, part.days, strict=True)
        ),
        later=everything.later,
        later_of_session=part.later,
        today=daily_limits(workspace).of_banks(
            {card.id: held.of_bank(workspace.library, card) for card in cards}
        ),
        streak=streak(record.days_active(learner), workspace.today),
    )
