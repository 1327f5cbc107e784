"""The result of a study session, and what it means for today and the following days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from quiz.core.exam.settings import MOST_ITEMS, ExamSettings
from quiz.core.scheduling.policy import policy_of
from quiz.core.statistics.forecast import Forecast, forecast
from quiz.core.statistics.streak import Streak, streak
from quiz.core.study.result import StudyResult, study_result
from quiz.services.exam.start import usual_settings
from quiz.services.study.daily_limits import Today, daily_limits

if TYPE_CHECKING:
    from quiz.services.study.live import LiveStudy
    from quiz.services.workspace import Workspace

DAYS = 8
"""How many days are shown: today and a week."""


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
    """How many items of all banks come back later than that."""
    later_of_session: int
    suspended: int
    """How many items answered in the session do not come back: they were suspended."""
    today: Today
    """What there is still to study today, in all banks."""
    streak: Streak
    streak_before: Streak
    """The streak without what was done today."""

    leeches: int
    """How many items of all banks are leeches."""
    more_from: tuple[str, ...]
    """The banks that more new items would be taken from; all where none is named."""

    @property
    def is_day_complete(self) -> bool:
        """Whether nothing of the day's share is left."""
        return not self.today.items

    @property
    def is_streak_longer(self) -> bool:
        """Whether the day is complete and makes the streak longer."""
        return self.is_day_complete and self.streak.days > self.streak_before.days

    @property
    def left_in_words(self) -> str:
        """Say how many due and how many new items are left for today; empty where the day is complete."""
        parts = (f"{self.today.due} due", self.today.due), (f"{self.today.new} new", self.today.new)
        return ", ".join(part for part, number in parts if number)

    @property
    def day_in_words(self) -> str:
        """Return whether the day is complete, or what is left of it."""
        return "The day is complete." if self.is_day_complete else f"Left for today: {self.left_in_words}."

    @property
    def coming_items(self) -> int:
        """How many items of all banks come back."""
        return sum(told.items for told in self.coming) + self.later

    @property
    def coming_of_session(self) -> int:
        """How many of them were answered in the session."""
        return sum(told.of_session for told in self.coming) + self.later_of_session


def exam_on(workspace: Workspace, live: LiveStudy) -> ExamSettings:
    """Return what an exam on the topics of a session's items is told, as many items as were answered."""
    answered = {event.ref for event in live.session.attempts if event.ref in live.session.lookup}
    topics = {live.session.lookup[ref].item.topic for ref in answered}
    return msgspec.structs.replace(
        usual_settings(workspace),
        items=min(MOST_ITEMS, len(answered)) or None,
        topics=() if "" in topics else tuple(sorted(topics)),
    )


def study_outcome(workspace: Workspace, live: LiveStudy) -> StudyOutcome:
    """Work out the result of a session from the present record."""
    session, record, learner = live.session, workspace.record, workspace.learner.id
    summaries = workspace.library.usable()
    held = workspace.held()
    answered = dict.fromkeys(event.ref for event in session.attempts if event.ref in session.lookup)
    memories = [held.by_bank.get(ref.bank, {}).get(ref.item) for ref in answered]
    own = [memory.due for memory in memories if memory is not None and memory.due is not None]
    counts = {summary.id: held.of_bank(workspace.library, summary) for summary in summaries}
    limits = daily_limits(workspace)
    asked = dict.fromkeys(ref.bank for ref in answered)
    today, active = workspace.today, record.days_active(learner)
    is_more = len(asked) == 1 and all(
        limits.of_bank(bank, counts[bank]).new_waiting for bank in asked if bank in counts
    )

    def by_day(dues: list[int]) -> Forecast:
        starts_at = policy_of(session.header).day_starts_at
        return forecast(dues, workspace.today, session.header.zone, starts_at, DAYS)

    everything, part = by_day(held.dues(workspace.library, summaries)), by_day(own)
    return StudyOutcome(
        result=study_result(session, record.memories(learner, {ref.bank for ref in session.items})),
        coming=tuple(
            ComingDay(one.day, one.items, other.items)
            for one, other in zip(everything.days, part.days, strict=True)
        ),
        later=everything.later,
        later_of_session=part.later,
        suspended=sum(memory is not None and memory.is_suspended for memory in memories),
        today=limits.of_banks(counts),
        streak=streak(active, today),
        streak_before=streak([day for day in active if day != today], today),
        leeches=sum(part.leeches for part in counts.values()),
        more_from=tuple(asked) if is_more else (),
    )
