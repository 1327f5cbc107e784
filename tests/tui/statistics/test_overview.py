"""The overview in terminals of other sizes, and the panel beside it."""

from __future__ import annotations

import pytest

from quiz.errors import BankError
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.statistics import overview
from tests.fakes import FakeClock
from tests.screens import flat, press, shown
from tests.tui.statistics.opening import opened

HARDEST = "Least often right, and what was answered instead"


async def test_a_bank_that_cannot_be_read_has_no_hardest_questions_and_nobody_is_told(
    workspace: Workspace, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures, topics = overview.bank_figures, overview.bank_topics
    read: list[str] = []

    def figures_of_one(known: Workspace, bank: str, learner: object) -> object:
        read.append(bank)
        if bank == "bank-001":
            raise BankError("It is gone.")
        return figures(known, bank, learner)  # type: ignore[arg-type]

    monkeypatch.setattr(overview, "bank_figures", figures_of_one)
    monkeypatch.setattr(overview, "bank_topics", lambda *told: read.append("topics") or topics(*told)[:0])
    app = QuizApp(workspace)
    async with app.run_test(size=(200, 50)) as pilot:
        await opened(pilot, workspace)
        assert HARDEST in flat(app)
        read.clear()
        await press(pilot, clock, "down")
        assert HARDEST not in flat(app)
        assert "It is gone." not in flat(app)
        await press(pilot, clock, "up")
        assert HARDEST in flat(app)
        assert read == ["bank-001", "bank-000"]


@pytest.mark.parametrize(
    ("before", "after"), [((100, 15), (100, 40)), ((100, 40), (100, 15)), ((200, 60), (80, 24))]
)
async def test_a_resized_overview_is_drawn_as_one_that_is_opened_at_that_size(
    workspace: Workspace, before: tuple[int, int], after: tuple[int, int]
) -> None:
    drawn = []
    for size in (before, after):
        async with QuizApp(workspace).run_test(size=size) as pilot:
            await opened(pilot, workspace)
            shown(pilot.app)
            await pilot.resize_terminal(*after)
            await pilot.pause()
            drawn.append(shown(pilot.app))
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_pages_lead_to_topics_and_the_hardest_questions_which_are_read_only_there(
    workspace: Workspace, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    figures, read = overview.bank_figures, []
    monkeypatch.setattr(overview, "bank_figures", lambda *told: read.append(told[1]) or figures(*told))
    app = QuizApp(workspace)
    async with app.run_test(size=size) as pilot:
        await opened(pilot, workspace)
        assert not read
        assert "space More" in flat(app)
        said = ""
        for key in ("pagedown", "space", "space", "space", "space", "space"):
            await press(pilot, clock, key)
            said += flat(app)
        assert "is known least" in said
        assert HARDEST in said
        assert read == ["bank-000"]
        assert "space More" not in flat(app)
        await press(pilot, clock, *["pageup"] * 6)
        assert "% right" in flat(app)
