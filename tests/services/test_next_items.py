"""What comes next of a bank: what is due, then what is new today, then the rest by day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from quiz.core.study_filter import StudyFilter
from quiz.services.next_items import next_items
from quiz.services.study.start import open_study
from tests.fakes import DAY, FakeClock, make_workspace
from tests.sample_banks import SMALL


def test_due_items_come_first_then_new_ones_then_the_others_by_day(
    tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]
) -> None:
    workspace = make_workspace(tmp_path, bank_file(SMALL), clock=clock)
    (bank,) = (summary.id for summary in workspace.library.usable())
    names = [item.id for item in workspace.library.bank(bank).items]
    untouched = next_items(workspace, bank, 20, 20)
    assert [one.item.id for one in untouched] == names
    assert {one.day for one in untouched} == {None}
    live = open_study(workspace, StudyFilter(limit=2))
    assert live is not None
    while live.session.phase != "finished":
        clock.go_on(5000)
        live.submit(live.session.current.item.key_response())
        live.advance()
    told = next_items(workspace, bank, 1, 20)
    assert [one.day is None for one in told] == [True, False, False], "one is new, two come back later"
    clock.go_on(40 * DAY)
    told = next_items(workspace, bank, 1, 2)
    assert [one.day for one in told] == [workspace.today] * 2
    workspace.record.close()
