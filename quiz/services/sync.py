"""One learner on several devices: what this one did goes into a synced folder, what others did is taken in.

Nothing is locked and nobody waits: each device writes files of its own, and the union of all is the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from quiz.core.collector import paused_collector
from quiz.core.events.import_validation import flaw_in
from quiz.core.events.model import Event, Mode, SessionHeader
from quiz.core.scheduling.study_day import moment, zone_of
from quiz.core.text.phrases import count
from quiz.errors import UsageError
from quiz.exchange.sync_files import (
    FOLDER,
    EventFile,
    append_sessions,
    event_files,
    names_in,
    read_events,
    write_names,
)
from quiz.paths import expanded, on_disk
from quiz.record.read_models import Extent, Learner, Merged
from quiz.services.sync_state import (
    SyncState,
    keep_state,
    new_device,
    remembered_state,
    settle_here,
    signed_by,
    state_of,
)

if TYPE_CHECKING:
    from datetime import datetime

    from quiz.services.workspace import Workspace


_SHARED = (
    "Another device, such as one with a copy of this data folder, wrote as this one:"
    " from now on this is a device of its own."
)


class Synced(msgspec.Struct, frozen=True, kw_only=True):
    """What a synchronisation brought."""

    sent: int = 0
    """How many events were written."""
    came: int = 0
    """How many events were new here."""
    from_devices: dict[str, int] = msgspec.field(default_factory=dict)
    """When something last came from each other device, in milliseconds since 1970 UTC."""
    remarks: tuple[str, ...] = ()
    """What could not be read or taken in, as sentences."""


@paused_collector()
def sync(workspace: Workspace, folder: Path) -> Synced:
    """Take in what other devices wrote into a folder, then write what is new here.

    Raises UsageError where the folder cannot be used, RecordError where the record cannot.
    """
    _require(folder)
    record = workspace.record
    state = remembered_state(record.path)
    sent = 0
    try:
        if state.folder != str(folder):
            state = SyncState(device=state.device, places=state.places, folder=str(folder))
            keep_state(record.path, state)  # if it is killed while it writes, it is this device again
        extent, files = state.extent, dict(state.files)
        before = record.extent(workspace.learner.id)
        merged, remarks, is_shared = _take_in(workspace, folder, state)
        if is_shared:
            _part_ways(workspace, folder, state)
        now = record.extent(workspace.learner.id) if merged.sessions or merged.events else before
        is_all_from_there = before == state.extent and _grown(before, now) == (merged.sessions, merged.events)
        if now != state.extent and not is_all_from_there:
            sent = _send(workspace, folder, state)
        state.extent = now
        _write_names(workspace, folder, state)
        if (extent, files) != (state.extent, state.files):
            keep_state(record.path, state)
    except OSError as error:
        raise UsageError(
            f"“{folder}” cannot be written: {error.strerror}.", "Everything is on record here all the same."
        ) from error
    others = {device: at for device, at in state.last_came.items() if device != state.device}
    return Synced(sent=sent, came=merged.events, from_devices=others, remarks=tuple(remarks))


def _require(folder: Path) -> None:
    if not on_disk(folder.is_dir):
        raise UsageError(f"There is no folder “{folder}”.", "Connect or make it, then sync again.")


def _grown(before: Extent, now: Extent) -> tuple[int, int]:
    """Return how many sessions and events came on record between two moments."""
    return now.sessions - before.sessions, now.events - before.events


def _take_in(
    workspace: Workspace, folder: Path, state: SyncState, but: str = ""
) -> tuple[Merged, list[str], bool]:
    """Take in the files that changed since the last time, except those of one device.

    Returns what was new, remarks, and whether another device writes to this one's own files.
    """
    files, has_looked = [file for file in event_files(folder) if file.device != but], bool(state.files)
    if _lost_own(files, folder, state):
        state.files, state.heads, state.extent = {}, {}, None
    changed = [file for file in files if not file.is_as(state.files.get(_name(folder, file)))]
    if not changed:
        return Merged(0, 0), [], False
    learner, remarks = workspace.learner, []
    parts: list[tuple[SessionHeader, Sequence[Event]]] = []
    own: list[tuple[SessionHeader, Sequence[Event]]] = []
    devices = set()
    stamps = {}
    for file in changed:
        name = _name(folder, file)
        content = read_events(file, state.files.get(name))
        if content.stamp is not None:
            stamps[name] = content.stamp
        remarks += content.flaws
        for header, events in content.sessions:
            flaw = flaw_in(header, events) if header.learner == learner.id else ""
            if flaw:
                remarks.append(flaw)
            elif header.learner == learner.id:
                parts.append((header, events))
                devices.add(file.device)
                _note_host(state, file.device, header)
                own += [parts[-1]] if file.device == state.device else []
    is_shared = bool(own) and _has_news(own, workspace.record.heads())
    merged = workspace.record.merge((), parts)
    differing = {session: len(numbers) for session, numbers in merged.differing.items()}
    state.differing |= differing
    remarks += [*_said_of_differing(differing), *merged.conflicts, *merged.left_out]
    sent = {session: state.heads.get(session, 0) for session in differing}
    _note_heads(state, parts)
    for session, numbers in merged.differing.items():  # ours go into the folder as well
        state.heads[session] = max(sent[session], min(numbers) - 1)
    if merged.events:
        state.last_came |= dict.fromkeys(devices, workspace.clock.now())
    if not merged.left_out:  # what lacks events is read again: the others may still be on their way
        state.files |= stamps
    is_shared = has_looked and (is_shared or any(header.id in merged.differing for header, _ in own))
    return merged, [*remarks, *([_SHARED] if is_shared else [])], is_shared


def _has_news(sessions: Iterable[tuple[SessionHeader, Sequence[Event]]], heads: Mapping[str, int]) -> bool:
    """Say whether some sessions hold what is not on record."""
    return any(
        max((event.n for event in events), default=0) > heads.get(header.id, -1)
        for header, events in sessions
    )


def _part_ways(workspace: Workspace, folder: Path, state: SyncState) -> None:
    """Become a device of its own, whose files hold all that is in no other device's.

    What stands in the files that were shared may be written over by whoever else writes to them.
    """
    shared, state.device = state.device, new_device()
    settle_here(state, workspace.record.path)
    state.files, state.heads, state.extent = {}, {}, None
    keep_state(workspace.record.path, state)
    workspace.device = state.device
    _take_in(workspace, folder, state, but=shared)


def _note_host(state: SyncState, device: str, header: SessionHeader) -> None:
    named, signed = signed_by(header.device)
    if signed == device:
        state.hosts[device] = named


def _lost_own(files: Sequence[EventFile], folder: Path, state: SyncState) -> bool:
    """Say whether a file of this device's own is not as it left it: then what is in the folder is unknown."""
    there = {_name(folder, file): file for file in files if file.device == state.device}
    own = f"{FOLDER}/{state.device}/"
    return any(
        name.startswith(own) and (name not in there or not there[name].is_as(stamp))
        for name, stamp in state.files.items()
    )


def _note_heads(state: SyncState, sessions: Iterable[tuple[SessionHeader, Sequence[Event]]]) -> None:
    """Note up to which event sessions stand in the folder without a gap."""
    for header, events in sessions:
        head = state.heads.get(header.id, 0)
        for n in sorted(event.n for event in events):
            if n == head + 1:
                head = n
        state.heads[header.id] = head


def _send(workspace: Workspace, folder: Path, state: SyncState) -> int:
    """Write what the learner did here that is not in the folder; return how many events that were."""
    learner = workspace.learner
    new = [
        (header, events)
        for header, events in workspace.record.since(state.heads)
        if is_own(header, learner.id) and (events or header.id not in state.heads)
    ]
    if new:
        month = f"{moment(workspace.clock.now()):%Y-%m}"
        path, stamp = append_sessions(folder, state.device, month, new)
        _note_heads(state, new)
        state.files[str(path.relative_to(folder))] = stamp
    return sum(len(events) for _, events in new)


def _write_names(workspace: Workspace, folder: Path, state: SyncState) -> None:
    learner = workspace.learner
    write_names(folder, state.device, {learner.id: learner.name} if learner.name else {})


def is_own(header: SessionHeader, learner: str) -> bool:
    """Say whether a session is the learner's own work: not a class's drill, nor a paper that was marked."""
    return header.learner == learner and header.mode is not Mode.DRILL


def _name(folder: Path, file: EventFile) -> str:
    return str(file.path.relative_to(folder))


def pair(workspace: Workspace, folder: Path, name: str = "") -> Learner:
    """Make this device's learner one of those in a synced folder, where there are any; return who it is.

    Without a name it is the one who is called as here, or the only one there where nothing was answered here
    yet; what was answered here counts as theirs. Raises UsageError where there is no such folder, or it
    has to be said who it is.
    """
    _require(folder)
    there = names_in(folder)
    own = workspace.learner
    if own.id in there:
        return own
    known = sorted(set(there.values()))
    wanted = name or (own.name if own.name in known else "")
    if not wanted and there and not workspace.record.days_active(own.id):
        if len(there) > 1:
            raise UsageError("More than one learner is in this folder.", f"Say who: --as {' | '.join(known)}")
        (wanted,) = there.values()
    ids = [learner for learner, called in there.items() if called == wanted]
    if name and not ids:
        raise UsageError(
            f"Nobody in this folder is called “{name}”.", f"There are: {', '.join(known) or 'none'}."
        )
    if len(ids) > 1:
        raise UsageError(f"{len(ids)} learners in this folder are called “{wanted}”.", "Rename one of them.")
    return become(workspace, Learner(ids[0], wanted)) if ids else own


def become(workspace: Workspace, learner: Learner) -> Learner:
    """Make this device's learner another one, who takes over all that was answered here; return them."""
    from quiz.services.learners import take_over

    own = workspace.learner
    workspace.record.merge([learner], ())
    workspace.learner = learner
    take_over(workspace, own, learner)
    workspace.record.forget([own.id])
    with suppress(UsageError):
        workspace.set("learner", learner.name)
    return learner


def _said_of_differing(differing: Mapping[str, int]) -> list[str]:
    """Return a sentence on what another device did at the same places of the same sessions, if anything."""
    told = (
        f"{count(len(differing), 'session')} went on separately here and on another device."
        f" Events that count only there, and stay in the folder: {sum(differing.values())}."
    )
    return [told] if differing else []


def said_of_differing(workspace: Workspace) -> list[str]:
    """Return a sentence on all that other devices did and that does not count here, if there is any."""
    return _said_of_differing(state_of(workspace.record.path).differing)


def last_came(workspace: Workspace) -> list[tuple[str, datetime]]:
    """Return the other devices of which something came from the synced folder, and when, the last first.

    They are called by their computers' names, where those are known, and by their ids.
    """
    state = state_of(workspace.record.path)
    zone = zone_of(workspace.zone)
    came = sorted(state.last_came.items(), key=lambda one: -one[1])
    return [
        (" ".join(filter(None, (state.hosts.get(device), device))), moment(at).astimezone(zone))
        for device, at in came
        if device != state.device
    ]


def sync_if_set(workspace: Workspace) -> Synced | None:
    """Sync with the folder that the settings name; None where they name none. Raises as `sync` does."""
    named = workspace.config.sync_folder
    return sync(workspace, expanded(named)) if named else None
