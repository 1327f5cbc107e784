"""Studying on the screen: what keys do, what is shown when, and that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from textual.widgets import Input

from quiz.core.events.model import EventKind
from quiz.core.study_filter import StudyFilter
from quiz.errors import DiskFull
from quiz.services.study.start import resume_study, start_study
from quiz.tui.app import QuizApp
from quiz.tui.home.screen import HomeScreen
from quiz.tui.study.results import ResultsScreen
from quiz.tui.study.screen import StudyScreen
from tests.drills import Make
from tests.fakes import FakeClock, make_workspace
from tests.sample_banks import SMALL
from tests.screens import arrive, flat, press


def kinds(app: QuizApp) -> list[EventKind]:
    screen = next(screen for screen in app.screen_stack if isinstance(screen, StudyScreen))
    return [event.kind for event in app.workspace.record.events(screen.live.session.header.id)]


async def test_an_answer_is_on_record_before_its_verdict_is_shown(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        await press(pilot, clock, "f")
        recorded = []
        append = app.workspace.record.append

        def watched(session: str, events: object) -> None:
            recorded.append("Correct" in flat(app))
            append(session, events)

        app.workspace.record.append = watched
        await press(pilot, clock, "1", "enter")
        assert recorded == [False]
        assert "✓ Correct." in flat(app)


async def test_a_verdict_that_could_not_be_saved_is_not_shown(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await pilot.pause()
        await press(pilot, clock, "f")

        def full(session: str, events: object) -> None:
            raise DiskFull("There is no room on the disk.", "Make some, then answer again.")

        real, app.workspace.record.append = app.workspace.record.append, full
        await press(pilot, clock, "1", "enter")
        assert "Correct" not in flat(app)
        assert "There is no room on the disk." in flat(app)
        app.workspace.record.append = real
        await press(pilot, clock, "enter")
        assert "✓ Correct." in flat(app)
        assert kinds(app) == [EventKind.FLAG, EventKind.ATTEMPT]


async def test_enter_held_down_hands_in_once_and_leaves_the_verdict(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        await pilot.press("1")
        for _ in range(20):
            clock.go_on(30)
            await pilot.press("enter")
            await pilot.pause()
        assert kinds(app) == [EventKind.ATTEMPT]
        assert "✓ Correct." in flat(app)


async def test_keys_that_arrive_with_an_answer_are_for_its_verdict(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(80, 34)) as pilot:
        await pilot.pause()
        arrive(app, "1⏎4")
        await pilot.pause()
        assert kinds(app) == [EventKind.ATTEMPT, EventKind.RATE]
        await press(pilot, clock, "enter")
        arrive(app, "pacific⏎fn")
        await pilot.pause()
        assert kinds(app)[2:] == [EventKind.ATTEMPT, EventKind.FLAG]
        assert "The Pacific is the largest ocean." in flat(app)


async def test_undo_reaches_back_from_the_end_screen(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        await press(pilot, clock, "1", "enter", "enter")
        await press(pilot, clock, *"pacific", "enter", "enter")
        await press(pilot, clock, "2", "enter", "enter")
        await press(pilot, clock, "1", "2", "enter", "enter")
        assert isinstance(app.screen, ResultsScreen)
        memories = app.workspace.record.memories(app.workspace.learner.id)
        assert len(memories) == 4
        await press(pilot, clock, "u")
        assert isinstance(app.screen, StudyScreen)
        assert "Which of these are oceans?" in flat(app)
        assert len(app.workspace.record.memories(app.workspace.learner.id)) == 3
        await press(pilot, clock, "u", "u")
        assert "Which ocean is the largest?" in flat(app)
        assert "2 of 4" in flat(app)
        assert len(app.workspace.record.memories(app.workspace.learner.id)) == 1
        assert app.workspace.record.rebuild_memory() == 0


async def test_a_refused_typed_answer_can_be_overruled_once(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(80, 34)) as pilot:
        await pilot.pause()
        await press(pilot, clock, "1", "enter", "enter", *"great", "enter")
        assert "✗ Not quite." in flat(app)
        assert "back in this session" in flat(app)
        await press(pilot, clock, "y")
        assert "You counted this as right." in flat(app)
        assert "back in this session" not in flat(app)
        await press(pilot, clock, "y")
        assert kinds(app).count(EventKind.OVERRIDE) == 1


async def test_what_is_neither_right_nor_wrong_is_asked_again_once(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(80, 34)) as pilot:
        await pilot.pause()
        await press(pilot, clock, "1", "enter", "enter", *"Pacific or x", "enter")
        assert "Say it more exactly: give one answer only. This try does not count." in flat(app)
        assert app.screen.query_one(Input).value == "Pacific or x"
        assert kinds(app) == [EventKind.ATTEMPT, EventKind.DRAFT]
        await press(pilot, clock, *["backspace"] * 5, "enter")
        assert "✓ Correct." in flat(app)
        assert "Say it more exactly" not in flat(app)
        assert kinds(app) == [EventKind.ATTEMPT, EventKind.DRAFT, EventKind.ATTEMPT]


async def test_letters_and_digits_belong_to_who_is_typing(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(80, 34)) as pilot:
        await pilot.pause()
        await press(pilot, clock, "1", "enter", "enter")
        typed = ["h", "s", "q", "f", "u", "1", "question_mark", "n", "e"]
        await press(pilot, clock, *typed)
        assert app.screen.query_one(Input).value == "hsqfu1?ne"
        assert kinds(app) == [EventKind.ATTEMPT]


async def test_a_rating_by_hand_changes_when_it_comes_back(make_app: Make, clock: FakeClock) -> None:
    app = make_app(fuzz=False)
    async with app.run_test(size=(80, 34)) as pilot:
        await pilot.pause()
        await press(pilot, clock, "1", "enter")
        assert "back in 2 days" in flat(app)
        await press(pilot, clock, "4")
        assert "back in 8 days" in flat(app)
        await press(pilot, clock, "1")
        assert "back in this session" in flat(app)


async def test_hint_flag_skip_bury_and_suspend(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(90, 34)) as pilot:
        await pilot.pause()
        assert "It lies on the Seine." not in flat(app)
        await press(pilot, clock, "h", "h")
        assert flat(app).count("It lies on the Seine.") == 1
        await press(pilot, clock, "f")
        assert "⚑" in flat(app)
        await press(pilot, clock, "s", "f6", "minus")
        assert "Which of these are oceans?" in flat(app)
        await press(pilot, clock, "at")
        assert "capital of France" in flat(app)
        assert kinds(app) == [
            EventKind.FLAG, EventKind.SKIP, EventKind.SKIP, EventKind.BURY, EventKind.SUSPEND,
        ]  # fmt: skip


async def test_the_note_opens_from_the_feedback_and_closes_again(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(80, 34)) as pilot:
        await pilot.pause()
        assert "reads its note first" in flat(app)
        await press(pilot, clock, "1", "enter", "n")
        assert "The Book, Somebody, 2010, page 3" in flat(app)
        await press(pilot, clock, "escape")
        assert "✓ Correct." in flat(app)
        assert "⏎ Next" in flat(app)


async def test_confidence_is_given_with_the_answer(make_app: Make, clock: FakeClock) -> None:
    app = make_app(confidence=True)
    async with app.run_test(size=(80, 34)) as pilot:
        await pilot.pause()
        assert "f2 Sure" in flat(app)
        await press(pilot, clock, "2", "f2", "enter")
        await press(pilot, clock, *"pacific", "f4", "enter")
        await press(pilot, clock, "2", "enter")
        screen = app.screen
        assert isinstance(screen, StudyScreen)
        assert [event.confidence for event in screen.live.session.attempts] == ["sure", "guess", "fairly"]


async def test_leaving_keeps_the_session_and_continuing_goes_on(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(80, 34)) as pilot:
        await pilot.pause()
        await press(pilot, clock, "1", "enter", "enter", "escape")
        assert isinstance(app.screen, HomeScreen)
        assert "1 of 4 done" in flat(app)
        assert "⏎ Continue where you left off" in flat(app)
        assert "You left" not in flat(app)
        await press(pilot, clock, "enter")
        assert "Which ocean is the largest?" in flat(app)
        await press(pilot, clock, "escape", "delete")
        assert "Continue" not in flat(app)


async def test_a_session_whose_bank_is_not_here_waits_for_it(
    make_app: Make, clock: FakeClock, tmp_path: Path
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 34)) as pilot:
        await pilot.pause()
        await press(pilot, clock, "1", "enter", "escape")
    elsewhere = QuizApp(make_workspace(tmp_path, clock=clock))
    async with elsewhere.run_test(size=(80, 34), notifications=True) as pilot:
        await pilot.pause()
        assert "You left a study session: small, 1 of 4 answered." in flat(elsewhere)
        await press(pilot, clock, "c")
        (notice,) = elsewhere._notifications
        assert notice.message.startswith("The session asks from small, which cannot be read now.")
        assert isinstance(elsewhere.screen, HomeScreen)
        assert elsewhere.workspace.unfinished() is not None
    elsewhere.workspace.record.close()


async def test_ending_what_was_left_may_fail(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(80, 34), notifications=True) as pilot:
        await pilot.pause()
        await press(pilot, clock, "1", "enter", "escape")

        def full(session: str, events: object) -> None:
            raise DiskFull("There is no room on the disk.", "Make some, then try again.")

        app.workspace.record.append = full
        await press(pilot, clock, "delete")
        assert "There is no room on the disk." in flat(app)
        assert app.workspace.unfinished() is not None


async def test_another_window_on_the_same_session_is_noticed(
    make_app: Make, clock: FakeClock, tmp_path: Path, bank_file: Callable[[str], Path]
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 34), notifications=True) as pilot:
        await pilot.pause()
        await press(pilot, clock, "f")
        other = make_workspace(tmp_path, bank_file(SMALL), clock=clock)
        left = other.unfinished()
        assert left is not None
        twin = resume_study(other, left)
        twin.submit(twin.session.current.item.key_response())
        other.record.close()
        await press(pilot, clock, "1", "enter")
        assert "Another window" in flat(app)
        assert "Which ocean is the largest?" in flat(app)
        assert kinds(app) == [EventKind.FLAG, EventKind.ATTEMPT]


async def test_what_another_window_answered_is_not_asked_again(
    make_app: Make, clock: FakeClock, tmp_path: Path, bank_file: Callable[[str], Path]
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 34)) as pilot:
        await pilot.pause()
        other = make_workspace(tmp_path, bank_file(SMALL), clock=clock, seed=9)
        clock.go_on(1000)
        twin = start_study(other, StudyFilter(banks=("small",)))
        assert twin is not None
        for _ in range(2):
            twin.submit(twin.session.current.item.key_response())
            twin.advance()
        other.record.close()
        await press(pilot, clock, "1", "enter", "enter")
        assert "Paris lies by the sea." in flat(app)


async def test_everything_can_be_done_by_mouse(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(100, 34)) as pilot:
        await pilot.pause()
        await pilot.press("1")
        clock.go_on(1000)
        await pilot.press("enter")
        await pilot.pause()
        clock.go_on(1000)
        assert await pilot.click("ActionLine", offset=(4, 0))
        await pilot.pause()
        assert "Which ocean is the largest?" in flat(app)


@pytest.mark.parametrize("key", ["minus", "at"], ids=["buried", "suspended"])
async def test_undo_at_the_next_item_shows_the_item_whose_verdict_it_shows(
    make_app: Make, clock: FakeClock, key: str
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        await press(pilot, clock, "2", "enter", key, "f9")
        assert "✗ Not quite." in flat(app)
        assert "Which city is the capital of France?" in flat(app)
        assert "Which ocean is the largest?" not in flat(app)


SORTING = """\
format: 1
bank: small
title: What belongs where
topics: {waters: Waters}
notes: {water: {title: Water, where: page 1, text: Some of it is salt.}}
items:
  - id: waters
    kind: sorting
    topic: waters
    stem: Sort the waters by what they are.
    hint: Think of salt.
    rationale: Rivers are fresh, seas are not.
    cites: [water]
    categories:
      Rivers:
        - The Rhine with all of the arms of its wide delta
        - The Danube below the gate, to the Black Sea
        - The Oder from its spring down to the lagoon
      Salt water:
        - The Baltic Sea on both sides of the islands
        - The North Sea and the banks that lie in it
"""


async def test_sorting_leaves_the_stem_in_its_row_up_to_the_verdict(make_app: Make, clock: FakeClock) -> None:
    app = make_app(SORTING)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, StudyScreen)
        tops = [screen.pane.stem.region.y]
        for key in ("1", "2", "1", "1", "1", "enter"):
            await press(pilot, clock, key)
            tops.append(screen.pane.stem.region.y)
        assert screen.pane.response.is_marked
        assert set(tops) == {tops[0]}
        rows = [row.region for row in screen.pane.response.left_rows]
        assert [below.y - above.bottom for above, below in pairwise(rows)] == [1] * 4
