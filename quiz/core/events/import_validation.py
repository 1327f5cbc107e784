"""Checking whether another machine's events are valid here."""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

from quiz.core.drill.settings import DrillSettings
from quiz.core.events.ids import id_key
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.exam.settings import ExamSettings
from quiz.core.scheduling.fsrs_review import are_parameters
from quiz.core.scheduling.intervals import MOST_DAYS
from quiz.core.scheduling.own_parameters import told_in
from quiz.core.scheduling.policy import Policy, policy_of
from quiz.core.study.settings import StudySettings
from quiz.core.text.safe_text import is_one_line

LATEST = 221_845_392_000_000
"""The year 9000, in milliseconds since 1970 UTC. Later dates cannot be calculated with."""
MOST_OF_A_TAG = 200
"""How many characters a tag of the learner's own may have."""
_MOST = 2**53
_ATTEMPT, _RATE, _RESCHEDULE, _TAG = EventKind.ATTEMPT, EventKind.RATE, EventKind.RESCHEDULE, EventKind.TAG
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
    kind = event.kind
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
    if kind is _RATE and event.body.get("rating") not in (1, 2, 3, 4):
        return f"event {event.n} has the rating {event.body.get('rating')!r}"
    if kind is _RESCHEDULE and not _is_time(event.body.get("due")):
        return f"event {event.n} has the time {event.body.get('due')!r}"
    if kind is _TAG and not all(map(_are_tags, map(event.body.get, ("added", "removed")))):
        return f"event {event.n} has tags that are no texts"
    has_intervals = kind is _ATTEMPT and "intervals" in event.body
    if has_intervals and not _are_intervals(event.body["intervals"]):
        return f"event {event.n} has the intervals {event.body['intervals']!r}"
    return ""


def _are_intervals(told: object) -> bool:
    """Return whether this is a list of four numbers of days, one for each rating."""
    return (
        isinstance(told, (list, tuple))
        and len(told) == 4
        and all(isinstance(days, int) and 0 <= days <= MOST_DAYS for days in told)
    )


def _is_time(told: object) -> bool:
    return isinstance(told, int) and not isinstance(told, bool) and 0 <= told < LATEST


def _are_tags(told: object) -> bool:
    """Say whether these are tags, or nothing."""
    if told is None:
        return True
    return isinstance(told, (list, tuple)) and all(
        isinstance(tag, str) and tag and is_one_line(tag, MOST_OF_A_TAG) for tag in told
    )


def _flaw_of_policy(policy: Policy) -> str:
    if not 0 <= policy.day_starts_at < 24:
        return f"its days start at {policy.day_starts_at}"
    if not 0.5 <= policy.retention <= 0.99:
        return f"its retention is {policy.retention}"
    if not all(0.5 <= share <= 0.99 for share in policy.retention_by_bank.values()):
        return f"its retentions are {policy.retention_by_bank}"
    if policy.parameters and not are_parameters(policy.parameters):
        return "its parameters are not valid for FSRS-6"
    shares = policy.days_off.weekdays
    if len(shares) not in {0, 7} or not all(0 <= share <= 1 for share in shares):
        return f"its weekdays have the shares {shares}"
    return ""
