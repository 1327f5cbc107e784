"""Home takes in what other devices did, without keeping anybody waiting."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from quiz.core.content.grading import Chosen
from quiz.core.events.model import Event, EventKind, Mode
from quiz.services.school import school_state
from quiz.services.sync import pair, sync
from quiz.services.sync_state import state_of
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.home.settings import SettingsScreen
from quiz.tui.widgets.row_list import RowList
from tests.fakes import FakeClock, make_workspace
from tests.sample_banks import SMALL
from tests.screens import flat, press


async def test_what_another_device_did_appears_on_home(
    tmp_path: Path, clock: FakeClock, bank_file: Callable[..., Path]
) -> None:
    folder = tmp_path / "synced"
    for name in ("here", "there", "synced"):
        (tmp_path / name).mkdir()
    bank = bank_file(SMALL)
    here = make_workspace(tmp_path / "here", bank, clock=clock)
    there = make_workspace(tmp_path / "there", bank, clock=clock, seed=2)
    with closing(here.record), closing(there.record):
        sync(here, folder)
        pair(there, folder)
        header = there.header(Mode.STUDY, ("small",), 1, {}, ())
        fingerprint = there.library.bank("small").by_id["capital"].fingerprint
        answer = Event(
            n=1,
            kind=EventKind.ATTEMPT,
            at=clock.now(),
            bank="small",
            item="capital",
            fingerprint=fingerprint,
            response=Chosen(("Paris",)),
            score=1.0,
            verdict="correct",
        )
        there.record.start_with(header, [answer, Event(n=2, kind=EventKind.END, at=clock.now())])
        sync(there, folder)
        here.set("sync_folder", str(folder))
        app = QuizApp(here)
        async with app.run_test(size=(120, 36), notifications=True) as pilot:
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert here.record.new_since(here.learner.id, 0) == 1
            assert "on this machine · folder" in flat(app)
            app.push_screen(SettingsScreen(here))
            await pilot.pause()
            rows = app.screen.query_one(RowList)
            rows.cursor = next(n for n, row in enumerate(rows.rows) if row.key == "sync_folder")
            await pilot.pause()
            device = state_of(there.record.path).device
            assert f"{device} 2025-06-18 12:" in " ".join(flat(app).split())
            await press(pilot, clock, "escape")
            folder.rename(tmp_path / "away")
            await press(pilot, clock, "y")
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert "There is no folder" in flat(app)


@pytest.mark.extra("psycopg")
async def test_home_says_that_the_record_goes_to_a_school_and_that_it_is_away(
    workspace: Workspace, clock: FakeClock
) -> None:
    workspace.set("school", "postgresql://127.0.0.1:1/quiz")
    app = QuizApp(workspace)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "on this machine · school" in flat(app)
        assert "cannot be reached" in flat(app)
        assert school_state(workspace.record.path).failures == 1
        await press(pilot, clock, "y")
        await app.workers.wait_for_complete()
        assert school_state(workspace.record.path).failures == 2
