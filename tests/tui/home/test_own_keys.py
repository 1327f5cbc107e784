"""Keys are changed by pressing them, and themes are seen before one is kept."""

from __future__ import annotations

from quiz.config.key_ids import KEY_IDS
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.home.own_keys import KeysScreen
from quiz.tui.home.settings import SettingsScreen
from quiz.tui.routes import Keys
from quiz.tui.statistics.overview import StatisticsScreen
from quiz.tui.widgets.row_list import RowList
from tests.screens import flat


async def go_to(pilot: object, name: str) -> None:
    rows = pilot.app.screen.query_one(RowList)  # type: ignore[attr-defined]
    rows.cursor = [row.key for row in rows.rows].index(name)
    await pilot.pause()  # type: ignore[attr-defined]


async def test_another_key_counts_at_once_and_is_kept(workspace: Workspace) -> None:
    app = QuizApp(workspace, Keys())
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, KeysScreen)
        assert [row.key for row in app.screen.query_one(RowList).rows] == list(KEY_IDS)
        await go_to(pilot, "home.statistics")
        await pilot.press("enter", "f10")
        await pilot.pause()
        assert workspace._keep_config.values == {"keys.home.statistics": "f10"}
        await pilot.press("escape", "i")
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert "f10 Stats" in flat(app)
        await pilot.press("f10")
        await pilot.pause()
        assert isinstance(app.screen, StatisticsScreen)


async def test_escape_leaves_a_key_as_it_is_and_delete_brings_the_usual_one_back(
    workspace: Workspace,
) -> None:
    app = QuizApp(workspace, Keys())
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        await go_to(pilot, "home.find")
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert workspace.config.keys == {}
        await pilot.press("enter", "s")
        await pilot.pause()
        assert "“s” is also the key of “home.study”" in [*app._notifications][-1].message
        await pilot.press("delete")
        await pilot.pause()
        assert workspace.config.keys["home.find"] == "slash"


async def test_a_theme_is_seen_before_it_is_kept(workspace: Workspace) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 30)) as pilot:
        before = app.theme
        await pilot.press("comma")
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)
        await go_to(pilot, "theme")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("down")
        await pilot.pause()
        seen = app.theme
        assert seen != before
        assert workspace._keep_config.values == {}
        await pilot.press("escape")
        await pilot.pause()
        assert app.theme == before
        await pilot.press("enter", "down", "enter")
        await pilot.pause()
        assert app.theme == seen
        assert workspace.config.theme == seen


async def test_settings_are_grouped_and_named_and_their_values_explained(workspace: Workspace) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        said = flat(app)
        for text in ("Studying", "Reviews a day no limit", "Recall to aim for 90 %", "A day begins at 4:00"):
            assert text in said
        rows = app.screen.query_one(RowList)
        await pilot.press("home")
        assert rows.cursor == 1
        await pilot.press(*["down"] * 40)
        assert all(row.is_enabled for row in (rows.current,) if row is not None)
        assert rows.current is rows.rows[-1]
