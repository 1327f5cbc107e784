"""The panel beside a note: what will be asked about it, as far as there is room."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quiz.tui.app import QuizApp
from quiz.tui.home.asked_panel import AskedPanel, asked_lines
from quiz.tui.routes import Briefing
from tests.fakes import FakeClock, make_workspace
from tests.screens import flat

LONG = "Which of these words fits best here, and which of them does not fit anywhere?"
STEMS = [f"{number}. {LONG}" for number in range(1, 7)]
NOTES = "".join(f"  n{place}: {{title: More, text: Another.}}\n" for place in range(8))
ASKED = "".join(
    f"  - {{id: i{place}, stem: '{stem}', key: K, distractors: [x], cites: [one]}}\n"
    for place, stem in enumerate(STEMS)
)
BANK = f"""\
format: 1
bank: b
title: B
notes:
  one: {{title: One, text: The first.}}
{NOTES}
items:
{ASKED}
"""


@pytest.mark.parametrize(("rows", "whole"), [(99, 4), (19, 4), (18, 3), (7, 1), (6, 0)])
def test_questions_are_told_whole_and_the_rest_is_counted(rows: int, whole: int) -> None:
    said = " ".join(line.plain.strip() for line in asked_lines(STEMS, 32, rows))
    assert [number for number in range(1, 7) if f"{number}. {LONG}" in said] == list(range(1, whole + 1))
    assert said.endswith(f"… and {6 - whole} more") or not whole


def test_a_long_question_is_cut_and_what_fits_is_not_counted() -> None:
    assert [line.plain for line in asked_lines([LONG * 3, "Why?"], 32)][-2:] == ["", "· Why?"]
    assert any(line.plain.endswith("…") for line in asked_lines([LONG * 3], 32))
    assert asked_lines([], 32) == []


async def test_in_the_briefing_no_question_is_cut_off_by_the_edge(
    tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]
) -> None:
    workspace = make_workspace(tmp_path, bank_file(BANK), clock=clock)
    app = QuizApp(workspace, first=Briefing(workspace.library.bank("b")))
    async with app.run_test(size=(120, 32)) as pilot:
        for width, height, more in ((120, 32, 4), (160, 30, 3), (120, 50, 2)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            assert f"… and {more} more" in flat(app), (width, height)
        panels = app.screen.query(AskedPanel)
        assert all(panel.visible for panel in panels)
        await pilot.press("down")
        await pilot.pause()
        assert not any(panel.visible for panel in panels), "nothing is asked about this note"
    workspace.record.close()
