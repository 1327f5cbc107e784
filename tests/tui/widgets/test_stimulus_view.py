"""Material beside an item: nothing of it is cut, and what is out of sight is said to be there."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.pilot import Pilot

from quiz.core.content.bank import Stimulus
from quiz.tui.widgets.stimulus_view import CodeLines, StimulusView, needs_width
from tests.screens import flat

CODE = Stimulus(
    title="Listing", code="\n".join(f"line_{n} = " + "x + " * n + "end" for n in range(30)), language="python"
)
TABLE = Stimulus(table=tuple(("cell " * 6, "more " * 8, "last " * 9, "end") for _ in range(4)))


async def settled(pilot: Pilot[None]) -> StimulusView:
    """Wait until nothing is left to lay out, and return the view."""
    for _ in range(4):
        await pilot.pause()
    return pilot.app.query_one(StimulusView)


class Shown(App[None]):
    def __init__(self, stimulus: Stimulus) -> None:
        super().__init__()
        self.stimulus = stimulus

    def compose(self) -> ComposeResult:
        yield StimulusView(self.stimulus)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_long_lines_of_code_are_reached_sideways_and_by_wrapping(size: tuple[int, int]) -> None:
    app = Shown(CODE)
    async with app.run_test(size=size) as pilot:
        view = await settled(pilot)
        assert view.max_scroll_x > 0
        assert "w to wrap" in str(view.border_subtitle)
        assert "more below" in str(view.border_subtitle)
        view.focus()
        await pilot.press("end")
        view.scroll_to(x=view.max_scroll_x, animate=False)
        await pilot.pause()
        assert "end" in flat(app)
        await pilot.press("w")
        await settled(pilot)
        assert view.max_scroll_x == 0
        assert "w shows lines whole" in str(view.border_subtitle)
        await pilot.press("w")
        await settled(pilot)
        assert view.max_scroll_x > 0


async def test_what_fits_says_nothing_and_takes_no_more_room_than_it_needs() -> None:
    app = Shown(Stimulus(code="a = 1\nb = 2", language="python"))
    async with app.run_test(size=(80, 24)) as pilot:
        view = await settled(pilot)
        assert str(view.border_subtitle or "") == ""
        assert view.size.height == 2


async def test_a_table_scrolls_sideways_as_well() -> None:
    app = Shown(TABLE)
    async with app.run_test(size=(60, 24)) as pilot:
        assert (await settled(pilot)).max_scroll_x > 0


def test_long_lines_ask_for_room() -> None:
    assert needs_width(CODE)
    assert needs_width(TABLE)
    assert not needs_width(Stimulus(code="a = 1"))
    assert not needs_width(Stimulus(text="long " * 40))
    assert not needs_width(None)


async def test_a_line_with_tabs_is_as_wide_as_it_is_drawn() -> None:
    app = Shown(Stimulus(code="{\n" + "\t" * 6 + "x" * 40 + "END\n}", language="go"))
    async with app.run_test(size=(80, 24)) as pilot:
        view = await settled(pilot)
        assert view.max_scroll_x > 0
        view.scroll_to(x=view.max_scroll_x, animate=False)
        await pilot.pause()
        assert "END" in flat(app)


async def test_text_is_selected_from_the_line_where_the_mouse_began() -> None:
    app = Shown(Stimulus(code="alpha one\nbeta two\ngamma three\ndelta four"))
    async with app.run_test(size=(80, 24)) as pilot:
        view = await settled(pilot)
        code = view.children[0]
        await pilot.mouse_down(code, offset=(0, 2))
        await pilot.hover(code, offset=(4, 3))
        await pilot.mouse_up(code, offset=(4, 3))
        assert app.screen.get_selected_text() == "gamma three\ndelta"


def test_a_very_long_line_of_code_has_no_colours() -> None:
    code = CodeLines("short\n" + "x" * 1_001)
    code.show_colours(
        Content("\n").join([Content.styled("short", "red"), Content.styled("x" * 1_001, "red")])
    )
    assert [len(line.spans) for line in code._lines] == [1, 0]
