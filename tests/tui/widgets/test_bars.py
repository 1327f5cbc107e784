"""Bars and the figures beside them."""

from __future__ import annotations

import pytest

from quiz.tui.widgets.bars import bar, block_bar, percent


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0.0, "   0 %"), (0.001, "   1 %"), (0.5, "  50 %"), (0.996, "  99 %"), (1.0, " 100 %")],
)
def test_a_figure_agrees_with_its_bar(share: float, shown: str) -> None:
    assert percent(share) == shown
    assert ("━" in bar(share, 5).plain, "─" in bar(share, 5).plain) == (share > 0, share < 1)
    drawn = block_bar(share, 5).plain
    assert (drawn != " " * 5, drawn != "█" * 5) == (share > 0, share < 1)
