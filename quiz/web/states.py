"""The newest state of the drill, encoded once for all and with each browser's own part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from quiz.core.content.grading import Response
from quiz.core.content.interaction import Interaction
from quiz.core.drill.room import Member, Room
from quiz.web import wall
from quiz.web.host import Host
from quiz.web.protocol import given_from
from quiz.web.shown import Resources, shown_clock, shown_drill


class States:
    """What the wall and each phone are shown."""

    def __init__(self, host: Host, resources: Resources) -> None:
        self._host = host
        self.resources = resources
        self._all = b""
        """What everybody may see."""
        self._wall = b""
        """What the wall alone shows."""
        self._names: Mapping[str, str] = {}
        self._answers: Mapping[str, Response] = {}
        self._asked: Interaction | None = None

    def renew(self, room: Room, urls: Sequence[str], options: wall.Options, joined: int) -> None:
        """Take up where the drill stands now."""
        drill, self._names = self._host.drill, self._host.names
        self._all = msgspec.json.encode(shown_drill(drill, self.resources))
        read = wall.cards_read(drill, self._host.numbers)
        shown = wall.shown_wall(drill, self._names, room, urls, options, joined)
        self._wall = msgspec.json.encode({**shown, "read": read})
        self._asked = drill.interaction if drill.has_item else None
        self._answers = drill.answers

    def of_wall(self) -> tuple[bytes, bytes]:
        """Return what tells the wall's state from the one before, and its frame."""
        return self._frame("wall", self._wall)

    def of_phone(self, member: Member) -> tuple[bytes, bytes]:
        """Return what tells a phone's state from the one before, and its frame."""
        return self._frame("see", msgspec.json.encode(self._own(member)))

    def _frame(self, kind: str, own: bytes) -> tuple[bytes, bytes]:
        drill = self._host.drill
        clock = shown_clock(drill, self._host.now())
        running = msgspec.json.encode(
            (clock is None, drill.timer.since, drill.timer.spent_ms, drill.limit_ms)
        )
        frame = {"t": kind, "all": msgspec.Raw(self._all), "own": msgspec.Raw(own), "clock": clock}
        return b"\0".join((self._all, own, running)), msgspec.json.encode(frame)

    def _own(self, member: Member) -> dict[str, Any]:
        """Return what one phone alone is shown: who it is, and what was answered with it."""
        response, asked = self._answers.get(member.pupil), self._asked
        own: dict[str, Any] = {
            "name": self._names.get(member.pupil, ""),
            "camera": member.is_camera,
            "answer": None,
            "score": None,
        }
        if response is not None and asked is not None:
            drill = self._host.drill
            own["answer"] = given_from(asked, response)
            own["score"] = drill.current.grade(response).score if drill.is_revealed else None
        return own
