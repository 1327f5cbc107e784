"""Writing banks as Anki packages of the oldest layout (schema 11), which every version reads."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Container, Mapping
from typing import Any, Final

from quiz.core.content.bank import Bank
from quiz.core.content.images import option_images
from quiz.core.content.item import Item
from quiz.core.content.kinds.cloze import Cloze
from quiz.exchange.anki_notes import back_html, guid_of
from quiz.exchange.archive import packed
from quiz.exchange.cloze_text import anki_cloze_html
from quiz.exchange.html_text import html_of_text
from quiz.exchange.rendering import MediaNames, front_of, image_html, pictures_of

_MADE: Final = 1_262_304_000
"""The time at which everything claims to have been made, in seconds since 1970 UTC. It is always the same, so
that a newer version of a note replaces an older one only if its content differs."""
_BASIC, _CLOZE = 1_262_304_000_001, 1_262_304_000_002
_DEFAULT: Final = {
    "id": 1, "name": "Default", "mod": 0, "usn": 0, "desc": "", "dyn": 0, "conf": 1, "collapsed": False,
    "newToday": [0, 0], "revToday": [0, 0], "lrnToday": [0, 0], "timeToday": [0, 0], "extendNew": 0,
    "extendRev": 0,
}  # fmt: skip
_CSS: Final = ".card { font-family: sans-serif; font-size: 20px; text-align: center; }"
_SCHEMA: Final = """
create table col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
  ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
  models text not null, decks text not null, dconf text not null, tags text not null);
create table notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
  usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
  flags integer not null, data text not null);
create table cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
  mod integer not null, usn integer not null, type integer not null, queue integer not null,
  due integer not null, ivl integer not null, factor integer not null, reps integer not null,
  lapses integer not null, left integer not null, odue integer not null, odid integer not null,
  flags integer not null, data text not null);
create table revlog (id integer primary key, cid integer not null, usn integer not null,
  ease integer not null, ivl integer not null, lastIvl integer not null, factor integer not null,
  time integer not null, type integer not null);
create table graves (usn integer not null, oid integer not null, type integer not null);
create index ix_notes_usn on notes (usn);
create index ix_cards_usn on cards (usn);
create index ix_revlog_usn on revlog (usn);
create index ix_cards_nid on cards (nid);
create index ix_cards_sched on cards (did, queue, due);
create index ix_revlog_cid on revlog (cid);
create index ix_notes_csum on notes (csum);
"""


def package_of(bank: Bank, kinds: Container[str], media: Mapping[str, bytes]) -> bytes:
    """Return the items of some kinds as a package: a note each, topics as decks within the bank's deck."""
    names = MediaNames(media)
    items = [item for item in bank.items if item.kind in kinds]
    database = sqlite3.connect(":memory:")
    try:
        database.executescript(_SCHEMA)
        decks = _decks(bank, items)
        database.execute(
            "insert into col values (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
            (
                _MADE, _MADE * 1000, _MADE * 1000, json.dumps({"nextPos": len(items) + 1}),
                json.dumps(_models()), json.dumps(decks), json.dumps(_options()),
            ),
        )  # fmt: skip
        ids = {name: deck["id"] for name, deck in ((deck["name"], deck) for deck in decks.values())}
        for place, item in enumerate(items, 1):
            _add(database, _Note(bank, item, names), place, ids[_deck_name(bank, item)])
        database.commit()
        data = database.serialize()
    finally:
        database.close()
    listed = json.dumps({str(place): name for place, name in enumerate(names.files)})
    numbered = {str(place): held for place, held in enumerate(names.files.values())}
    return packed({"collection.anki2": data, "media": listed.encode(), **numbered})


def _number(text: str) -> int:
    """Return a number derived from a text that looks like a time in milliseconds, as Anki's ids do."""
    digest = hashlib.blake2b(text.encode(), digest_size=6).digest()
    return _MADE * 1000 + int.from_bytes(digest, "big") % 300_000_000_000


def _deck_name(bank: Bank, item: Item) -> str:
    parts = [bank.title, *([bank.topic_title(item)] if item.topic else [])]
    return "::".join(" ".join(part.replace("::", ":").split()) for part in parts).replace(" › ", "::")


def _decks(bank: Bank, items: list[Item]) -> dict[str, dict[str, Any]]:
    names = dict.fromkeys(_deck_name(bank, item) for item in items)
    made = [_DEFAULT]
    made += [{**_DEFAULT, "id": _number(f"deck {name}"), "name": name, "mod": _MADE} for name in names]
    return {str(deck["id"]): deck for deck in made}


def _models() -> dict[str, dict[str, Any]]:
    basic = _model(
        _BASIC, "quiz Basic", 0, ("Front", "Back"),
        "{{Front}}", "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}",
    )  # fmt: skip
    cloze = _model(
        _CLOZE, "quiz Cloze", 1, ("Text", "Back Extra"),
        "{{cloze:Text}}", "{{cloze:Text}}<br>\n{{Back Extra}}",
    )  # fmt: skip
    return {str(_BASIC): basic, str(_CLOZE): cloze}


def _model(
    number: int, name: str, kind: int, fields: tuple[str, ...], question: str, answer: str
) -> dict[str, Any]:
    listed = [
        {"name": one, "ord": place, "font": "Arial", "size": 20, "media": [], "rtl": False, "sticky": False}
        for place, one in enumerate(fields)
    ]
    card = {
        "name": "Cloze" if kind else "Card 1", "ord": 0, "qfmt": question, "afmt": answer, "bqfmt": "",
        "bafmt": "", "did": None,
    }  # fmt: skip
    return {
        "id": number, "name": name, "type": kind, "mod": _MADE, "usn": 0, "sortf": 0, "did": 1,
        "tmpls": [card], "flds": listed, "css": _CSS, "latexPre": "", "latexPost": "", "tags": [], "vers": [],
        "req": [] if kind else [[0, "all", [0]]],
    }  # fmt: skip


def _options() -> dict[str, Any]:
    return {
        "1": {
            "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": True, "timer": 0,
            "replayq": True, "dyn": False,
            "new": {"delays": [1, 10], "ints": [1, 4, 7], "initialFactor": 2500, "order": 1, "perDay": 20,
                    "bury": True, "separate": True},
            "rev": {"perDay": 200, "ease4": 1.3, "fuzz": 0.05, "minSpace": 1, "ivlFct": 1, "maxIvl": 36500,
                    "bury": True},
            "lapse": {"delays": [10], "mult": 0, "minInt": 1, "leechFails": 8, "leechAction": 0},
        }
    }  # fmt: skip


class _Note:
    """What goes into the fields of a note."""

    def __init__(self, bank: Bank, item: Item, names: MediaNames) -> None:
        self.item = item
        self.guid = guid_of(bank, item)
        pictures = (*pictures_of(bank, item), *option_images(item).values())
        drawn = [image_html(image, names) for image in pictures]
        if isinstance(item, Cloze):
            front = anki_cloze_html(item)
            self.model, back = _CLOZE, html_of_text(item.rationale)
        else:
            front = html_of_text(front_of(bank, item, in_full=False))
            self.model, back = _BASIC, back_html(item)
        self.fields = ("<br>".join([front, *drawn]), back)


def _add(database: sqlite3.Connection, note: _Note, place: int, deck: int) -> None:
    """Put a note and its card into a collection."""
    first, tags = note.fields[0], " ".join("-".join(tag.split()) for tag in note.item.tags)
    number, card = _number(f"note {note.guid}"), _number(f"card {note.guid}")
    checksum = int(hashlib.sha1(first.encode(), usedforsecurity=False).hexdigest()[:8], 16)
    database.execute(
        "insert into notes values (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')",
        (
            number, note.guid, note.model, _MADE, f" {tags} " if tags else "", "\x1f".join(note.fields),
            first, checksum,
        ),
    )  # fmt: skip
    database.execute(
        "insert into cards values (?, ?, ?, 0, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')",
        (card, number, deck, _MADE, place),
    )
