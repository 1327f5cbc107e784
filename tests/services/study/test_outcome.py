"""The end of a study session: the whole forecast with the session's share, and what is left of the day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quiz.config.settings import Config
from quiz.core.content.grading import Entered
from quiz.core.events.model import SessionHeader
from quiz.core.scheduling.card import LEECH_AT
from quiz.core.session import Phase
from quiz.core.study_filter import StudyFilter
from quiz.errors import RecordConflict
from quiz.exchange.statistics_text import leech_lines
from quiz.services.home import home_view
from quiz.services.leeches import leeches
from quiz.services.statistics import overview_of
from quiz.services.study import start
from quiz.services.study.live import LiveStudy
from quiz.services.study.outcome import study_outcome
from quiz.services.study.start import open_study, start_study
from quiz.services.suspension import set_suspended
from quiz.services.workspace import Workspace
from tests.fakes import DAY, MINUTE, SECOND, FakeClock, make_workspace

BANK = (
    "format: 1\nbank: words\ntitle: Words\nlanguage: en\nnotes: {n: {title: N, text: Some text.}}\nitems:\n"
)
BANK += "".join(
    f"  - {{id: w{k}, kind: short-answer, stem: 'Word {k}?', key: right, cites: [n]}}\n" for k in range(30)
)


@pytest.fixture
def workspace(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Workspace]:
    made = make_workspace(tmp_path, bank_file(BANK), clock=clock, config=Config(new_per_day=20))
    yield made
    made.record.close()


def answered(workspace: Workspace, clock: FakeClock, *answers: bool, items: int | None = None) -> LiveStudy:
    """Answer a session's items, right where no more answers are given."""
    refs = [candidate.ref for candidate in workspace.candidates()][:items]
    live = (
        open_study(workspace, StudyFilter()) if items is None else start_study(workspace, StudyFilter(), refs)
    )
    assert live is not None
    left = list(answers)
    while live.session.phase is not Phase.FINISHED:
        clock.go_on(10 * SECOND)
        live.submit(Entered(("right" if not left or left.pop(0) else "wrong",)))
        clock.go_on(2 * MINUTE)
        live.advance()
    return live


def test_the_forecast_is_that_of_all_banks_with_the_sessions_share_beside_it(
    workspace: Workspace, clock: FakeClock
) -> None:
    answered(workspace, clock)
    live = answered(workspace, clock, items=2)
    told = study_outcome(workspace, live)
    whole = overview_of(workspace, workspace.learner).forecast
    assert [day.items for day in told.coming] == [day.items for day in whole.days[: len(told.coming)]]
    assert [day.day for day in told.coming] == [day.day for day in whole.days[: len(told.coming)]]
    assert sum(day.items for day in told.coming) + told.later == 20
    assert sum(day.of_session for day in told.coming) + told.later_of_session == 2
    assert all(day.of_session <= day.items for day in told.coming)
    assert told.coming[0].items == home_view(workspace).due
    assert (told.is_day_complete, told.today.new_waiting, told.streak.days) == (True, 10, 1)


def test_what_is_left_of_the_day_is_told(workspace: Workspace, clock: FakeClock) -> None:
    live = answered(workspace, clock, items=5)
    told = study_outcome(workspace, live)
    assert (told.is_day_complete, told.today.new, told.today.new_waiting) == (False, 15, 10)
    assert told.today == home_view(workspace).today


def test_leeches_are_listed_with_what_to_do(workspace: Workspace, clock: FakeClock) -> None:
    assert leeches(workspace, workspace.learner) == ()
    for _ in range(LEECH_AT):
        answered(workspace, clock, False, items=1)
        clock.go_on(90 * DAY)
    (leech,) = leeches(workspace, workspace.learner)
    assert (leech.ref.item, leech.misses, leech.notes, leech.bank) == ("w0", LEECH_AT, ("n",), "Words")
    assert leech.advice.startswith("Read its note")
    lines = "\n".join(leech_lines([leech]))
    assert "Word 0? (words/w0, not known on 8 days)" in lines
    assert leech.advice in lines
    assert home_view(workspace).lines[0].counts.leeches == 1
    set_suspended(workspace, leech.ref, workspace.learner, is_suspended=True)
    assert leeches(workspace, workspace.learner) == ()
    assert home_view(workspace).lines[0].counts.leeches == 0


def test_a_session_that_another_window_has_just_ended_is_no_hindrance(
    workspace: Workspace, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = start_study(workspace, StudyFilter())
    assert left is not None
    left.submit(Entered(("right",)))
    workspace.let_go()
    clock.go_on(DAY)

    def too_late(_: Workspace, header: SessionHeader) -> None:
        raise RecordConflict(header.id)

    monkeypatch.setattr(start, "end_session", too_late)
    assert start_study(workspace, StudyFilter()) is not None
