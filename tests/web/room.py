"""A room for tests: a server on a drill without a screen, and phones that talk to it."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from quiz.clock import SystemClock
from quiz.core.content.grading import Response
from quiz.core.content.item import Image
from quiz.core.drill.room import Room, WallSettings
from quiz.core.drill.settings import Channel, DrillSettings, Stage
from quiz.services.drill.live import LiveDrill
from quiz.services.drill.room_files import RoomFiles, new_room
from quiz.services.drill.start import DrillPlan, start_drill
from quiz.services.workspace import Workspace
from quiz.web.server import RoomServer
from tests.web.still_host import StillHost

BANK = """\
format: 1
bank: kinds
title: All kinds
items:
  - {id: one, shuffle: false, stem: 'Which one?', key: Right, distractors: [Left, Middle], rationale: So.}
  - {id: many, kind: multiple-response, shuffle: false, stem: 'Both?', keys: [Red, Blue], distractors: [Lime]}
  - {id: truth, kind: true-false, stem: 'Is it so?', key: true}
  - {id: figure, kind: numeric, stem: 'How many?', key: 42, unit: km}
  - {id: word, kind: short-answer, stem: 'Which word?', key: Lighthouse}
  - {id: row, kind: ordering, stem: 'In which order?', order: [first, second, third]}
  - {id: pairs, kind: matching, stem: 'What goes where?', pairs: {France: Paris, Italy: Rome, Spain: Madrid}}
"""


class LiveHost(StillHost):
    """A drill that a server serves, without a screen."""

    def __init__(self, live: LiveDrill[Any], files: RoomFiles) -> None:
        super().__init__(live)
        self.files = files
        self.server: RoomServer | None = None
        self.photos: list[bytes] = []
        self.commits = 0
        loop = asyncio.get_running_loop()
        live.observe(lambda: loop.call_soon_threadsafe(self._show))

    def _show(self) -> None:
        if self.server is not None:
            self.server.talk.show()

    def passed(self) -> int:
        return SystemClock().passed()

    async def claim(self, said: str) -> str:
        return self.live.claim(said)

    async def leave(self, pupil: str) -> None:
        self.live.append(self.drill.mark_absent(pupil, self.now()))

    async def take_answers(self, answers: Sequence[tuple[str, Response]]) -> list[str | None]:
        told = [(pupil, response, Channel.PHONE) for pupil, response in answers]
        self.commits += 1
        return await asyncio.to_thread(self.live.take_answers, told)

    async def keep(self, room: Room) -> None:
        await asyncio.to_thread(self.files.keep, room)

    def picture(self, bank: str, image: Image) -> bytes | None:
        return None

    async def read_photo(self, photo: bytes) -> Mapping[str, Any]:
        self.photos.append(photo)
        return {"said": f"{len(photo)} bytes"}


def go(host: LiveHost, *steps: str) -> None:
    """Take steps of the drill. Answers that are closed already are not closed again."""
    for step in steps:
        if step != "close" or host.drill.stage is not Stage.COUNTED:
            host.live.append(getattr(host.drill, step)(host.now()))


@asynccontextmanager
async def served(
    workspace: Workspace, which: str = "everyone", *, is_lan: bool = False, by_name: bool = False, **told: Any
) -> AsyncIterator[tuple[RoomServer, LiveHost]]:
    """Serve a drill."""
    live = start_drill(workspace, DrillPlan(settings=DrillSettings(format=which, **told), seed=3))
    files = RoomFiles(Path(workspace.record.path))
    host = LiveHost(live, files)
    room = new_room(live.drill.header.id, WallSettings(is_lan, by_name), os.urandom)
    server = host.server = RoomServer(host, room)
    await server.start()
    try:
        yield server, host
    finally:
        await server.stop()


class Phone:
    """A pupil's phone."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.heard: list[dict[str, Any]] = []
        self.token = ""

    @classmethod
    async def at(cls, server: RoomServer, path: str = "/socket", origin: str = "") -> Phone:
        """Connect a phone."""
        base = f"127.0.0.1:{server.port}"
        return cls(await connect(f"ws://{base}{path}", origin=origin or f"http://{base}", compression=None))  # type: ignore[arg-type]

    async def say(self, **said: Any) -> None:
        await self.socket.send(json.dumps(said))

    async def hear(self, kind: str, **told: Any) -> dict[str, Any]:
        """Return the next frame of a kind with such content."""
        async with asyncio.timeout(30):
            while True:
                frame = json.loads(await self.socket.recv())
                self.heard.append(frame)
                if frame["t"] == kind and told.items() <= frame.items():
                    return dict(frame)

    async def see(self, wanted: Any) -> dict[str, Any]:
        """Return the newest state, or the next one, that is as wanted."""
        seen = [frame for frame in self.heard if frame["t"] == "see"]
        frame = seen[-1] if seen else await self.hear("see")
        while not wanted(frame):
            frame = await self.hear("see")
        return frame

    async def join(self, server: RoomServer, seat: int) -> dict[str, Any]:
        """Join, and return the first state."""
        await self.say(do="join", pin=server.room.pin, seat=seat)
        self.token = (await self.hear("in"))["token"]
        return await self.hear("see")

    async def close(self) -> None:
        await self.socket.close()
