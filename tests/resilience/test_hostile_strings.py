"""Hostile texts wherever text comes from, on every screen: shown as they are written, or refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from random import Random
from string import ascii_uppercase

import pytest
from textual.pilot import Pilot

from quiz.banks.files import read_bank_text
from quiz.core.text.forbidden import FORBIDDEN
from quiz.core.text.safe_text import visible
from quiz.tui.app import QuizApp
from tests.resilience.places import PLACES
from tests.resilience.strings import ALL, LETTERS, MARKUP, TERMINAL
from tests.resilience.world import World, bank_of, make_world
from tests.screens import shown

SIZE = (110, 40)


def test_there_are_more_than_a_hundred_hostile_texts() -> None:
    assert len(set(ALL)) == len(ALL) > 100


@pytest.mark.parametrize("text", ALL, ids=ascii)
def test_a_bank_takes_a_text_as_it_is_or_refuses_it(text: str) -> None:
    bank, findings, *_ = read_bank_text(bank_of(text).encode("utf-8", "surrogatepass"), "b")
    if text in TERMINAL or FORBIDDEN.search(text):
        assert bank is None
    for finding in findings:
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", finding.message)
    if bank is not None:
        assert bank.title.strip() == text.strip()
        assert bank.items[0].stem.strip() == text.strip()
        assert bank.items[-1].back.strip() == text.strip()


def harmless(text: str) -> str:
    """Return a text of the same shape in which there is nothing but letters and spaces."""
    return "".join(" " if character == " " else "x" for character in text)


_FORM_CODE = re.compile(r"\b([0-9A-Z]{5}-){2}[0-9A-Z]{5}\b")
"""The code of a form, which follows from its bank's texts."""


def unlike(screen: str, plain: str, text: str) -> list[tuple[str, str]]:
    """Return where a screen with a text differs from one with its harmless likeness in more than the text."""
    screen, plain = (_FORM_CODE.sub("CODE", shown) for shown in (screen, plain))
    allowed = {*zip(visible(text), harmless(text), strict=True), ("_", "x")}  # no file name has a slash
    allowed |= set(product(ascii_uppercase, repeat=2))  # the two letters that stand for a pupil
    return [
        (line, other)
        for line, other in zip(screen.split("\n"), plain.split("\n"), strict=True)
        if len(line.rstrip()) != len(other.rstrip())
        or any(one != two and (one, two) not in allowed for one, two in zip(line, other, strict=False))
    ]


async def look(world: World, *names: str) -> dict[str, str]:
    """Return what some places show."""
    app, seen = QuizApp(world.workspace), {}
    async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        seen["home"] = await settled(app, pilot)
        for name in names:
            await app.push_screen(PLACES[name](world))
            seen[name] = await settled(app, pilot)
            assert app.is_running
            while len(app.screen_stack) > 1:
                app.pop_screen()
            await pilot.pause()
    return seen


async def settled(app: QuizApp, pilot: Pilot[int]) -> str:
    """Return what a screen shows once it no longer changes."""
    await pilot.pause()
    return shown(app)


def nothing_to_obey(seen: dict[str, str]) -> None:
    for name, screen in seen.items():
        found = FORBIDDEN.search(screen.replace("\n", " "))
        assert found is None, (name, found)


def packs(texts: Sequence[str], count: int) -> list[str]:
    """Put some texts into a few long ones."""
    return [" ".join(texts[number::count]) for number in range(count)]


def packs_within(texts: Sequence[str], length: int) -> list[str]:
    """Join the texts, one after the other, to few that have at most so many characters each."""
    found = [texts[0]]
    for text in texts[1:]:
        if len(found[-1]) + len(text) < length:
            found[-1] += f" {text}"
        else:
            found.append(text)
    return found


def takes(text: str) -> bool:
    """Return whether a bank may hold a text."""
    return read_bank_text(bank_of(text).encode("utf-8", "surrogatepass"), "b").bank is not None


TAKEN = tuple(text for text in LETTERS if takes(text))
REFUSED = (*TERMINAL, *(text for text in LETTERS if text not in TAKEN))


def dealt(short: Sequence[object], places: Sequence[str], alone: Sequence[str]) -> list[object]:
    """Return parameters: some places dealt out to a few texts, and for the long form all to each text."""
    hands = [places[number :: len(short)] for number in range(len(short))]
    return [
        *(pytest.param(text, hands[place], id=f"pack {place}") for place, text in enumerate(short)),
        *(pytest.param(text, PLACES, id=ascii(text), marks=pytest.mark.long) for text in alone),
    ]


EVERYWHERE = Random(5).sample(list(PLACES), len(PLACES))
FITTING = packs_within(TAKEN, 200)  # the least bound of the fields that hold it
PAIRS = list(zip(FITTING, packs(REFUSED, len(FITTING)), strict=True))
"""What a bank takes, and what it refuses: then a learner's name, a file's and a broken bank hold it."""


@pytest.mark.parametrize(("text", "names"), dealt(PAIRS, EVERYWHERE, ALL))
async def test_no_screen_shows_anything_that_a_terminal_would_obey(
    text: str | tuple[str, str], names: Sequence[str], tmp_path: Path
) -> None:
    taken, other = text if isinstance(text, tuple) else (text, text)
    assert taken is other or takes(taken)
    world = make_world(tmp_path, taken, other=other).live_through()
    nothing_to_obey(await look(world, *names))
    assert world.workspace.record.integrity() == []
    world.workspace.record.close()


ONE_CELL_EACH = tuple(
    text
    for text in MARKUP
    if len(text) < 30
    and not any(mark in text for mark in ("{{", "}}", "`", "](", "<", "*", "\\"))
    and not text.lstrip("+-").isdigit()
)
"""Texts that a screen breaks into lines as it does their harmless likeness: no Markdown, and no numbers."""


@pytest.mark.parametrize(("text", "names"), dealt(packs(ONE_CELL_EACH, 2), EVERYWHERE[::12], ONE_CELL_EACH))
async def test_every_screen_shows_markup_as_it_is_written(
    text: str, names: Sequence[str], tmp_path: Path
) -> None:
    """A screen differs from one with a harmless text of the same shape in the letters of that text alone."""
    seen = []
    for folder, written in (("hostile", text), ("harmless", harmless(text))):
        world = make_world(tmp_path / folder, written).live_through()
        seen.append(await look(world, *names))
        world.workspace.record.close()
    for name in seen[0]:
        assert unlike(seen[0][name], seen[1][name], text) == [], (name, seen[0][name])
