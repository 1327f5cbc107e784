"""The clock of an exam on the screen: visible, never in the way, not to be fooled."""

from __future__ import annotations

import pytest

from quiz.core.content.grading import Chosen, Verdict
from quiz.core.events.model import Mode
from quiz.services.exam.start import resume_exam
from quiz.tui.dialogs.confirm import ConfirmModal
from quiz.tui.dialogs.help import HelpModal
from quiz.tui.exam.item_map import ItemMap
from quiz.tui.exam.navigator import NavigatorModal
from quiz.tui.exam.result import ExamResultScreen as Outcome
from quiz.tui.exam.screen import ExamScreen as Taking
from quiz.tui.home.screen import HomeScreen
from tests.fakes import DAY, HOUR, MINUTE, SECOND
from tests.screens import flat, press, shown
from tests.tui.exam.taker import SIZE, Taker, begin

# Time


async def test_the_time_left_is_shown_and_announced_where_it_covers_nothing(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker, minutes=20)
        assert "20:00 left" in shown(taker.app).splitlines()[0]
        before = shown(taker.app).splitlines()[1:]
        taker.clock.go_on(10 * MINUTE)
        await taker.app.screen._tick()
        await pilot.pause()
        top = shown(taker.app).splitlines()[0]
        assert "Half of the time is left: 10:00." in top
        assert "10:00 left" in top
        assert shown(taker.app).splitlines()[1:] == before
        taker.clock.go_on(11 * SECOND)
        await taker.app.screen._tick()
        assert "A small bank · exam" in shown(taker.app).splitlines()[0]


async def test_at_times_end_the_test_is_handed_in(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker, minutes=20)
        await press(pilot, taker.clock, "s", *"Pacific")
        taker.clock.go_on(20 * MINUTE)
        await taker.app.screen._tick()
        await pilot.pause()
        assert isinstance(taker.app.screen, Outcome)
        assert "Handed in when time was over." in flat(taker.app)
        verdicts = [event.verdict for event in taker.session.attempts.values()]
        assert verdicts == [Verdict.SKIPPED, Verdict.CORRECT, Verdict.SKIPPED, Verdict.SKIPPED]


@pytest.mark.parametrize("key", ["d", "g", "escape", "question_mark"])
async def test_at_times_end_the_result_comes_whatever_lies_over_the_test(taker: Taker, key: str) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker, minutes=20)
        await press(pilot, taker.clock, key)
        assert not isinstance(taker.app.screen, Taking)
        over = taker.app.screen
        taking = taker.app.screen_stack[-2]
        taker.clock.go_on(HOUR)
        await taking._tick()
        await pilot.pause()
        if isinstance(over, HelpModal):
            assert taker.app.screen is over
            await press(pilot, taker.clock, "escape")
        assert isinstance(taker.app.screen, Outcome)
        assert taking not in taker.app.screen_stack


async def test_leaving_asks_if_the_clock_goes_on_and_all_is_kept(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker, minutes=20)
        await press(pilot, taker.clock, "1", "escape")
        assert isinstance(taker.app.screen, ConfirmModal)
        await press(pilot, taker.clock, "n")
        assert isinstance(taker.app.screen, Taking)
        await press(pilot, taker.clock, "q", "y")
        assert isinstance(taker.app.screen, HomeScreen)
    taker.clock.go_on(5 * MINUTE)
    header = taker.workspace.unfinished()
    assert header is not None
    assert header.mode is Mode.EXAM
    live = resume_exam(taker.workspace, header)
    assert live.session.response(live.session.ref) == Chosen(("Paris",))
    assert (live.left_ms() or 0) < 15 * MINUTE


async def test_without_a_limit_leaving_does_not_ask(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker)
        await press(pilot, taker.clock, "escape")
        assert isinstance(taker.app.screen, HomeScreen)


async def test_a_test_whose_time_ran_out_while_closed_shows_its_result(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker, minutes=20)
        await press(pilot, taker.clock, "1", "q", "y")
        taker.clock.go_on(DAY)
        taker.app.push_screen(Taking(taker.workspace, resume_exam(taker.workspace, taker.session.header)))
        await pilot.pause()
        assert isinstance(taker.app.screen, Outcome)
        assert isinstance(taker.app.screen_stack[-2], HomeScreen)


async def test_an_item_closes_when_its_time_is_used_up(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker, seconds_per_item=30)
        assert "0:30 for this item" in flat(taker.app)
        await press(pilot, taker.clock, "2")
        taker.clock.go_on(30 * SECOND)
        await taker.app.screen._tick()
        await pilot.pause()
        assert "Which ocean is the largest?" in flat(taker.app)
        assert taker.session.place == 1
        await pilot.click(ItemMap, offset=(2, 0))
        assert taker.session.place == 1
        await press(pilot, taker.clock, "ctrl+g", "home")
        assert "time used up" in flat(taker.app)
        await press(pilot, taker.clock, "enter")
        assert isinstance(taker.app.screen, NavigatorModal)
