import pytest

from quiz.core.content.grading import Grade, Recalled
from quiz.core.content.interaction import Reveal
from tests.tui.responses.driving import click
from tests.tui.responses.host import SIZES, Host, settled, text_of

CARD = Reveal("Sugar and [b]oxygen[/b].")


@pytest.mark.parametrize("key", ["space", "enter"])
async def test_reveal_then_rate(key: str) -> None:
    app = Host(CARD)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "oxygen" not in app.text
        assert "Show the back" in app.text
        await pilot.press(key)
        await settled(pilot)
        assert "Sugar and [b]oxygen[/b]." in app.text
        assert "3 ○ Good" in app.text
        await pilot.press("3", "4")
        await settled(pilot)
        assert app.submitted == [Recalled(3)]


@pytest.mark.parametrize("key", ["space", "enter"])
async def test_a_held_key_rates_nothing(key: str) -> None:
    app = Host(CARD)
    async with app.run_test() as pilot:
        await pilot.press(*[key] * 9)
        await settled(pilot)
        assert not app.submitted
        assert app.response.is_revealed


async def test_arrows_and_enter_rate() -> None:
    app = Host(CARD)
    async with app.run_test() as pilot:
        await pilot.press("space", "down", "down", "enter")
        await settled(pilot)
        assert app.submitted == [Recalled(2)]


@pytest.mark.parametrize("rating", [1, 2, 3, 4])
async def test_the_mouse(rating: int) -> None:
    app = Host(CARD)
    async with app.run_test() as pilot:
        await pilot.pause()
        await click(pilot, app.response.rows[0])
        await click(pilot, app.response.rows[rating - 1])
        assert app.submitted == [Recalled(rating)]


async def test_a_rating_before_the_back_is_shown_is_refused() -> None:
    app = Host(CARD)
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("3")
        await settled(pilot)
        assert not app.submitted
        assert app.response.response == Recalled()
        assert app.said == "Recall it, then show the back."


@pytest.mark.parametrize("size", SIZES)
async def test_intervals(size: tuple[int, int]) -> None:
    app = Host(CARD)
    app.response.show_intervals({1: "10 min", 3: "2 d"})
    async with app.run_test(size=size) as pilot:
        await pilot.press("space")
        await settled(pilot)
        again, hard, good, _ = (text_of(row) for row in app.response.rows)
        assert again.endswith("Again   10 min")
        assert hard.endswith("Hard")
        assert good.endswith("Good    2 d")


async def test_again_is_marked_wrong() -> None:
    app = Host(CARD, Recalled(1))
    async with app.run_test() as pilot:
        await settled(pilot)
        app.response.mark(Grade(0.0), Recalled(3))
        await settled(pilot)
        assert "✗  1   Again   your rating" in app.text


async def test_a_skipped_card_is_revealed_by_marking() -> None:
    app = Host(CARD)
    async with app.run_test() as pilot:
        await settled(pilot)
        app.response.mark(Grade(0.0), Recalled(3))
        await settled(pilot)
        assert "oxygen" in app.text
