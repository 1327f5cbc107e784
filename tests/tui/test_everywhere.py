"""What holds on every screen: keys, help, the palette, the bar at the bottom, and themes that can be read."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from textual.app import App
from textual.color import Color
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.theme import Theme
from textual.widgets import Input, TextArea

from quiz.cli.commands.preview import WatchedBank
from quiz.clock import SystemClock
from quiz.config.key_bindings import wrong_with
from quiz.config.key_ids import KEY_IDS
from quiz.config.reading import changed
from quiz.config.settings import THEME_NAMES, Config
from quiz.tui.app import QuizApp
from quiz.tui.available_actions import TEXTUALS, available_actions, help_groups
from quiz.tui.base_app import BaseApp
from quiz.tui.dialogs.help import HelpModal
from quiz.tui.preview.app import PreviewApp
from quiz.tui.responses.base import ResponseWidget
from quiz.tui.themes import HIGH_CONTRAST, HIGH_CONTRAST_LIGHT, VERDIGRIS, VERDIGRIS_LIGHT
from quiz.tui.widgets.key_bar import KeyBar
from tests.contrast import contrast_of
from tests.resilience.places import PLACES
from tests.resilience.world import World, copied, make_world
from tests.sampling import one_in
from tests.screens import flat, shown, strips_of

ENHANCED, LARGE = 7.0, 4.5
"""The contrast that WCAG 2.2, criterion 1.4.6, asks for of text and of large or bold text."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = make_world(tmp_path_factory.mktemp("world")).live_through()
    yield made
    made.workspace.record.close()


INK, COLOURED, SIGN = 7.0, 5.0, 3.0
"""The least contrast of text, of muted and coloured text, and of signs, in Verdigris."""


@pytest.fixture
def world(template: World, tmp_path: Path) -> Iterator[World]:
    with copied(template, tmp_path / "world") as again:
        yield again


def front_of(app: App[object]) -> list[Strip]:
    """Return what is drawn, of a modal without what is dimmed behind it."""
    region = app.screen.size.region
    if isinstance(app.screen, ModalScreen):
        region = app.screen.children[0].region
    strips = strips_of(app)
    return [strip.crop(region.x, region.right) for strip in strips[region.y : region.bottom]]


@asynccontextmanager
async def everywhere(
    app: QuizApp, world: World, size: tuple[int, int], step: int = 1
) -> AsyncIterator[AsyncIterator[str]]:
    """Run an app and go to one place after the other, or to every so many-th."""

    async def places() -> AsyncIterator[str]:
        await pilot.pause()
        yield "home"
        for name, made in list(PLACES.items())[::step]:
            await app.push_screen(made(world))
            await pilot.pause()
            yield name
            await app.pop_screen()
            await pilot.pause()

    async with app.run_test(size=size) as pilot:
        yield places()


def other_keys() -> dict[str, str]:
    """Return another key for everything that can have one, no two on one screen the same."""
    others: dict[str, str] = {}
    for name in KEY_IDS:
        screen = name.rpartition(".")[0]
        place = sum(other.rpartition(".")[0] == screen for other in others)
        modifier = ("", "ctrl+", "shift+", "ctrl+shift+")[place // 24] if screen else "alt+"
        others[name] = f"{modifier}f{place % 24 + 1}"
    return others


def test_other_keys_are_keys() -> None:
    assert [wrong_with(name, key) for name, key in other_keys().items() if wrong_with(name, key)] == []


@pytest.mark.parametrize("step", one_in(2, [14, 1]))
@pytest.mark.parametrize(
    ("size", "others"), [((40, 15), {}), ((80, 24), other_keys())], ids=["usual", "other"]
)
async def test_keys_are_told_can_be_others_and_never_overflow_the_bar(
    world: World, size: tuple[int, int], others: dict[str, str], step: int
) -> None:
    world.workspace.config = msgspec.structs.replace(world.workspace.config, keys=others)
    app = QuizApp(world.workspace)
    async with everywhere(app, world, size, step) as places:
        async for place in places:
            told = available_actions(app.screen)
            keys = {key for deed in told for key in deed.keys}
            palette = [command.help.partition(" (")[0] for command in app.get_system_commands(app.screen)]
            wanted = {deed.effect for deed in told if not deed.is_movement}
            assert wanted - {"Search in everything that can be done here"} <= set(palette), place
            assert len(palette) == len(set(palette)), place
            assert not {deed.effect for deed in told if deed.is_movement} & set(palette), place
            for active in app.screen.active_bindings.values():
                binding = active.binding
                if binding.id and active.enabled:
                    assert binding.key in keys, (place, binding)
                    assert binding.key == others.get(binding.id, binding.key), (place, binding)
            bars = app.screen.query(KeyBar)
            assert not app.screen.query("Footer"), place
            for bar in bars:
                end = max((cells.stop for cells, _ in bar.keys_by_cell()), default=0)
                assert end <= bar.size.width, (place, shown(app))
                assert any(key.is_last for key in bar.keys()), place  # noqa: SIM118


@pytest.mark.parametrize("step", one_in(2, [16, 1]))
async def test_help_lists_all_that_can_be_done(world: World, step: int) -> None:
    app = QuizApp(world.workspace)
    async with everywhere(app, world, (110, 80), step) as places:
        async for place in places:
            if place == "help":
                continue
            told = available_actions(app.screen)
            help_ = HelpModal("Help", "", help_groups(app.screen))
            await app.push_screen(help_)
            await app._animator.wait_until_complete()
            said = flat(app)
            assert all(deed.effect in said for deed in told), (place, said)
            assert len({(tuple(deed.keys), deed.effect) for deed in told}) == len(told)
            chosen = [deed.effect for deed in told if deed.action == "choose"]
            assert chosen == [getattr(app.screen_stack[-2], "choosing", "Choose this")][: len(chosen)]
            await app.pop_screen()


async def test_the_same_action_of_two_widgets_is_two_deeds(world: World) -> None:
    app = QuizApp(world.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.push_screen(PLACES["settings"](world))
        await pilot.pause()
        told = [
            (deed.effect, deed.keys)
            for deed in available_actions(app.screen)
            if {"enter", "space"} & set(deed.keys)
        ]
        assert told == [("Change this setting", ["space"]), ("Change this setting", ["enter"])]
        await app.push_screen(PLACES["study order"](world))
        await pilot.pause()
        told = {deed.effect: deed.keys for deed in available_actions(app.screen)}
        assert told["Move up"] == ["up", "k"]
        assert told["Move this up"] == ["K", "shift+up"]
        assert TEXTUALS["app.focus_next"][1] in told


@pytest.mark.parametrize(("place", "first"), [("study choice", ("1–3", "Choose")), ("study order", ("⏎",))])
async def test_help_begins_with_the_labels_that_are_keys_and_says_nothing_twice(
    world: World, place: str, first: tuple[str, ...]
) -> None:
    app = QuizApp(world.workspace)
    async with app.run_test(size=(40, 60)) as pilot:
        await app.push_screen(PLACES[place](world))
        await pilot.pause()
        help_ = HelpModal("Help", "", help_groups(app.screen))
        assert help_.groups[0].keys[0][: len(first)] == first
        await app.push_screen(help_)
        await pilot.pause()
        said = shown(app)
        assert "K J" not in {keys for group in help_.groups for keys, _ in group.keys}
        column = said.splitlines()[next(k for k, line in enumerate(said.splitlines()) if "Mark this" in line)]
        after = said.splitlines()[said.splitlines().index(column) + 1]
        assert after.index("to look") == column.index("Mark")


async def test_the_palette_does_what_a_widget_can(world: World) -> None:
    app = QuizApp(world.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = PLACES["study choice"](world)
        await app.push_screen(screen)
        await pilot.pause()
        commands = {command.title: command.callback for command in app.get_system_commands(app.screen)}
        commands["Pick"]()
        await pilot.pause()
        assert screen.query_one(ResponseWidget).is_complete
        assert {"Hint", "Later", "Flag", "Leave", "Help", "Answer", "Theme"} <= set(commands)


@pytest.mark.parametrize(
    ("theme", "step"),
    [
        (HIGH_CONTRAST, 16),
        (HIGH_CONTRAST_LIGHT, 18),
        pytest.param(HIGH_CONTRAST, 1, marks=pytest.mark.long),
        pytest.param(HIGH_CONTRAST_LIGHT, 1, marks=pytest.mark.long),
    ],
)
async def test_high_contrast_is_high_on_every_screen(world: World, theme: Theme, step: int) -> None:
    app = QuizApp(world.workspace)
    app.theme = theme.name
    faint = set()
    async with everywhere(app, world, (100, 40), step) as places:
        async for place in places:
            for strip in front_of(app):
                for segment in strip:
                    style = segment.style
                    if style is None or not any(map(str.isalnum, segment.text)):
                        continue
                    fore, back = (
                        Color.from_rich_color(style.color, app.ansi_theme),
                        Color.from_rich_color(style.bgcolor, app.ansi_theme),
                    )
                    if style.reverse:
                        fore, back = back, fore
                    contrast = contrast_of(fore, back)
                    if contrast < (LARGE if style.bold else ENHANCED):
                        faint.add((place, segment.text.strip(), fore.hex, back.hex, round(contrast, 1)))
    assert not faint


DECORATION = re.compile("[\u2500-\u259f\u2800-\u28ff\\s·…]+")
"""What bars, frames and plots are drawn with, and dots between words."""


@pytest.mark.parametrize("theme", [VERDIGRIS, VERDIGRIS_LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("step", [20, pytest.param(1, marks=pytest.mark.long)])
async def test_text_and_signs_stand_out_on_every_surface(world: World, theme: Theme, step: int) -> None:
    app = QuizApp(world.workspace)
    app.theme = theme.name
    ink = Color.parse(theme.foreground).rgb
    faint = set()
    async with everywhere(app, world, (120, 40), step) as places:
        async for place in places:
            for segment in (segment for strip in front_of(app) for segment in strip):
                said, style = DECORATION.sub("", segment.text), segment.style
                if not said or style is None:
                    continue
                fore, back = (
                    Color.from_rich_color(colour, app.ansi_theme) for colour in (style.color, style.bgcolor)
                )
                fore, back = (back, fore) if style.reverse else (fore, back)
                is_text = any(map(str.isalnum, said))
                least = INK if is_text and fore.rgb == ink else COLOURED if is_text else SIGN
                if (contrast := contrast_of(fore, back)) < least:
                    faint.add((place, said, fore.hex, back.hex, round(contrast, 1)))
    assert not faint


def test_all_themes_are_told() -> None:
    assert set(THEME_NAMES) == set(BaseApp(Config()).available_themes)


async def test_another_key_does_it_and_is_told(world: World) -> None:
    world.workspace.config = changed(
        world.workspace.config, "keys", "answer.submit=f12 help=f11 home.study=f9 list.choose=f8"
    )
    app = QuizApp(world.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        home = flat(app)
        await app.push_screen(PLACES["study choice"](world))
        await pilot.pause()
        assert "f12 Answer" in flat(app)
        assert "f11 Help" in flat(app)
        assert "Press f9 to study." in home
        assert "f8 Continue" in home
        await pilot.press("1", "enter")
        assert "orrect" not in flat(app)
        await pilot.press("f12")
        await pilot.pause()
        assert "orrect" in flat(app)


async def test_the_preview_tells_its_keys_as_well(tmp_path: Path) -> None:
    path = next((Path(__file__).parent.parent.parent / "questions").glob("*.yaml"))
    app = PreviewApp(WatchedBank(path), Config(keys={"preview.leave": "f10"}), SystemClock())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        told = {deed.effect: deed.keys for deed in available_actions(app.screen)}
        assert told["Leave the preview"] == ["f10"]
        await pilot.press("f10")
    assert app.return_code == 0


@pytest.mark.parametrize("is_reduced", [False, True])
async def test_nothing_moves_where_motion_is_reduced(
    world: World, is_reduced: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "full")
    world.workspace.config = changed(world.workspace.config, "reduced_motion", is_reduced)
    app = QuizApp(world.workspace)
    assert app.animation_level == ("none" if is_reduced else "full")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("slash")
        await pilot.pause()
        assert app.screen.query_one(Input).cursor_blink is not is_reduced
        await pilot.press("escape")
        await app.push_screen(PLACES["new class list"](world))
        await pilot.pause()
        await pilot.press("tab")
        await pilot.pause()
        assert app.screen.query_one(TextArea).cursor_blink is not is_reduced
