import pytest
from textual.events import MouseDown, MouseMove, MouseUp
from textual.pilot import Pilot

from quiz.core.content.grading import Grade, Ordered
from quiz.core.content.interaction import Order
from tests.tui.responses.driving import click
from tests.tui.responses.host import SIZES, SMALL, Host, settled, text_of

ABCD = Order(("a one", "b two", "c three", "d four"))


def order(app: Host) -> str:
    return "".join(entry[0] for entry in app.response.response.entries)


async def drag(pilot: Pilot[None], app: Host, start: int, *stops: int) -> None:
    rows = app.response.rows
    await pilot._post_mouse_events([MouseDown], rows[start], offset=(3, 0), button=1)
    for stop in stops:
        await pilot._post_mouse_events([MouseMove], rows[stop], offset=(3, 0), button=1)
    await pilot._post_mouse_events([MouseUp], rows[stops[-1]], offset=(3, 0), button=1)
    await settled(pilot)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["space", "down", "down", "space"], "bcad"),
        (["down", "space", "end", "space"], "acdb"),
        (["end", "space", "home", "space"], "dabc"),
        (["end", "K", "K"], "adbc"),
        (["J"], "bacd"),
        (["shift+down", "shift+down"], "bcad"),
        (["end", "shift+up"], "abdc"),
        (["end", "1"], "dabc"),
        (["3"], "bcad"),
        (["5", "9", "0"], "abcd"),
        (["K", "end", "J"], "abcd"),
        (["space", "j", "j", "k", "space", "j"], "bacd"),
    ],
)
async def test_entries_move_by_keys(keys: list[str], expected: str) -> None:
    app = Host(ABCD)
    async with app.run_test() as pilot:
        await pilot.press(*keys)
        assert order(app) == expected
        assert app.response.response in (app.changes[-1:] or [Ordered(ABCD.entries)])


async def test_what_is_in_hand_shows() -> None:
    app = Host(ABCD)
    async with app.run_test() as pilot:
        await pilot.press("down", "space", "down")
        await settled(pilot)
        assert "▌  3 ↕ b two" in app.text
        assert "put down" in dict(app.response.hint).values()
        await pilot.press("space")
        await settled(pilot)
        assert "↕" not in app.text
        assert "pick up" in dict(app.response.hint).values()


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["space", "down", "down", "ctrl+z"], "abcd"),
        (["space", "down", "down", "space", "backspace"], "abcd"),
        (["J", "J", "ctrl+z"], "bacd"),
        (["J", "J", "ctrl+z", "ctrl+z", "ctrl+z"], "abcd"),
    ],
)
async def test_undo(keys: list[str], expected: str) -> None:
    app = Host(ABCD)
    async with app.run_test() as pilot:
        await pilot.press(*keys)
        assert order(app) == expected
        assert not app.response.is_in_hand


async def test_two_clicks_move_an_entry() -> None:
    app = Host(ABCD)
    async with app.run_test() as pilot:
        await click(pilot, app.response.rows[0])
        assert app.response.is_in_hand
        await click(pilot, app.response.rows[2])
        assert order(app) == "bcad"
        assert not app.response.is_in_hand
        await click(pilot, app.response.rows[1])
        await click(pilot, app.response.rows[1])
        assert order(app) == "bcad"
        assert not app.response.is_in_hand


async def test_dragging_moves_an_entry() -> None:
    app = Host(ABCD)
    async with app.run_test() as pilot:
        await pilot.pause()
        await drag(pilot, app, 0, 1, 2, 3, 2)
        assert order(app) == "bcad"
        assert not app.response.is_in_hand
        await pilot.press("ctrl+z")
        assert order(app) == "abcd"


async def test_a_drag_back_to_where_it_began_is_no_click() -> None:
    app = Host(ABCD)
    async with app.run_test() as pilot:
        await pilot.pause()
        await drag(pilot, app, 1, 2, 1)
        app.response.rows[1].on_click()
        await settled(pilot)
        assert order(app) == "abcd"
        assert not app.response.is_in_hand


async def test_enter_hands_in_what_is_in_hand_too() -> None:
    app = Host(ABCD)
    async with app.run_test() as pilot:
        await pilot.press("space", "down", "enter")
        await settled(pilot)
        assert app.submitted == [Ordered(("b two", "a one", "c three", "d four"))]


async def test_the_moving_entry_stays_in_view() -> None:
    app = Host(Order(tuple(f"entry {number}" for number in range(30))))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("space", *["down"] * 25)
        await settled(pilot)
        assert "▌  26 ↕ entry 0" in app.text


async def test_a_draft_of_other_entries_is_not_taken() -> None:
    assert Host(ABCD, Ordered(("d four", "x"))).response.response == Ordered(ABCD.entries)


@pytest.mark.parametrize("size", SIZES)
async def test_marks_name_what_belongs_at_each_place(size: tuple[int, int]) -> None:
    app = Host(ABCD, Ordered(("b two", "a one", "c three", "d four")))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        app.response.mark(Grade(1 / 3), Ordered(ABCD.entries))
        await settled(pilot)
        one, _, three, _ = (text_of(row) for row in app.response.rows)
        assert "✗  1   b two" in one
        assert one.endswith("✓ a one")
        assert "✓  3   c three" in three
        assert three.endswith("correct")
