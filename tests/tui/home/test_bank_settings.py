"""How a bank is studied, changed on the screen; and the plan until an exam."""

from __future__ import annotations

from quiz.core.content.bank_settings import BankSettings
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.home.bank_settings import BankSettingsScreen
from quiz.tui.statistics.exam_plan import ExamPlanScreen
from quiz.tui.study.screen import StudyScreen
from tests.fakes import FakeClock
from tests.screens import flat, press


async def test_what_is_set_for_a_bank_is_kept_and_shown_at_home(
    workspace: Workspace, clock: FakeClock
) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=(112, 40)) as pilot:
        await press(pilot, clock, "B")
        assert isinstance(app.screen, BankSettingsScreen)
        assert "as for all: 20" in flat(app)
        await press(pilot, clock, "right", "down", "left")
        assert workspace.config.bank == {"courtship": BankSettings(new_per_day=30, order="prerequisites")}
        assert workspace._keep_config.values["bank.courtship.order"] == "prerequisites"
        await press(pilot, clock, "up", "5", "escape")
        assert "5 new a day · new ones topic after topic, strictly" in flat(app)
        await press(pilot, clock, "B", "delete", "down", "delete")
        assert workspace.config.bank == {}


async def test_a_plan_by_a_date_says_what_it_leaves_undone(workspace: Workspace, clock: FakeClock) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, clock, "p")
        screen = app.screen
        assert isinstance(screen, ExamPlanScreen)
        for _ in range(5):
            await press(pilot, clock, "minus")
        assert screen.view is not None
        assert screen.view.per_day == 5
        await press(pilot, clock, "d")
        for _ in range(10):
            await press(pilot, clock, "backspace")
        await press(pilot, clock, *"2025-06-20", "enter")
        assert len(screen.view.days) == 2
        assert f"Left undone: {len(screen.view.not_reached)} new questions" in flat(app)
        await press(pilot, clock, "enter")
        assert isinstance(app.screen, StudyScreen)
        assert len(app.screen.live.session.header.items) == 5
