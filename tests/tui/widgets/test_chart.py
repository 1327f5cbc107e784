"""Charts: plots whose bars stand where they should, and the same figures as a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.content import Content

from quiz.tui.widgets.chart import Chart
from quiz.tui.widgets.drawing import Bars, Drawing, Trace
from quiz.tui.widgets.plot import Plot, _top
from tests.screens import flat, shown


class Charts(App[None]):
    """Shows one chart."""

    def __init__(self, drawing: Drawing | None) -> None:
        super().__init__()
        self.drawing = drawing

    def compose(self) -> ComposeResult:
        yield Chart("Things [b]")

    def on_mount(self) -> None:
        chart = self.query_one(Chart)
        chart.show(self.drawing, lambda width: [Content(f"a table of {width} cells")], "█ legend")


def columns(app: App[None], sign: str) -> list[int]:
    """Return how many cells of a sign stand in each column of the plot, the axis left out."""
    lines = str(app.query_one(Plot).render()).splitlines()
    axis = next(line.index("└") for line in lines if "└" in line)
    inside = [line[axis + 1 :] for line in lines[: next(n for n, line in enumerate(lines) if "└" in line)]]
    width = max(map(len, inside))
    return [sum(line[place : place + 1] == sign for line in inside) for place in range(width)]


async def test_every_bar_has_its_own_column_and_height() -> None:
    app = Charts(Bars((0, 1, 2, 4, 8, 0, 8), tick=lambda place: f"+{place}"))
    async with app.run_test(size=(64, 22)) as pilot:
        await pilot.pause()
        heights = columns(app, "█")
        each = len(heights) // 7
        bars = [heights[place * each] for place in range(7)]
        assert bars[0] == bars[5] == 0
        assert 1 <= bars[1] < bars[2] < bars[3] < bars[4] == bars[6] == max(heights)
        for place, height in enumerate(bars):
            assert heights[place * each : place * each + each - 1] == [height] * (each - 1)
            assert heights[place * each + each - 1 : (place + 1) * each] in ([0], [])
        assert "█ legend" in flat(app)
        assert "Things [b]" in flat(app)


async def test_where_there_is_no_room_for_all_the_last_bars_stay() -> None:
    values = tuple(float(place % 7) for place in range(200))
    bars = Bars(values, (), lambda place: "today" if place == 199 else f"−{199 - place}", is_past=True)
    app = Charts(bars)
    async with app.run_test(size=(64, 22)) as pilot:
        await pilot.pause()
        assert "today" in flat(app)
        assert "−7" in flat(app)
        assert "−199" not in flat(app)


async def test_a_part_is_drawn_solid_and_the_rest_light() -> None:
    app = Charts(Bars((8.0, 8.0), (8.0, 2.0)))
    async with app.run_test(size=(64, 22)) as pilot:
        await pilot.pause()
        solid, light = columns(app, "█"), columns(app, "░")
        half = len(solid) // 2
        assert max(light[:half]) == 0
        assert max(light[half:]) > max(solid[half:]) > 0


async def test_a_trace_has_a_line_dots_and_guides() -> None:
    trace = Trace(
        (0.0, 1.0), (0.0, 1.0), ((0.0, "left"), (1.0, "right")), ((0.0, "low"), (1.0, "high")),
        line=((0.0, 0.0), (1.0, 1.0)), dots=((0.5, 0.9),), guides=(((0.2, 0.0), (0.2, 1.0)),),
    )  # fmt: skip
    app = Charts(trace)
    async with app.run_test(size=(64, 22)) as pilot:
        await pilot.pause()
        said = shown(app)
        assert said.count("●") == 1
        assert said.count("·") > 5
        assert all(label in said for label in ("left", "right", "low┤", "high┤"))


@pytest.mark.parametrize(
    ("drawing", "size", "is_plot"),
    [
        (Bars((1.0,)), (60, 18), True),
        (Bars((1.0,)), (59, 18), False),
        (Bars((1.0,)), (60, 17), False),
        (None, (80, 24), False),
    ],
)
async def test_a_plot_needs_figures_and_room(
    drawing: Drawing | None, size: tuple[int, int], is_plot: bool
) -> None:
    app = Charts(drawing)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert bool(app.query(Plot)) == is_plot
        assert ("a table of" in flat(app)) == (not is_plot)
        assert ("█ legend" in flat(app)) == is_plot
        app.query_one(Chart).is_table = True
        await pilot.pause()
        assert "a table of" in flat(app)
        assert "legend" not in flat(app)


@given(st.floats(0, 1e9))
def test_an_axis_ends_at_a_round_number_above_all(most: float) -> None:
    top = _top(most)
    assert top >= most
    assert top <= max(1, most * 2.5)
    assert top == 1 or top % 2 == 0
