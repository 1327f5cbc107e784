"""The drill on the screen as the wall and the phones know it, and the server that serves it to them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from quiz.core.content.grading import Response
from quiz.core.content.item import Image
from quiz.core.drill.drill import Drill
from quiz.core.drill.room import Room, WallSettings
from quiz.core.drill.settings import Channel
from quiz.core.session import InvalidTransition
from quiz.errors import ExchangeError, QuizError, RecordConflict, UsageError
from quiz.services.drill.card_answers import card_question, take_cards
from quiz.services.drill.card_reading import read_cards
from quiz.services.drill.room_files import RoomFiles, new_room, require_libraries
from quiz.services.pictures import bytes_or_none
from quiz.tui.drill.drill_keys import DrillKeys
from quiz.tui.drill.phrases import translated

if TYPE_CHECKING:
    from quiz.web.server import RoomServer

T = TypeVar("T")
DRAWN_AFTER = 0.1
"""Seconds within which answers that arrive are shown on the desk together."""
REACHED_AFTER = 15.0
"""Seconds after which a network is said to keep devices apart if no phone has said hello."""
NOT_REACHED = (
    "No phone has reached this computer yet: guest Wi-Fi often keeps devices apart, and a firewall"
    " may ask for permission; a hot spot of your own phone works, and so do paper cards."
)


class RoomLink:
    """Serves a drill's screen to browsers; what they ask for waits its turn with the teacher's keys."""

    def __init__(self, screen: DrillKeys[Any], wall: WallSettings | None) -> None:
        self._screen = screen
        self._wall = wall
        self._files = RoomFiles(screen.workspace.record.path)
        self._is_drawn_soon = False
        self._stop_observing: Callable[[], None] = lambda: None
        self.server: RoomServer | None = None

    async def start(self) -> None:
        """Serve the drill, if that is wanted, or if phones had joined it before it was interrupted.

        Raises UsageError if a library is missing or the port is taken.
        """
        session = self.drill.header.id
        room = self._files.load(session)
        if room is None and self._wall is not None:
            room = new_room(session, self._wall, os.urandom)
        if room is None:
            return
        require_libraries()
        from quiz.web.server import RoomServer

        server = RoomServer(self, room)
        await server.start()
        self.server = server
        self._screen.is_desk = True
        await self.keep(server.room)
        loop = asyncio.get_running_loop()

        def show() -> None:
            loop.call_soon_threadsafe(server.talk.show)

        self._stop_observing = self._screen.live.observe(show)
        server.talk.observe(self.draw_soon)
        if room.is_lan:
            self._screen.set_timer(REACHED_AFTER, self._say_if_unreached)

    async def stop(self) -> None:
        """Serve it no more, and forget who joined if the drill is over."""
        self._stop_observing()
        if self.server is not None:
            await self.server.stop()
            self.server = None
        if self.drill.has_ended:
            await asyncio.to_thread(self._files.forget, self.drill.header.id)

    def facts(self) -> list[tuple[str, str]]:
        """Return the addresses, as names and values."""
        server = self.server
        if server is None:
            return []
        say = self.drill.words.say
        facts = [(say("Wall"), server.wall_url)]
        if server.room.is_lan:
            urls = f" {say('or')} ".join(server.phone_urls[:2]) or say("no network")
            facts.append((say("Phones"), f"{urls} · PIN {server.room.pin_shown}"))
        return facts

    @property
    def summary(self) -> str:
        """How many phones are connected, and whether one waits; empty without phones."""
        server = self.server
        if server is None or not server.room.is_lan:
            return ""
        words, waiting = self.drill.words, len(server.talk.claims)
        said = words.count(len(server.talk.connected), "phone")
        return words.say("{phones}, {n} waiting", phones=said, n=waiting) if waiting else said

    def _say_if_unreached(self) -> None:
        server = self.server
        if server is not None and not server.was_reached:
            say = self.drill.words.say
            self._screen.notify(say(NOT_REACHED), title=say("Phones"), severity="warning", timeout=30)

    # What the server asks for

    @property
    def drill(self) -> Drill:
        """Where the drill stands."""
        drill: Drill = self._screen.drill
        return drill

    @property
    def names(self) -> Mapping[str, str]:
        """The names of the competitors, by their ids."""
        return self._screen.live.names

    @property
    def numbers(self) -> Mapping[str, int]:
        """The numbers of pupils' cards, by their ids."""
        return self._screen.live.numbers

    def now(self) -> int:
        """Return the drill's time, in milliseconds since 1970 UTC."""
        return self._screen.live.now()

    def passed(self) -> int:
        """Return milliseconds on a clock that is never set."""
        return self._screen.workspace.clock.passed()

    async def claim(self, said: str) -> str:
        """Return which pupil a seat's number or a name means."""
        return await self._taken(lambda: self._screen.live.claim(said))

    async def leave(self, pupil: str) -> None:
        """Let a pupil be absent from now on, where the format knows that."""
        live = self._screen.live
        with suppress(InvalidTransition):
            await self._taken(lambda: live.append(live.drill.mark_absent(pupil, live.now())))

    async def take_answers(self, answers: Sequence[tuple[str, Response]]) -> list[str | None]:
        """Put pupils' answers on record in one commit, in a thread."""
        told = [(pupil, response, Channel.PHONE) for pupil, response in answers]
        return await self._taken(lambda: self._screen.live.take_answers(told), aside=True)

    async def keep(self, room: Room) -> None:
        """Keep the room, so that phones find their places again after a crash."""
        await asyncio.to_thread(self._files.keep, room)

    def picture(self, bank: str, image: Image) -> bytes | None:
        """Return what a picture's file holds, None where it cannot be shown."""
        file = self._screen.app.picture_file(bank, image)
        return None if file is None else bytes_or_none(file)

    async def read_photo(self, photo: bytes) -> Mapping[str, Any]:
        """Read the cards in a photograph for the question that is asked now, and put them on record."""
        live = self._screen.live
        try:
            question = card_question(live)
            readings = await asyncio.to_thread(read_cards, photo, question.owners)
            said = await self._taken(lambda: take_cards(live, question, readings))
        except InvalidTransition as error:
            raise UsageError(str(error)) from error
        except ExchangeError as error:
            raise translated(error, live.drill.words) from error
        self._screen.notify(said, title=live.drill.words.say("Cards"))
        return {"said": said}

    async def _taken(self, step: Callable[[], T], *, aside: bool = False) -> T:
        """Take a step when its turn comes, and show later where it led."""
        turns, taken = self._screen.turns, asyncio.get_running_loop().create_future()

        async def take() -> None:
            try:
                result = await (turns.aside(step) if aside else turns.when_free(step))
            except (InvalidTransition, QuizError) as error:
                if isinstance(error, RecordConflict):
                    await self._screen.catch_up(error)
                if not taken.done():
                    taken.set_exception(error)
            else:
                if not taken.done():
                    taken.set_result(result)

        await turns.run(take)
        self.draw_soon()
        return await taken  # type: ignore[no-any-return]  # the future of this step's result

    def draw_soon(self) -> None:
        """Show where the drill stands, together with what else changes in a moment."""
        if not self._is_drawn_soon:
            self._is_drawn_soon = True
            self._screen.set_timer(DRAWN_AFTER, self._draw)

    async def _draw(self) -> None:
        self._is_drawn_soon = False
        await self._screen.turns.run(self._screen.show_state)
