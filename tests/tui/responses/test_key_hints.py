import pytest
from textual.app import App, ComposeResult

from quiz.tui.responses.key_hints import KeyLine
from quiz.tui.responses.row import labels, laid_out
from quiz.tui.text import show


class KeyApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[str] = []

    def compose(self) -> ComposeResult:
        yield KeyLine((("1–4", "choose"), ("enter", "submit"), ("→", "other side"), ("3", "Good")))

    def on_key(self, event: object) -> None:
        self.pressed.append(event.key)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("x", "pressed"),
    [(0, []), (12, ["enter"]), (23, ["enter"]), (24, []), (26, ["right"]), (41, ["3"]), (70, [])],
)
async def test_a_click_presses_the_key(x: int, pressed: list[str]) -> None:
    app = KeyApp()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.click(KeyLine, offset=(x, 0))
        await pilot.pause()
        assert app.pressed == pressed


def test_labels_run_out_quietly() -> None:
    assert labels(3, "ab") == ("a", "b", "")


@pytest.mark.parametrize("width", range(1, 90))
def test_a_row_fits_any_width(width: int) -> None:
    head, text, tail = (
        show("▸ ○ 1  "),
        show("some words 漢字 and averyveryverylongword"),
        show("your answer, key"),
    )
    for columns in ((40, 0), (40, 16), (60, 40)):
        lines = laid_out(head, text, tail if columns[1] else show(""), width, columns)
        assert lines
        if width > 12:
            assert all(line.cell_length <= width for line in lines)
        assert "averyveryverylongword" in "".join("".join(line.plain for line in lines).split()) or width < 70
