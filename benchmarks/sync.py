"""A synced folder: taking in all that another device did, a day of it, and nothing.

The devices share 100,000 answers at 5,000 items over four years; more are made, as drills are not shared.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from msgspec.structs import replace

from benchmarks.generate_record import DAY, sessions_of, tries_of, write_banks
from benchmarks.measuring import Row, milliseconds
from quiz.banks.files import read_bank
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.scheduling.fsrs_schedule import (
    Memory,
    SessionEvent,
    chosen_intervals,
    open_intervals,
    replayed,
)
from quiz.core.scheduling.policy import policy_of
from quiz.exchange.sync_files import append_sessions
from quiz.services.sync import Synced, pair, sync
from quiz.services.workspace import Workspace
from tests.fakes import NOON, make_workspace

ANSWERS, ITEMS, BANKS, DAYS = 106_500, 5_000, 4, 1_460
LIMIT_OF_ALL, LIMIT_OF_A_DAY, LIMIT_OF_NOTHING = 5.0, 0.05, 0.01
"""In seconds."""
LAST_DAYS = 5


def measure() -> list[Row]:
    """Measure on a new record with a folder that another device wrote."""
    with TemporaryDirectory() as made, ExitStack() as stack:
        home, folder = Path(made), Path(made) / "synced"
        other = "another"
        (folder / "quiz-sync" / other).mkdir(parents=True)
        workspace = make_workspace(home)
        stack.enter_context(closing(workspace.record))
        before, days = _split(_sessions(home, workspace.learner.id))
        append_sessions(folder, other, "2025-01", before)
        answers, events = _answers(before), sum(len(events) for _, events in before)
        del before  # a device does not hold in memory what another one did
        pair(workspace, folder)
        taken, told = _timed(lambda: sync(workspace, folder))
        rows = [_row(f"{answers:,} answers taken into an empty record", taken, LIMIT_OF_ALL)]
        assert told.came == events, told.remarks
        for what, limit, ask in (
            ("a day's answers", LIMIT_OF_A_DAY, days),
            ("nothing new", LIMIT_OF_NOTHING, [[]] * LAST_DAYS),
        ):
            rows.append(_median(workspace, folder, other, what, limit, ask))
        return rows


def _median(
    workspace: Workspace, folder: Path, other: str, what: str, limit: float, days: Sequence[Sequence[_Part]]
) -> Row:
    each = []
    for day in days:
        if day:
            append_sessions(folder, other, "2025-01", day)
        taken, told = _timed(lambda: sync(workspace, folder))
        assert told.came == sum(len(events) for _, events in day), told.remarks
        each.append((taken, _answers(day)))
    taken, answers = sorted(each)[len(each) // 2]
    return _row(f"{what} ({answers:,})" if answers else what, taken, limit)


class _Taken(NamedTuple):
    """How long something took, in seconds: by the clock, and of the processor's time."""

    passed: float
    worked: float


def _row(what: str, taken: _Taken, limit: float) -> Row:
    beside = f"limit {milliseconds(limit)}; the processor's time {milliseconds(taken.worked)}"
    return Row(what, milliseconds(taken.passed), beside, taken.passed / limit, 1.0)


def _timed(act: Callable[[], Synced]) -> tuple[_Taken, Synced]:
    began = time.perf_counter(), time.process_time()
    told = act()
    return _Taken(time.perf_counter() - began[0], time.process_time() - began[1]), told


_Part = tuple[SessionHeader, list[Event]]


def _sessions(home: Path, learner: str) -> list[_Part]:
    rng = Random(4)
    read = [read_bank(path).bank for path in write_banks(home / "banks", ITEMS, BANKS)]
    banks = [bank for bank in read if bank is not None]
    start = (NOON // DAY - DAYS) * DAY
    made = sessions_of(banks, tries_of(banks, ANSWERS, DAYS, rng), learner, start, rng)
    return _with_intervals([part for part in made if part[0].mode is not Mode.DRILL], rng)


def _with_intervals(parts: list[_Part], rng: Random) -> list[_Part]:
    """Return sessions whose attempts record the intervals chosen for each rating, as those of study do."""
    memories: dict[ItemRef, Memory] = {}
    return [(header, [_as_chosen(header, event, memories, rng) for event in told]) for header, told in parts]


def _as_chosen(header: SessionHeader, event: Event, memories: dict[ItemRef, Memory], rng: Random) -> Event:
    if event.kind is not EventKind.ATTEMPT:
        return event
    before, policy = memories.get(event.ref), policy_of(header)
    days = open_intervals(before, event.at, header.zone, policy)
    if days and header.mode is Mode.STUDY:
        chosen = chosen_intervals(days, date(2025, 1, 1), {}, policy.days_off, rng)
        event = replace(event, body={"intervals": list(chosen)})
    (step,) = replayed([SessionEvent(header, event)], before)
    if step.after is not None:
        memories[event.ref] = step.after
    return event


def _split(parts: list[_Part]) -> tuple[list[_Part], list[list[_Part]]]:
    """Return the sessions of all days but the last few, and those of each of these."""
    last = parts[-1][0].started // DAY
    days: list[list[_Part]] = [[] for _ in range(LAST_DAYS)]
    before: list[_Part] = []
    for part in parts:
        ago = last - part[0].started // DAY
        (days[LAST_DAYS - 1 - ago] if ago < LAST_DAYS else before).append(part)
    return before, days


def _answers(parts: Sequence[_Part]) -> int:
    return sum(event.score is not None for _, events in parts for event in events)
