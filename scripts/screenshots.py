#!/usr/bin/env python3
"""Take the screenshots in docs/screenshots from the real app, with a still clock and a fixed seed.

usage: screenshots.py [--check] [NAME ...]    (all of them if none is named)

With --check nothing is written: the exit code says whether the pictures show the app as it is.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from textual.screen import Screen

    from quiz.core.content.grading import Response
    from quiz.core.content.interaction import Interaction
    from quiz.core.content.item import Item
    from quiz.services.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "screenshots"
BANK = "courtship"
FIRST = "who-is-asked-home"
"""The item that a study session in a picture begins with."""
DAY = 86_400_000


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

    def boot(self) -> str:
        """Return the start that `passed` counts from."""
        return "still"

    def zone(self) -> str:
        """Return the place."""
        return "Europe/Berlin"


Begin = Callable[["Workspace", StillClock], "Screen[Any]"]


class Scene(NamedTuple):
    """A screenshot: the terminal's size, the theme, the keys that lead there, and the screen to begin on."""

    size: tuple[int, int]
    theme: str
    keys: tuple[str, ...]
    begin: Begin | None = None
    """Makes the screen; the home screen where there is none."""
    days: tuple[int, ...] = (7, 6, 5, 3, 2, 1)
    """How many days ago mina studied."""
    banks: tuple[str, ...] = (BANK,)
    has_tests: bool = False
    """Whether mina has taken tests as well."""
    is_moving: bool = False
    """Whether the picture shows the screen after each of the keys, one after the other."""


def an_exam(workspace: Workspace, clock: StillClock) -> Screen[Any]:
    """Return an exam that is half done: some items answered, one flagged, one left empty."""
    from quiz.core.exam.settings import ExamSettings
    from quiz.services.exam.start import start_exam
    from quiz.tui.exam.screen import ExamScreen

    live = start_exam(workspace, (BANK,), ExamSettings(items=12, minutes=10), 41)
    for place in range(5):
        clock.time += 21_000
        if place == 3:
            live.flag()
            live.advance()
        else:
            live.answer(live.session.current.item.key_response())
    return ExamScreen(workspace, live)


def a_session(workspace: Workspace, clock: StillClock) -> Screen[Any]:  # noqa: ARG001
    """Return a study session that begins with an item to choose from."""
    from quiz.core.content.item_ref import ItemRef
    from quiz.core.study_filter import StudyFilter
    from quiz.services.study.start import start_study
    from quiz.tui.study.screen import StudyScreen

    items = workspace.library.bank(BANK).items
    first = next(place for place, item in enumerate(items) if item.id == FIRST)
    chosen = [ItemRef(BANK, item.id) for item in (*items[first:], *items[:first])][:12]
    live = start_study(workspace, StudyFilter(banks=(BANK,)), chosen)
    assert live is not None
    return StudyScreen(workspace, live)


def a_result(workspace: Workspace, clock: StillClock) -> Screen[Any]:
    """Return the result of an exam, the third one of some days."""
    from quiz.tui.exam.result import ExamResultScreen

    return ExamResultScreen(workspace, take_tests(workspace, clock))


def take_tests(workspace: Workspace, clock: StillClock) -> str:
    """Take three tests within some days, and return the id of the last one."""
    from quiz.core.exam.settings import ExamSettings
    from quiz.services.exam.start import start_exam

    rng = Random(3)
    name = ""
    for away, share in ((6, 0.5), (3, 0.7), (0, 0.85)):
        at, clock.time = clock.time, clock.time - away * DAY
        live = start_exam(workspace, (BANK,), ExamSettings(items=12, minutes=10, pass_mark=60), 40 + away)
        for _ in range(12):
            clock.time += rng.randint(8_000, 40_000)
            item, asked = live.session.current.item, live.session.interaction
            live.answer(answer_to(item, asked, is_right=rng.random() < share))
        live.hand_in()
        name = live.session.header.id
        clock.time = at
    return name


def a_vote(workspace: Workspace, clock: StillClock) -> Screen[Any]:
    """Return a drill whose class has voted twice."""
    from quiz.core.drill.settings import DrillSettings
    from quiz.services.drill.start import DrillPlan, start_drill
    from quiz.tui.navigation import drill_screen

    told = DrillSettings(format="vote", class_size=24)
    live: Any = start_drill(workspace, DrillPlan((BANK,), told, limit=12, only_options=True, seed=11))
    live.append(live.drill.start(clock.now()))
    while len(live.drill.options) != 4:
        live.append(live.drill.skip(clock.now()))
    key = live.drill.current.item.key_text()
    for right, others in ((9, (8, 5, 2)), (19, (3, 1, 1))):
        wrong = iter(others)
        for place, option in enumerate(live.drill.options):
            clock.time += 2_000
            live.append(live.drill.count(place, right if option == key else next(wrong), clock.now()))
        live.append(live.drill.close(clock.now()))
        if len(live.drill.rounds) == 1:
            clock.time += 60_000
            live.append(live.drill.vote_again(clock.now()))
    live.append(live.drill.reveal(clock.now()))
    return drill_screen(workspace, live)


SECONDS = 2.4
"""How long each screen of a moving picture stays."""
MONTHS = tuple(day for day in range(150, 0, -1) if day % 7 != 4 and day % 11 and not 60 < day < 74)
"""The days of five months on which mina studied, by how many days ago they were."""
SCENES = {
    "moving": Scene(
        (100, 30), "verdigris", ("2", "enter", "enter", "1", "enter", "enter", "h"), a_session, is_moving=True
    ),
    "home": Scene((120, 36), "verdigris", ("down",), days=MONTHS, banks=(BANK, "forces"), has_tests=True),
    "study": Scene((100, 30), "verdigris", ("1", "enter"), a_session),
    "study-light": Scene((80, 24), "verdigris-light", ("2",), a_session),
    "high-contrast": Scene((90, 28), "high-contrast", ("3", "enter"), a_session),
    "briefing": Scene((100, 28), "verdigris", ("r", "down")),
    "test": Scene((100, 28), "verdigris", (), an_exam),
    "result": Scene((100, 32), "verdigris", (), a_result),
    "drill": Scene((120, 34), "verdigris", (), a_vote),
    "statistics": Scene(
        (120, 36), "verdigris", ("i",), days=MONTHS, banks=(BANK, "forces", "long-road")
    ),
    "help": Scene((90, 36), "verdigris", ("question_mark",), a_session),
}  # fmt: skip


def answer_to(item: Item, asked: Interaction, *, is_right: bool) -> Response:
    """Return the key, or a response that is complete and wrong."""
    from quiz.core.content.grading import Chosen, Entered, Ordered
    from quiz.core.content.interaction import Choose, Enter, Order

    key = item.key_response()
    if is_right:
        return key
    match asked:
        case Choose(options):
            others = [option for option in options if option not in getattr(key, "options", ())]
            return Chosen(tuple(others[:1]))
        case Enter(fields):
            return Entered(("no idea",) * len(fields))
        case Order(entries):
            return Ordered(tuple(reversed(getattr(key, "entries", entries))))
    return key


async def take(scene: Scene, home: Path) -> str:
    """Return a scene as SVG."""
    from quiz.banks.library import Library
    from quiz.config.settings import Config
    from quiz.record.sqlite_record import SqliteRecord
    from quiz.services.workspace import Workspace
    from quiz.tui.app import QuizApp

    clock = StillClock()
    with SqliteRecord.open(home / "history.db", rng=Random(5)) as record:
        workspace = Workspace(
            config=Config(theme=scene.theme),
            library=Library(folders=[ROOT / "questions"]),
            record=record,
            clock=clock,
            rng=Random(5),
            learner_name="mina",
        )
        _study(workspace, clock, scene)
        if scene.has_tests:
            take_tests(workspace, clock)
        app = QuizApp(workspace)
        async with app.run_test(size=scene.size) as pilot:
            await pilot.pause()
            if scene.begin is not None:
                await app.push_screen(scene.begin(workspace, clock))
                await pilot.pause()
            pictures = [app.export_screenshot(title="quiz")]
            for key in scene.keys:
                clock.time += 1000
                await pilot.press(key)
                await pilot.pause()
                if scene.is_moving:
                    pictures.append(app.export_screenshot(title="quiz"))
            return moving(pictures) if scene.is_moving else app.export_screenshot(title="quiz")


def moving(pictures: Sequence[str]) -> str:
    """Return SVGs of one size as a single one that shows them in turn; the last where motion is reduced."""
    found = re.search(r'viewBox="([^"]+)"', pictures[0])
    box = found[1] if found else ""
    whole = len(pictures) * SECONDS
    style = (
        f"@keyframes turn {{ 0%, {100 / len(pictures):.2f}% {{ visibility: visible }} "
        f"{100 / len(pictures) + 0.01:.2f}%, 100% {{ visibility: hidden }} }}\n"
        f".turn {{ visibility: hidden; animation: turn {whole:.1f}s step-end infinite }}\n"
        "@media (prefers-reduced-motion: reduce) {\n"
        "  .turn { animation: none } .turn:last-child { visibility: visible }\n}"
    )
    frames = "\n".join(
        f'<g class="turn" style="animation-delay: {place * SECONDS:.1f}s">\n{picture}\n</g>'
        for place, picture in enumerate(pictures)
    )
    head = f'<svg viewBox="{box}" xmlns="http://www.w3.org/2000/svg">'
    return f"{head}\n<style>\n{style}\n</style>\n{frames}\n</svg>\n"


def _study(workspace: Workspace, clock: StillClock, scene: Scene) -> None:
    """Give the record a past: some days of study, most answers right."""
    from quiz.core.study_filter import StudyFilter
    from quiz.services.study.start import start_study

    rng = Random(8)
    begin = clock.time
    for away in scene.days:
        clock.time = begin - away * DAY
        live = start_study(workspace, StudyFilter(banks=scene.banks, limit=24))
        while live is not None and live.session.phase != "finished":
            live.shown()
            clock.time += rng.randint(4_000, 16_000)
            item, asked = live.session.current.item, live.session.interaction
            live.submit(answer_to(item, asked, is_right=rng.random() < 0.8))
            clock.time += 4_000
            live.advance()
    clock.time = begin


def main(names: list[str], scenes: Mapping[str, Scene] = SCENES, folder: Path | None = None) -> int:
    """Take some scenes, or all of them, into a folder, that of the screenshots if none is named."""
    folder = folder or TARGET
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    is_check = "--check" in names
    names = [name for name in names if name != "--check"]
    unknown = [name for name in names if name not in scenes]
    if unknown:
        print(f"There is no scene {unknown[0]}. There are: {', '.join(scenes)}.", file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    stale = 0
    for name in names or scenes:
        with tempfile.TemporaryDirectory() as home:
            svg = asyncio.run(take(scenes[name], Path(home)))
        path = folder / f"{name}.svg"
        if path.exists() and path.read_text(encoding="utf-8") == svg:
            continue
        stale += 1
        if is_check:
            print(f"docs/{folder.name}/{name}.svg is stale: take it again.", file=sys.stderr)
        else:
            path.write_text(svg, encoding="utf-8")
            print(f"Wrote docs/{folder.name}/{name}.svg.")
    return 1 if is_check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
