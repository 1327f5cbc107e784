"""The cards of teams and sides."""

from __future__ import annotations

import asyncio

from textual.app import App, ComposeResult
from textual.widgets import Static

from quiz.tui.drill.score_board import ScoreCard, ScoreCards
from quiz.tui.text import show_line


class Wall(App[None]):
    def compose(self) -> ComposeResult:
        yield ScoreCards()


def card(name: str) -> ScoreCard:
    return ScoreCard(show_line(name), "3", "points", "3", show_line(name[:1]))


async def test_a_terminal_may_change_its_size_while_the_cards_are_put_there() -> None:
    app = Wall()
    async with app.run_test() as pilot:
        cards = app.query_one(ScoreCards)
        asyncio.get_running_loop().set_task_factory(None)  # else the boxes have their children at once
        showing = asyncio.ensure_future(cards.show_cards([card("Red"), card("Blue")]))
        await asyncio.sleep(0)
        assert len(cards.children) == 2
        assert not any(box.children for box in cards.children)
        cards.on_resize()
        await showing
        await pilot.pause()
        names = [str(name.content) for name in cards.query(".name").results(Static)]
        assert names == ["Red", "Blue"]
        assert app._exception is None


async def test_cards_that_are_shown_twice_at_once_are_there_once() -> None:
    """A key and a tick of the clock may both show the board while it is being laid out."""
    app = Wall()
    async with app.run_test() as pilot:
        cards = app.query_one(ScoreCards)
        for shown in (["Red", "Blue", "Green"], ["Red"], ["Yellow", "Blue"]):
            await asyncio.gather(*(cards.show_cards([card(name) for name in shown]) for _ in range(3)))
            await pilot.pause()
            names = [str(name.content) for name in cards.query(".name").results(Static)]
            assert names == shown
