"""Bank files in a synced folder: the newest wins, and where both changed both are kept."""

from __future__ import annotations

import hashlib
from pathlib import Path

from quiz.exchange.sync_files import BANKS, FOLDER, bank_files
from quiz.private_files import content_of, write_over
from quiz.services.sync_state import SyncState, keep_state, state_of


def sync_banks(record: Path, folder: Path, own: Path) -> list[str]:
    """Carry the learner's own bank files between this device and a synced folder; say what was done.

    Raises OSError where a file cannot be read or written.
    """
    state = state_of(record)
    told = [*_take_in(state, folder, own), *_send(state, folder, own)]
    keep_state(record, state)
    return told


def _take_in(state: SyncState, folder: Path, own: Path) -> list[str]:
    newest: dict[str, tuple[str, Path]] = {}
    for device, path in bank_files(folder):
        known = newest.get(path.name)
        if known is None or path.stat().st_mtime_ns > known[1].stat().st_mtime_ns:
            newest[path.name] = device, path
    told = []
    for name, (device, path) in newest.items():
        theirs, here = content_of(path), own / name
        ours = content_of(here) if here.is_file() else None
        if ours == theirs or device == state.device or _hash(theirs) == state.banks.get(name):
            continue
        if ours is not None and _hash(ours) != state.banks.get(name):
            kept = own / f"{Path(name).stem}.from-{device}.yaml"
            _write(kept, theirs)
            told.append(f"{name} was changed here and on another device; theirs is kept as {kept.name}.")
        else:
            _write(here, theirs)
            told.append(f"{name} came from another device.")
        state.banks[name] = _hash(theirs)
    return told


def _send(state: SyncState, folder: Path, own: Path) -> list[str]:
    target = folder / FOLDER / state.device / BANKS
    told = []
    for path in filter(Path.is_file, sorted(own.glob("*.yaml"))):
        ours = content_of(path)
        if ".from-" in path.name or _hash(ours) == state.banks.get(path.name):
            continue
        _write(target / path.name, ours)
        state.banks[path.name] = _hash(ours)
        told.append(f"{path.name} went into the folder.")
    return told


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_over(path, content)


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
