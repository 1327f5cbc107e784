"""A new format of drills is one file in core and one on the screen, and nobody lists it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import quiz.core.drill.formats
import quiz.tui.drill.formats
from quiz.cli.commands import drill as command
from quiz.core.drill.formats import all_formats
from quiz.core.drill.settings import Stage
from quiz.core.drill.setup import Setup
from quiz.exchange.drill_report import FORMATS
from quiz.services.drill.start import report_of_drill, resume_drill, start_drill
from quiz.services.workspace import Workspace
from quiz.tui.drill.report import DrillReportScreen
from tests.drills import Make, tap
from tests.fakes import SECOND, FakeClock
from tests.screens import flat

CORE = '''
"""Chorus: all say it aloud together, and there is a bell after some time."""

from dataclasses import dataclass, replace
from typing import ClassVar

from quiz.core.drill.drill import Drill
from quiz.core.drill.settings import CLASS, SetupChoice, Stage


@dataclass(frozen=True)
class ChorusDrill(Drill):
    """The class says it together."""

    name: ClassVar[str] = "loud-chorus"
    title: ClassVar[str] = "Chorus"
    summary: ClassVar[str] = "All say it aloud together."
    order: ClassVar[int] = 9
    choices: ClassVar[tuple[SetupChoice, ...]] = (SetupChoice("seconds", "Time", (0, 10), 10),)
    asks_every_kind: ClassVar[bool] = True
    usual_items: ClassVar[int] = 3
    keeps_record: ClassVar[bool] = True

    @property
    def competitors(self):
        return (CLASS,)

    @property
    def can_judge(self):
        return self.stage is Stage.ASKING

    def judge(self, at, *, is_right):
        self._require(Stage.ASKING)
        return self._verdict(CLASS, float(is_right), at, None)

    def due(self, at):
        return self._timed_note("bell", at) if self.stage is Stage.ASKING and self.is_time_up(at) else None

    def _after(self, do, event):
        if do == "verdict":
            return self._revealed(event)
        return self._revealed(event) if do == "bell" else super()._after(do, event)
'''
SCREEN = '''
"""Chorus on the wall."""

from quiz.core.drill.settings import Stage
from quiz.tui.drill.screen import DrillScreen
from quiz.tui.drill.status_band import Status
from quiz.tui.text import show


class ChorusScreen(DrillScreen):
    """The class says it together."""

    name_shown = "Drill: chorus"
    own_steps = {"bell": "the bell"}

    def status(self):
        return Status(show("All together!" if self.drill.stage is Stage.ASKING else "So it is."))
'''
NAME = "loud-chorus"


@pytest.fixture
def new_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    packages = (quiz.core.drill.formats, quiz.tui.drill.formats)
    for package, text in zip(packages, (CORE, SCREEN), strict=True):
        folder = tmp_path / package.__name__
        folder.mkdir()
        (folder / "loud_chorus.py").write_text(text, encoding="utf-8")
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    all_formats.cache_clear()
    yield NAME
    for package in packages:
        sys.modules.pop(f"{package.__name__}.loud_chorus", None)
        vars(package).pop("loud_chorus", None)
    all_formats.cache_clear()


def test_a_new_format_is_offered_set_up_and_played_from_its_one_file(
    new_format: str, workspace: Workspace, clock: FakeClock
) -> None:
    assert list(all_formats())[-1] == new_format
    setup = Setup(tuple(workspace.banks())).moved("format", -1)
    assert (setup.kind.name, setup.limit, setup.only_options) == (new_format, 3, False)

    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    plan = command.plan_from(parser.parse_args(["--format", new_format]), workspace, ("courtship",), ())
    assert (plan.settings.seconds, plan.limit, plan.only_options) == (10, 3, False)

    live: Any = start_drill(workspace, plan)
    live.append(live.drill.start(live.now()))
    live.append(live.drill.judge(live.now(), is_right=True))
    live.append(live.drill.next(live.now()))
    clock.go_on(10 * SECOND)
    assert live.on_tick()
    assert live.drill.stage is Stage.REVEALED
    resumed: Any = resume_drill(workspace, live.drill.header)
    assert (resumed.drill.place, resumed.drill.stage) == (1, Stage.REVEALED)
    resumed.append(resumed.drill.end(resumed.now()))
    report = report_of_drill(workspace.record, live.drill.header.id)
    assert (report.title, report.competitors[0].score.right) == ("Chorus", 1)
    assert all("Chorus" in write(report) or NAME in write(report) for write in FORMATS.values())
    assert start_drill(workspace, plan).drill.settings.record == 1


async def test_a_new_format_is_played_on_the_screen(
    new_format: str, make_app: Make, clock: FakeClock
) -> None:
    app = make_app(new_format, seconds=10)
    async with app.run_test(size=(100, 30)) as pilot:
        await tap(pilot, clock, "enter")
        assert "All together!" in flat(app)
        await tap(pilot, clock, "y")
        assert "So it is." in flat(app)
        await tap(pilot, clock, "u")
        assert "Taken back: the verdict." in flat(app)
        await tap(pilot, clock, "n", "x", "y")
        assert isinstance(app.screen, DrillReportScreen)


def test_the_new_format_is_gone_again() -> None:
    assert NAME not in all_formats()
