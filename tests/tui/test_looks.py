"""What screens look like, compared with pictures that somebody looked at.

A picture holds every cell's character, and the role of its colour and of its ground: they stay the same on
any release of Textual that draws the same. `QUIZ_UPDATE_LOOKS=1 pytest tests/tui/test_looks.py` takes them
anew; look at them, and at the app, before committing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from textual.color import Color

from quiz.config.settings import Config
from quiz.core.study_filter import StudyFilter
from quiz.services.study.start import start_study
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.study import screen as study_screen
from tests.fakes import DAY, FakeClock, make_workspace
from tests.sample_banks import SMALL
from tests.screens import press, strips_of

LOOKS = Path(__file__).parent / "looks"
SCENES: dict[str, tuple[tuple[int, int], str, tuple[str, ...]]] = {
    "home-80x24-dark": ((80, 24), "verdigris", ()),
    "home-40x15-light": ((40, 15), "verdigris-light", ()),
    "home-120x36-dark": ((120, 36), "verdigris", ()),
    "answering-40x15-dark": ((40, 15), "verdigris", ("s", "2")),
    "answering-120x36-light": ((120, 36), "verdigris-light", ("s", "2")),
    "answered-80x24-dark": ((80, 24), "verdigris", ("s", "2", "enter")),
    "answered-80x24-light": ((80, 24), "verdigris-light", ("s", "2", "enter")),
    "answered-80x24-no-color": ((80, 24), "no-color", ("s", "2", "enter")),
    "answered-120x36-ansi": ((120, 36), "ansi-dark", ("s", "2", "enter")),
    "typed-120x36-dark": (
        (120, 36),
        "verdigris",
        ("s", "1", "enter", "enter", "1", "2", "enter", "enter", *"pacifik", "enter"),
    ),
    "statistics-120x36-dark": ((120, 36), "verdigris", ("i",)),
    "statistics-120x36-ansi": ((120, 36), "ansi-light", ("i",)),
    "home-200x60-dark": ((200, 60), "verdigris", ()),
    "briefing-80x24-dark": ((80, 24), "verdigris", ("r",)),
    "end-80x24-dark": (
        (80, 24),
        "verdigris",
        ("s", *"1⏎⏎12⏎⏎pacifik⏎⏎2⏎⏎"),
    ),
    "result-80x24-dark": ((80, 24), "verdigris", ("x", "enter", "1", "enter", "f12", "y")),
    "set-up-80x24-dark": ((80, 24), "verdigris", ("x",)),
}
FRONT = {
    "foreground": "i", "foreground-muted": "m", "primary": "a", "text-success": "r", "text-warning": "p",
    "text-error": "w", "text-due": "d", "text-new": "n", "border": "-", "background": "b",
    "button-color-foreground": "b",
}  # fmt: skip
GROUND = {
    "background": " ", "surface": "s", "panel": "c", "primary": "A", "primary-muted": "a",
    "success-muted": "R", "warning-muted": "P", "error-muted": "W",
}  # fmt: skip
"""The roles of colours, by the theme's variables; any other is a question mark."""


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


Ink = tuple[int | None, tuple[int, int, int] | None]
"""A colour's number among the terminal's own, or its red, green and blue; neither for its usual one."""


def ink_of(colour: RichColor) -> Ink:
    return colour.number, colour.triplet


def roles_of(app: QuizApp, roles: dict[str, str]) -> dict[Ink, str]:
    """Return the letter of each colour that a theme gives a role; the first of two roles counts."""
    found: dict[Ink, str] = {}
    for name, letter in roles.items():
        said, _, _ = app.theme_variables[name].partition(" ")  # of the terminal's own there are no shades
        colour = Color.parse(said)
        found.setdefault(ink_of((colour.monochrome if app.no_color else colour).rich_color), letter)
    return found


def picture_of(app: QuizApp) -> str:
    """Return the screen's characters, then the roles of their colours, then those of the ground."""
    strips = strips_of(app)
    characters = [strip.text.rstrip() for strip in strips]
    fronts, grounds = [], []
    ink_roles, ground_roles = roles_of(app, FRONT), roles_of(app, GROUND)
    for strip in strips:
        front = ground = ""
        for segment in strip:
            width = segment.cell_length
            style = segment.style
            inks = [style.color, style.bgcolor] if style is not None else [None, None]
            names = [None if ink is None else ink_of(ink) for ink in inks]
            letter = ink_roles.get(names[0], "?")
            front += "".join(letter if sign.strip() else " " for sign in segment.text.ljust(width))[:width]
            ground += ground_roles.get(names[1], "?") * width
        fronts.append(front.rstrip())
        grounds.append(ground.rstrip())
    return "\n".join((*characters, "", *fronts, "", *grounds)) + "\n"


@pytest.mark.parametrize("name", SCENES)
async def test_looks(
    name: str, workspace: Workspace, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    size, theme, keys = SCENES[name]
    if theme == "no-color":
        monkeypatch.setenv("NO_COLOR", "1")
        theme = "verdigris"
    monkeypatch.setattr(study_screen, "TICK_SECONDS", 3600)  # the clock goes on at keys only
    workspace.set("theme", theme)
    app = QuizApp(workspace)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await press(pilot, clock, *("enter" if key == "⏎" else key for key in keys))
        await pilot.pause()
        picture = picture_of(app)
    path = LOOKS / f"{name}.txt"
    if os.environ.get("QUIZ_UPDATE_LOOKS"):
        LOOKS.mkdir(exist_ok=True)
        path.write_text(picture, encoding="utf-8")
        return
    assert picture == path.read_text(encoding="utf-8"), (
        f"{path.name} looks different; see the module's docstring"
    )
