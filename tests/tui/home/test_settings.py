"""The settings on the screen: shown, changed, heeded and kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.color import Color
from textual.pilot import Pilot

from quiz.config.settings import Config, settings_of
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.home.own_keys import KeysScreen
from quiz.tui.home.setting_rows import GROUPS
from quiz.tui.home.settings import SettingsScreen
from quiz.tui.widgets.row_list import RowList
from tests.fakes import make_workspace
from tests.screens import flat, places_of


@asynccontextmanager
async def settings(workspace: Workspace, size: tuple[int, int] = (80, 30)) -> AsyncIterator[Pilot[object]]:
    app = QuizApp(workspace)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("comma")
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)
        yield pilot


async def go_to(pilot: Pilot[object], name: str) -> None:
    rows = pilot.app.screen.query_one(RowList)
    rows.cursor = [row.key for row in rows.rows].index(name)
    await pilot.pause()


async def test_every_setting_is_there_and_says_what_it_is_for(workspace: Workspace) -> None:
    async with settings(workspace) as pilot:
        for setting in settings_of(Config()):
            await go_to(pilot, setting.name)
            label = next(labels[setting.name] for labels in GROUPS.values() if setting.name in labels)
            about = pilot.app.screen.query_one("#about")
            assert label in flat(pilot.app)
            assert about.region.bottom <= pilot.app.size.height
            assert setting.description in " ".join(about.render().plain.split())
            assert "as usual" not in flat(pilot.app)


@pytest.mark.parametrize("width", [80, 120])
async def test_rows_stand_under_the_title_and_only_the_chosen_value_is_in_the_accent(
    workspace: Workspace, width: int
) -> None:
    async with settings(workspace, (width, 30)) as pilot:
        assert {places_of(pilot.app, text)[0][0] for text in ("Settings", "Studying", "Reviews a day")} == {2}
        rows = pilot.app.screen.query_one(RowList)
        accent, ink, muted = (
            Color.parse(pilot.app.theme_variables[name]).rgb
            for name in ("text-accent", "foreground", "foreground-muted")
        )
        colours = {}
        for row in (1, 2):
            strip = rows.render_line(row)
            assert strip.text.endswith("  ")
            assert not strip.text[:-2].endswith(" ")
            colours[row] = [
                Color.from_rich_color(part.style.color).rgb
                for part in strip
                if part.text.strip(" ▌") and part.style is not None and part.style.color is not None
            ]
        assert colours == {1: [ink, accent], 2: [ink, muted]}


async def test_a_yes_is_turned_round_heeded_and_kept(workspace: Workspace) -> None:
    async with settings(workspace) as pilot:
        pilot.app.animation_level = "full"
        await go_to(pilot, "reduced_motion")
        await pilot.press("enter")
        await pilot.pause()
        assert workspace.config.reduced_motion
        assert pilot.app.animation_level == "none"
        assert workspace._keep_config.values == {"reduced_motion": True}
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app.animation_level == "full"


async def test_a_number_is_asked_for_until_it_can_be_that(workspace: Workspace) -> None:
    async with settings(workspace) as pilot:
        await go_to(pilot, "criterion")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("backspace", "7", "enter")
        await pilot.pause()
        assert "“criterion” cannot be '7': it needs" in flat(pilot.app)
        assert workspace.config.criterion == 1
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("backspace", "3", "enter")
        await pilot.pause()
        assert workspace.config.criterion == 3
        assert workspace._keep_config.values == {"criterion": 3}


async def test_a_theme_is_chosen_and_kept(workspace: Workspace) -> None:
    async with settings(workspace) as pilot:
        await go_to(pilot, "theme")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("home", "down", "enter")
        await pilot.pause()
        assert pilot.app.theme == "verdigris-light"
        assert workspace._keep_config.values == {"theme": "verdigris-light"}
        assert "verdigris-light" in flat(pilot.app)


async def test_what_the_start_alone_looks_at_is_said(workspace: Workspace) -> None:
    async with settings(workspace) as pilot:
        await go_to(pilot, "mouse")
        await pilot.press("enter")
        await pilot.pause()
        assert "from the next start on" in flat(pilot.app)
        await go_to(pilot, "keys")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, KeysScreen)


async def test_what_cannot_be_kept_is_said(workspace: Workspace) -> None:
    from quiz.errors import UsageError

    def refuse(name: str, value: object) -> None:
        raise UsageError("The disk is full of feathers.")

    workspace._keep_config = refuse
    async with settings(workspace) as pilot:
        assert "space Change" in flat(pilot.app)
        await go_to(pilot, "fuzz")
        await pilot.press("space")
        await pilot.pause()
        assert "The disk is full of feathers." in flat(pilot.app)
        pilot.app.theme = "nord"
        await pilot.pause()
        assert pilot.app.is_running


async def test_what_is_wrong_with_the_config_is_said_in_the_app(tmp_path, bank_file) -> None:
    from tests.sample_banks import SMALL

    workspace = make_workspace(tmp_path, bank_file(SMALL))
    workspace.remarks = ("config.toml:3: There is no setting [b]“colour”.",)
    app = QuizApp(workspace)
    async with app.run_test(size=(160, 24), notifications=True) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert "no setting [b]“colour”." in " ".join(flat(app).split("│"))
    workspace.record.close()


async def test_on_a_high_screen_the_list_does_not_hang_from_the_top(workspace: Workspace) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        assert app.screen.query_one(RowList).region.y >= 6
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert app.screen.query_one(RowList).region.y <= 2
