"""Finding a question shows it, and nothing is counted; the bar and the palette at home."""

from __future__ import annotations

from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.home.item import ItemScreen
from quiz.tui.home.screen import HomeScreen
from quiz.tui.study.screen import StudyScreen
from quiz.tui.widgets.row_list import RowList
from tests.screens import flat, shown


async def test_a_question_that_is_found_is_shown_and_nothing_is_on_record(workspace: Workspace) -> None:
    app = QuizApp(workspace)
    bank = workspace.banks()[0]
    item = bank.items[0]
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("slash")
        await app.workers.wait_for_complete()
        assert "▔" not in shown(app), "no border of Textual's own around the field"
        for key in item.id:
            await pilot.press("minus" if key == "-" else key)
        await app.workers.wait_for_complete()
        await pilot.pause()
        found = app.screen.query_one(RowList)
        assert " item" not in flat(app).replace(item.stem, "")
        found.cursor = [row.key for row in found.rows].index(f"item/{bank.bank}/{item.id}")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ItemScreen)
        said = flat(app)
        assert " ".join(item.stem.split())[:40] in said
        assert item.key_text()[:30] in said
        assert workspace.record.sessions() == []
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, StudyScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_a_search_that_was_left_is_not_shown_any_more(workspace: Workspace) -> None:
    app = QuizApp(workspace)
    async with app.run_test() as pilot:
        await pilot.press("slash", "a", "escape")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert app._exception is None


async def test_the_bar_holds_all_that_matters_at_80_columns(workspace: Workspace) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        bar = shown(app).splitlines()[-1]
        for effect in ("This bank", "Exam", "Drill", "Read", "Stats", "Find", "Settings", "Help"):
            assert effect in bar


async def test_the_palette_lists_each_thing_once_and_no_movement(workspace: Workspace) -> None:
    app = QuizApp(workspace)
    async with app.run_test() as pilot:
        await pilot.pause()
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert titles.count("Quit") == 1
        assert not {"Up", "Down", "Page up", "First", "Last", "Next field", "Field before"} & set(titles)
        assert {"Study", "Exam", "Settings", "Help", "Theme"} <= set(titles)
