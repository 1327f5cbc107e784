"""The history on the screen: filters, reading on, deleting, and looking again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from textual.pilot import Pilot

from quiz.core.content.grading import Chosen, Confidence, Verdict
from quiz.core.events.model import EventKind, Mode
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.dialogs.confirm import ConfirmModal
from quiz.tui.drill.past import PastDrillScreen
from quiz.tui.exam.result import ExamResultScreen as Outcome
from quiz.tui.statistics.item import ItemStatisticsScreen
from quiz.tui.statistics.session_list import AT_ONCE, SessionListScreen
from quiz.tui.study.review import StudyReviewScreen
from tests.fakes import HOUR, NOON, FakeClock, make_workspace
from tests.record.record_stress import attempt, event, header
from tests.sample_banks import SMALL
from tests.sampling import one_in
from tests.screens import flat, press


@pytest.fixture
def small(tmp_path: Path, clock: FakeClock, bank_file: Callable[..., Path]) -> Iterator[Workspace]:
    made = make_workspace(tmp_path, bank_file(SMALL), clock=clock)
    yield made
    made.record.close()


def put(workspace: Workspace, number: int, mode: Mode = Mode.STUDY, learner: str = "", **more: object) -> str:
    """Put a finished session with a right and a wrong answer on record."""
    owner = workspace.record.learner(learner).id if learner else workspace.learner.id
    made = header(
        owner, Random(number), NOON - 1000 * HOUR + number * HOUR, mode=mode, banks=("small",), **more
    )
    print_ = workspace.library.bank("small").by_id["capital"].fingerprint
    given = {"bank": "small", "fingerprint": print_, "at": made.started}
    workspace.record.start_with(
        made,
        [
            attempt(1, "capital", 1.0, response=Chosen(("Paris",)), **given),
            attempt(2, "capital", 0.0, response=Chosen(("Lyon",)), confidence=Confidence.GUESS, **given),
            event(3, EventKind.END, at=made.started + 1),
        ],
    )
    return made.id


async def test_what_was_put_off_in_studying_is_no_answer(small: Workspace) -> None:
    made = small.record.header(put(small, 1))
    given = {"bank": "small", "item": "ocean", "at": made.started + 2}
    skipped = event(4, EventKind.SKIP, verdict=Verdict.SKIPPED, **given)
    small.record.append(made.id, [skipped])
    app = QuizApp(small)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, small)
        assert "50 % of 2" in flat(app)


async def opened(pilot: Pilot[object], workspace: Workspace) -> SessionListScreen:
    await pilot.pause()
    screen = SessionListScreen(workspace, workspace.learner)
    pilot.app.push_screen(screen)
    await pilot.pause()
    return screen


async def test_the_newest_come_first_and_more_are_read_on_the_way(small: Workspace, clock: FakeClock) -> None:
    ids = [put(small, number) for number in range(AT_ONCE + 50)][::-1]
    app = QuizApp(small)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, small)
        assert [row.key for row in screen.listed.rows] == ids[:AT_ONCE]
        assert "200+ sessions" in flat(app)
        await press(pilot, clock, "end")
        assert [row.key for row in screen.listed.rows] == ids
        assert screen.listed.cursor == AT_ONCE - 1
        assert "250 sessions" in flat(app)


async def test_filters_by_mode_bank_and_learner(small: Workspace, clock: FakeClock) -> None:
    study, test, other = put(small, 1), put(small, 2, Mode.EXAM), put(small, 3, learner="otto")
    app = QuizApp(small)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, small)

        def listed() -> list[str]:
            return [row.key for row in screen.listed.rows]

        assert listed() == [test, study]
        await press(pilot, clock, "m")
        assert listed() == [study]
        await press(pilot, clock, "m")
        assert listed() == [test]
        await press(pilot, clock, "m", "m", "l", "home", "enter")
        assert listed() == [other, test, study]
        assert "otto · A small bank" in flat(app)
        await press(pilot, clock, "b", "down", "enter")
        assert listed() == [other, test, study]
        assert "bank A small bank" in flat(app)
        await press(pilot, clock, "l", "end", "enter")
        assert listed() == [other]


async def test_deleting_asks_once_and_voids(small: Workspace, clock: FakeClock) -> None:
    kept, gone = put(small, 1), put(small, 2)
    app = QuizApp(small)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, small)
        await press(pilot, clock, "x")
        assert isinstance(app.screen, ConfirmModal)
        await press(pilot, clock, "n")
        assert [row.key for row in screen.listed.rows] == [gone, kept]
        await press(pilot, clock, "delete", "y")
        assert [row.key for row in screen.listed.rows] == [kept]
        assert [told.kind for told in small.record.events(gone)][-1] is EventKind.VOID
        assert small.record.rebuild_memory() == 0
        await press(pilot, clock, "x", "y")
        assert "No session is on record here." in flat(app)
        assert screen.check_action("delete", ()) is False
        await press(pilot, clock, "x", "enter")
        assert app.screen is screen


async def test_each_mode_opens_to_its_own_result(small: Workspace, clock: FakeClock) -> None:
    drill = {"drill": {"format": "buzz", "teams": 2}}
    put(small, 1)
    put(small, 2, Mode.EXAM)
    put(small, 3, Mode.DRILL, settings=drill)
    app = QuizApp(small)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, small)
        for kind in (PastDrillScreen, Outcome, StudyReviewScreen):
            await press(pilot, clock, "enter")
            assert isinstance(app.screen, kind)
            await press(pilot, clock, "escape", "down")


async def test_the_last_verdict_of_a_past_drill_stays(small: Workspace, clock: FakeClock) -> None:
    session = put(small, 3, Mode.DRILL, settings={"drill": {"format": "buzz", "teams": 2}})
    assert PastDrillScreen(small, session).check_action("undo", ()) is False


async def test_a_test_that_was_left_says_so(small: Workspace, clock: FakeClock) -> None:
    made = header(small.learner.id, Random(1), mode=Mode.EXAM, banks=("small",), items=())
    small.record.start(made)
    app = QuizApp(small)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        screen = await opened(pilot, small)
        await press(pilot, clock, "enter")
        assert app.screen is screen
        assert "not handed in yet" in flat(app)


async def test_a_study_session_is_looked_at_again(small: Workspace, clock: FakeClock) -> None:
    put(small, 1)
    app = QuizApp(small)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, small)
        await press(pilot, clock, "enter")
        assert "1 of 2 answers right" in flat(app)
        assert "✓ Correct" in flat(app)
        await press(pilot, clock, "down")
        assert "✗ Incorrect you guessed" in flat(app)
        assert "Your answer Lyon" in flat(app)
        assert "It has been the seat of government for long." in flat(app)
        await press(pilot, clock, "w")
        assert len(app.screen.query_one("RowList").rows) == 1  # type: ignore[attr-defined]
        await press(pilot, clock, "n")
        assert "The capital of France is" in flat(app)
        await press(pilot, clock, "escape", "s")
        assert isinstance(app.screen, ItemStatisticsScreen)
        await press(pilot, clock, "escape", "r")
        assert "Which city is the capital of France?" in flat(app)


@pytest.mark.parametrize(
    "size", one_in(2, zip([(40, 12), (40, 15), (80, 24), (120, 36), (200, 60)])), ids=str
)
async def test_both_work_at_every_size(small: Workspace, clock: FakeClock, size: tuple[int, int]) -> None:
    for number in range(30):
        put(small, number, list(Mode)[number % 2])
    app = QuizApp(small)
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot, small)
        await press(pilot, clock, "down", "pagedown", "home")
        await press(pilot, clock, "m", "enter")
        assert isinstance(app.screen, StudyReviewScreen)
        await press(pilot, clock, "down", "tab", "pagedown", "w", "escape")
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert app.screen is screen


async def test_a_session_and_an_item_that_lead_to_each_other_do_not_pile_up(
    small: Workspace, clock: FakeClock
) -> None:
    put(small, 0, Mode.STUDY)
    app = QuizApp(small)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, small)
        await press(pilot, clock, "enter")
        review = app.screen
        for _ in range(2):
            await press(pilot, clock, "s")
            assert isinstance(app.screen, ItemStatisticsScreen)
            await press(pilot, clock, "enter")
            assert app.screen is review
        assert len(app.screen_stack) == 3


async def test_a_drill_in_which_nobody_answered_alone_says_so(
    small: Workspace,
) -> None:
    made = header(
        small.learner.id, Random(4), NOON, mode=Mode.DRILL, banks=("small",),
        settings={"drill": {"format": "vote"}},
    )  # fmt: skip
    small.record.start_with(made, [event(1, EventKind.END, at=NOON + 1)])
    app = QuizApp(small)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, small)
        assert "by the class" in flat(app)
        assert "nothing answered" not in flat(app)
