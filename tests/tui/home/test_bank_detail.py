"""The panel about a bank, beside the list or beneath it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from textual.containers import VerticalScroll
from textual.geometry import Size

from quiz.core.statistics.streak import Streak
from quiz.tui.app import QuizApp
from quiz.tui.home.today_card import top_words
from quiz.tui.home.week_lines import list_height
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


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_topics_give_way_to_what_to_do_next(
    size: tuple[int, int], tmp_path: Path, clock: FakeClock
) -> None:
    workspace = make_workspace(tmp_path, *SHIPPED, clock=clock)
    app = QuizApp(workspace)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert not app.screen.query_one("#detail", VerticalScroll).show_vertical_scrollbar
        said = shown(app)
        assert "Nothing answered yet." in said
        assert ("… and" in said) is (size == (60, 16))
    workspace.record.close()


@pytest.mark.parametrize(("banks", "rows"), [(4, 4), (9, 9), (30, 9)])
def test_a_narrow_screen_lists_as_many_banks_as_leave_room_for_one(banks: int, rows: int) -> None:
    view: Any = SimpleNamespace(lines=range(banks))
    assert list_height(view, Size(60, 18)) == rows


def test_the_top_line_has_as_many_words_as_there_is_room_for() -> None:
    today, streak = date(2025, 6, 18), Streak(19, date(2025, 6, 14))
    assert top_words(today, streak, "", 70) == "Wednesday 18 June · 19-day streak, Saturday was free"
    assert top_words(today, streak, "", 50) == "Wednesday 18 June · 19-day streak"
    assert top_words(today, streak, "", 30) == "19-day streak"
    assert top_words(today, Streak(0), "", 10) == "Wednesday 18 June"
