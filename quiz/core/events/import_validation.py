"""Checking whether another machine's events are valid here."""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

from quiz.core.drill.settings import DrillSettings
from quiz.core.events.ids import id_key
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.exam.settings import ExamSettings
from quiz.core.scheduling.card import are_parameters
from quiz.core.scheduling.fsrs_schedule import Policy, policy_of
from quiz.core.scheduling.intervals import MOST_DAYS
from quiz.core.scheduling.own_parameters import told_in
from quiz.core.scheduling.study_day import zone_of
from quiz.core.study.settings import StudySettings

LATEST = 221_845_392_000_000
"""The year 9000, in milliseconds since 1970 UTC. Later dates cannot be calculated with."""
_MOST = 2**53
_SETTINGS = {Mode.STUDY: StudySettings, Mode.EXAM: ExamSettings, Mode.DRILL: DrillSettings}


def flaw_in(header: SessionHeader, events: Iterable[Event]) -> str:
    """Return a sentence on what is invalid in a session, or an empty text."""
    try:
        said = _flaw_of_opening(header) or next(filter(None, map(_flaw_of_event, events)), "")
    except (ValueError, TypeError, OverflowError, msgspec.ValidationError) as error:
        said = str(error)
    return f"Session {header.id[:40]} was left out: {said.rstrip('.')}." if said else ""


def _flaw_of_opening(header: SessionHeader) -> str:
    id_key(header.id)
    zone_of(header.zone)
    policy = policy_of(header)
    msgspec.convert(header.settings.get(str(header.mode), {}), _SETTINGS[header.mode])
    if not header.learner:
        return "it belongs to nobody"
    if not 0 <= header.started < LATEST:
        return f"it was started at {header.started}"
    own = told_in(header.settings)
    if own is not None and own.values and not are_parameters(own.values):
        return "its parameters are not valid for FSRS-6"
    return _flaw_of_policy(policy)


def _flaw_of_event(event: Event) -> str:
    if not 1 <= event.n < _MOST:
        return f"an event has the number {event.n}"
    if not 0 <= event.at < LATEST:
        return f"event {event.n} happened at {event.at}"
    if event.duration_ms is not None and not 0 <= event.duration_ms < _MOST:
        return f"event {event.n} took {event.duration_ms} milliseconds"
    if event.score is not None and not (math.isfinite(event.score) and 0 <= event.score <= 1):
        return f"event {event.n} has the score {event.score}"
    if event.target is not None and not 0 <= event.target < _MOST:
        return f"event {event.n} is about {event.target}"
    if event.kind is EventKind.RATE and event.body.get("rating") not in (1, 2, 3, 4):
        return f"event {event.n} has the rating {event.body.get('rating')!r}"
    if event.kind is EventKind.ATTEMPT and not _are_intervals(event.body.get("intervals", (0,) * 4)):
        return f"event {event.n} has the intervals {event.body['intervals']!r}"
    return ""


def _are_intervals(told: object) -> bool:
    """Return whether this is a list of four numbers of days, one for each rating."""
    return (
        isinstance(told, (list, tuple))
        and len(told) == 4
        and all(isinstance(days, int) and 0 <= days <= MOST_DAYS for days in told)
    )


def _flaw_of_policy(policy: Policy) -> str:
    if not 0 <= policy.day_starts_at < 24:
        return f"its days start at {policy.day_starts_at}"
    if not 0.5 <= policy.retention <= 0.99:
        return f"its retention is {policy.retention}"
    if policy.parameters and not are_parameters(policy.parameters):
        return "its parameters are not valid for FSRS-6"
    shares = policy.days_off.weekdays
    if len(shares) not in {0, 7} or not all(0 <= share <= 1 for share in shares):
        return f"its weekdays have the shares {shares}"
    return ""
