"""The database in Anki's packages, in the old layout and the new."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Final, NamedTuple

from quiz.errors import ExchangeError
from quiz.exchange.archive import Archive
from quiz.exchange.extras import required
from quiz.exchange.protobuf import fields_of, texts_at, varint_at

COLLECTIONS: Final = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""The names of the database, newest layout first. Older ones beside it may be empty."""
_TABLES: Final = ("col", "notes", "cards", "revlog")
_MOST_STEPS: Final = 3_000
"""After so many times 100,000 steps of SQLite a query is given up."""
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_QUESTION, _ANSWER = 1, 2
"""The numbers of a card template's fields in the new layout."""


class Template(NamedTuple):
    """How a note type makes a card."""

    question: str
    answer: str


class NoteType(NamedTuple):
    """A note type: its name, whether its cards are gaps, its fields, and its templates by their places."""

    name: str
    is_cloze: bool
    fields: tuple[str, ...]
    templates: dict[int, Template]


class Card(NamedTuple):
    """A card with its note."""

    id: int
    guid: str
    note_type: NoteType
    fields: dict[str, str]
    tags: tuple[str, ...]
    deck: str
    """The names of the deck and its parents, separated by ::."""
    place: int
    """The place of the template or gap, from 0."""
    is_suspended: bool
    reviews: tuple[tuple[int, int, int], ...]
    """The time (milliseconds since 1970 UTC), the rating from 1 to 4, and the duration (milliseconds)."""


@contextmanager
def opened(archive: Archive) -> Iterator[Collection]:
    """Open a package's collection in memory. Raises ExchangeError where there is none or it is damaged."""
    name = next((name for name in COLLECTIONS if name in archive.names), "")
    if not name:
        raise ExchangeError("There is no collection in it.")
    data = archive.read(name)
    if name.endswith("b"):
        data = unzstd(data, archive)
    with closing(sqlite3.connect(":memory:")) as database:
        _fill(database, data)
        yield Collection(database)


class Collection:
    """A collection opened in memory."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        try:
            self.note_types, self.decks = self._described()
        except (sqlite3.Error, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise ExchangeError("Its collection is damaged.") from error

    def _described(self) -> tuple[dict[int, NoteType], dict[int, str]]:
        if "notetypes" in self._names():
            return self._new_note_types(), dict(
                self._rows("select id, replace(name, char(31), '::') from decks")
            )
        (models, decks), *_ = self._rows("select models, decks from col")
        named = {int(key): str(deck["name"]) for key, deck in json.loads(decks).items()}
        return {int(key): _old_note_type(model) for key, model in json.loads(models).items()}, named

    def _new_note_types(self) -> dict[int, NoteType]:
        fields: dict[int, list[str]] = {}
        templates: dict[int, dict[int, Template]] = {}
        for owner, name in self._rows("select ntid, name from fields order by ntid, ord"):
            fields.setdefault(owner, []).append(name)
        for owner, place, config in self._rows("select ntid, ord, config from templates"):
            said = texts_at(config)
            template = Template(said.get(_QUESTION, ""), said.get(_ANSWER, ""))
            templates.setdefault(owner, {})[place] = template
        return {
            owner: NoteType(
                name, varint_at(config, 1) == 1, tuple(fields.get(owner, ())), templates.get(owner, {})
            )
            for owner, name, config in self._rows("select id, name, config from notetypes")
        }

    def cards(self) -> Iterator[Card]:
        """Yield every card with its note and note type, notes in the order they were made."""
        reviews: dict[int, list[tuple[int, int, int]]] = {}
        query = (
            "select id, cid, ease, time from revlog where ease between 1 and 4 and type between 0 and 3 "
            "order by id"
        )
        for at, card, ease, time in self._rows(query):
            reviews.setdefault(card, []).append((int(at), int(ease), max(0, int(time))))
        query = (
            "select c.id, n.guid, n.mid, n.flds, n.tags, c.did, c.odid, c.ord, c.queue from cards c "
            "join notes n on n.id = c.nid order by n.id, c.ord"
        )
        for number, guid, model, flds, tags, deck, home, place, queue in self._rows(query):
            kind = self.note_types.get(model)
            if kind is None:
                continue
            texts = dict(zip(kind.fields, str(flds).split("\x1f"), strict=False))
            name = self.decks.get(home or deck, "")
            log = tuple(reviews.get(number, ()))
            yield Card(
                number, str(guid), kind, texts, tuple(str(tags).split()), name, place, queue == -1, log
            )

    def _names(self) -> set[str]:
        return {name for (name,) in self._rows("select name from sqlite_master where type = 'table'")}

    def _rows(self, query: str) -> Iterator[Any]:
        """Yield the rows of a query. Raises ExchangeError where the database is damaged or takes too long."""
        try:
            yield from self._database.execute(query)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise ExchangeError("Its collection is damaged.") from error


def _fill(database: sqlite3.Connection, data: bytes) -> None:
    """Load a database into memory in such a way that nothing else can be reached from it."""
    if not data.startswith(b"SQLite format 3\x00") or len(data) < 512:
        raise ExchangeError("Its collection is not a database.")
    data = data[:18] + b"\x01\x01" + data[20:]  # a database in memory has no write-ahead log
    steps = 0

    def is_too_long() -> int:
        nonlocal steps
        steps += 1
        return int(steps > _MOST_STEPS)

    try:
        database.deserialize(data)
        database.execute("pragma trusted_schema = off")
        database.execute("pragma query_only = on")
        database.text_factory = lambda raw: raw.decode("utf-8", "replace")
        database.create_collation("unicase", lambda one, other: (one > other) - (one < other))
        database.set_progress_handler(is_too_long, 100_000)
        found = dict(database.execute("select name, type from sqlite_master").fetchall())
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise ExchangeError("Its collection is damaged.") from error
    if any(found.get(table) != "table" for table in _TABLES):
        raise ExchangeError("Its collection is not Anki's.")


def media_of(archive: Archive) -> dict[str, str]:
    """Return the names of the files in a package by the names that its notes have for their media.

    Raises ExchangeError where their list comes to too much.
    """
    if "media" not in archive.names:
        return {}
    listed = archive.read("media")
    if not listed.startswith(_ZSTD):
        try:
            named = json.loads(listed)
        except ValueError:
            return {}
        return {str(name): str(file) for file, name in named.items()} if isinstance(named, dict) else {}
    entries = [value for number, value in fields_of(unzstd(listed, archive)) if number == 1]
    names = [texts_at(entry).get(1, "") for entry in entries if isinstance(entry, bytes)]
    return {name: str(place) for place, name in enumerate(names) if name}


def medium(archive: Archive, file: str) -> bytes | None:
    """Return what a file of a package's media holds, None where it is not there or damaged."""
    try:
        data = archive.read(file)
        return unzstd(data, archive) if data.startswith(_ZSTD) else data
    except ExchangeError:
        return None


def _old_note_type(model: dict[str, Any]) -> NoteType:
    fields = sorted(model["flds"], key=lambda field: int(field["ord"]))
    templates = {int(one["ord"]): Template(str(one["qfmt"]), str(one["afmt"])) for one in model["tmpls"]}
    names = tuple(str(field["name"]) for field in fields)
    return NoteType(str(model["name"]), int(model.get("type", 0)) == 1, names, templates)


def unzstd(data: bytes, archive: Archive) -> bytes:
    """Return the content of a zstd frame, counted among the bytes of its archive. Raises ExchangeError."""
    zstandard = required("zstandard", "anki", "A package of Anki's newer layout")
    try:
        reader = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(io.BytesIO(data))
        plain: bytes = reader.read(archive.left + 1)
    except (zstandard.ZstdError, MemoryError) as error:
        raise ExchangeError("Its collection is damaged.") from error
    archive.take(len(plain))
    return plain
