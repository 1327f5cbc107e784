"""All banks of `maximal`: what each key takes with them, or how long the app takes to start beside them.

    nice -n -19 python -m tests.resilience.maximal_runs keys FOLDER
    nice -n -19 python -m tests.resilience.maximal_runs starts FOLDER

Both go on where they were left. Each case is a line of `keys.jsonl` or `starts.jsonl` in the folder, and
what is over its limit is printed. A field is as large as `quiz check` lets it be without a word about its
size, or for a start as large as the format lets it be. Keys are counted in seconds of the processor, drawing
included, but not what threads do beside the loop. So are starts until Home is painted, beside those on a
small bank.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from textual.pilot import Pilot

from quiz.authoring.check import checked
from quiz.banks.put_off import LARGE
from quiz.cli.startup import open_workspace
from quiz.core.content.item_ref import ItemRef
from quiz.core.study_filter import StudyFilter
from quiz.services.study.start import start_study
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.study.screen import StudyScreen
from tests.fakes import SECOND, FakeClock, make_workspace
from tests.resilience.maximal import SINGLE, Case, bank_with, cases, size_of
from tests.rest import draw, let_pilots_wait_for_work

MOST_SECONDS = 0.1
"""How much of the processor a key may take, or else half as much again as it takes with a small bank."""
MOST_MORE = 0.05
"""How much more of it a start may take than with a small bank: a fifth of what a blank Textual app takes."""
KEYS = (
    "down",
    "1",
    "space",
    "a",
    "f5",
    "enter",
    "enter",
    "f8",
    "pagedown",
    "escape",
    "f7",
    "r",
    "down",
    "escape",
)
"""What is pressed, whatever the kind of item: it is answered, its verdict is read, and its notes are."""
WALK = (
    *("slash", "w", "h", "down", "escape"),
    *("b", "down", "end", "space", "slash", "w", "h", "escape", "l", "escape", "escape"),
    *("S", "down", "escape", "p", "escape", "B", "escape"),
    *("i", "down", "enter", "down", "enter", "escape", "escape", "escape"),
    *(
        "x",
        "down",
        "enter",
        "1",
        "enter",
        "g",
        "escape",
        "d",
        "y",
        "v",
        "right",
        "n",
        "escape",
        "escape",
        "escape",
    ),
    *("d", "down", "enter", "enter", "space", "escape", "escape"),
)
"""What is pressed at Home afterwards: search, browser, choices, settings, statistics, exam, drill."""
ALL_KEYS = (*KEYS, *WALK)
SMALL = Case("small", bank_with, SINGLE)
TOLD = "too-large-to-show"
"""What `quiz check` says of what is too large."""
PYTHONS = (700, 10, 10)
"""After how much Python collects garbage as it begins."""
LONGEST = 900
"""Seconds of the processor after which a case is given up."""


async def seconds_of_keys(path: Path, home: Path, keys: Sequence[str] = KEYS) -> dict[str, float]:
    """Study a bank's item, press keys and return how many seconds of the processor each took."""
    clock = FakeClock()
    workspace = make_workspace(home, path, clock=clock)
    taken: dict[str, float] = {}
    app = QuizApp(workspace)
    thresholds = gc.get_threshold()
    gc.collect()
    gc.disable()  # as the program begins; the app enables it
    gc.set_threshold(*PYTHONS)
    try:
        async with app.run_test(size=(100, 34)) as pilot:
            await pilot.pause()
            draw(app)
            bank = workspace.library.bank("large")
            begun = time.thread_time()
            live = start_study(
                workspace, StudyFilter(), [ItemRef("large", item.id) for item in bank.items[:1]]
            )
            assert live is not None
            app.push_screen(StudyScreen(workspace, live))
            await pilot.pause()
            draw(app)
            taken["begin"] = time.thread_time() - begun
            for place, key in enumerate(keys):
                clock.go_on(SECOND)
                taken[f"{place} {key}"] = await _seconds_of(pilot, key)
            assert app._exception is None
    finally:
        workspace.record.close()
        gc.disable()
        gc.unfreeze()
        gc.set_threshold(*thresholds)
    return taken


async def _seconds_of(pilot: Pilot[Any], key: str) -> float:
    begun = time.thread_time()
    await pilot.press(key)
    await pilot.pause()
    draw(pilot.app)
    return time.thread_time() - begun


def least(path: Path, home: Path, keys: Sequence[str], small: Mapping[str, float]) -> dict[str, float]:
    """Return what each key took at least; while one is over its limit, all are tried again, twice at most."""
    taken = asyncio.run(seconds_of_keys(path, home / "0", keys))
    for again in "12":
        if over(taken, small):
            other = asyncio.run(seconds_of_keys(path, home / again, keys))
            taken = {name: min(seconds, other[name]) for name, seconds in taken.items()}
    return taken


def over(taken: Mapping[str, float], small: Mapping[str, float]) -> dict[str, float]:
    """Return the keys that took longer than they may."""
    most = {name: max(MOST_SECONDS, 1.5 * seconds) for name, seconds in small.items()}
    return {name: seconds for name, seconds in taken.items() if seconds > most[name]}


def with_a_small_bank(folder: Path, keys: Sequence[str]) -> dict[str, float]:
    """Return what the keys take with a small bank, once everything is imported."""
    path = SMALL.write(folder / "large.yaml")
    taken = [asyncio.run(seconds_of_keys(path, folder / again, keys)) for again in "012"]
    return {name: min(each[name] for each in taken[1:]) for name in taken[0]}


def refused(path: Path) -> str:
    """Return why a bank is refused or said to be too large to show; empty where it is not."""
    found = checked(path).findings
    return next((each.code for each in found if each.is_error or each.code == TOLD), "")


def within(case: Case, path: Path) -> tuple[str, str]:
    """Write a case, as large as it may be so that `quiz check` says nothing of its size.

    Return why even a small one is refused, empty where it is not, and what was said of the whole.
    """
    said = refused(case.write(path))
    if said != TOLD:
        return said, said
    least, most = 1, size_of(case.value)  # told at `most`, supposedly not at `least`
    while most - least > max(1, least // 100):
        middle = (least + most) // 2
        least, most = (least, middle) if refused(case.cut(middle).write(path)) == TOLD else (middle, most)
    return refused(case.cut(least).write(path)), said


def keys_of(
    case: Case, folder: Path, small: Mapping[str, float], keys: Sequence[str] = ALL_KEYS
) -> dict[str, Any]:
    """Return what keys take with a case, and which are over their limit, or why it is refused."""
    path = folder / "large.yaml"
    why, said = within(case, path)
    known = {"said": said, "bytes": path.stat().st_size}
    if why:
        return {**known, "refused": why}
    taken = least(path, folder / "home", keys, small)
    slow = over(taken, small)
    if slow:  # the machine may be slower by now
        (folder / "small").mkdir()
        beside = with_a_small_bank(folder / "small", keys)
        slow = over(taken, {name: max(seconds, beside[name]) for name, seconds in small.items()})
    return {**known, "keys": taken, "over": slow}


def starts_of(case: Case, folder: Path) -> dict[str, Any]:
    """Return what starts on a case take, the first and a later one, beside those on a small bank.

    The least of two, in seconds of the processor, with a record there and all modules imported.
    """
    taken: dict[str, list[float]] = {}
    size: dict[str, int] = {}
    for again in range(3):
        for name, each in (("", case), ("small ", SMALL)):
            home = folder / (name.strip() or "large")
            (home / "banks").mkdir(parents=True, exist_ok=True)
            path = each.write(home / "banks" / "large.yaml")
            size = {"bytes": path.stat().st_size, **size}
            with path.open("a", encoding="utf-8") as file:
                file.write("\n" * again)  # which makes it another file
            os.utime(path, (again, again))  # what changed a moment ago is read again
            taken.setdefault(f"{name}first", []).append(seconds_to_home(home))
            if path.stat().st_size >= LARGE:
                command = [sys.executable, "-m", "quiz", "list"]
                environment = {**os.environ, "QUIZ_HOME": str(home)}
                subprocess.run(command, env=environment, capture_output=True, check=False)
            taken.setdefault(f"{name}later", []).append(seconds_to_home(home))
    return {**size, **{name: min(values[1:]) for name, values in taken.items()}}


def seconds_to_home(home: Path) -> float:
    """Return how much of the processor it takes from opening the workspace until Home is painted."""

    async def shown(workspace: Workspace) -> float:
        app = QuizApp(workspace)
        with patch.object(app, "_settle"):  # what comes once Home is painted
            async with app.run_test(size=(100, 30)) as pilot:
                await pilot.pause()
                draw(app)
                return time.thread_time()

    gc.collect()
    with patch.dict(os.environ, {"QUIZ_HOME": str(home)}):
        begun = time.thread_time()
        with open_workspace() as workspace:
            workspace.library.put_off.is_on = True  # as where the app is started
            return asyncio.run(shown(workspace)) - begun


def slow_starts(found: Mapping[str, float]) -> dict[str, float]:
    """Return by how many seconds more than with a small bank starts took, where it is more than may be."""
    more = {name: found[name] - found[f"small {name}"] for name in ("first", "later")}
    return {name: seconds for name, seconds in more.items() if seconds > MOST_MORE}


def in_a_child(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do something in a process of its own, whose memory is gone afterwards, and return what it returned."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001
            result = {"failed": repr(error)}
        with os.fdopen(writing, "w") as file:
            json.dump(result, file)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as file:
        text = file.read()
    _, status = os.waitpid(child, 0)
    return json.loads(text) if text else {"failed": f"ended with {status}"}


def campaign(measure: Callable[[Case, Path], dict[str, Any]], kept: Path) -> Iterator[dict[str, Any]]:
    """Measure every case that was not measured before, and yield all that is known."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    known = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    done = {line["case"]: line for line in map(json.loads, known)}
    for case in cases():
        if case.name not in done:
            with tempfile.TemporaryDirectory() as folder:
                here = Path(folder)
                done[case.name] = {
                    "case": case.name,
                    **in_a_child(lambda case=case, here=here: measure(case, here)),
                }
            with kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps(done[case.name]) + "\n")
        if "failed" in done[case.name]:
            print(done[case.name], flush=True)
        yield done[case.name]


def main(mode: str, folder: Path) -> None:
    """Run a campaign and print what was over its limit."""
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    let_pilots_wait_for_work()
    if mode == "starts":
        for result in campaign(starts_of, folder / "starts.jsonl"):
            for name, seconds in slow_starts(result).items() if "first" in result else ():
                print(f"{result['case']}: {name} start {seconds:.3f} s more than a small bank's", flush=True)
        return
    with tempfile.TemporaryDirectory() as here:
        small = with_a_small_bank(Path(here), ALL_KEYS)
    print(f"With a small bank at most {max(small.values()):.3f} s", flush=True)
    for result in campaign(lambda case, here: keys_of(case, here, small), folder / "keys.jsonl"):
        for name, seconds in result.get("over", {}).items():
            print(f"{result['case']}: {name} {seconds:.3f} s, small {small[name]:.3f} s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
