"""The rooms that phones have joined, each in a private file until its drill ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import msgspec

from quiz.core.drill.room import Room, WallSettings, pin_from
from quiz.errors import RecordError, UsageError
from quiz.private_files import content_of, write_over

KEPT_SECONDS: Final = 86_400
"""How long a room is kept that nobody came back to. No lesson goes on the next day with the same PIN."""
_FOLDER: Final = "rooms"


class RoomFiles:
    """The files of rooms beside a record."""

    def __init__(self, record: Path) -> None:
        self._folder = record.parent / _FOLDER

    def load(self, session: str) -> Room | None:
        """Return the room of a drill; None if there is none, or none that can be read."""
        with suppress(OSError, msgspec.DecodeError, UnicodeError):
            room = msgspec.json.decode(content_of(self._file(session)), type=Room)
            return room if room.session == session else None
        return None

    def keep(self, room: Room) -> None:
        """Keep a room. Raises RecordError where that is not possible."""
        file = self._file(room.session)
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            write_over(file, msgspec.json.encode(room))
        except OSError as error:
            raise RecordError(
                f"The phones that joined cannot be kept in {file}: {error.strerror or error}.",
                "After a crash they would have to join again.",
            ) from error

    def forget(self, session: str) -> None:
        """Forget the room of a drill, and those that nobody came back to."""
        with suppress(OSError):
            self._file(session).unlink(missing_ok=True)
            for file in self._folder.iterdir():
                if time.time() - file.stat().st_mtime > KEPT_SECONDS:
                    file.unlink()
            self._folder.rmdir()  # fails where another room is kept

    def _file(self, session: str) -> Path:
        return self._folder / f"{session}.json"


def new_room(session: str, wall: WallSettings, random_bytes: Callable[[int], bytes]) -> Room:
    """Return an empty room for a drill, with a secret and a PIN of its own."""
    return Room(
        session=session,
        secret=random_bytes(32).hex(),
        pin=new_pin(random_bytes),
        port=wall.port,
        is_lan=wall.is_lan,
        by_name=wall.by_name,
    )


def new_pin(random_bytes: Callable[[int], bytes]) -> str:
    """Return a PIN of six digits, drawn evenly but for less than one part in ten trillion."""
    return pin_from(int.from_bytes(random_bytes(8), "big"))


def require_libraries() -> None:
    """Raise UsageError, with the command that installs them, if the wall's libraries are not installed."""
    if find_spec("websockets") is None or find_spec("segno") is None:
        raise UsageError(
            "The wall and phones need libraries that are not installed.",
            "Install them: pip install 'quizterm[class]'",
        )
