"""Keys that arrive together, as over a slow line, do what they do with pauses between them."""

from __future__ import annotations

import pytest

from quiz.core.content.grading import Entered
from quiz.core.content.interaction import Choose, Enter, Field, Interaction, Match, Order, Reveal, Sort
from quiz.tui.responses.rows_base import RowsResponse
from tests.screens import arrive
from tests.tui.responses.host import Host, settled

CASES: dict[str, tuple[Interaction, str]] = {
    "one": (Choose(("Lyon", "Nice", "Paris")), "3↑␠1↓⏎f2h"),
    "several": (Choose(("Lyon", "Nice", "Paris"), most=3), "1␠2↓␠⌫␠⏎h3"),
    "fields": (Enter((Field(), Field()), around=("A ", " and ", ".")), "onw⌫e⏎two⏎fh"),
    "list": (Enter(tuple(Field() for _ in range(3)), is_list=True), "gaz⏎⌫⌫s⏎ice⏎ai⌫ir⏎⏎h"),
    "order": (Order(("one", "two", "three")), "␠↓1␠↓K⌫␠↑⏎3h"),
    "match": (Match(("France", "Italy"), ("Madrid", "Paris", "Rome")), "2→↓␠b2␠↓↓⏎1b⏎ah"),
    "sort": (Sort(("apple", "carrot", "tomato", "leek"), ("Fruit", "Vegetable")), "1␠21↑2↓↓1␠→␠⏎1h"),
    "reveal": (Reveal("Paris"), "␠↓↓⏎3h"),
}


@pytest.mark.parametrize("case", CASES)
async def test_pauses_make_no_difference(case: str) -> None:
    interaction, keys = CASES[case]
    came_of: list[object] = []
    for bursts in (keys, [keys]):
        app = Host(interaction)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            for burst in bursts:
                arrive(app, burst)
                await pilot.pause()
            place = app.response.cursor if isinstance(app.response, RowsResponse) else None
            came_of.append((app.response.response, place, app.changes[-1], app.submitted, app.told))
            assert app.submitted
            assert "h" in app.told
    assert came_of[0] == came_of[1]


async def test_entries_of_a_list_are_two() -> None:
    app = Host(Enter(tuple(Field() for _ in range(3)), is_list=True))
    async with app.run_test() as pilot:
        await settled(pilot)
        arrive(app, "talent⏎brains⏎")
        await settled(pilot)
        assert app.response.response == Entered(("talent", "brains"))


async def test_gaps_get_each_their_own() -> None:
    app = Host(Enter((Field(), Field()), around=("A ", " and ", ".")))
    async with app.run_test() as pilot:
        await settled(pilot)
        arrive(app, "one⏎two⏎")
        await settled(pilot)
        assert app.submitted == [Entered(("one", "two"))]
