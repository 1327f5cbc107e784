"""What the home screen shows of the banks and the record, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from quiz.core.content.bank_settings import BankSettings
from quiz.core.content.diagnostics import Finding
from quiz.core.events.model import Mode
from quiz.core.statistics.activity import Day, last_days, together, total_of
from quiz.core.statistics.forecast import DueDay, Forecast, forecast
from quiz.core.statistics.item_counts import ItemCounts
from quiz.core.statistics.streak import Streak, streak
from quiz.errors import BankError
from quiz.services.left_sessions import LeftSession, left_sessions
from quiz.services.study.daily_limits import Today, daily_limits

if TYPE_CHECKING:
    from quiz.banks.summary import BankSummary
    from quiz.core.scheduling.study_selection import Contents
    from quiz.record.read_models import Learner
    from quiz.services.counts import Held
    from quiz.services.workspace import Workspace

A_WEEK = 7
MOST_BANKS, LARGE = 6, 2_000
"""The topics of how many banks are told at once, none of them with more items than this."""
PACE_DAYS = 30
"""From how many of the last days the learner's pace is taken."""
USUAL_PACE_MS = 20_000
"""The expected time for an answer of a learner with no answers yet, in milliseconds."""
NOTHING = Today(due=0, new=0)


class BankRow(msgspec.Struct, frozen=True):
    """A bank as a row of the menu."""

    key: str
    title: str
    counts: ItemCounts = ItemCounts(items=0)
    today: Today = NOTHING
    findings: tuple[Finding, ...] = ()
    """What keeps it off the menu."""
    left_out: int = 0
    """How many of its items are wrong and are not asked, while all others are."""
    is_being_read: bool = False
    """Whether nothing is known of it yet."""

    @property
    def errors(self) -> int:
        """How many errors make it unusable."""
        return sum(finding.is_error for finding in self.findings)

    @property
    def is_usable(self) -> bool:
        """Whether it can be opened."""
        return not self.errors and not self.is_being_read


class HomeView(msgspec.Struct, frozen=True):
    """All banks, today's work, and the sessions that were left."""

    lines: tuple[BankRow, ...]
    today: Today
    """Of all banks together."""
    done: int
    """How many items were answered today and do not come back today."""
    minutes: int
    """How many minutes the rest of today takes at the learner's own pace, rounded up."""
    streak: Streak
    week: tuple[Day, ...]
    """What was done on each of the last seven days, today last."""
    by_day: dict[date, Day]
    """What was done on each day with any answers, oldest first."""
    forecast: Forecast
    """What comes back of all banks in the next thirty days."""
    left: tuple[LeftSession, ...]
    """The unfinished sessions, newest first."""
    is_tour_offered: bool
    """Whether the learner is new here and has not been shown round yet."""

    @property
    def due(self) -> int:
        """How many items are due in all banks."""
        return sum(line.counts.due for line in self.lines)

    @property
    def coming(self) -> tuple[DueDay, ...]:
        """How many items of all banks come back on each of the next seven days, today first."""
        return self.forecast.days[:A_WEEK]

    @property
    def unfinished(self) -> LeftSession | None:
        """The session that was left last."""
        return self.left[0] if self.left else None

    @property
    def share_done(self) -> float:
        """How much of today's share is done, 0 to 1; 0 where there is nothing to do."""
        return self.done / max(1, self.done + self.today.items)

    @property
    def is_begun(self) -> bool:
        """Whether studying goes on with a session that was left today."""
        return bool(self.today.items) and any(left.is_todays for left in self.left)

    @property
    def left_aside(self) -> tuple[LeftSession, ...]:
        """The unfinished sessions, that of today last; none if studying goes on with the only one."""
        if not self.is_begun:
            return self.left
        aside = tuple(left for left in self.left if not left.is_todays)
        return aside and (*aside, *(left for left in self.left if left.is_todays))

    @property
    def is_day_complete(self) -> bool:
        """Whether something was done today and nothing of the day's share is left."""
        return self.done > 0 and not self.today.items


class TopicPart(msgspec.Struct, frozen=True):
    """A topic of a bank and how well it is known."""

    title: str
    share: float
    """The share of its items, 0 to 1, that would be recalled in a week."""
    items: int


class BankView(msgspec.Struct, frozen=True):
    """A bank and how well it is known."""

    title: str
    summary: str
    topics: int
    notes: int
    counts: ItemCounts
    today: Today
    by_topic: tuple[TopicPart, ...] = ()
    """The weakest topic first."""
    exams: tuple[float, ...] = ()
    """Scores of the last exams, 0 to 1, oldest first."""
    settings: BankSettings = BankSettings()
    """What the learner set for this bank alone."""


class BankTopics(msgspec.Struct, frozen=True):
    """A bank's topics and how well each is known."""

    title: str
    is_begun: bool
    """Whether anything of it was ever answered."""
    by_topic: tuple[TopicPart, ...]
    """The weakest topic first."""


def home_view(workspace: Workspace) -> HomeView:
    """Return what the home screen shows."""
    record, learner = workspace.record, workspace.learner.id
    held, limits = workspace.held(), daily_limits(workspace)

    def line(summary: BankSummary) -> BankRow:
        if not summary.is_usable:
            return BankRow(
                summary.id, summary.title, findings=summary.findings, is_being_read=summary.is_being_read
            )
        counts = held.of_bank(workspace.library, summary)
        return BankRow(
            key=summary.id,
            title=summary.title,
            counts=counts,
            today=limits.of_bank(summary.id, counts),
            left_out=summary.left_out,
        )

    summaries = workspace.library.summaries()
    lines = tuple(line(summary) for summary in summaries)
    today = limits.of_banks({row.key: row.counts for row in lines})
    days = together(record.days(learner))
    dues = held.dues(workspace.library, [summary for summary in summaries if summary.is_usable])
    return HomeView(
        lines=lines,
        today=today,
        done=held.done_since(workspace.day_start),
        minutes=-(-today.items * pace_ms(days.values(), workspace.today) // 60_000),
        streak=streak([day for day, done in days.items() if done.attempts], workspace.today),
        week=last_days(days, workspace.today, A_WEEK),
        by_day=days,
        forecast=forecast(dues, workspace.today, workspace.zone, workspace.config.day_starts_at),
        left=left_sessions(workspace, {summary.id: summary.title for summary in summaries}),
        is_tour_offered=workspace.config.tour and not days,
    )


def pace_ms(days: Iterable[Day], today: date) -> int:
    """Return the average time of the learner's recent answers, in milliseconds."""
    since = today - timedelta(days=PACE_DAYS)
    done = total_of((day for day in days if day.day >= since), today)
    return done.duration_ms // done.attempts if done.attempts and done.duration_ms else USUAL_PACE_MS


def bank_view(workspace: Workspace, bank_id: str) -> BankView:
    """Return a bank and how well its items are known. Raises BankError for an unreadable bank."""
    contents = workspace.library.contents(bank_id)
    summary = workspace.library.summary(bank_id)
    held = workspace.held(bank=bank_id)
    counts = held.of(bank_id, [item.ref.item for item in contents.items])
    return BankView(
        title=summary.title,
        summary=summary.summary,
        topics=summary.topics,
        notes=summary.notes,
        counts=counts,
        today=daily_limits(workspace).of_bank(bank_id, counts),
        settings=workspace.config.bank.get(bank_id, BankSettings()),
        by_topic=_by_topic(contents, bank_id, held),
        exams=tuple(workspace.record.last_scores(workspace.learner.id, bank_id, Mode.EXAM)),
    )


def bank_topics(workspace: Workspace, learner: Learner) -> tuple[BankTopics, ...]:
    """Return how well a learner knows the topics of the first banks that are not very large."""
    held = workspace.held(learner.id)
    banks = [one for one in workspace.library.usable() if one.items <= LARGE][:MOST_BANKS]
    told = []
    for summary in banks:
        with suppress(BankError):  # its file changed this moment
            by_topic = _by_topic(workspace.library.contents(summary.id), summary.id, held)
            is_begun = held.of_bank(workspace.library, summary).answered > 0
            told.append(BankTopics(summary.title, is_begun, by_topic))
    return tuple(told)


def _by_topic(contents: Contents, bank_id: str, held: Held) -> tuple[TopicPart, ...]:
    """Return a bank's topics, the weakest first."""
    by_topic: dict[str, list[str]] = {topic: [] for topic in contents.topics}
    for item in contents.items:
        by_topic.setdefault(item.topic, []).append(item.ref.item)
    parts = [
        TopicPart(title, held.of(bank_id, by_topic[topic]).share, len(by_topic[topic]))
        for topic, title in contents.topics.items()
    ]
    return tuple(sorted(parts, key=lambda part: part.share))
