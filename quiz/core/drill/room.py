"""The room that pupils' phones join: its PIN, who is in it, and the tokens by which phones are known again.

A room is an immutable value; its steps return a new one. It is kept in a private file, so that phones find
their places again after the app was restarted, and is forgotten when the drill ends.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from quiz.core.class_list import MOST_LETTERS, tidy
from quiz.core.text.forbidden import FORBIDDEN, UNSEEN
from quiz.core.text.safe_text import one_line

MOST_MEMBERS: Final = 60
PIN_DIGITS: Final = 6
_TOKEN: Final = re.compile(r"([1-9][0-9]{0,8})\.([0-9a-f]{32})")


class RoomRefusal(Exception):
    """Nobody can take that place. The message is a code that the phone's page has words for."""


class Member(msgspec.Struct, frozen=True):
    """A phone's place in the room."""

    number: int
    """Counts up from 1; a place that was given up is not given again."""
    pupil: str
    """Who answers: a learner's id, or a number such as #7. Empty for a camera that no pupil holds."""
    claims: int = 0
    """How often the place was taken over by another phone. Each time the older token becomes worthless."""
    is_camera: bool = False
    """Whether the teacher lets this phone send photographs of cards."""


class WallSettings(msgspec.Struct, frozen=True):
    """How a drill is shown in a browser."""

    is_lan: bool = False
    """Whether phones may join; otherwise there is only the wall on this computer."""
    by_name: bool = False
    """Whether pupils give their names to join; otherwise the numbers of their seats."""
    port: int = 0
    """The port to listen on; 0 for any that is free."""


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """A room for one drill."""

    session: str
    secret: Annotated[str, Meta(pattern=r"^[0-9a-f]{32,}$")]
    """Random hexadecimal digits, from which the tokens are made."""
    pin: Annotated[str, Meta(pattern=r"^[0-9]{6}$")]
    port: Annotated[int, Meta(ge=0, le=65535)] = 0
    """The port that phones know; 0 before there is one."""
    is_lan: bool = False
    by_name: bool = False
    is_locked: bool = False
    """Whether nobody new may join."""
    last_number: int = 0
    members: tuple[Member, ...] = ()

    def with_member(self, pupil: str) -> tuple[Room, Member]:
        """Return the room with one more phone, and its place. Raises RoomRefusal if it is locked or full."""
        if self.is_locked:
            raise RoomRefusal("locked")
        if len(self.members) >= MOST_MEMBERS:
            raise RoomRefusal("full")
        member = Member(self.last_number + 1, pupil)
        changed = msgspec.structs.replace(self, members=(*self.members, member), last_number=member.number)
        return changed, member

    def held_by(self, pupil: str) -> Member | None:
        """Return the place of a pupil, if a phone has it."""
        return next((member for member in self.members if pupil and member.pupil == pupil), None)

    def taken_over(self, member: Member) -> tuple[Room, Member]:
        """Return the room with a place given to another phone, which makes its older token worthless."""
        after = msgspec.structs.replace(member, claims=member.claims + 1)
        return self._with(member, after), after

    def without(self, number: int) -> Room:
        """Return the room without a phone."""
        left = tuple(member for member in self.members if member.number != number)
        return msgspec.structs.replace(self, members=left)

    def with_camera(self, number: int, *, is_camera: bool) -> Room:
        """Return the room with a phone allowed, or no longer allowed, to send photographs."""
        member = self.member(number)
        if member is None:
            return self
        return self._with(member, msgspec.structs.replace(member, is_camera=is_camera))

    def member(self, number: int) -> Member | None:
        """Return the place of a number."""
        return next((member for member in self.members if member.number == number), None)

    def token_of(self, member: Member) -> str:
        """Return the token by which a phone is known again."""
        return f"{member.number}.{self._seal(member)}"

    def member_of(self, token: str) -> Member | None:
        """Return whose token this is; None if it was never given out or counts no longer."""
        found = _TOKEN.fullmatch(token)
        member = self.member(int(found[1])) if found else None
        if found is None or member is None:
            return None
        return member if hmac.compare_digest(self._seal(member), found[2]) else None

    @property
    def pin_shown(self) -> str:
        """The PIN as people read it, in two groups of three digits."""
        return f"{self.pin[:3]} {self.pin[3:]}"

    def link(self, url: str) -> str:
        """Return an address with the PIN behind it, as a QR code holds it."""
        return f"{url}#{self.pin}"

    def is_pin(self, said: str) -> bool:
        """Return whether this is the PIN, however much of it is right."""
        return hmac.compare_digest(said.encode(), self.pin.encode())

    def _seal(self, member: Member) -> str:
        told = f"{self.session}/{member.number}/{member.claims}".encode()
        return hmac.new(bytes.fromhex(self.secret), told, hashlib.sha256).hexdigest()[:32]

    def _with(self, before: Member, after: Member) -> Room:
        members = tuple(after if member == before else member for member in self.members)
        return msgspec.structs.replace(self, members=members)


def pin_from(number: int) -> str:
    """Return a PIN of six digits from a random number."""
    return f"{number % 10**PIN_DIGITS:0{PIN_DIGITS}}"


def name_from(said: str) -> str:
    """Return a name that a phone gave, tidied. Raises RoomRefusal for an empty, long or unsafe one."""
    if FORBIDDEN.search(said) or UNSEEN.search(said):
        raise RoomRefusal("name")
    name = tidy(said)
    if not name or len(name) > MOST_LETTERS or one_line(name) != name or not any(map(str.isalnum, name)):
        raise RoomRefusal("name")
    return name
