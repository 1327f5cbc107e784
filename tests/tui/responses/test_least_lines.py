"""How many lines a row takes at least, which tells without a layout that it is longer than the screen."""

from __future__ import annotations

from itertools import product

from textual.app import App

from quiz.tui.responses.row import ResponseRow
from quiz.tui.text import show

TEXTS = ("short", "words and more words " * 40, "x" * 500, "漢" * 200, "a  b \n\n c   d" * 30, "")


async def test_a_row_takes_no_fewer_lines_than_its_least() -> None:
    async with App[None]().run_test():
        for text, tail, width in product(TEXTS, TEXTS, (20, 43, 80)):
            row = ResponseRow(text, "1")
            row.tail = show(tail)
            row.columns = (row.text.cell_length, row.tail.cell_length)
            assert row.least_lines(width) <= len(row.lines(width))
