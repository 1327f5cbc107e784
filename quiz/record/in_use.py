"""Locks that tell which sessions are open in a program. A lock ends with its program."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

FOLDER = "in-use"


class SessionLock:
    """The lock of a session that is open in this program."""

    def __init__(self, session: str, path: Path, descriptor: int) -> None:
        self.session = session
        self._path = path
        self._descriptor = descriptor

    def let_go(self) -> None:
        """Release the session for other programs."""
        if self._descriptor >= 0:
            with suppress(OSError):
                self._path.unlink()
            with suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = -1


def take_session(record: Path, session: str) -> SessionLock | None:
    """Take the lock of a session; returns None if another program has it.

    Where nothing can be written or locked beside the record, the session counts as free.
    """
    path = record.parent / FOLDER / session
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        while True:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                if not _is_locked(descriptor):
                    is_ours = _is_ours(descriptor)
                    os.close(descriptor)
                    return SessionLock(session, path, -1) if is_ours else None
                if _is_at(path, descriptor):
                    os.truncate(descriptor, 0)
                    os.write(descriptor, _own())
                    _sweep(path)
                    return SessionLock(session, path, descriptor)
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)  # whoever had it has just removed the file
    except OSError:
        return SessionLock(session, path, -1)


def is_taken(record: Path, session: str) -> bool:
    """Return whether another program has the lock of a session."""
    try:
        descriptor = os.open(record.parent / FOLDER / session, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _is_locked(descriptor) and not _is_ours(descriptor)
    except OSError:
        return False
    finally:
        os.close(descriptor)


def _sweep(own: Path) -> None:
    """Remove the lock files of programs that have ended."""
    for path in own.parent.iterdir():
        if path != own:
            with suppress(OSError):
                descriptor = os.open(path, os.O_RDWR)
                try:
                    if _is_locked(descriptor):
                        path.unlink()
                finally:
                    os.close(descriptor)


def _own() -> bytes:
    return str(os.getpid()).encode()


def _is_ours(descriptor: int) -> bool:
    """Return whether this program wrote a lock's file."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    return os.read(descriptor, 32) == _own()


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _is_locked(descriptor: int) -> bool:
    """Lock a file without waiting, and return whether that was possible. Raises OSError where there are no
    locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
