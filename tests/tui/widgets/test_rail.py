"""What the rail tells of an item's past."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from quiz.core.content.grading import Verdict
from quiz.services.study.item_past import ItemPast
from quiz.tui.widgets.rail import Rail


class Host(App[None]):
    def compose(self) -> ComposeResult:
        yield Rail()


@pytest.mark.parametrize(("attempts", "signs"), [(2, "✓ ✗"), (3, "… ✓ ✗")])
async def test_signs_tell_whether_there_were_answers_before_them(attempts: int, signs: str) -> None:
    app = Host()
    async with app.run_test(size=(60, 30)):
        rail = app.query_one(Rail)
        marks = (Verdict.CORRECT, Verdict.INCORRECT)
        past = ItemPast(marks, attempts, "yesterday", "Rivers", None)
        rail.put(past)
        assert [line.plain for line in rail.lines(30)][1:] == [
            signs,
            f"{attempts} answers, the last yesterday",
        ]
