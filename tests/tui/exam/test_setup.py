"""Setting an exam up on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quiz.core.exam.form_code import FormCode
from quiz.core.exam.settings import ExamSettings as Settings
from quiz.core.exam.settings import FeedbackTime
from quiz.services.exam.start import start_exam
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.exam.screen import ExamScreen as Taking
from quiz.tui.exam.setup import ExamSetupScreen as Setup
from quiz.tui.home.screen import HomeScreen
from quiz.tui.widgets.choice_list import ChoiceList
from tests.conftest import QUESTIONS
from tests.fakes import FakeClock, make_workspace
from tests.sample_banks import SMALL
from tests.sampling import one_in
from tests.screens import flat, notices, press

SIZE = (80, 30)
TAGGED = SMALL.replace("bank: small", "bank: tagged").replace(
    "    topic: seas\n", "    topic: seas\n    tags: [wet]\n"
)


@pytest.fixture
def two(tmp_path: Path, clock: FakeClock, bank_file: Callable[..., Path]) -> Iterator[Workspace]:
    """A workspace on the small bank and on the one about courtship."""
    made = make_workspace(tmp_path, bank_file(TAGGED), QUESTIONS / "courtship.yaml", clock=clock)
    yield made
    made.record.close()


async def opened(pilot: object, app: QuizApp, workspace: Workspace, *banks: str) -> Setup:
    await pilot.pause()  # type: ignore[attr-defined]
    screen = Setup(workspace, banks or ("courtship",))
    app.push_screen(screen)
    await pilot.pause()  # type: ignore[attr-defined]
    return screen


async def test_home_opens_it_on_the_bank_under_the_cursor(workspace: Workspace, clock: FakeClock) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await press(pilot, clock, "x")
        assert isinstance(app.screen, Setup)
        assert app.screen.bank_ids == ("courtship",)
        await press(pilot, clock, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_the_arrows_change_what_the_test_is_told(workspace: Workspace, clock: FakeClock) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app, workspace)
        keys = [
            "right",  # 25 items
            *["down", "right", "right"],  # 10 minutes
            *["down", "down", "space"],  # verdicts at once
            *["down", "right"],  # in the bank's order
            *["down", "right"],  # all weights the same
            *["down", "right"],  # how sure
            *["down", "right", "right"],  # pass mark 60
        ]
        await press(pilot, clock, *keys)
        assert screen.told == Settings(
            items=25,
            minutes=10,
            feedback=FeedbackTime.AT_ONCE,
            shuffle=False,
            weights=False,
            confidence=True,
            pass_mark=60,
            form=screen.told.form,
        )


async def test_numbers_can_be_typed(workspace: Workspace, clock: FakeClock) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app, workspace)
        await press(pilot, clock, "1", "7", "down", "4", "5", "down", "3", "0")
        assert (screen.told.items, screen.told.minutes, screen.told.seconds_per_item) == (17, None, 30)
        await press(pilot, clock, "up", "9", "0", "backspace")
        assert (screen.told.minutes, screen.told.seconds_per_item) == (9, None)


async def test_what_it_asks_is_shown_by_topic(workspace: Workspace, clock: FakeClock) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app, workspace)
        await press(pilot, clock, "1", "0")
        assert sum(screen._supply.asked.values()) == 10
        assert "What it asks: 10 of " in flat(app)
        first, *others = screen._supply.asked
        before = dict(screen._supply.asked)
        await press(pilot, clock, "tab", "right")
        assert screen.told.counts == {first: before[first] + 1}
        assert sum(screen._supply.asked.values()) == 10
        await press(pilot, clock, "4", "backspace")
        assert screen.told.counts == {}
        await press(pilot, clock, "space")
        assert screen.told.topics == tuple(others)
        await press(pilot, clock, "space")
        assert screen.told.topics == ()


async def test_one_topic_always_stays(two: Workspace, clock: FakeClock) -> None:
    app = QuizApp(two)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app, two, "tagged")
        await press(pilot, clock, "tab", "down", "down", "space", "down", "space")
        assert screen.told.topics == ("seas",)


async def test_banks_and_tags_can_be_chosen(two: Workspace, clock: FakeClock) -> None:
    app = QuizApp(two)
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await opened(pilot, app, two)
        await press(pilot, clock, "tab", "up", "space")
        assert screen.bank_ids == ("tagged", "courtship")
        assert "Only what is tagged" in flat(app)
        await press(pilot, clock, "down", "space")
        assert screen.bank_ids == ("tagged",)
        await press(pilot, clock, "up", "space")
        assert screen.bank_ids == ("tagged",)
        await press(pilot, clock, "end", "space")
        assert screen.told.tags == ("wet",)
        assert screen._supply.asked == {"seas": 2}


async def test_a_click_steps_and_ticks(workspace: Workspace, clock: FakeClock) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app, workspace)
        rows = screen.settings_list
        width = rows.scrollable_content_region.width
        left = rows.gutter.left
        await pilot.click(rows, offset=(left + width - 1, 1))
        assert screen.told.items == 25
        await pilot.click(rows, offset=(left + width - rows.rows[0].right.cell_length, 1))
        assert screen.told.items == 20
        await pilot.click(screen.query_one("#picks", ChoiceList), offset=(6, 1))
        assert len(screen.told.topics) == len(screen._supply.available) - 1


async def test_a_code_can_be_typed_and_another_form_drawn(workspace: Workspace, clock: FakeClock) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await opened(pilot, app, workspace)
        before = screen.told.form
        await press(pilot, clock, "n")
        assert screen.told.form != before
        drawn = screen.told.form
        await press(pilot, clock, "c", *before.lower().replace("-", ""), "enter")
        assert screen.told.form == before
        await press(pilot, clock, "c", *"nonsense", "enter")
        assert screen.told.form == before
        assert "not the code of a form" in notices(app)
        other = FormCode.read(drawn)._replace(digest=1)
        await press(pilot, clock, "c", *str(other), "enter")
        assert screen.told.form == before
        assert "another state of these banks" in notices(app)


async def test_it_starts_what_was_set_up(workspace: Workspace, clock: FakeClock) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app, workspace)
        await press(pilot, clock, "1", "2", "enter")
        assert isinstance(app.screen, Taking)
        session = app.screen.live.session
        same = start_exam(workspace, ("courtship",), Settings(items=12), seed=session.header.seed)
        assert session.items == same.session.items
        assert session.settings == screen.told
        assert screen not in app.screen_stack


async def test_a_test_of_nothing_does_not_start(workspace: Workspace, clock: FakeClock) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await opened(pilot, app, workspace)
        topics = tuple(screen._supply.available)
        await press(pilot, clock, "tab", *(key for _ in topics for key in ("0", "down")), "enter")
        assert screen.told.counts == dict.fromkeys(topics, 0)
        assert "There is nothing to ask" in flat(app)
        assert isinstance(app.screen, Setup)


async def test_it_begins_as_the_last_test_was(workspace: Workspace) -> None:
    start_exam(workspace, (), Settings(items=7, minutes=3, topics=("visit",), confidence=True)).hand_in()
    app = QuizApp(workspace)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app, workspace)
        assert screen.told == Settings(items=7, minutes=3, confidence=True, form=screen.told.form)


async def test_the_form_stands_there_once_and_parts_stand_apart(two: Workspace, clock: FakeClock) -> None:
    app = QuizApp(two)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot, app, two, "tagged")
        text = flat(app)
        assert text.count(screen.told.form) == 1
        assert "$ quiz" not in text
        assert "╭" not in text
        lefts = [row.left.plain for row in screen.picks.rows]
        for words in ("Topics", "Only what is tagged"):
            assert not lefts[lefts.index(words) - 1]
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "" not in [row.left.plain for row in screen.picks.rows]


@pytest.mark.parametrize("size", one_in(3, zip([(40, 12), (40, 15), (80, 24), (200, 60)])))
async def test_every_size_shows_both_lists(workspace: Workspace, size: tuple[int, int]) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=size) as pilot:
        await opened(pilot, app, workspace)
        for words in ("Questions", "◂ 20 ▸", "What it asks: 20 of", "The call home"):
            assert words in flat(app)
