"""How often a missed item comes back: not at once, at most four times a day, and then tomorrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from quiz.core.content.grading import Entered
from quiz.core.events.model import EventKind
from quiz.core.session import Phase
from quiz.core.study.state import MOST_RETURNS, RETURN_AFTER_MS
from quiz.core.study_filter import StudyFilter
from quiz.services.home import home_view
from quiz.services.study.live import LiveStudy
from quiz.services.study.start import open_study, resume_study, start_study
from quiz.services.workspace import Workspace
from tests.fakes import DAY, HOUR, MINUTE, SECOND, FakeClock, make_workspace

BANK = "format: 1\nbank: words\ntitle: Words\nlanguage: en\nitems:\n" + "".join(
    f"  - {{id: w{k}, kind: short-answer, stem: 'Word {k}?', key: right}}\n" for k in range(8)
)


@pytest.fixture
def workspace(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Workspace]:
    made = make_workspace(tmp_path, bank_file(BANK), clock=clock)
    yield made
    made.record.close()


def begun(workspace: Workspace, count: int) -> LiveStudy:
    items = [candidate.ref for candidate in workspace.candidates()][:count]
    live = start_study(workspace, StudyFilter(), items)
    assert live is not None
    return live


def give(live: LiveStudy, clock: FakeClock, *, right: bool = False) -> str:
    """Answer the current item ten seconds later, and return which it was."""
    item = live.session.current.item.id
    clock.go_on(10 * SECOND)
    live.submit(Entered(("right" if right else "wrong",)))
    return item


def test_an_item_that_is_never_known_comes_back_four_times_and_then_waits_for_tomorrow(
    workspace: Workspace, clock: FakeClock
) -> None:
    live, asked = begun(workspace, 2), []
    while live.session.phase is not Phase.FINISHED:
        asked.append(give(live, clock))
        clock.go_on(2 * MINUTE)
        if live.session.is_given_up:
            assert live.coming_back().words == "asked 5 times today: read its note, it comes back tomorrow"
        live.advance()
    assert (asked.count("w0"), asked.count("w1")) == (1 + MOST_RETURNS, 1 + MOST_RETURNS)
    assert home_view(workspace).today.due == 0
    assert home_view(workspace).left == ()
    again = open_study(workspace, StudyFilter())
    assert again is not None
    assert {"w0", "w1"}.isdisjoint({ref.item for ref in again.session.queue})
    clock.go_on(DAY)
    assert home_view(workspace).today.due == 2
    assert workspace.record.rebuild_memory() == 0


def test_what_was_asked_earlier_today_counts_too(workspace: Workspace, clock: FakeClock) -> None:
    live = begun(workspace, 2)
    for _ in range(6):
        give(live, clock)
        clock.go_on(2 * MINUTE)
        live.advance()
    live, asked = begun(workspace, 2), 0
    while live.session.phase is not Phase.FINISHED:
        asked += give(live, clock) == "w0"
        clock.go_on(2 * MINUTE)
        live.advance()
    assert asked == 2
    rebuilt = resume_study(workspace, live.session.header)
    assert rebuilt.session.queue == live.session.queue


def test_giving_an_item_up_is_taken_back_with_the_attempt(workspace: Workspace, clock: FakeClock) -> None:
    live = begun(workspace, 2)
    while not live.session.is_given_up:
        if live.is_reviewing:
            live.advance()
        item = give(live, clock)
        clock.go_on(2 * MINUTE)
    live.advance()
    live.undo()
    assert live.session.phase is Phase.ANSWERING
    assert live.session.current.item.id == item
    kinds = [event.kind for event in workspace.record.effective_events(live.session.header.id)]
    assert EventKind.BURY not in kinds
    assert workspace.record.rebuild_memory() == 0


def test_others_are_asked_before_one_that_was_answered_just_now(
    workspace: Workspace, clock: FakeClock
) -> None:
    live = begun(workspace, 8)
    missed = give(live, clock)
    live.advance()
    for _ in range(4):
        give(live, clock, right=True)
        live.advance()
    assert live.session.current.item.id != missed  # four others came between, but only fifty seconds
    clock.go_on(RETURN_AFTER_MS)
    give(live, clock, right=True)
    live.advance()
    assert live.session.current.item.id == missed


def test_one_that_is_missed_again_with_nothing_else_to_ask_waits_for_its_time(
    workspace: Workspace, clock: FakeClock
) -> None:
    live = begun(workspace, 1)
    give(live, clock)
    assert live.coming_back().words.startswith("back in this session")
    live.advance()
    give(live, clock)
    assert live.coming_back().words == "back later today, then tomorrow"
    live.advance()
    assert live.session.phase is Phase.FINISHED
    assert home_view(workspace).today.due == 1
    live.undo()
    assert live.session.phase is Phase.ANSWERING


def test_what_comes_back_tomorrow_is_said_in_days(workspace: Workspace, clock: FakeClock) -> None:
    clock.go_on(8 * HOUR)
    live = begun(workspace, 8)
    give(live, clock)
    live.advance()
    while live.session.current.item.id != "w0":
        give(live, clock, right=True)
        live.advance()
    give(live, clock, right=True)
    back = live.coming_back()
    assert back.words == "back tomorrow"
    assert [back.intervals[rating] for rating in (2, 3, 4)] == [timedelta(days=1)] * 3
    assert back.intervals[1] == timedelta(minutes=10)


def test_what_was_being_asked_is_still_asked_after_an_edit_an_undo_and_a_restart(
    workspace: Workspace, clock: FakeClock
) -> None:
    """The item that was missed just now gives way to the one after it."""
    live = begun(workspace, 7)
    for right in (False, True, True, True, True):
        give(live, clock, right=right)
        live.advance()
    assert asked(live) == ["w5", "w0", "w6"]
    live.replace_items(live.session.lookup)
    assert asked(live) == ["w5", "w0", "w6"]
    assert give(live, clock) == "w5"
    live.undo()
    assert asked(live) == ["w5", "w0", "w6"]
    assert asked(resume_study(workspace, live.session.header)) == ["w5", "w0", "w6"]


def test_items_that_are_added_in_going_on_leave_what_is_asked_in_front(
    workspace: Workspace, clock: FakeClock
) -> None:
    live = begun(workspace, 7)
    for right in (False, True, True, True):
        give(live, clock, right=right)
        live.advance()
    give(live, clock, right=True)
    resumed = resume_study(workspace, live.session.header)
    assert asked(resumed) == ["w5", "w0", "w6"]
    more = [each.ref for each in workspace.candidates() if each.ref.item == "w7"]
    resumed.add(more, workspace.lookup(workspace.banks()))
    assert asked(resumed) == ["w5", "w0", "w6", "w7"]
    assert asked(resume_study(workspace, live.session.header)) == ["w5", "w0", "w6", "w7"]


def test_a_miss_of_what_was_right_earlier_today_leaves_its_day_as_it_is(
    workspace: Workspace, clock: FakeClock
) -> None:
    live = begun(workspace, 1)
    give(live, clock, right=True)
    day, was = live.coming_back().words, live.memory()
    live.advance()
    live = begun(workspace, 2)
    give(live, clock)
    back = live.coming_back()
    assert day.startswith("back in ")
    assert back.words == f"back in this session, then {day.removeprefix('back ')}"
    assert back.intervals == {}, "no rating would change it"
    after = live.memory()
    assert was is not None
    assert after is not None
    assert after.due == was.due


def asked(live: LiveStudy) -> list[str]:
    """Return the items still to be asked, the current one first."""
    return [ref.item for ref in live.session.queue]
