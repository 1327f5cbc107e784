"""Settings of single banks: what they do to study, exams and the schedule, and what a bank recommends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from quiz.config.settings import Config
from quiz.core.content.bank_settings import BankSettings
from quiz.core.session import Phase
from quiz.core.study_filter import StudyFilter
from quiz.services.bank_settings import recommended, set_for_bank, stepped, take_recommended
from quiz.services.exam.start import usual_settings
from quiz.services.home import bank_view, home_view
from quiz.services.study.choosing import Shelf
from quiz.services.study.start import items_for, queue_for, start_study
from quiz.services.workspace import Workspace
from tests.fakes import DAY, FakeClock, make_workspace
from tests.sample_banks import SMALL

ADVICE = (
    "recommends: {new_per_day: 3, order: prerequisites, retention: 0.8, confidence: true, pass_mark: 75}\n"
)
OTHER = SMALL.replace("bank: small", "bank: other")


@pytest.fixture
def two(tmp_path: Path, clock: FakeClock) -> Iterator[Workspace]:
    files = tmp_path / "small.yaml", tmp_path / "other.yaml"
    files[0].write_text(SMALL.replace("topics:\n", ADVICE + "topics:\n"), encoding="utf-8")
    files[1].write_text(OTHER, encoding="utf-8")
    made = make_workspace(tmp_path, *files, clock=clock, config=Config(new_per_day=20))
    yield made
    made.record.close()


def new_of(workspace: Workspace, bank: str) -> list[str]:
    return [ref.item for ref in queue_for(workspace, StudyFilter(), 1).new if ref.bank == bank]


def answer_all(workspace: Workspace, bank: str) -> None:
    live = start_study(workspace, StudyFilter(banks=(bank,)))
    assert live is not None
    while live.session.phase is not Phase.FINISHED:
        live.submit(live.session.current.item.key_response())
        live.advance()


def test_a_bank_recommends_and_the_learner_decides(two: Workspace) -> None:
    assert recommended(two, "small") == BankSettings(3, "prerequisites", 0.8, True, 75)
    assert two.config.for_bank("small") == BankSettings(20, "file", 0.9, False)
    assert take_recommended(two, "small")
    assert two.config.for_bank("small") == recommended(two, "small")
    assert not take_recommended(two, "other")
    for name in BankSettings.__struct_fields__:
        set_for_bank(two, "small", name, None)
    assert two.config.bank == {}


def test_new_items_a_day_are_those_of_the_bank_and_told_the_same_everywhere(
    two: Workspace, clock: FakeClock
) -> None:
    set_for_bank(two, "small", "new_per_day", 1)
    assert (len(new_of(two, "small")), len(new_of(two, "other"))) == (1, 4)
    view = home_view(two)
    assert [(line.key, line.today.new, line.today.new_waiting) for line in view.lines] == [
        ("small", 1, 3), ("other", 4, 0),
    ]  # fmt: skip
    assert (view.today.new, view.today.new_waiting) == (5, 3)
    assert bank_view(two, "small").today.new == 1
    assert Shelf(two).choices(StudyFilter()).items == len(items_for(two, StudyFilter(), 1)) == 5
    answer_all(two, "small")
    assert new_of(two, "small") == []
    assert len(queue_for(two, StudyFilter(more_new=2), 1).new) == 6
    clock.go_on(DAY)
    assert len(new_of(two, "small")) == 1


def test_the_order_of_new_items(two: Workspace, clock: FakeClock) -> None:
    set_for_bank(two, "small", "order", "prerequisites")
    assert new_of(two, "small") == ["capital", "salt", "ocean", "largest"]
    set_for_bank(two, "small", "new_per_day", 2)
    set_for_bank(two, "small", "order", "by-topic")
    assert set(new_of(two, "small")) == {"capital", "salt"}
    set_for_bank(two, "small", "order", "random")
    days = set()
    for _ in range(12):
        assert new_of(two, "small") == new_of(two, "small")
        days.add(frozenset(new_of(two, "small")))
        clock.go_on(DAY)
    assert len(days) > 1


def test_retention_is_that_of_the_bank(two: Workspace, clock: FakeClock) -> None:
    set_for_bank(two, "other", "retention", 0.75)
    for bank in ("small", "other"):
        answer_all(two, bank)
    clock.go_on(3 * DAY)
    for bank in ("small", "other"):
        answer_all(two, bank)
    memories = two.record.memories(two.learner.id)
    waits = {
        bank: {
            (memory.due - memory.card.last_review) / DAY
            for ref, memory in memories.items()
            if memory.card and ref.bank == bank
        }
        for bank in ("small", "other")
    }
    assert min(waits["other"]) > max(waits["small"])
    assert two.record.rebuild_memory() == 0


def test_confidence_and_pass_mark_are_those_of_the_bank(two: Workspace) -> None:
    set_for_bank(two, "small", "confidence", True)
    set_for_bank(two, "small", "pass_mark", 75)
    live = start_study(two, StudyFilter())
    assert live is not None
    asked = {live.session.lookup[ref].bank.bank: None for ref in live.session.queue}
    assert set(asked) == {"small", "other"}
    while live.session.phase is not Phase.FINISHED:
        assert live.session.asks_confidence is (live.session.current.bank.bank == "small")
        live.submit(live.session.current.item.key_response())
        live.advance()
    assert (usual_settings(two, ("small",)).pass_mark, usual_settings(two, ("other",)).pass_mark) == (
        75,
        None,
    )
    assert usual_settings(two, ("small", "other")).pass_mark is None


def test_values_are_stepped() -> None:
    assert [stepped("new_per_day", value, 1) for value in (4, 100, 500)] == [5, 100, 500]
    assert stepped("new_per_day", 4, -1) == 3
    assert stepped("order", "prerequisites", 1) == "file"
    assert stepped("pass_mark", None, 1) == 50
    assert msgspec.to_builtins(BankSettings()) == {}
