"""Events and openings as rows of the record, each with a checksum over all its columns."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from functools import cache
from typing import Any, TypeAlias

import msgspec

from quiz.core.content.grading import Confidence, Response, Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.ids import id_key, id_text
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader

Row: TypeAlias = tuple[Any, ...]

SESSION = ("id", "learner", "device", "mode", "seed", "started", "zone", "banks", "settings", "crc", "items")
"""The columns of `session`, in order."""
# fmt: off
EVENT = (
    "session", "n", "kind", "learner", "bank", "item", "fingerprint", "at", "duration_ms", "response",
    "score", "verdict", "confidence", "target", "body", "crc",
)
# fmt: on
"""The columns of `event`, in order."""

_CRC_OF_SESSION = SESSION.index("crc")
_body = msgspec.json.Decoder(dict[str, Any])
_banks = msgspec.json.Decoder(tuple[str, ...])
_packed = msgspec.msgpack.Encoder().encode
_KINDS = {str(kind): kind for kind in EventKind}
_VERDICTS: dict[str | None, Verdict | None] = {None: None, **{str(verdict): verdict for verdict in Verdict}}
_CONFIDENCES: dict[str | None, Confidence | None] = {
    None: None,
    **{str(confidence): confidence for confidence in Confidence},
}


@cache
def _responses() -> msgspec.json.Decoder[Response]:
    """Return what decodes responses, of which the first screen shows none."""
    return msgspec.json.Decoder(Response)


@cache
def _items() -> msgspec.json.Decoder[tuple[ItemRef, ...]]:
    return msgspec.json.Decoder(tuple[ItemRef, ...])


class DamagedRow(msgspec.DecodeError):
    """A row is not what was written."""


def row_of(event: Event, key: bytes, learner: str) -> Row:
    """Return an event as a row of the session `key`. `learner` fills in where the event names none.

    Raises ValueError for a score that is not a number.
    """
    if event.score is not None and not math.isfinite(event.score):
        raise ValueError(f"Event {event.n} has the score {event.score}.")
    columns = (
        key,
        event.n,
        str(event.kind),
        event.learner or learner,
        _plain(event.bank),
        _plain(event.item),
        _plain(event.fingerprint),
        event.at,
        event.duration_ms,
        None if event.response is None else _json(event.response),
        None if event.score is None else float(event.score) + 0.0,  # SQLite has no negative zero
        None if event.verdict is None else str(event.verdict),
        None if event.confidence is None else str(event.confidence),
        event.target,
        _json(event.body) if event.body else None,
    )
    return (*columns, crc_of(columns))


def event_of(row: Sequence[Any], learner: str) -> Event:
    """Return the event in a row. `learner` is the session's own. Raises DamagedRow."""
    if crc_of(row[:-1]) != row[-1]:
        raise DamagedRow(f"event {_name_of(row[0])}/{row[1]} is not as it was written")
    (_, n, kind, owner, bank, item, fingerprint, at, duration, response, score) = row[:11]
    (verdict, confidence, target, body) = row[11:15]
    try:
        return Event(
            n=n,
            kind=_KINDS[kind],
            at=at,
            bank=bank,
            item=item,
            fingerprint=fingerprint,
            learner="" if owner == learner else owner,
            duration_ms=duration,
            response=None if response is None else _responses().decode(response),
            score=score,
            verdict=_VERDICTS[verdict],
            confidence=_CONFIDENCES[confidence],
            target=target,
            body={} if body is None else _body.decode(body),
        )
    except (KeyError, ValueError, msgspec.DecodeError) as error:
        raise DamagedRow(f"event {_name_of(row[0])}/{n} cannot be read: {error}") from error


def as_kept(event: Event, key: bytes, learner: str) -> Event:
    """Return an event in the form in which the record returns it, with its learner and texts normalised."""
    return event_of(row_of(event, key, learner), learner)


def opening_row(header: SessionHeader) -> Row:
    """Return an opening as a row of `session`. Raises ValueError for an id that is not a UUID."""
    columns = (
        id_key(header.id),
        header.learner,
        _plain(header.device),
        str(header.mode),
        str(header.seed),
        header.started,
        _plain(header.zone),
        _json(header.banks),
        _json(header.settings),
        _json(header.items),
    )
    return (*columns[:-1], crc_of(columns), columns[-1])


def header_of(row: Sequence[Any]) -> SessionHeader:
    """Return the opening in a row of `session`. Raises DamagedRow."""
    if crc_of((*row[:_CRC_OF_SESSION], row[-1])) != row[_CRC_OF_SESSION]:
        raise DamagedRow(f"session {_name_of(row[0])} is not as it was written")
    return _header(row, row[-1])


def brief_opening_of(row: Sequence[Any]) -> SessionHeader:
    """Return the opening in a row without its last two columns: no items, no checksum. Raises DamagedRow."""
    return _header(row, "[]")


def _header(row: Sequence[Any], items: str) -> SessionHeader:
    key, learner, device, mode, seed, started, zone, banks, settings = row[:_CRC_OF_SESSION]
    try:
        return SessionHeader(
            id=id_text(key),
            learner=learner,
            device=device,
            mode=Mode(mode),
            banks=_banks.decode(banks),
            seed=int(seed),
            settings=_body.decode(settings),
            items=_items().decode(items),
            started=started,
            zone=zone,
        )
    except (ValueError, TypeError, AttributeError, msgspec.DecodeError) as error:
        raise DamagedRow(f"session {_name_of(key)} cannot be read: {error}") from error


def crc_of(columns: Sequence[Any]) -> int:
    """Return the CRC-32 of columns encoded as MessagePack, which covers type, length and content of each."""
    return zlib.crc32(_packed(columns))


def _json(value: Any) -> str:
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        return msgspec.json.encode(_all_plain(msgspec.to_builtins(value))).decode()


def _all_plain(value: Any) -> Any:
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, dict):
        return {_all_plain(name): _all_plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_all_plain(inner) for inner in value]
    return value


def _plain(text: str) -> str:
    """Return a text that UTF-8 can encode: halves of surrogate pairs are joined or replaced."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _name_of(key: Any) -> str:
    return id_text(key) if isinstance(key, bytes) else repr(key)
