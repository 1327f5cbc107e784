"""What a schedule depends on besides the responses, as it is recorded with every session."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

from quiz.core.events.model import SessionHeader
from quiz.core.scheduling.intervals import DaysOff
from quiz.core.scheduling.study_day import DAY_STARTS_AT


class Policy(msgspec.Struct, frozen=True):
    """What a schedule depends on besides responses. Recorded with every session."""

    retention: float = 0.9
    """The share of items that should still be known when they come back, 0.7 to 0.97."""
    day_starts_at: int = DAY_STARTS_AT
    """The local hour at which a study day begins, 0 to 23."""
    fuzz: bool = True
    """Whether long intervals are spread a little, so that items learned together come apart."""
    feeds_schedule: bool = True
    """Whether the session's responses count for the schedule."""
    parameters: tuple[float, ...] = ()
    """The learner's own 21 FSRS-6 parameters; empty for the defaults."""
    days_off: DaysOff = DaysOff()
    """Days on which there should be less to do."""
    retention_by_bank: dict[str, float] = {}
    """Other shares that should still be known, by banks' ids."""

    def for_bank(self, bank: str) -> Policy:
        """Return the policy with the retention that counts for a bank."""
        if bank not in self.retention_by_bank:
            return self
        return msgspec.structs.replace(self, retention=self.retention_by_bank[bank])


def policy_of(header: SessionHeader) -> Policy:
    """Return the policy that a session was started with. Raises msgspec.ValidationError where it is none."""
    kept = header.__dict__
    try:
        policy: Policy = kept["policy"]
    except KeyError:
        policy = kept["policy"] = policy_in(header.settings)
    return policy


def policy_in(settings: Mapping[str, Any]) -> Policy:
    """Return the policy among a session's settings. Raises msgspec.ValidationError for one that is none."""
    return _policy(msgspec.json.encode(settings.get("policy", {})))


@lru_cache(maxsize=256)
def _policy(told: bytes) -> Policy:
    return msgspec.json.decode(told, type=Policy)
