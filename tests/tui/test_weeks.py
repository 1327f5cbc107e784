"""Weeks of study played by what the screen shows, every number compared with the record's rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest

from quiz import clock as clocks
from quiz.banks.library import Library
from quiz.cli.main import main
from quiz.core.content.bank import Bank
from quiz.tui.app import QuizApp
from tests.fakes import DAY, HOUR, NOON, FakeClock, make_workspace
from tests.questions.shipped import shipped_banks
from tests.terminal import Terminal
from tests.tui.week.checks import check_json
from tests.tui.week.days import play_day
from tests.tui.week.ledger import Ledger
from tests.tui.week.seats import PilotSeat, TerminalSeat, program, told_as_json

ZONE = "Europe/Berlin"
SIZE = (120, 36)
FEW = """\
format: 1
bank: few
title: A few words
notes: {n: {title: A note, text: It is about the third word.}}
items:
  - {id: one, stem: Which is the first word of them?, key: Alpha, distractors: [Omega, Kappa], cites: [n]}
  - {id: two, kind: short-answer, stem: How is the second word called?, key: Beta}
  - id: three
    kind: sorting
    stem: Into which of these do they go?
    categories: {Left: [Ash, Oak], Right: [Elm]}
  - {id: four, kind: flashcard, stem: What does the fourth word mean?, back: Nothing at all}
"""


def ledger_of(file: Path, banks: list[Bank]) -> Ledger:
    return Ledger(file, {bank.bank: [item.id for item in bank.items] for bank in banks}, ZONE)


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> object:
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


async def test_two_days(
    tmp_path: Path,
    clock: FakeClock,
    bank_file: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file, rng = bank_file(FEW), Random(3)
    monkeypatch.setenv("QUIZ_HOME", str(tmp_path))
    monkeypatch.setattr(clocks, "SystemClock", lambda: clock)
    for day in range(2):
        workspace = make_workspace(tmp_path, file, clock=clock, seed=day)
        banks, today = workspace.banks(), date(2025, 6, 18 + day)
        app = QuizApp(workspace)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            ledger = lambda: ledger_of(tmp_path / "history.db", banks)  # noqa: E731, B023
            await play_day(PilotSeat(app, pilot, clock), banks, rng, today, ledger)
        workspace.record.close()
        told = as_json(capsys, "stats", "--banks", str(file.parent), "--set", "learner=mina")
        listed = as_json(capsys, "list", str(file), "--set", "learner=mina")
        check_json(told, listed, ledger(), clock.now())
        clock.go_on(DAY)


async def play_a_week(home: Path, days: tuple[int, ...], banks: list[Bank], *files: Path) -> None:
    """Study on some days, counted from the first, at the real program in a real terminal."""
    rng = Random(5)
    for day in days:
        at = NOON + day * (DAY + HOUR) + HOUR
        command, environment = program(at, *map(str, files))
        ledger = lambda: ledger_of(home / "history.db", banks)  # noqa: E731
        with Terminal(command[3:], home=home, size=SIZE, program=command[:3], environment=environment) as one:
            one.wait_until(lambda shown: "Help" in shown.split("\n")[SIZE[1] - 1], "Home at its full size")
            today = date(2025, 6, 18 + day)
            await play_day(TerminalSeat(one), banks, rng, today, ledger)
            one.press("ctrl+q")
            assert one.wait() == 0
        folders = [part for file in files for part in ("--banks", str(file.parent))]
        told = told_as_json(home, at + HOUR, "stats", *folders)
        listed = told_as_json(home, at + HOUR, "list", *folders)
        check_json(told, listed, ledger(), at + HOUR)


@pytest.mark.long
async def test_a_week_of_all_shipped_items(tmp_path: Path) -> None:
    """Six days, one of them left out, two misses in ten."""
    await play_a_week(tmp_path / "home", (0, 1, 2, 4, 5, 6), list(shipped_banks()))


@pytest.mark.long
async def test_a_week_of_four_hundred_items(tmp_path: Path) -> None:
    path = tmp_path / "many" / "many.yaml"
    path.parent.mkdir()
    items = "".join(
        f"  - {{id: i{k}, topic: t{k % 8}, stem: 'What is the number {k:03d} of all?', key: value {k:03d},"
        f" distractors: [neither of them, all the others]}}\n"
        for k in range(400)
    )
    topics = ", ".join(f"t{k}: Topic {k}" for k in range(8))
    path.write_text(f"format: 1\nbank: many\ntitle: Many\ntopics: {{{topics}}}\nitems:\n{items}")
    banks = [Library(files=(path,)).bank("many"), *shipped_banks()]
    await play_a_week(tmp_path / "home", (0, 1, 2, 3, 4, 5), banks, path)
