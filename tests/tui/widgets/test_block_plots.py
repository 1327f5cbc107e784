from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quiz.tui.widgets.block_plots import columns, line, stacked

SHARES = st.one_of(st.none(), st.floats(0, 1))


def test_bars_are_drawn_in_eighths() -> None:
    assert columns([8, 4, 1, 0], 1) == ["█▄▁"]
    assert columns([2, 1], 2, each=2) == ["██", "████"]


def test_something_is_never_nothing() -> None:
    assert columns([1000, 1], 3)[-1] == "█▁"


def test_what_was_missed_is_shaded_above_what_was_right() -> None:
    rows = stacked([4, 0], [8, 4], 2, ("green", "red"))
    assert [row.plain for row in rows] == ["▒ ", "█▒"]


def test_nothing_is_drawn_between_what_was_right_and_what_was_missed() -> None:
    rows = stacked([4, 1], [5, 2], 4, ("green", "red"))
    assert [row.plain for row in rows] == ["▒ ", "█ ", "█▒", "██"]


def test_a_line_rises_from_the_lower_left() -> None:
    first, last = line([0, 1], 2, 2, 0, 1)
    assert (first[0], last[1]) == (" ", " ")
    assert first[1] != " "
    assert last[0] != " "


@given(st.lists(SHARES, max_size=40), st.integers(1, 60), st.integers(1, 6))
def test_a_line_fits_its_room(values: list[float | None], width: int, height: int) -> None:
    rows = line(values, width, height, 0, 1)
    assert len(rows) == height
    assert all(len(row) == width for row in rows)
    assert all(sign == " " or "⠀" < sign <= "⣿" for row in rows for sign in row)
