"""QTI: reads packages and single documents of versions 1.2, 2.1 and 2.2; writes 1.2."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import unquote

from quiz.core.content.bank import Bank
from quiz.errors import ExchangeError
from quiz.exchange import qti1_reader, qti2_reader
from quiz.exchange.archive import Archive, names_in
from quiz.exchange.building import Draft, build, each
from quiz.exchange.declaration import ForeignFile, Format, Imported, Loss, Refusal, Written
from quiz.exchange.picture_shelf import PictureShelf
from quiz.exchange.qti1_writer import FILE_BASE as _FILE_BASE
from quiz.exchange.qti1_writer import WEB_FILES as _WEB_FILES
from quiz.exchange.qti1_writer import package_of
from quiz.exchange.xml_tree import parsed

_ROOT = re.compile(r"<(?:\w+:)?(questestinterop|assessmentItem)\b")
_EVERY: Final = frozenset({"id", "rationale", "weight", "image"})


def recognise(source: ForeignFile) -> int:
    """Return how certain it is that a file is QTI: a manifest in an archive, or one of its documents."""
    if source.data.startswith(b"PK"):
        return 85 if "imsmanifest.xml" in names_in(source.data) else 0
    return 98 if source.data.lstrip()[:1] == b"<" and _ROOT.search(source.text[:5000]) else 0


def read(source: ForeignFile) -> Imported:
    """Read a package or a document. Raises ExchangeError where none of it is QTI."""
    found: list[Draft | Refusal] = []
    titles: list[str] = []
    documents = 0
    archive = Archive(source.data) if source.data.startswith(b"PK") else None
    shelf = PictureShelf()
    for name, data in _documents(source, archive):
        if b"questestinterop" not in data[:5000] and b"assessmentItem" not in data[:5000]:
            continue
        documents += 1
        try:
            root = parsed(data)
        except ExchangeError as error:
            found.append(Refusal(name, error.message))
            continue
        titles += [one.get("title", "") for one in root.iter("assessment")]
        load = _Files(archive, name) if archive else source.beside
        shelf.load = load
        found += each(lambda item: qti1_reader.draft_of(item, shelf), qti1_reader.pieces(root))
        found += each(lambda item: qti2_reader.draft_of(item, shelf), qti2_reader.pieces(root))
    if not documents:
        raise ExchangeError("It holds no questions in QTI.")
    title = titles[0] if len(titles) == 1 and titles[0].strip() else source.stem
    return build(found, title, shelf=shelf)


class _Files:
    """The files of a package as one of its documents names them."""

    def __init__(self, archive: Archive, document: str) -> None:
        self._archive = archive
        self._folder = posixpath.dirname(document)
        self._names = frozenset(archive.names)

    def __call__(self, address: str) -> bytes | None:
        """Return what a file holds, None where there is none of this name or it is damaged."""
        path = unquote(address.partition("?")[0]).removeprefix(f"{_FILE_BASE}/")
        folders = (self._folder, "", _WEB_FILES)
        name = next(
            (
                name
                for folder in folders
                if (name := posixpath.normpath(f"{folder}/{path}").lstrip("/")) in self._names
            ),
            "",
        )
        try:
            return self._archive.read(name) if name else None
        except ExchangeError:
            return None


def _documents(source: ForeignFile, archive: Archive | None) -> Iterator[tuple[str, bytes]]:
    if archive is None:
        yield source.name, source.data
        return
    for name in sorted(archive.names):
        if name.lower().endswith((".xml", ".qti")):
            yield name, archive.read(name)


def write(bank: Bank, media: Mapping[str, bytes]) -> Written:
    """Write a bank as a package of QTI 1.2."""
    losses: list[Loss] = []
    return Written(package_of(bank, FORMAT.writes, media, losses), tuple(losses))


FORMAT = Format(
    name="qti",
    title="QTI package",
    endings=(".zip", ".xml"),
    about="Read: choice, text entry, order, match, gap match and inline choice of 2.1 and 2.2, and what "
    "Canvas exports in 1.2. Written: 1.2 as Canvas takes it. Other interactions and processing of one's own "
    "are named and left. Pictures of stems and of options come along. Gaps are chosen where each has "
    "words to choose from.",
    reads=frozenset(
        {"single-choice", "multiple-response", "true-false", "short-answer", "numeric", "matching"}
        | {"ordering", "cloze"}
    ),
    writes={
        "single-choice": _EVERY | {"feedback"},
        "multiple-response": _EVERY | {"feedback"},
        "true-false": _EVERY,
        "short-answer": _EVERY | {"accept"},
        "numeric": _EVERY | {"tolerance"},
        "matching": _EVERY,
        "sorting": _EVERY,
        "cloze": _EVERY | {"accept", "options"},
    },
    becomes={"sorting": "matching"},
    recognise=recognise,
    read=read,
    write=write,
)
