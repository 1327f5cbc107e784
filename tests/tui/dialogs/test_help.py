"""Help says each thing once, and in two columns where there is room."""

from __future__ import annotations

from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from tests.fakes import FakeClock
from tests.screens import press, shown


async def test_a_wide_screen_has_two_columns_and_nothing_is_said_twice(
    workspace: Workspace, clock: FakeClock
) -> None:
    workspace.set("tour", written=False)
    app = QuizApp(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, clock, "question_mark")
        rows = shown(app).splitlines()
        assert [row.strip("│ ") for row in rows].count("Home") == 1
        heads = next(row for row in rows if "On this screen" in row)
        assert heads.index("On this screen") < heads.index("Moving about")
        assert any("Leave quiz" in row for row in rows), "all of it is in sight"
        studies = [row for row in rows if "Study what today asks, across all banks" in row]
        assert len(studies) == 1
        assert "a ⏎" in studies[0]


async def test_what_a_screen_does_is_told_before_how_one_moves_about(
    workspace: Workspace, clock: FakeClock
) -> None:
    workspace.set("tour", written=False)
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "question_mark")
        assert "Study what today asks, across all banks" in shown(app)
        assert "Move up" not in shown(app)
