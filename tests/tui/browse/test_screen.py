"""Browsing on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.events import Key

from quiz.core.content.item_ref import ItemRef
from quiz.core.study_filter import ItemState, StudyFilter
from quiz.services.browse.catalogue import Column
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.browse.narrow import NarrowModal
from quiz.tui.browse.screen import BrowseScreen
from quiz.tui.home.item import ItemScreen
from quiz.tui.routes import Browse
from quiz.tui.study.screen import StudyScreen
from tests.conftest import QUESTIONS
from tests.fakes import FakeClock, make_workspace
from tests.sample_banks import SMALL
from tests.screens import flat, press

SIZE = (130, 30)


@pytest.fixture
def two(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Workspace]:
    made = make_workspace(tmp_path, bank_file(SMALL), QUESTIONS / "courtship.yaml", clock=clock)
    yield made
    made.record.close()


def those(workspace: Workspace, name: str) -> set[str]:
    memories = workspace.record.memories(workspace.learner.id)
    return {ref.item for ref, memory in memories.items() if getattr(memory, name)}


async def test_it_is_searched_and_looked_at(two: Workspace, clock: FakeClock) -> None:
    app = QuizApp(two)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, clock, "b")
        screen = app.screen
        assert isinstance(screen, BrowseScreen)
        everything = sum(card.items for card in two.library.summaries())
        assert f"{everything} questions" in flat(app)
        await press(pilot, clock, "slash", *"ocean is")
        assert [item.ref.item for item in screen.table.found] == ["ocean"]
        assert "1 question" in flat(app)
        await press(pilot, clock, "escape", "enter")
        assert isinstance(app.screen, ItemScreen)
        await press(pilot, clock, "escape", "escape")
        assert not isinstance(app.screen, BrowseScreen)


async def test_words_that_arrive_together_with_the_key_are_searched_for_and_are_no_commands(
    two: Workspace, clock: FakeClock
) -> None:
    app = QuizApp(two, Browse())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, BrowseScreen)
        for key in ("slash", *"ocean", "space", *"is"):
            app.post_message(Key(key, " " if key == "space" else key if len(key) == 1 else None))
        await pilot.pause()
        assert screen.words == "ocean is"
        assert [item.ref.item for item in screen.table.found] == ["ocean"]
        assert screen.column is Column.FILE
        assert not screen.table.marked


async def test_marked_questions_are_changed_together_and_it_is_undone(
    two: Workspace, clock: FakeClock
) -> None:
    app = QuizApp(two, Browse(StudyFilter(banks=("small",))))
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, clock, "space", "space", "f")
        assert those(two, "is_flagged") == {"capital", "ocean"}
        assert flat(app).count("⚑") == 2
        await press(pilot, clock, "t", *"hard", "enter")
        await app.workers.wait_for_complete()
        assert those(two, "tags") == {"capital", "ocean"}
        await press(pilot, clock, "A", "at")
        assert len(those(two, "is_suspended")) == 4
        await press(pilot, clock, "u")
        assert those(two, "is_suspended") == set()
        await press(pilot, clock, "u", "u", "u")
        assert those(two, "is_flagged") == those(two, "tags") == set()
        assert "Nothing was changed here yet." in [notice.message for notice in app._notifications]
        await press(pilot, clock, "d", "enter")
        assert "Only questions that were answered" in "".join(n.message for n in app._notifications)


async def test_it_is_narrowed_sorted_and_studied(two: Workspace, clock: FakeClock) -> None:
    app = QuizApp(two, Browse())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, BrowseScreen)
        await press(pilot, clock, "l")
        assert isinstance(app.screen, NarrowModal)
        app.screen.chosen = StudyFilter(banks=("small",))
        await press(pilot, clock, "down", "space", "enter")
        assert screen.chosen == StudyFilter(banks=("small",), states=(ItemState.NEW,))
        assert [item.ref.bank for item in screen.table.found] == ["small"] * 4
        assert "narrowed" in flat(app)
        await press(pilot, clock, "o", "O")
        assert "Due▾" in flat(app)
        await press(pilot, clock, "space", "s")
        assert isinstance(app.screen, StudyScreen)
        assert app.screen.live.session.header.items == (ItemRef("small", "capital"),)
