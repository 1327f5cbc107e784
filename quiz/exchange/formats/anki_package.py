"""Anki's packages: decks (.apkg) and whole collections (.colpkg)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quiz.core.content.bank import Bank
from quiz.exchange.anki_cards import draft_of
from quiz.exchange.anki_collection import COLLECTIONS, Card, Collection, media_of, medium, opened
from quiz.exchange.anki_writer import package_of
from quiz.exchange.archive import Archive, names_in
from quiz.exchange.building import Draft, build, each
from quiz.exchange.declaration import ForeignFile, Format, Imported, Refusal, Written
from quiz.exchange.formats.anki_text import FORMAT as ANKI_TEXT
from quiz.exchange.picture_shelf import PictureShelf


def recognise(source: ForeignFile) -> int:
    """Return how certain it is that a file is one of Anki's packages: an archive with a collection in it."""
    return 100 if names_in(source.data) & set(COLLECTIONS) else 0


def read(source: ForeignFile) -> Imported:
    """Read a package. Raises ExchangeError where it is damaged."""
    archive = Archive(source.data)
    with opened(archive) as collection:
        files = media_of(archive)
        shelf = PictureShelf(lambda name: medium(archive, files[name]) if name in files else None)
        found = list(each(lambda card: draft_of(card, shelf), _pieces(collection)))
    title = _shorten_topics(found) or source.stem
    reviews = sum(len(one.reviews) for one in found if isinstance(one, Draft))
    remarks = [f"{reviews:,} answers in Anki's review log."] if reviews else []
    return build(found, title, shelf=shelf, remarks=remarks)


def _pieces(collection: Collection) -> Iterator[tuple[str, str, Card]]:
    for card in collection.cards():
        yield f"card {card.id}", next(iter(card.fields.values()), ""), card


def _shorten_topics(found: list[Draft | Refusal]) -> str:
    """Return the deck that contains all cards, and remove it from their topics."""
    drafts = [one for one in found if isinstance(one, Draft)]
    heads = {draft.fields["topic"].partition(" › ")[0] for draft in drafts}
    if len(heads) != 1:
        return ""
    for draft in drafts:
        draft.fields["topic"] = draft.fields["topic"].partition(" › ")[2]
    return str(heads.pop())


def write(bank: Bank, media: Mapping[str, bytes]) -> Written:
    """Write a bank as a deck, in the layout that every version of Anki reads."""
    return Written(package_of(bank, FORMAT.writes, media))


FORMAT = Format(
    name="anki",
    title="Anki package",
    endings=(".apkg", ".colpkg"),
    about="Old and new layout. Each card is an item: its template is filled, its HTML becomes text; a field "
    "that is typed in Anki is typed here; each number of a gap is a cloze item. Decks become topics, and the "
    "review log goes on record. Of pictures the first on a front comes along; sound is lost. Written in the "
    "oldest layout.",
    reads=frozenset({"flashcard", "cloze", "short-answer"}),
    writes={kind: kept | {"image"} for kind, kept in ANKI_TEXT.writes.items()},
    becomes=ANKI_TEXT.becomes,
    recognise=recognise,
    read=read,
    write=write,
    extra="anki",
)
