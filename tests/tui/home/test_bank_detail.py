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
    ("rows", "scrolls", "blank_before_counts"), [(24, True, True), (29, False, False), (36, False, True)]
)
async def test_empty_lines_go_where_that_spares_scrolling(
    rows: int, scrolls: bool, blank_before_counts: bool, tmp_path: Path, clock: FakeClock
) -> None:
    workspace = make_workspace(tmp_path, *SHIPPED, clock=clock)
    app = QuizApp(workspace)
    async with app.run_test(size=(100, rows)) as pilot:
        await pilot.pause()
        assert app.screen.query_one("#detail", VerticalScroll).show_vertical_scrollbar is scrolls
        lines = [line[56:].strip() for line in shown(app).splitlines()]
        counts = next(place for place, line in enumerate(lines) if line.startswith("18 questions"))
        assert (lines[counts - 1] == "") is blank_before_counts
        assert lines[counts + 1] == ""
        assert re.fullmatch(r"The story +2.?", lines[counts + 2])
        assert not any("0 %" in line for line in lines), "nothing was answered"
    workspace.record.close()
