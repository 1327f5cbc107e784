"""Drafts in the preview: accepted and rejected by a key each."""

from __future__ import annotations

from pathlib import Path

from quiz.cli.commands.preview import WatchedDraftFile
from quiz.config.settings import Config
from quiz.tui.preview.app import PreviewApp
from quiz.tui.preview.drafts import DraftsScreen
from tests.fakes import FakeClock
from tests.screens import flat, press

BANK = """\
format: 1
bank: b
title: T
items:
  - {id: done, stem: Which one is done?, key: This, distractors: [That], rationale: R}
  - {id: one, stem: Which one is first?, key: This, distractors: [That], rationale: R, status: draft}
  - {id: two, stem: Which one is not second?, key: This, distractors: [That], rationale: R, status: draft}
"""


async def test_drafts_are_accepted_and_rejected_by_a_key_each(tmp_path: Path, clock: FakeClock) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(BANK, encoding="utf-8")
    watched = WatchedDraftFile(path)
    app = PreviewApp(watched, Config(), clock, first=DraftsScreen(watched, clock))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "1 of 2" in flat(app)
        assert "Which one is first?" in flat(app)
        await press(pilot, clock, "a")
        assert "Which one is not second?" in flat(app)
        assert "quiet-negative" in flat(app)
        assert path.read_text(encoding="utf-8") == BANK.replace(", status: draft", "", 1)
        await press(pilot, clock, "z")
        assert path.read_text(encoding="utf-8") == BANK
        assert "Which one is first?" in flat(app)
        await press(pilot, clock, "a")
        await press(pilot, clock, "x")
    assert app.return_code == 0
    assert path.read_text(encoding="utf-8") == "".join(
        BANK.replace(", status: draft", "", 1).splitlines(True)[:-1]
    )
