"""Importing on the screen: looked at, brought in, and again without undoing what was changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from quiz.exchange.declaration import Review
from quiz.services.importing import batches, planned
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.home.import_bank import ImportScreen
from quiz.tui.home.screen import HomeScreen
from quiz.tui.routes import Import
from tests.fakes import FakeClock, make_workspace
from tests.screens import flat, press

GIFT = "// [id:sun]\nWhat shines? {=Sun ~Moon}\n\n// [id:essay]\nWhy? {}\n"
PACKAGE = Path(__file__).parents[2] / "exchange" / "formats" / "anki_packages" / "old.apkg"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUIZ_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def workspace(home: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Workspace]:
    made = make_workspace(
        home,
        bank_file("format: 1\nbank: b\ntitle: B\nitems: [{id: a, stem: S, key: K, distractors: [x]}]\n"),
        clock=clock,
    )
    yield made
    made.record.close()


async def read(pilot: Pilot[int], path: Path) -> ImportScreen:
    """Name a file and wait until it was read."""
    screen = pilot.app.screen
    assert isinstance(screen, ImportScreen)
    screen.query_one("#file").value = str(path)  # type: ignore[attr-defined]
    await pilot.press("enter")
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    return screen


async def test_a_file_is_looked_at_then_brought_in_then_known(workspace: Workspace, home: Path) -> None:
    file = home / "course.gift"
    file.write_text(GIFT, encoding="utf-8")
    app = QuizApp(workspace)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await press(pilot, workspace.clock, "o")
        screen = await read(pilot, file)
        told = flat(app)
        assert "GIFT, 1 question" in told
        assert "What shines?" in told
        assert "It is an essay question" in told
        assert "Import 1 question" in told
        assert not list(home.rglob("course.yaml"))
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "✓ Done." in flat(app)
        (bank,) = home.rglob("course.yaml")
        edited = bank.read_text(encoding="utf-8").replace("What shines?", "What shines by day?")
        bank.write_text(edited, encoding="utf-8")
        file.write_text(GIFT.replace("~Moon", "~Mars"), encoding="utf-8")
        await pilot.press("o")
        await read(pilot, file)
        assert "kept as here: sun" in flat(app)
        assert "There is nothing new to import." in flat(app)
        assert not screen.check_action("bring", ())


async def test_theirs_is_a_switch(workspace: Workspace, home: Path) -> None:
    file = home / "course.gift"
    file.write_text(GIFT, encoding="utf-8")
    app = QuizApp(workspace, first=Import())
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await read(pilot, file)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        (bank,) = home.rglob("course.yaml")
        bank.write_text(bank.read_text(encoding="utf-8").replace("Moon", "Mouse"), encoding="utf-8")
        file.write_text(f"{GIFT.replace('~Moon', '~Mars')}\n\n// [id:new]\nNew? {{T}}\n", encoding="utf-8")
        await pilot.press("o")
        await read(pilot, file)
        assert "Import 1 question" in flat(app)
        assert "your version stays" in flat(app)
        await pilot.press("t")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Import 2 questions" in flat(app)
        assert "their version stays" in flat(app)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        assert "Mars" in bank.read_text(encoding="utf-8")


async def test_answers_of_anki_go_on_record_and_a_folder_is_read_file_by_file(
    workspace: Workspace, home: Path
) -> None:
    folder = home / "in"
    folder.mkdir()
    (folder / "geo.apkg").write_bytes(PACKAGE.read_bytes())
    (folder / "broken.xml").write_bytes(b"<quiz><question")
    app = QuizApp(workspace, first=Import())
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await read(pilot, folder)
        assert "broken.xml" in flat(app)
        assert "cannot be read" in flat(app) or "in no format" in flat(app)
        assert "Capital of France?" in flat(app)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "8 answers new on record" in flat(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
    assert workspace.record.review_count(workspace.learner.id) > 0


async def test_what_is_not_there_is_said(workspace: Workspace, home: Path) -> None:
    app = QuizApp(workspace, first=Import())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await read(pilot, home / "nothing.txt")
        assert "There is no file or folder" in flat(app)


def test_a_file_that_cannot_be_read_is_a_plan_with_its_problem(home: Path) -> None:
    (home / "x.bin").write_bytes(b"\x00\x01")
    plan = planned(home / "x.bin")
    assert not plan.is_ready
    assert "no format" in plan.problem


def test_answers_go_on_record_in_batches_of_whole_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quiz.services.importing.AT_ONCE", 3)
    day = 86_400_000
    reviews = tuple(Review("i", at, 3, 1) for at in (day + 1, day + 2, 5, 3 * day, 3 * day + 1))
    assert [[one.at for one in batch] for batch in batches(reviews)] == [
        [5, day + 1, day + 2], [3 * day, 3 * day + 1],
    ]  # fmt: skip
