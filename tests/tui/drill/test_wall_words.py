"""A bank in German has a wall in German, in every format, from its rules to its report."""

from __future__ import annotations

import re

import pytest
from textual.binding import Binding

from quiz.core.drill.formats import all_formats
from quiz.core.drill.wall_words import GERMAN
from quiz.exchange.drill_report import as_markdown, as_text
from quiz.tui.drill.phrases import TAKEN_BACK
from quiz.tui.drill.report import DrillReportScreen
from quiz.tui.navigation import drill_screen_of
from tests.drills import OPTIONS, TOLD, Make, places, tap
from tests.fakes import FakeClock
from tests.screens import flat

DEUTSCH = (
    OPTIONS.replace("title: Plain questions", "title: Fragen für alle\nlanguage: de-AT")
    .replace("A topic", "Ein Thema")
    .replace("stem: 'Question", "stem: 'Frage")
    .replace("Because", "Darum")
    .replace("title: A note, where: page 1, text: What the note says.", "title: Notiz, text: Das ist so.")
)
for english, deutsch in (("right", "ja"), ("wrong", "nein"), ("other", "vielleicht")):
    DEUTSCH = re.sub(rf"{english}(?=\d)", deutsch, DEUTSCH)
ENGLISH_PIECES = {
    piece.strip(" .:!,·")
    for phrase, said in GERMAN.phrases.items()
    for piece in re.split(r"\{\w+\}", phrase)
    if piece.strip(" .:!,·") and piece.strip(" .:!,·").casefold() not in said.casefold()
}
"""What the wall would say in English."""
PLAYED = {
    "vote": ("5", "v", "d", "4", "v", "enter", "u"),
    "hot-seat": ("enter", "h", "KEY", "enter", "j", "enter", "a", "WRONG"),
    "buzz": ("a", "l", "WRONG", "t", "KEY"),
    "sprint": ("KEY", "WRONG", "s", "p", "p"),
    "everyone": (
        *"1 a",
        "enter",
        *"2 z",
        "enter",
        "escape",
        "w",
        "escape",
        "enter",
        "u",
        "j",
        "enter",
        "enter",
    ),
}


def hears_english(page: str) -> list[str]:
    return sorted(piece for piece in ENGLISH_PIECES if re.search(rf"\b{re.escape(piece)}\b", page))


@pytest.mark.parametrize("which", list(all_formats()))
async def test_a_german_bank_has_a_german_wall(make_app: Make, clock: FakeClock, which: str) -> None:
    app = make_app(which, DEUTSCH, **TOLD[which])
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        pages = [flat(app)]
        await tap(pilot, clock, "enter")
        for key in PLAYED[which]:
            pages.append(flat(app))
            pressed = places(app, right=key == "KEY") if key in {"KEY", "WRONG"} else key
            await tap(pilot, clock, pressed)
        pages.append(flat(app))
        if which == "hot-seat":
            await tap(pilot, clock, "enter", "a")
            pages.append(flat(app))
            await tap(pilot, clock, "escape")
        await tap(pilot, clock, "x")
        pages.append(flat(app))
        await tap(pilot, clock, "y")
        assert isinstance(app.screen, DrillReportScreen)
        pages.append(flat(app))
        assert "beginnt" in pages[0]
        assert {page: said for page in pages if (said := hears_english(page))} == {}


@pytest.mark.parametrize("which", list(all_formats()))
def test_every_key_on_the_bar_and_every_step_taken_back_has_a_german_name(which: str) -> None:
    screen = drill_screen_of(which)
    shown = [key for key in screen.BINDINGS if isinstance(key, Binding) and key.show]
    assert {key.description for key in shown} <= GERMAN.phrases.keys()
    assert {*TAKEN_BACK.values(), *screen.own_steps.values()} <= GERMAN.phrases.keys()


async def test_true_and_false_are_said_in_the_language_of_the_wall(make_app: Make, clock: FakeClock) -> None:
    bank = (
        "format: 1\nbank: tf\ntitle: Wahr?\nlanguage: de\nitems:\n"
        "  - {id: a, kind: true-false, stem: So?, key: true}\n"
    )
    app = make_app("everyone", bank, **TOLD["everyone"])
    async with app.run_test(size=(120, 30)) as pilot:
        await tap(pilot, clock, "enter", *"1 a", "enter", "escape", "enter")
        assert re.search(r"A +Wahr.* B +Falsch", flat(app))
        assert "True" not in flat(app)
        assert [response.options for response in app.live.drill.answers.values()] == [("True",)]
        await tap(pilot, clock, "enter", "enter", "n")
        assert isinstance(app.screen, DrillReportScreen)
        assert re.search(r"✓ Wahr.*✓ Wahr: Nummer 1", flat(app))
        assert not re.search("True|False", flat(app))
        report = app.screen.report
        assert "True" not in as_markdown(report) + as_text(report)
