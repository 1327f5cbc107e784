"""Devices of one learner: what they study, and how they meet in a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from quiz.core.content.grading import Chosen
from quiz.core.events.model import Event, EventKind, Mode
from quiz.services.sync import pair, sync
from quiz.services.workspace import Workspace
from tests.fakes import HOUR

Devices = Callable[..., Workspace]


def study(workspace: Workspace, *items: str, mode: Mode = Mode.STUDY, is_ended: bool = True) -> str:
    """Answer items in a session of its own; return its id."""
    workspace.clock.go_on(HOUR)
    header = workspace.header(mode, ("small",), 1, {}, ())
    events = [answer(n, item, workspace) for n, item in enumerate(items, 1)]
    if is_ended:
        events.append(Event(n=len(events) + 1, kind=EventKind.END, at=workspace.clock.now()))
    workspace.record.start_with(header, events)
    return header.id


def answer(n: int, item: str, workspace: Workspace) -> Event:
    return Event(
        n=n, kind=EventKind.ATTEMPT, at=workspace.clock.now(), bank="small", item=item, fingerprint="f" * 16,
        response=Chosen(("Paris",)), score=1.0, verdict="correct",
    )  # fmt: skip


def everything(workspace: Workspace) -> list[tuple[str, tuple[Event, ...]]]:
    own = workspace.learner.id
    return sorted(
        (header.id, events) for header, events in workspace.record.everything() if header.learner == own
    )


def meet(folder: Path, *devices: Workspace) -> None:
    """Let each device sync with a folder until all have all."""
    for each in (*devices, *devices):
        each.set("sync_folder", str(folder))
        pair(each, folder)
        sync(each, folder)
