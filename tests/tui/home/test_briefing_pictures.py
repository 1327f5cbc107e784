"""The briefing shows the pictures of its notes, each with its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.routes import Briefing
from tests.fakes import FakeClock, make_workspace
from tests.screens import flat

BANK = """\
format: 1
bank: b
title: B
notes:
  one: {title: One, text: The first., image: {file: a.png, alt: A map of it}}
  two: {title: Two, text: The second.}
  three: {title: Three, text: The third., image: {file: b.png, alt: A chart of it}}
items: [{id: a, stem: S, key: K, distractors: [x], cites: [one]}]
"""


@pytest.fixture
def workspace(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Workspace]:
    made = make_workspace(tmp_path, bank_file(BANK), clock=clock)
    yield made
    made.record.close()


async def test_each_note_has_its_own_picture(workspace: Workspace) -> None:
    app = QuizApp(workspace, first=Briefing(workspace.library.bank("b")))
    async with app.run_test(size=(100, 30)) as pilot:
        pages = (("A map of it", "A chart"), ("The second.", "A map"), ("A chart of it", "A map"))
        for shown, hidden in pages:
            await pilot.pause()
            await pilot.pause()
            assert shown in flat(app)
            assert hidden not in flat(app)
            await pilot.press("down")
