"""Homes with a generated record, for tests that need much on it."""

from __future__ import annotations

from pathlib import Path

from benchmarks.generate_record import LEARNER, generate
from quiz.config.settings import Config
from quiz.services.workspace import Workspace
from tests.fakes import NOON, FakeClock, make_workspace


def generated_home(folder: Path, *, attempts: int, items: int, days: int = 60) -> Path:
    """Make a home with the record of a learner who studied until noon of the fakes' day, and return it."""
    generate(folder, attempts=attempts, items=items, banks=2, days=days, seed=3, until=NOON)
    return folder


def generated_workspace(home: Path, clock: FakeClock | None = None) -> Workspace:
    """Open a generated home as its learner."""
    banks = sorted((home / "banks").iterdir())
    return make_workspace(home, *banks, config=Config(learner=LEARNER), clock=clock or FakeClock(NOON))
