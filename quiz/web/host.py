"""What the server asks of the drill that it serves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from quiz.core.content.grading import Response
from quiz.core.content.item import Image
from quiz.core.drill.drill import Drill
from quiz.core.drill.room import Room


class Host(Protocol):
    """A drill in progress, as the wall and the phones know it. All is called in the app's own loop."""

    @property
    def drill(self) -> Drill:
        """Where the drill stands."""
        ...

    @property
    def names(self) -> Mapping[str, str]:
        """The names of the competitors, by their ids."""
        ...

    @property
    def numbers(self) -> Mapping[str, int]:
        """The numbers of pupils' cards, by their ids."""
        ...

    def now(self) -> int:
        """Return the drill's time, in milliseconds since 1970 UTC."""
        ...

    def passed(self) -> int:
        """Return milliseconds on a clock that is never set."""
        ...

    async def claim(self, said: str) -> str:
        """Return which pupil a seat's number or a name means, who is in the drill from now on.

        Raises QuizError or InvalidTransition where nobody can be meant by it.
        """
        ...

    async def leave(self, pupil: str) -> None:
        """Let a pupil be absent from now on, where the format knows that."""
        ...

    async def take_answers(self, answers: Sequence[tuple[str, Response]]) -> list[str | None]:
        """Put pupils' answers on record in one commit, and return why some were refused.

        None means that an answer is on the disk. Raises QuizError if nothing could be saved.
        """
        ...

    async def keep(self, room: Room) -> None:
        """Keep the room, so that phones find their places again after a crash."""
        ...

    def picture(self, bank: str, image: Image) -> bytes | None:
        """Return what a picture's file holds, None where it cannot be shown."""
        ...

    async def read_photo(self, photo: bytes) -> Mapping[str, Any]:
        """Read the cards in a photograph, and return what the camera is to be told.

        Raises QuizError where that is not possible.
        """
        ...
