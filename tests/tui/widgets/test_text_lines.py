"""Lines that are worked out for the widths that they are shown in, and for no other."""

from __future__ import annotations

from textual.content import Content

from quiz.tui.widgets.text_lines import Lines


class Noted(Lines):
    """Lines that note for which widths they are asked."""

    def __init__(self) -> None:
        super().__init__()
        self.widths: list[int] = []

    def lines(self, width: int) -> list[Content]:
        self.widths.append(width)
        return [Content("one")]


def test_nothing_is_wrapped_before_there_is_room_for_it() -> None:
    lines = Noted()
    lines.draw_again()
    assert lines.widths == []
