"""Keys that arrive together, as over a slow line, keep their order."""

from __future__ import annotations

import pytest
from textual import events
from textual.app import App

from quiz.core.content.grading import Entered
from quiz.core.content.interaction import Enter, Field
from quiz.tui.widgets.text_field import TextField, TextLines
from tests.tui.responses.host import Host, settled

NAMES = {"⏎": "enter"}


def arrive(app: App[object], keys: str) -> None:
    """Put keys into the app's queue before any of them is handled."""
    for key in keys:
        name = NAMES.get(key, key)
        app.post_message(events.Key(name, None if name != key else key))


async def test_entries_of_a_list_that_arrive_at_once_are_two() -> None:
    app = Host(Enter(tuple(Field() for _ in range(3)), is_list=True))
    async with app.run_test() as pilot:
        await settled(pilot)
        arrive(app, "talent⏎brains⏎")
        await settled(pilot)
        assert app.response.response == Entered(("talent", "brains"))


async def test_gaps_that_are_filled_at_once_get_each_their_own() -> None:
    app = Host(Enter((Field(), Field()), around=("A ", " and ", ".")))
    async with app.run_test() as pilot:
        await settled(pilot)
        arrive(app, "one⏎two⏎")
        await settled(pilot)
        assert app.submitted == [Entered(("one", "two"))]


@pytest.mark.parametrize("field", [TextField(max_length=20), TextLines()], ids=["line", "lines"])
async def test_a_paste_loses_what_a_terminal_would_obey(field: TextField | TextLines) -> None:
    class Fields(App[None]):
        def compose(self):
            yield field

    app = Fields()
    async with app.run_test() as pilot:
        field.focus()
        await pilot.pause()
        field.post_message(events.Paste("a\x1b]52;c;eA==\x07b\x9b31m\u202e"))
        await pilot.pause()
        value = field.value if isinstance(field, TextField) else field.text
        assert value == "a]52;c;eA==b31m"
