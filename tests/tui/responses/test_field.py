"""Fields to type into."""

from __future__ import annotations

import pytest
from textual import events
from textual.app import App

from quiz.tui.widgets.text_field import TextField, TextLines


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
