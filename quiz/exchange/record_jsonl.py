"""A record as JSON lines, without loss, for import on another machine.

The first line identifies the file and names the learners. Then each session comes with its events, a line
each, in order. Every line but the first has a CRC-32 of its content, so that a line changed on the way is
noticed. Two such files concatenated are a valid file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, BinaryIO
from zlib import crc32

import msgspec

from quiz.core.events.model import Event, SessionHeader

FORMAT = 1
LONGEST_LINE = 16_000_000
"""The longest line, in bytes."""


class ExportedLearner(msgspec.Struct, frozen=True):
    """A learner, as named in the file."""

    id: str
    name: str


class _Head(msgspec.Struct, frozen=True, omit_defaults=True):
    quiz: str
    format: int
    learners: tuple[ExportedLearner, ...] = ()


class _Line(msgspec.Struct, frozen=True, gc=False):
    crc: int
    session: msgspec.Raw = msgspec.Raw()
    event: msgspec.Raw = msgspec.Raw()
    of: str = ""
    """The session's id, for an event."""


class _EventLine(msgspec.Struct, frozen=True, gc=False):
    crc: int
    event: Event
    of: str


_EVENT, _OF = b'{"event":', b',"of":'
_event_line = msgspec.json.Decoder(_EventLine)
_head = msgspec.json.Decoder(_Head)
_line = msgspec.json.Decoder(_Line)
_header = msgspec.json.Decoder(SessionHeader)
_event = msgspec.json.Decoder(Event)
_START = b'{"quiz":'
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_DEFAULTS = {
    field.name: field.default
    for field in msgspec.structs.fields(Event)
    if field.default is not msgspec.NODEFAULT
}


class NotAnExport(ValueError):
    """The file is not an exported record, or comes from a newer quiz. The message says which."""


def head(learners: Iterable[tuple[str, str]]) -> bytes:
    """Return the first line, with the ids and names of all learners."""
    people = tuple(ExportedLearner(*learner) for learner in learners)
    return msgspec.json.encode(_Head("history", FORMAT, people)) + b"\n"


def session_lines(header: SessionHeader, events: Iterable[Event]) -> bytes:
    """Return a session and its events as lines."""
    said = msgspec.json.encode(header)
    lines = [b'{"session":%b,"crc":%d}\n' % (said, crc32(said))]
    of = msgspec.json.encode(header.id)
    for event in events:
        said = msgspec.json.encode(_slim(event))
        lines.append(b'{"event":%b,"of":%b,"crc":%d}\n' % (said, of, crc32(said, crc32(of))))
    return b"".join(lines)


def begins_within_a_session(lines: bytes) -> bool:
    """Return whether some lines begin with an event, whose session's opening came before them."""
    return lines.lstrip(b"\n").startswith(_EVENT)


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file. One that is too long comes in pieces, none of which can be read."""
    while line := file.readline(LONGEST_LINE):
        yield line


def people_in(lines: Iterable[bytes]) -> list[ExportedLearner]:
    """Return all learners named in a file. Raises NotAnExport where it does not begin like an export."""
    found: list[ExportedLearner] = []
    is_known = False
    for number, line in enumerate(lines, 1):
        if line.startswith(_START):
            try:
                told = _head.decode(line)
            except _UNREADABLE as error:
                raise NotAnExport(f"Line {number} cannot be read: {error}.") from error
            if told.quiz != "history":
                raise NotAnExport("This is not a record exported by quiz.")
            if told.format > FORMAT:
                raise NotAnExport(f"This was exported by a newer quiz (format {told.format}, here {FORMAT}).")
            found += told.learners
            is_known = True
        elif not is_known:
            break
    if not is_known:
        raise NotAnExport("This is not a record exported by quiz.")
    return found


def sessions_in(lines: Iterable[bytes], flaws: list[str]) -> Iterator[tuple[SessionHeader, Sequence[Event]]]:
    """Yield the sessions of a file with their events, whatever the order of its lines.

    A session whose lines are apart comes in several parts, each with the opening. What cannot be read is left
    out, and a sentence about it is added to `flaws`.
    """
    headers: dict[str, SessionHeader] = {}
    early: dict[str, list[Event]] = {}
    at: str | None = None
    begun = 0
    waiting: list[Event] = []
    for number, line in enumerate(lines, 1):
        if line.startswith(_EVENT):  # mostly as session_lines writes it, after its session
            try:
                quick = _event_line.decode(line)
            except _UNREADABLE:
                quick = None
            if (
                quick is not None
                and quick.of == at
                and quick.crc == crc32(line[len(_EVENT) : line.rfind(_OF)], begun)
            ):
                waiting.append(quick.event)
                continue
        elif line.startswith(_START) or not line.strip():
            continue
        told = _read(number, line, flaws)
        if told is None:
            continue
        if isinstance(told, SessionHeader):
            if at is not None:
                yield headers[at], waiting
            waiting = early.pop(told.id, [])
            at, begun = told.id, _crc_of_name(told.id)
            headers[at] = told
            continue
        of, event = told
        if of == at:
            waiting.append(event)
        elif of in headers:
            yield headers[of], [event]
        else:
            early.setdefault(of, []).append(event)
    if at is not None:
        yield headers[at], waiting
    flaws += [
        f"Session {of[:40]} is not in the file, only {len(left)} of its events." for of, left in early.items()
    ]


def _read(number: int, line: bytes, flaws: list[str]) -> SessionHeader | tuple[str, Event] | None:
    """Return the content of a line, or None and add a flaw if it is not what was written."""
    try:
        told = _line.decode(line)
        said = told.session or told.event
        if not told.session and not told.of:
            flaws.append(f"Line {number} is not as it was written: it names no session.")
            return None
        if told.crc != crc32(said, 0 if told.session else _crc_of_name(told.of)):
            flaws.append(f"Line {number} is not as it was written: its checksum is wrong.")
            return None
        return _header.decode(said) if told.session else (told.of, _event.decode(said))
    except _UNREADABLE as error:
        flaws.append(f"Line {number} is not as it was written: {error}.")
        return None


@lru_cache(maxsize=64)
def _crc_of_name(session: str) -> int:
    return crc32(msgspec.json.encode(session))


def _slim(event: Event) -> Mapping[str, Any]:
    """Return an event without fields that have their defaults."""
    return {
        name: value
        for name in event.__struct_fields__
        if (value := getattr(event, name)) != _DEFAULTS.get(name, msgspec.NODEFAULT) and value != {}
    }
