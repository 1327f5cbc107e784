"""What is said between the drill and the browsers: who joins, who answers, and what each is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from quiz.core.drill.room import Member, Room, RoomRefusal, name_from
from quiz.core.drill.wall_words import WallWords
from quiz.core.session import InvalidTransition
from quiz.errors import QuizError
from quiz.web import wall
from quiz.web.colours import RoomCodeColours
from quiz.web.host import Host
from quiz.web.limits import WrongPins
from quiz.web.line import Line
from quiz.web.protocol import (
    AnswerFrame,
    Join,
    LeaveFrame,
    NotUnderstood,
    Photo,
    Return,
    Said,
    response_from,
    understood,
)
from quiz.web.queue import Asked, Queue
from quiz.web.shown import Address, Resources, question_of
from quiz.web.states import States

MOST_CLAIMS: Final = 20
"""How many phones may wait for the teacher at once."""


class Claim(msgspec.Struct, frozen=True):
    """A phone that wants a place that another one has."""

    line: Line
    member: Member


class Talk:
    """Who is connected, and what they say and are told."""

    def __init__(self, host: Host, room: Room) -> None:
        self._host = host
        self.room = room
        self.claims: list[Claim] = []
        """The phones that wait for the teacher."""
        self._observers: list[Callable[[], None]] = []
        self._lines: dict[Line, None] = {}
        self._wrong = WrongPins(host.passed)
        self._queue = Queue(self._take_joins, host.take_answers)
        self._colours = RoomCodeColours(self.show)
        self._states = States(host, Resources(lambda _bank, _image: "", self._colours.of))
        self._urls: Sequence[str] = ()
        self.options = wall.Options()
        """What the teacher wants on the wall."""

    def begin(self, port: int, address: Address, urls: Sequence[str]) -> None:
        """Know under which port and addresses browsers come."""
        self.room = msgspec.structs.replace(self.room, port=port)
        self._states.resources, self._urls = self._states.resources._replace(address=address), urls
        self.show()

    def end(self) -> None:
        """Take nothing more."""
        self._queue.end()
        self._colours.end()

    # Who is there

    def add(self, line: Line) -> None:
        """Greet a browser."""
        self._lines[line] = None
        if line.is_wall:
            line.wake()
        else:
            line.tell("hello", by="name" if self.room.by_name else "seat")

    def remove(self, line: Line) -> None:
        """Let a browser go."""
        self._lines.pop(line, None)
        self.claims = [claim for claim in self.claims if claim.line is not line]
        self.changed()

    @property
    def connected(self) -> frozenset[int]:
        """The places whose phones are connected now."""
        return frozenset(line.number for line in self._lines if line.number)

    @property
    def names(self) -> Mapping[str, str]:
        """The names of the competitors, by their ids."""
        return self._host.names

    @property
    def words(self) -> WallWords:
        """The words of the wall, in the language of the banks."""
        return self._host.drill.words

    # What the teacher does

    async def kick(self, number: int) -> None:
        """Take a phone out of the room; it needs the PIN to come back."""
        await self._keep(self.room.without(number))
        self._send_out(number, "kicked")

    async def lock(self, *, is_locked: bool) -> None:
        """Let nobody new in, or let them in again."""
        await self._keep(msgspec.structs.replace(self.room, is_locked=is_locked))

    async def change_pin(self, pin: str) -> None:
        """Ask whoever joins from now on for another PIN."""
        await self._keep(msgspec.structs.replace(self.room, pin=pin))

    async def allow_camera(self, number: int, *, is_camera: bool) -> None:
        """Let a phone send photographs of cards, or no longer."""
        await self._keep(self.room.with_camera(number, is_camera=is_camera))

    async def settle(self, claim: Claim, *, is_granted: bool) -> None:
        """Give a place to the phone that claims it, or leave it to the one that has it."""
        self.claims.remove(claim)
        if not is_granted:
            claim.line.tell("no", why="taken")
            self.changed()
            return
        room, member = self.room.taken_over(self.room.member(claim.member.number) or claim.member)
        await self._keep(room)
        self._send_out(member.number, "taken")
        self._welcome(claim.line, member)
        self.changed()

    def show_more(self, **changed: bool) -> None:
        """Show more or less on the wall; the names are those of `wall.Options`."""
        self.options = msgspec.structs.replace(self.options, **changed)
        self.show()

    def _send_out(self, number: int, why: str) -> None:
        for line in self._lines:
            if line.number == number:
                line.number = 0
                line.tell("out", why=why)
        self.changed()

    async def _keep(self, room: Room) -> None:
        self.room = room
        await self._host.keep(room)
        self.changed()

    # What browsers say

    async def hear(self, line: Line, frame: str | bytes) -> bool:
        """Do what a browser asks for, and return whether it may go on talking."""
        try:
            if isinstance(frame, bytes):
                await self._hear_piece(line, frame)
            elif line.is_wall or line.rate.is_too_fast():
                return False
            else:
                await self._do(line, understood(frame))
        except NotUnderstood:
            return False
        return True

    async def _do(self, line: Line, said: Said) -> None:
        match said:
            case Join():
                self._join(line, said)
            case Return(token):
                self._return(line, token)
            case AnswerFrame():
                self._answer(line, said)
            case LeaveFrame():
                await self._leave(line)
            case Photo(size):
                self._announce(line, size)

    def _join(self, line: Line, said: Join) -> None:
        if not self._wrong.may_try(line.address):
            line.tell("no", why="pause")
        elif not self.room.is_pin(said.pin):
            self._wrong.add(line.address)
            line.tell("no", why="pin")
        elif line.number:
            line.tell("no", why="in")
        else:
            self._queue.put(Asked(line, said))

    async def _take_joins(self, asked: Sequence[tuple[Line, Join]]) -> None:
        """Let phones in, and welcome them once their places are kept."""
        welcome: list[tuple[Line, Member]] = []
        for line, said in asked:
            try:
                found = await self._place_for(line, said)
            except RoomRefusal as refusal:
                line.tell("no", why=str(refusal))
            except (InvalidTransition, QuizError):
                line.tell("no", why="nobody")
            else:
                welcome += [(line, found)] if found else []
        if welcome:
            await self._host.keep(self.room)
            for line, member in welcome:
                if self.room.member(member.number) == member:
                    self._welcome(line, member)
            self.changed()

    async def _place_for(self, line: Line, said: Join) -> Member | None:
        """Return the place of a phone, or None if it has to wait for the teacher. May raise RoomRefusal."""
        if said.is_camera:
            self.room, member = self.room.with_member("")
            return member
        if self.room.is_locked:
            raise RoomRefusal("locked")
        name = name_from(said.name) if self.room.by_name else ""
        if not name and said.seat is None:
            raise RoomRefusal("name" if self.room.by_name else "seat")
        pupil = await self._host.claim(name or str(said.seat))
        held = self.room.held_by(pupil)
        if held is None:
            self.room, member = self.room.with_member(pupil)
            return member
        if len(self.claims) >= MOST_CLAIMS:
            raise RoomRefusal("full")
        self.claims = [claim for claim in self.claims if claim.line is not line]
        self.claims.append(Claim(line, held))
        line.tell("wait")
        self.changed()
        return None

    def _welcome(self, line: Line, member: Member) -> None:
        if line not in self._lines:
            return
        line.number = member.number
        line.tell("in", token=self.room.token_of(member))

    def _return(self, line: Line, token: str) -> None:
        member = self.room.member_of(token)
        if member is None:  # not counted as a wrong PIN is: 128 bits cannot be guessed
            line.tell("gone")
            return
        line.number = member.number
        line.forget_sent()
        self.changed()

    async def _leave(self, line: Line) -> None:
        member = self.room.member(line.number)
        if member is None:
            return
        await self._keep(self.room.without(member.number))
        self._send_out(member.number, "left")
        if member.pupil:
            await self._host.leave(member.pupil)

    def _answer(self, line: Line, said: AnswerFrame) -> None:
        member, drill = self.room.member(line.number), self._host.drill
        if member is None or not member.pupil:
            line.tell("no", n=said.number, why="out")
            return
        if not drill.takes_answers or said.question != question_of(drill):
            line.tell("no", n=said.number, why="late")
            return
        try:
            response = response_from(drill.interaction, said.given)
        except NotUnderstood:
            line.tell("no", n=said.number, why="unfit")
            return
        self._queue.put(Asked(line, said, member.pupil, response))

    # Photographs of cards

    def _announce(self, line: Line, size: int) -> None:
        member = self.room.member(line.number)
        if member is None or not member.is_camera:
            line.tell("no", why="camera")
            return
        line.photo.announce(size)

    async def _hear_piece(self, line: Line, piece: bytes) -> None:
        """Take a piece of a photograph. Raises NotUnderstood where none is to come."""
        member = self.room.member(line.number)
        if member is None or not member.is_camera:
            raise NotUnderstood("This phone is not the camera.")
        photo = line.photo.add(piece)
        if photo is None:
            return
        try:
            line.tell("photo", **await self._host.read_photo(photo))
        except QuizError as error:
            line.tell("photo", error=str(error))

    # What browsers are shown

    def show(self) -> None:
        """Show everybody where the drill stands now."""
        self._states.renew(self.room, self._urls, self.options, len(self.connected))
        self._colours.seek()
        for line in self._lines:
            line.wake()

    def newest(self, line: Line) -> tuple[bytes, bytes] | None:
        """Return what a browser is to be shown now: what tells it from what came before, and the frame."""
        if line.is_wall:
            return self._states.of_wall()
        member = self.room.member(line.number)
        return None if member is None else self._states.of_phone(member)

    def observe(self, observer: Callable[[], None]) -> Callable[[], None]:
        """Call `observer` after each change of who is in the room. Returns a function that stops this."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def changed(self) -> None:
        """Show everybody, and the desk, who is in the room now."""
        self.show()
        for observer in tuple(self._observers):
            observer()
