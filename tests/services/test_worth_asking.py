"""What is studied is the same whether all banks are looked into or only as many as are needed."""

from __future__ import annotations

from pathlib import Path
from random import Random

import msgspec
import pytest

from quiz.core.scheduling.study_selection import WorthAsking, filtered, study_queue, worth_asking
from quiz.core.session import Phase
from quiz.core.study_filter import StudyFilter
from quiz.errors import BankError
from quiz.services.study.start import queue_for, start_study
from quiz.services.workspace import Workspace
from tests.fakes import DAY, FakeClock, make_workspace
from tests.sample_banks import SMALL

BANKS = 7


@pytest.fixture
def many(tmp_path: Path, clock: FakeClock) -> Workspace:
    for number in range(BANKS):
        text = SMALL.replace("bank: small", f"bank: small-{number}")
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
    return make_workspace(tmp_path, *sorted(tmp_path.glob("*.yaml")), clock=clock)


def from_all(workspace: Workspace, study_filter: StudyFilter, seed: int) -> object:
    new = workspace.record.new_since(workspace.learner.id, workspace.day_start)
    memories = workspace.record.memories(workspace.learner.id)
    parts = [
        worth_asking(
            filtered(workspace.library.contents(bank.id).items, study_filter.topics, study_filter.tags),
            {ref.item: memory for ref, memory in memories.items() if ref.bank == bank.id},
            workspace.day_end,
        )
        for bank in workspace.library.usable()
    ]
    return study_queue(
        WorthAsking(*([each for part in parts for each in part[place]] for place in range(3))),
        new_left=max(0, workspace.config.new_per_day - new),
        seed=seed,
        limit=study_filter.limit,
    )


@pytest.mark.parametrize("seed", range(12))
def test_the_queue_is_that_of_all_banks(seed: int, many: Workspace, clock: FakeClock) -> None:
    rng = Random(seed)
    for _ in range(5):
        many.config = msgspec.structs.replace(many.config, new_per_day=rng.choice([0, 1, 3, 9, 40]))
        study_filter = StudyFilter(
            topics=rng.choice([(), ("cities",)]), limit=rng.choice([None, None, 0, 2, 6])
        )
        assert queue_for(many, study_filter, seed) == from_all(many, study_filter, seed)
        live = start_study(many, StudyFilter(banks=(f"small-{rng.randrange(BANKS)}",)))
        while live is not None and live.session.phase is not Phase.FINISHED:
            live.submit(live.session.current.item.key_response())
            live.advance()
        clock.go_on(rng.choice([1, 2, 9]) * DAY)
    many.record.close()


def test_banks_that_are_not_needed_are_not_looked_into(
    many: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    contents = many.library.contents
    monkeypatch.setattr(many.library, "contents", lambda bank: (looked.append(bank), contents(bank))[1])
    assert queue_for(many, StudyFilter(limit=5), 1).new
    assert looked == ["small-0", "small-1"]
    many.record.close()


def test_a_bank_that_is_named_must_be_readable(many: Workspace) -> None:
    with pytest.raises(BankError):
        queue_for(many, StudyFilter(banks=("small-0", "gone"), limit=1), 1)
    many.record.close()
