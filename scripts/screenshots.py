#!/usr/bin/env python3
"""Take the screenshots in docs/screenshots from the real app, with a still clock and a fixed seed."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "screenshots"


class Scene(NamedTuple):
    """A screenshot: the terminal's size, the theme, and the keys that lead there."""

    size: tuple[int, int]
    theme: str
    keys: tuple[str, ...]


SCENES = {
    "home": Scene((100, 28), "textual-dark", ("escape",)),
    "study": Scene((100, 30), "textual-dark", ("s", "1", "enter")),
    "study-light": Scene((80, 24), "textual-light", ("s",)),
    "briefing": Scene((100, 28), "textual-dark", ("r", "down")),
    "help": Scene((90, 30), "textual-dark", ("s", "question_mark")),
}


@dataclass
class StillClock:
    """18 June 2025, noon in Berlin, a second later with every key."""

    time: int = 1_750_240_800_000

    def now(self) -> int:
        """Return the time."""
        return self.time

    def passed(self) -> int:
        """Return the time as well."""
        return self.time

    def zone(self) -> str:
        """Return the place."""
        return "Europe/Berlin"


async def take(scene: Scene, home: Path) -> str:
    """Return a scene as SVG."""
    from quiz.config import Config
    from quiz.storage.history import History
    from quiz.storage.library import Library
    from quiz.storage.workspace import Narrowing, Workspace
    from quiz.tui.app import QuizApp

    clock = StillClock()
    with History.open(home / "history.db", rng=Random(5)) as history:
        workspace = Workspace(
            config=Config(theme=scene.theme),
            library=Library(folders=[ROOT / "questions"]),
            history=history,
            clock=clock,
            rng=Random(5),
            learner_name="mina",
        )
        _study_for_a_week(workspace, clock, Narrowing(banks=("courtship",), limit=24))
        app = QuizApp(workspace)
        async with app.run_test(size=scene.size) as pilot:
            await pilot.pause()
            for key in scene.keys:
                clock.time += 1000
                await pilot.press(key)
                await pilot.pause()
            return app.export_screenshot(title="quiz")


def _study_for_a_week(workspace, clock: StillClock, narrowing) -> None:  # type: ignore[no-untyped-def]
    """Give the record a past: some days of study, most answers right."""
    rng = Random(8)
    begin = clock.time
    for away in (7, 6, 5, 3, 2, 1):
        clock.time = begin - away * 86_400_000
        live = workspace.start_study(narrowing)
        while live is not None and live.session.phase != "finished":
            clock.time += 9_000
            placed = live.session.placed
            right = rng.random() < 0.8
            live.submit(placed.item.key_response() if right else type(placed.item.key_response())())
            clock.time += 4_000
            live.advance()
    clock.time = begin


def main(names: list[str]) -> int:
    """Take some scenes, or all of them."""
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in names or SCENES:
        with tempfile.TemporaryDirectory() as home:
            svg = asyncio.run(take(SCENES[name], Path(home)))
        (TARGET / f"{name}.svg").write_text(svg, encoding="utf-8")
        print(f"docs/screenshots/{name}.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
