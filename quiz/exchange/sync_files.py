"""The files of a synced folder: each device appends what its learner did to files of its own.

`quiz-sync/<device>/<month>.jsonl` holds sessions and events as `quiz record export` writes them, after a line
that names format and device; `quiz-sync/<device>/names.json` the names of learners, by their ids. Whatever
else an event file is called, such as a copy that a synchroniser made of a conflict, it is read as well: what
is there twice counts once.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

import msgspec

from quiz.core.events.model import Event, SessionHeader
from quiz.exchange.record_jsonl import begins_within_a_session, session_lines, sessions_in
from quiz.private_files import content_of, opened_file, sync_folder, write_over

FOLDER: Final = "quiz-sync"
FORMAT: Final = 1
NAMES: Final = "names.json"
BANKS: Final = "banks"
_START: Final = b'{"quiz":'
_TAIL: Final = 4096


class _Head(msgspec.Struct):
    quiz: str
    format: int
    device: str = ""


class FileStamp(msgspec.Struct, frozen=True, array_like=True):
    """What a file looked like when it was read."""

    size: int
    """In bytes, as far as it was read."""
    changed_ns: int
    tail: int = 0
    """A checksum of the last bytes that were read: where they are others, what was appended is not all."""


class EventFile(NamedTuple):
    """A file of events in a synced folder."""

    path: Path
    device: str
    stamp: FileStamp

    def is_as(self, before: FileStamp | None) -> bool:
        """Say whether it looks as it did when it was read."""
        return before is not None and (self.stamp.size, self.stamp.changed_ns) == (
            before.size,
            before.changed_ns,
        )


class FileContent(NamedTuple):
    """What a file of events holds."""

    sessions: list[tuple[SessionHeader, Sequence[Event]]]
    flaws: list[str]
    """A sentence for whatever cannot be read."""
    stamp: FileStamp | None
    """What it looked like, up to the end of its last whole line; None where it could not be read."""


def event_files(folder: Path) -> Iterator[EventFile]:
    """Yield the files of events in a synced folder, those of a device in their order."""
    for device in _devices(folder):
        for path in sorted(device.glob("*.jsonl")):
            try:
                status = path.stat()
            except OSError:
                continue
            yield EventFile(path, device.name, FileStamp(status.st_size, status.st_mtime_ns))


def read_events(file: EventFile, before: FileStamp | None = None) -> FileContent:
    """Return what a file holds, as far as it is sound; nothing of a newer quiz's. Never raises.

    Where nothing changed but at its end since it was read `before`, only what was appended is returned. Had
    it ended within a session then, all of it is.
    """
    try:
        with opened_file(file.path) as opened:
            newer = _newer(opened.readline())
            start = before.size if before is not None and _is_as_before(opened, before) else 0
            opened.seek(start)
            data = opened.read()
            if start and begins_within_a_session(data):
                opened.seek(start := 0)
                data = opened.read()
            whole = data.rfind(b"\n") + 1
            stamp = stamp_of(opened, start + whole, file.stamp.changed_ns)
    except OSError as error:
        return FileContent([], [f"{file.path} cannot be read: {error.strerror}."], None)
    if newer:
        return FileContent([], [f"{file.path} was left alone: {newer}"], stamp)
    flaws = [] if whole == len(data) else ["Its last line is not whole."]  # it is still being written
    sessions = list(sessions_in(BytesIO(data[:whole]), flaws))
    return FileContent(sessions, [f"{file.path}: {flaw}" for flaw in flaws], stamp)


def stamp_of(opened: BinaryIO, size: int, changed_ns: int) -> FileStamp:
    """Return the stamp of an open file up to a byte. Raises OSError."""
    return FileStamp(size, changed_ns, _tail(opened, size))


def _is_as_before(opened: BinaryIO, before: FileStamp) -> bool:
    return opened.seek(0, os.SEEK_END) >= before.size and _tail(opened, before.size) == before.tail


def _tail(opened: BinaryIO, end: int) -> int:
    start = max(0, end - _TAIL)
    opened.seek(start)
    return zlib.crc32(opened.read(end - start))


def append_sessions(
    folder: Path, device: str, month: str, sessions: Sequence[tuple[SessionHeader, Sequence[Event]]]
) -> tuple[Path, FileStamp]:
    """Append sessions to a device's file of a month such as 2026-11, durably. Raises OSError."""
    path = folder / FOLDER / device / f"{month}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    written = b"".join(session_lines(header, events) for header, events in sessions)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        size = file.seek(0, os.SEEK_END)
        if not size:
            written = msgspec.json.encode(_Head("sync", FORMAT, device)) + b"\n" + written
        else:
            file.seek(size - 1)
            written = written if file.read(1) == b"\n" else b"\n" + written  # a writer before was killed
        file.write(written)
        file.flush()
        os.fsync(file.fileno())
        stamp = stamp_of(file, file.seek(0, os.SEEK_END), os.fstat(file.fileno()).st_mtime_ns)
    if not size:
        sync_folder(path.parent)
    return path, stamp


def names_in(folder: Path) -> dict[str, str]:
    """Return the names of all learners in a synced folder, by their ids; what cannot be read names nobody."""
    found: dict[str, str] = {}
    for device in _devices(folder):
        try:
            names = msgspec.json.decode(content_of(device / NAMES), type=dict[str, str])
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            continue
        found |= {learner: name for learner, name in names.items() if name}
    return found


def write_names(folder: Path, device: str, names: dict[str, str]) -> None:
    """Write the names of a device's learners, where they are not there yet. Raises OSError."""
    path = folder / FOLDER / device / NAMES
    written = msgspec.json.encode(names) + b"\n"
    if path.is_file() and content_of(path) == written:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_over(path, written)


def forget_names(folder: Path, device: str, learners: Collection[str]) -> list[Path]:
    """Take learners' names out of what a device wrote into a synced folder; return who else still names them.

    That is a device's own, which no other changes, or cannot be written.
    """
    left = []
    for path in (there / NAMES for there in _devices(folder)):
        with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
            names = msgspec.json.decode(content_of(path), type=dict[str, str])
            kept = {learner: name for learner, name in names.items() if learner not in learners}
            if kept == names:
                continue
            left.append(path)
            if path.parent.name == device:
                write_names(folder, device, kept)
                left.remove(path)
    return left


def bank_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the bank files in a synced folder, each with the device that it comes from."""
    for device in _devices(folder):
        for path in filter(Path.is_file, sorted((device / BANKS).glob("*.yaml"))):
            yield device.name, path


def _devices(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in (folder / FOLDER).iterdir() if path.is_dir())
    except OSError:
        return []


def _newer(line: bytes) -> str:
    """Return what to say of a file whose first line tells of a newer format, mostly nothing."""
    if not line.startswith(_START):
        return ""
    try:
        head = msgspec.json.decode(line, type=_Head)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return ""
    return f"a newer quiz wrote it (format {head.format}, here {FORMAT})." if head.format > FORMAT else ""
