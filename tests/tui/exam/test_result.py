"""The result and the review of an exam on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quiz.core.content.grading import Chosen, Confidence, Entered
from quiz.core.exam.settings import ExamSettings as Settings
from quiz.core.item_result import ReviewFilter
from quiz.errors import UsageError
from quiz.services.exam.start import start_exam
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.dialogs.note import NoteModal
from quiz.tui.exam.exam_score import ExamScore
from quiz.tui.exam.filter_bar import FilterBar
from quiz.tui.exam.result import ExamResultScreen as Outcome
from quiz.tui.exam.review import ReviewScreen
from quiz.tui.exam.setup import ExamSetupScreen as Setup
from quiz.tui.home.screen import HomeScreen
from quiz.tui.responses.base import ResponseWidget
from quiz.tui.study.screen import StudyScreen
from quiz.tui.widgets.large_digits import large_digits
from tests.fakes import DAY, SECOND, FakeClock, make_workspace
from tests.sample_banks import SMALL
from tests.sampling import spread
from tests.screens import flat, press, shown

SIZE = (80, 40)
GIVEN = [
    (Chosen(("Lyon",)), Confidence.SURE),
    (Entered(("Pacific",)), Confidence.FAIRLY),
    None,
    (Chosen(("Pacific",)), Confidence.GUESS),
]


@pytest.fixture
def small(tmp_path: Path, clock: FakeClock, bank_file: Callable[..., Path]) -> Iterator[Workspace]:
    """A workspace on the small bank."""
    made = make_workspace(tmp_path, bank_file(SMALL), clock=clock)
    yield made
    made.record.close()


def taken(workspace: Workspace, given: list[object] = GIVEN, **told: object) -> str:
    """Take an exam: wrong and sure, right, empty and flagged, half right; return its id."""
    live = start_exam(workspace, ("small",), Settings(shuffle=False, **told), seed=1)
    for what in given:
        workspace.clock.go_on(10 * SECOND)
        if what is None:
            live.flag()
            live.advance()
        else:
            live.answer(*what)
    live.hand_in()
    return live.session.header.id


async def shown_on(pilot: object, app: QuizApp, screen: object) -> None:
    await pilot.pause()  # type: ignore[attr-defined]
    app.push_screen(screen)
    await pilot.pause()  # type: ignore[attr-defined]


async def test_points_and_per_cent_are_shown_large(small: Workspace) -> None:
    app = QuizApp(small)
    async with app.run_test(size=SIZE) as pilot:
        await shown_on(pilot, app, Outcome(small, taken(small, pass_mark=60)))
        drawn = app.screen.query_one(ExamScore).render().plain.splitlines()
        assert all(line.startswith(large) for line, large in zip(drawn, large_digits("38"), strict=False))
        text = flat(app)
        for words in (
            "1.5 of 4 points",
            "✗ Not passed",
            "✓ 1 right",
            "◐ 1 partly",
            "✗ 1 wrong",
            "– 1 left empty",
        ):
            assert words in text
        assert "Certainty" not in text


async def test_topics_times_and_earlier_tests_are_shown(small: Workspace, clock: FakeClock) -> None:
    for given in (GIVEN[1:], [*GIVEN[:1], *GIVEN[1:2]]):
        taken(small, list(given))
        clock.go_on(DAY)
    app = QuizApp(small)
    async with app.run_test(size=(80, 60)) as pilot:
        await shown_on(pilot, app, Outcome(small, taken(small)))
        text = flat(app)
        for words in (
            "Cities",
            "Seas",
            "75 %",
            "before: last 25 %, best",
            "Half of the questions took longer than 0:10.",
            "– 3 Paris lies by the sea.",
        ):
            assert words in text


async def test_on_a_small_screen_all_questions_stand_in_a_row_over_two_misses(workspace: Workspace) -> None:
    live = start_exam(workspace, ("courtship",), Settings(items=18, pass_mark=60), seed=1)
    live.hand_in()
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await shown_on(pilot, app, Outcome(workspace, live.session.header.id))
        assert live.session.settings.form not in flat(app)
        rows = shown(app).splitlines()
        (numbers,) = (row.split() for row in rows if row.split()[:3] == ["1", "2", "3"])
        assert numbers == [str(number) for number in range(1, 19)]
        missed = rows[[row.strip() for row in rows].index("Missed") :]
        assert sum("left empty" in row for row in missed) == 2
        assert sum("✓ " in row for row in missed) == 2
        score, page = app.screen.query_one(ExamScore).region, app.screen.query_one("#page").region
        assert score.right < page.right - 1


async def test_certainty_based_marks_stand_beside_plain_ones(small: Workspace) -> None:
    app = QuizApp(small)
    async with app.run_test(size=SIZE) as pilot:
        await shown_on(pilot, app, Outcome(small, taken(small, confidence=True)))
        text = flat(app)
        assert "Certainty-based marks -3.5 of 12" in text
        assert "sure 1 0 % -6 too sure" in text


async def test_it_leads_to_the_review_and_home(small: Workspace, clock: FakeClock) -> None:
    app = QuizApp(small)
    async with app.run_test(size=SIZE) as pilot:
        await shown_on(pilot, app, Outcome(small, taken(small)))
        await pilot.press("enter")
        assert isinstance(app.screen, Outcome)  # a key held down since the exam
        await press(pilot, clock, "enter")
        assert isinstance(app.screen, ReviewScreen)
        await press(pilot, clock, "escape", "escape")
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("kind", [Outcome, ReviewScreen])
async def test_the_missed_ones_are_studied_as_a_new_session(
    small: Workspace, clock: FakeClock, kind: type[Outcome | ReviewScreen]
) -> None:
    app = QuizApp(small)
    async with app.run_test(size=SIZE) as pilot:
        await shown_on(pilot, app, kind(small, taken(small)))
        await press(pilot, clock, "r")
        assert isinstance(app.screen, StudyScreen)
        assert [ref.item for ref in app.screen.live.session.header.items] == ["capital", "salt", "largest"]


async def test_practice_says_that_it_leads_back_to_the_result(small: Workspace, clock: FakeClock) -> None:
    app = QuizApp(small)
    async with app.run_test(size=(120, 36)) as pilot:
        await shown_on(pilot, app, Outcome(small, taken(small)))
        assert "esc Home" in flat(app)
        await press(pilot, clock, "r")
        study = app.screen
        assert isinstance(study, StudyScreen)
        while study.live.session.queue:
            study.live.submit(study.live.session.current.item.key_response())
            study.live.advance()
        await study.show_state()
        await pilot.pause()
        assert "⏎ Exam result" in flat(app)
        assert "⏎ Home" not in flat(app)
        await press(pilot, clock, "enter")
        assert isinstance(app.screen, Outcome)


async def test_another_test_can_be_set_up(small: Workspace, clock: FakeClock) -> None:
    app = QuizApp(small)
    async with app.run_test(size=SIZE) as pilot:
        await shown_on(pilot, app, Outcome(small, taken(small)))
        await press(pilot, clock, "t")
        assert isinstance(app.screen, Setup)


async def test_where_nothing_was_missed_nothing_is_retried(small: Workspace, clock: FakeClock) -> None:
    live = start_exam(
        small, ("small",), Settings(shuffle=False, items=2, counts={"cities": 1, "seas": 1}), seed=1
    )
    for ref in live.session.items:
        live.answer(live.session.lookup[ref].item.key_response())
    live.hand_in()
    app = QuizApp(small)
    async with app.run_test(size=SIZE) as pilot:
        await shown_on(pilot, app, Outcome(small, live.session.header.id))
        assert "✓ Nothing was missed." in flat(app)
        await press(pilot, clock, "r")
        assert isinstance(app.screen, Outcome)


def test_a_result_wants_a_finished_test(small: Workspace) -> None:
    live = start_exam(small, ("small",), Settings())
    with pytest.raises(UsageError):
        Outcome(small, live.session.header.id)
    with pytest.raises(UsageError):
        ReviewScreen(small, live.session.header.id)


# The review


async def test_an_item_shows_response_key_rationale_feedback_and_note(small: Workspace) -> None:
    app = QuizApp(small)
    async with app.run_test(size=SIZE) as pilot:
        await shown_on(pilot, app, ReviewScreen(small, taken(small, confidence=True)))
        text = flat(app)
        for words in (
            "✗ 2 Lyon your answer",
            "✓ 1 Paris correct answer",
            "✗ Incorrect. 0 of 1 · you were sure, mark -6 · 0:10",
            "It has been the seat of government for long.",
            "Lyon is the third largest.",
            "Paris · page 3: The capital of France is Paris.",
        ):
            assert words in text


async def test_keys_walk_through_the_items(small: Workspace, clock: FakeClock) -> None:
    app = QuizApp(small)
    async with app.run_test(size=SIZE) as pilot:
        await shown_on(pilot, app, ReviewScreen(small, taken(small)))
        await press(pilot, clock, "right")
        assert "2 of 4" in flat(app)
        assert "✓ Correct." in flat(app)
        await press(pilot, clock, "enter")
        assert "– Left empty. 0 of 1 · 0:10 ⚑ flagged" in flat(app)
        await press(pilot, clock, "space")
        assert "◐ Partly right. 0.5 of 1" in flat(app)
        await press(pilot, clock, "right", "right")
        assert "4 of 4" in flat(app)
        await press(pilot, clock, "home", "left")
        assert "1 of 4" in flat(app)


@pytest.mark.parametrize(
    ("key", "count", "first"),
    [
        ("2", 2, "capital of France"),
        ("3", 1, "Which of these"),
        ("4", 1, "Paris lies"),
        ("5", 1, "capital of France"),
    ],
)
async def test_filters_choose_which_items(
    small: Workspace, clock: FakeClock, key: str, count: int, first: str
) -> None:
    app = QuizApp(small)
    async with app.run_test(size=SIZE) as pilot:
        await shown_on(pilot, app, ReviewScreen(small, taken(small, confidence=True)))
        await press(pilot, clock, "right", key)
        assert f"1 of {count}" in flat(app)
        assert first in flat(app)
        await press(pilot, clock, "1")
        assert "of 4" in flat(app)


async def test_an_empty_filter_is_said_and_not_shown(small: Workspace, clock: FakeClock) -> None:
    app = QuizApp(small)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await shown_on(pilot, app, ReviewScreen(small, taken(small, GIVEN[:2])))
        await press(pilot, clock, "3")
        assert "No question is partly right." in flat(app)
        assert app.screen.chosen is ReviewFilter.ALL


async def test_filters_can_be_clicked(small: Workspace) -> None:
    app = QuizApp(small)
    async with app.run_test(size=SIZE) as pilot:
        await shown_on(pilot, app, ReviewScreen(small, taken(small, confidence=True)))
        await pilot.click(FilterBar, offset=(12, 0))
        await pilot.pause()
        assert app.screen.chosen is ReviewFilter.WRONG


async def test_without_confidence_nobody_was_sure(small: Workspace, clock: FakeClock) -> None:
    app = QuizApp(small)
    async with app.run_test(size=SIZE) as pilot:
        await shown_on(pilot, app, ReviewScreen(small, taken(small)))
        assert "Sure" not in flat(app)


async def test_the_note_is_read_in_full(small: Workspace, clock: FakeClock) -> None:
    app = QuizApp(small)
    async with app.run_test(size=SIZE) as pilot:
        await shown_on(pilot, app, ReviewScreen(small, taken(small)))
        await press(pilot, clock, "n")
        assert isinstance(app.screen, NoteModal)


async def test_a_wide_terminal_lists_the_items(small: Workspace, clock: FakeClock) -> None:
    app = QuizApp(small)
    async with app.run_test(size=(130, 40)) as pilot:
        await shown_on(pilot, app, ReviewScreen(small, taken(small)))
        assert "2 ✓ Which ocean is the largest?" in flat(app)
        await press(pilot, clock, "down")
        assert "✓ Correct." in flat(app)
        await press(pilot, clock, "right")
        assert "Left empty." in flat(app)


async def test_items_that_changed_or_went_are_still_accounted_for(
    small: Workspace, clock: FakeClock, bank_file: Callable[..., Path]
) -> None:
    session = taken(small)
    changed = SMALL.replace("key: Paris", "key: Nantes").replace("id: ocean", "id: sea")
    bank_file(changed)
    app = QuizApp(small)
    async with app.run_test(size=SIZE) as pilot:
        await shown_on(pilot, app, ReviewScreen(small, session))
        text = flat(app)
        assert "The question was changed since you answered it." in text
        assert "Your answer Lyon" in text
        assert "Key now Nantes" in text
        assert not app.screen.query(ResponseWidget)
        await press(pilot, clock, "right")
        assert "ocean is no longer in its bank." in flat(app)
        assert "Your answer Pacific" in flat(app)
        assert "✓ Correct." in flat(app)


@pytest.mark.parametrize(
    ("kind", "size"),
    spread([Outcome, ReviewScreen], [(40, 12), (40, 15), (80, 24), (120, 36), (200, 60)]),
)
async def test_every_size_shows_what_matters(
    small: Workspace, kind: type[Outcome | ReviewScreen], size: tuple[int, int]
) -> None:
    app = QuizApp(small)
    async with app.run_test(size=size) as pilot:
        await shown_on(pilot, app, kind(small, taken(small, confidence=True, pass_mark=60)))
        text = flat(app)
        for words in ("A small bank", "Not passed" if kind is Outcome else "1 of 4"):
            assert words in text
