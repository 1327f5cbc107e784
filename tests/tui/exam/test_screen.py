"""Taking an exam on the screen: no verdicts, and everything kept."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from quiz.core.content.grading import Chosen, Confidence, Entered
from quiz.core.events.model import EventKind
from quiz.core.exam.session import AnswerState
from quiz.core.exam.settings import FeedbackTime
from quiz.core.session import Phase
from quiz.errors import DiskFull
from quiz.services.exam.start import resume_exam
from quiz.tui.exam.hand_in import HandInModal, numbers
from quiz.tui.exam.item_map import ItemMap
from quiz.tui.exam.navigator import NavigatorModal
from quiz.tui.exam.result import ExamResultScreen as Outcome
from quiz.tui.exam.screen import ExamScreen as Taking
from quiz.tui.widgets.feedback import Feedback
from tests.fakes import SECOND
from tests.sampling import one_in
from tests.screens import flat, press, shown
from tests.tui.exam.taker import SIZE, VERDICTS, Taker, begin


async def test_answers_go_on_without_a_verdict_and_are_on_record(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker)
        await press(pilot, taker.clock, "2", "enter")
        assert "Which ocean is the largest?" in flat(taker.app)
        await press(pilot, taker.clock, *"Baltic", "enter")
        assert taker.response("capital") == Chosen(("Lyon",))
        assert taker.response("ocean") == Entered(("Baltic",))
        assert not any(word in flat(taker.app) for word in VERDICTS)
        assert EventKind.ATTEMPT not in taker.recorded


async def test_an_answer_can_be_changed_later(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker)
        await press(pilot, taker.clock, "2", "enter", "f9")
        assert "2 ● Lyon" in flat(taker.app)
        await press(pilot, taker.clock, "1", "enter")
        assert taker.response("capital") == Chosen(("Paris",))


async def test_keys_pressed_faster_than_the_screen_follows_count_for_their_own_items(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker)
        taker.clock.go_on(SECOND)
        for key in ("2", "enter", "x", "y"):
            taker.app.simulate_key(key)
        await pilot.pause()
        await press(pilot, taker.clock, "f9")
        assert taker.response("capital") == Chosen(("Lyon",))
        assert taker.response("ocean") in {None, Entered(("xy",)), Entered(("y",))}


async def test_what_is_typed_is_kept_when_one_goes_elsewhere(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker)
        await press(pilot, taker.clock, "s", *"Pacif", "f9", "s")
        assert taker.app.screen.query_one(Input).value == "Pacif"
        assert taker.response("ocean") == Entered(("Pacif",))


async def test_enter_held_down_does_not_run_through_the_items(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker)
        await press(pilot, taker.clock, "1", "enter")
        for _ in range(10):
            taker.clock.go_on(20)
            await pilot.press("enter")
            await pilot.pause()
        assert taker.session.place == 1


async def test_items_can_be_flagged_and_skipped(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker)
        await press(pilot, taker.clock, "f", "s")
        assert taker.session.flagged == {taker.session.items[0]}
        assert taker.session.place == 1
        assert taker.recorded[-3:] == [EventKind.FLAG, EventKind.SKIP, EventKind.NOTE]
        assert "⚑" in shown(taker.app).splitlines()[1]


async def test_the_navigator_goes_to_any_item(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker)
        await press(pilot, taker.clock, "2", "enter", "f7", "ctrl+g")
        assert isinstance(taker.app.screen, NavigatorModal)
        text = flat(taker.app)
        assert "● 1 answered ○ 3 empty ⚑ 1 flagged" in text
        assert "Which of these are oceans?" in text
        await press(pilot, taker.clock, "end", "enter")
        assert taker.session.place == 3
        await press(pilot, taker.clock, "g", "f", "enter")
        assert taker.session.place == 1
        await press(pilot, taker.clock, "ctrl+g", "e", "enter")
        assert taker.session.place == 2
        await press(pilot, taker.clock, "g", "escape")
        assert taker.session.place == 2


async def test_the_map_goes_to_an_item_by_a_click(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker)
        await pilot.click(ItemMap, offset=(1 + 3 * 2 + 1, 0))
        await pilot.pause()
        assert taker.session.place == 2
        await pilot.click(ItemMap, offset=(60, 0))
        assert taker.session.place == 2


async def test_handing_in_asks_once_and_says_what_is_missing(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker)
        await press(pilot, taker.clock, "1", "f", "enter", "f12")
        assert isinstance(taker.app.screen, HandInModal)
        text = flat(taker.app)
        assert "1 of 4 questions answered." in text
        assert "Empty 2–4" in text
        assert "Flagged 1" in text
        await press(pilot, taker.clock, "n")
        assert taker.session.phase is Phase.ANSWERING
        await press(pilot, taker.clock, "f12", "y")
        assert isinstance(taker.app.screen, Outcome)
        assert taker.recorded[-5:] == [*[EventKind.ATTEMPT] * 4, EventKind.END]


async def test_the_question_leads_to_what_is_empty_or_flagged(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker)
        await press(pilot, taker.clock, "1", "enter", "f6", "f", "d", "e")
        assert taker.session.place == 1
        await press(pilot, taker.clock, "f12", "f")
        assert taker.session.place == 2


async def test_after_the_last_item_it_asks_whether_to_hand_in(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker)
        await press(pilot, taker.clock, "ctrl+g", "end", "enter", "1", "enter")
        assert isinstance(taker.app.screen, HandInModal)
        await press(pilot, taker.clock, "enter")
        assert taker.session.phase is Phase.ANSWERING
        assert isinstance(taker.app.screen, Taking)


async def test_with_everything_answered_nothing_is_missing(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker)
        await press(pilot, taker.clock, "1", "enter", *"Pacific", "enter", "1", "enter", "1", "enter")
        assert "✓ All 4 questions are answered." in flat(taker.app)
        assert "Empty" not in flat(taker.app)


@pytest.mark.parametrize(
    ("places", "text"),
    [((), ""), ((0,), "1"), ((0, 1), "1, 2"), ((1, 2, 3), "2–4"), ((0, 2, 3, 4, 6, 7), "1, 3–5, 7, 8")],
)
def test_numbers_are_listed_as_a_reader_would(places: tuple[int, ...], text: str) -> None:
    assert numbers(places) == text


# Confidence and feedback at once


async def test_one_says_how_sure_one_is_with_the_answer(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker, confidence=True)
        assert "f2 Sure f4 Guess" in flat(taker.app)
        await press(pilot, taker.clock, "1", "f2", *"Pacific", "enter", "1", "f4")
        said = [draft.confidence for draft in taker.session.drafts.values()]
        assert said == [Confidence.SURE, Confidence.FAIRLY, Confidence.GUESS]
        await press(pilot, taker.clock, "g", "home", "enter")
        assert "You said: sure." in flat(taker.app)


async def test_how_sure_one_is_is_not_asked_unless_it_was_set(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker)
        assert "fairly sure" not in flat(taker.app)
        await press(pilot, taker.clock, "1", "f2")
        assert taker.session.place == 0


async def test_with_feedback_at_once_the_verdict_stays_until_one_goes_on(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker, feedback=FeedbackTime.AT_ONCE)
        await press(pilot, taker.clock, "2", "enter")
        assert taker.app.screen.query_one(Feedback).display
        assert "✗ Not quite." in flat(taker.app)
        await press(pilot, taker.clock, "1")
        assert taker.response("capital") == Chosen(("Lyon",))
        await press(pilot, taker.clock, "enter")
        assert "Which ocean is the largest?" in flat(taker.app)
        await press(pilot, taker.clock, "f9")
        assert "✗ Not quite." in flat(taker.app)


async def test_with_feedback_at_once_the_last_verdict_leads_to_the_result(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE) as pilot:
        await begin(pilot, taker, feedback=FeedbackTime.AT_ONCE)
        for keys in (["1"], [*"Pacific"], ["1"], ["1"]):
            await press(pilot, taker.clock, *keys, "enter", "enter")
        assert isinstance(taker.app.screen, Outcome)
        assert len(taker.session.attempts) == 4


# When something is wrong


async def test_what_could_not_be_saved_is_said_and_tried_again(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE, notifications=True) as pilot:
        await begin(pilot, taker)

        def full(*args: object) -> None:
            raise DiskFull("There is no room on the disk.")

        record = taker.workspace.record
        real, record.append = record.append, full
        await press(pilot, taker.clock, "1", "enter")
        assert "There is no room on the disk." in flat(taker.app)
        assert taker.session.place == 0
        record.append = real
        await press(pilot, taker.clock, "enter")
        assert taker.session.place == 1
        assert taker.response("capital") == Chosen(("Paris",))


async def test_another_window_that_went_on_is_followed(taker: Taker) -> None:
    async with taker.app.run_test(size=SIZE, notifications=True) as pilot:
        await begin(pilot, taker)
        other = resume_exam(taker.workspace, taker.session.header)
        other.answer(Chosen(("Nice",)))
        await press(pilot, taker.clock, "1")
        assert "Another window continued" in flat(taker.app)
        assert "Which ocean is the largest?" in flat(taker.app)
        assert taker.session.answer_state(taker.session.items[0]) is AnswerState.ANSWERED


@pytest.mark.parametrize("size", one_in(2, zip([(40, 12), (40, 15), (80, 24), (120, 36), (200, 60)])))
async def test_every_size_shows_item_clock_and_keys(taker: Taker, size: tuple[int, int]) -> None:
    async with taker.app.run_test(size=size) as pilot:
        await begin(pilot, taker, minutes=20)
        text = flat(taker.app)
        for words in ("20:00 left", "1 of 4", "Paris", "1–3 Choose", "Skip"):
            assert words in text
