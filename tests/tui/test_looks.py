"""What screens look like, compared with pictures that somebody looked at.

`QUIZ_UPDATE_LOOKS=1 pytest tests/tui/test_looks.py` takes them anew; look at them before committing. Pictures
are Textual's own SVG, and only comparable where it is the same version that drew them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import textual

from quiz.config.settings import Config
from quiz.core.study_filter import StudyFilter
from quiz.services.study.start import start_study
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from tests.fakes import DAY, FakeClock, make_workspace
from tests.sample_banks import SMALL
from tests.screens import press

LOOKS = Path(__file__).parent / "looks"
SCENES: dict[str, tuple[tuple[int, int], str, tuple[str, ...]]] = {
    "home-80x24-dark": ((80, 24), "textual-dark", ()),
    "home-40x15-light": ((40, 15), "textual-light", ()),
    "home-120x36-dark": ((120, 36), "textual-dark", ()),
    "answering-40x15-dark": ((40, 15), "textual-dark", ("s", "2")),
    "answered-80x24-dark": ((80, 24), "textual-dark", ("s", "2", "enter")),
    "answered-80x24-light": ((80, 24), "textual-light", ("s", "2", "enter")),
    "answered-80x24-no-color": ((80, 24), "no-color", ("s", "2", "enter")),
    "typed-120x36-dark": (
        (120, 36),
        "textual-dark",
        ("s", "1", "enter", "enter", *"pacifik", "enter"),
    ),
}


@pytest.fixture
def workspace(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Workspace]:
    """A workspace with a past: two of four items answered a few days ago."""
    made = make_workspace(tmp_path, bank_file(SMALL), clock=clock, config=Config(fuzz=False))
    clock.go_on(-3 * DAY)
    live = start_study(made, StudyFilter(limit=2))
    assert live is not None
    while live.session.phase != "finished":
        clock.go_on(5000)
        live.submit(live.session.current.item.key_response())
        live.advance()
    clock.go_on(3 * DAY - 10_000)
    yield made
    made.record.close()


@pytest.mark.parametrize("name", SCENES)
async def test_looks(
    name: str, workspace: Workspace, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    size, theme, keys = SCENES[name]
    if theme == "no-color":
        monkeypatch.setenv("NO_COLOR", "1")
        theme = "textual-dark"
    workspace.set("theme", theme)
    app = QuizApp(workspace)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await press(pilot, clock, *keys)
        await pilot.pause()
        picture = f"<!-- Textual {textual.__version__} -->\n{app.export_screenshot(title='quiz')}\n"
    path = LOOKS / f"{name}.svg"
    if os.environ.get("QUIZ_UPDATE_LOOKS"):
        LOOKS.mkdir(exist_ok=True)
        path.write_text(picture, encoding="utf-8")
        return
    expected = path.read_text(encoding="utf-8")
    if expected.partition("\n")[0] != picture.partition("\n")[0]:
        pytest.skip(f"the picture was drawn by {expected.partition(' -->')[0].removeprefix('<!-- ')}")
    assert picture == expected, f"{path.name} looks different; see the module's docstring"
