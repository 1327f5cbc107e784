"""Whatever a bank's texts hold, they appear as they are written and do nothing."""

import pytest

from quiz.core.content.grading import (
    Chosen,
    Entered,
    Grade,
    Matched,
    Ordered,
    Part,
    Recalled,
    Response,
    Sorted,
)
from quiz.core.content.interaction import Choose, Enter, Field, Interaction, Match, Order, Reveal, Sort
from tests.sampling import spread
from tests.tui.responses.host import Host, settled, shown_by

HOSTILE = ["[/b] [b]", "[@click=app.quit]q[/]", "x[i][red]", "[/", "\\[", "$primary {{x}}", "\x1b[31m\u202e"]


def cases(text: str) -> list[tuple[Interaction, Response, Response]]:
    other = f"{text} 2"
    entered, enter = Entered((text,)), Enter((Field(text, unit=text),), around=(text, text))
    return [
        (Choose((text, other)), Chosen((text,)), Chosen((other,))),
        (enter, entered, entered),
        (Enter((Field(text), Field(text)), is_list=True), entered, entered),
        (Order((text, other)), Ordered((text, other)), Ordered((other, text))),
        (Match((text, other), (text, other)), Matched({text: other}), Matched({text: text, other: other})),
        (Sort((text, other), (text, other)), Sorted({text: other}), Sorted({text: text, other: other})),
        (Reveal(text), Recalled(3), Recalled(3)),
    ]


@pytest.mark.parametrize(("number", "text"), spread(range(7), HOSTILE, turns=2))
async def test_text_is_literal(number: int, text: str) -> None:
    interaction, response, key = cases(text)[number]
    expected = "␛[31m\ufffd" if text.startswith("\x1b") else text
    app = Host(interaction, response)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        shown = shown_by(app.response)
        is_typed = isinstance(response, Entered)
        assert (expected.replace("␛", "").replace("\ufffd", "") if is_typed else expected) in shown
        assert "\x1b" not in shown
        grade = Grade.of_parts((Part(text, text, text, is_right=False),)) if is_typed else Grade(0.0)
        app.response.mark(grade, key)
        await settled(pilot)
        assert expected in shown_by(app.response)
        await pilot.click(app.response, offset=(8, 0))
        assert app.is_running
