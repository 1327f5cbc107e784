"""Every place that one can go to is measured."""

from __future__ import annotations

from pathlib import Path
from random import Random

from benchmarks.every_route import NOT_MEASURED, add_class, prepared
from benchmarks.generate_record import LEARNER, generate
from quiz.config.settings import Config
from quiz.tui.routes import Route
from tests.fakes import NOON, FakeClock, make_workspace


def test_every_route_is_measured(tmp_path: Path) -> None:
    generate(tmp_path, attempts=60, items=60, banks=2, days=9, seed=1, until=NOON)
    banks = sorted((tmp_path / "banks").iterdir())
    workspace = make_workspace(tmp_path, *banks, config=Config(learner=LEARNER), clock=FakeClock(step=1))
    workspace.rng = Random(2)
    add_class(workspace)
    opened = {type(prepare()()) for prepare in prepared(workspace).values()}
    workspace.record.close()
    assert opened | NOT_MEASURED == set(Route.__subclasses__())
