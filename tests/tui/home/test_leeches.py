"""What will not stick: listed with its answer and what to do, and mended from there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quiz.core.content.grading import Entered
from quiz.core.scheduling.card import LEECH_AT
from quiz.core.study_filter import StudyFilter
from quiz.services.leeches import leeches
from quiz.services.study.start import start_study
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.dialogs.note import NoteModal
from quiz.tui.home.item import ItemScreen
from quiz.tui.home.leeches import LeechesScreen
from quiz.tui.home.screen import HomeScreen
from quiz.tui.routes import Leeches, Statistics
from quiz.tui.statistics.item import ItemStatisticsScreen
from quiz.tui.study.screen import StudyScreen
from tests.fakes import DAY, FakeClock, make_workspace
from tests.screens import flat, press

BANK = """\
format: 1
bank: words
title: Words
notes: {n: {title: On the first word, text: It is called right.}}
items:
  - {id: one, kind: short-answer, stem: The first word?, key: right, rationale: So it is., cites: [n]}
  - {id: two, kind: short-answer, stem: The second word?, key: left}
  - {id: three, kind: short-answer, stem: The third word?, key: up}
"""


@pytest.fixture
def workspace(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Workspace]:
    made = make_workspace(tmp_path, bank_file(BANK), clock=clock)
    items = [candidate.ref for candidate in made.candidates()][:2]
    for day in range(LEECH_AT + 1):
        live = start_study(made, StudyFilter(), items[: 2 if day else 1])
        assert live is not None
        while live.session.queue and live.session.attempts_today(live.session.current.ref) == 0:
            live.submit(Entered(("wrong",)))
            live.advance()
        clock.go_on(90 * DAY)
    yield made
    made.record.close()


async def test_they_are_listed_with_their_answers_and_what_to_do(
    workspace: Workspace, clock: FakeClock
) -> None:
    app = QuizApp(workspace)
    async with app.run_test(size=(140, 36)) as pilot:
        await pilot.pause()
        assert "2 questions will not stick. m mend or set aside" in flat(app)
        await press(pilot, clock, "m")
        assert isinstance(app.screen, LeechesScreen)
        said = flat(app)
        assert f"The first word? {LEECH_AT + 1}×" in said
        assert f"The second word? {LEECH_AT}×" in said
        assert "✓ right" in said
        assert "So it is." in said
        assert f"Not known on {LEECH_AT + 1} days. Read its note again, reword it, or suspend it." in said
        await press(pilot, clock, "n")
        assert isinstance(app.screen, NoteModal)
        await press(pilot, clock, "escape", "down")
        assert "Reword it or split it into two, or suspend it." in flat(app)
        assert app.screen.check_action("note", ()) is False
        await press(pilot, clock, "enter")
        assert isinstance(app.screen, ItemScreen)
        await press(pilot, clock, "escape", "i")
        assert isinstance(app.screen, ItemStatisticsScreen)


async def test_one_is_suspended_and_taken_back(workspace: Workspace, clock: FakeClock) -> None:
    app = QuizApp(workspace, Leeches())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "at")
        assert [leech.ref.item for leech in leeches(workspace, workspace.learner)] == ["two"]
        assert "The first word?" not in flat(app)
        await press(pilot, clock, "at")
        assert "There are no leeches." in flat(app)
        await press(pilot, clock, "u", "u", "u")
        assert [leech.ref.item for leech in leeches(workspace, workspace.learner)] == ["one", "two"]
        assert app.screen.check_action("undo", ()) is False


async def test_one_is_started_anew_and_taken_back(workspace: Workspace, clock: FakeClock) -> None:
    app = QuizApp(workspace, Leeches())
    async with app.run_test(size=(80, 24)) as pilot:
        first = leeches(workspace, workspace.learner)[0].ref
        assert workspace.held().of(first.bank, [first.item]).new == 0
        await press(pilot, clock, "r")
        assert [leech.ref.item for leech in leeches(workspace, workspace.learner)] == ["two"]
        assert workspace.held().of(first.bank, [first.item]).new == 1
        await press(pilot, clock, "u")
        assert [leech.ref.item for leech in leeches(workspace, workspace.learner)] == ["one", "two"]
        assert workspace.record.rebuild_memory() == 0


async def test_they_are_studied_all_together(workspace: Workspace, clock: FakeClock) -> None:
    app = QuizApp(workspace, Statistics())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "m", "s")
        assert isinstance(app.screen, StudyScreen)
        assert [ref.item for ref in app.screen.live.session.items] == ["one", "two"]


async def test_one_is_mended_in_an_editor(
    workspace: Workspace, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = QuizApp(workspace, Leeches())
    opened = []

    def mend(_: LeechesScreen, path: Path, line: int) -> None:
        opened.append((path.name, path.read_text(encoding="utf-8").splitlines()[line - 1].strip()[:11]))
        path.write_text(BANK.replace("The first word?", "Which word is first?"), encoding="utf-8")

    monkeypatch.setattr(LeechesScreen, "edit", mend)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "e")
        assert opened == [("bank.yaml", "- {id: one,")]
        assert "Which word is first?" in flat(app)


async def test_without_any_nothing_is_offered(
    tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]
) -> None:
    workspace = make_workspace(tmp_path, bank_file(BANK), clock=clock)
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "m")
        assert isinstance(app.screen, HomeScreen)
        assert app.screen.check_action("leeches", ()) is False
    workspace.record.close()


async def test_they_are_read_once_as_they_are_shown_and_once_more_after_something_else(
    workspace: Workspace, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[int] = []
    monkeypatch.setattr("quiz.tui.home.leeches.leeches", lambda *of: (reads.append(1), leeches(*of))[1])
    async with QuizApp(workspace).run_test(size=(140, 36)) as pilot:
        await press(pilot, clock, "m")
        assert len(reads) == 1
        await press(pilot, clock, "enter", "escape")
        assert len(reads) == 2
