"""Training a learner's own parameters from the record, and discarding them."""

from __future__ import annotations

import platform
from random import Random
from typing import TYPE_CHECKING

import msgspec

from quiz.clock import Clock
from quiz.core.events.ids import new_session_id
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.scheduling.own_parameters import SETTING, OwnParameters, decided
from quiz.record.interface import Record

if TYPE_CHECKING:
    from quiz.record.read_models import Learner
    from quiz.services.workspace import Workspace


def train(record: Record, learner: str, clock: Clock, rng: Random) -> OwnParameters | None:
    """Train a learner's parameters if that is due, and record those that count from now on.

    Returns them, or None where nothing was trained. Raises RecordError.
    """
    from fsrs.scheduler import DEFAULT_PARAMETERS

    from quiz.core.scheduling.training import trained

    told = record.trainings(learner)
    if not told.is_due(record.review_count(learner)):
        return None
    training = trained(record.review_sequences(learner), told.current.values or DEFAULT_PARAMETERS, rng)
    if training is None:
        return None
    now = clock.now()
    parameters = decided(told.current, training, now)
    header = SessionHeader(
        id=new_session_id(now, rng),
        learner=learner,
        device=platform.node() or "unknown",
        mode=Mode.STUDY,
        banks=(),
        seed=0,
        settings={SETTING: msgspec.to_builtins(parameters)},
        started=now,
        zone=clock.zone(),
    )
    record.start_with(header, [Event(n=1, kind=EventKind.END, at=now)])
    return parameters


def training_in(workspace: Workspace, learner: Learner) -> int:
    """Return after how many more reviews a learner's parameters are trained next; 0 where that is due."""
    told = workspace.record.trainings(learner.id)
    return max(0, told.due_at - workspace.record.review_count(learner.id))


def take_back(workspace: Workspace, learner: Learner) -> bool:
    """Schedule again as before a learner's present parameters; return whether there were any.

    Raises RecordError.
    """
    from quiz.services.past_sessions import void_session

    told = workspace.record.trainings(learner.id)
    if not told.current.values:
        return False
    for session, parameters in told.sessions:
        if parameters.since == told.current.since:
            void_session(workspace, session)
    return True
