"""The panel about a bank, beside the list or beneath it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.containers import VerticalScroll

from quiz.tui.app import QuizApp
from tests.fakes import FakeClock, make_workspace
from tests.screens import shown

SHIPPED = sorted((Path(__file__).parents[3] / "questions").glob("*.yaml"))


@pytest.mark.parametrize(
    ("rows", "blank_before_counts", "blank_after"),
    [(24, False, False), (29, False, True), (36, True, True)],
)
async def test_empty_lines_and_then_the_summary_give_way_where_that_spares_scrolling(
    rows: int, blank_before_counts: bool, blank_after: bool, tmp_path: Path, clock: FakeClock
) -> None:
    workspace = make_workspace(tmp_path, *SHIPPED, clock=clock)
    app = QuizApp(workspace)
    async with app.run_test(size=(100, rows)) as pilot:
        await pilot.pause()
        assert not app.screen.query_one("#detail", VerticalScroll).show_vertical_scrollbar
        lines = [line[56:].strip() for line in shown(app).splitlines()]
        counts = next(place for place, line in enumerate(lines) if line.startswith("18 questions"))
        assert (lines[counts - 1] == "") is blank_before_counts
        assert (lines[counts + 1] == "") is blank_after
        assert re.fullmatch(r"The story +2.?", lines[counts + 1 + blank_after])
        assert any(line.startswith("Nothing answered yet.") for line in lines)
        assert not any("0 %" in line for line in lines), "nothing was answered"
    workspace.record.close()
