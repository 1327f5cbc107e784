"""Notes in Anki's text files: rows below a head of `#` lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from quiz.core.content.bank import Bank
from quiz.core.content.item import Item
from quiz.core.content.kinds.cloze import Cloze
from quiz.exchange.anki_notes import back_html, guid_of, key_of_guid, split_back
from quiz.exchange.building import Draft, build, each
from quiz.exchange.cloze_text import anki_cloze_html, gap_numbers, with_gaps
from quiz.exchange.declaration import ForeignFile, Format, Imported, Written
from quiz.exchange.delimited import joined, rows_of, separator_of
from quiz.exchange.html_text import html_of_text, text_of_html
from quiz.exchange.options import Unusable
from quiz.exchange.picture_shelf import PictureShelf
from quiz.exchange.rendering import front_of

_SEPARATORS: Final = {
    "tab": "\t", "comma": ",", "semicolon": ";", "colon": ":", "pipe": "|", "space": " ",
}  # fmt: skip
_HEADERS: Final = frozenset(
    {"separator", "html", "tags", "columns", "deck", "notetype", "if matches"}
    | {"tags column", "deck column", "notetype column", "guid column"}
)
_HEADER = re.compile(r"#\s*([a-z ]+?)\s*:(.*)")
_BECOME_CARDS: Final = (
    "single-choice", "multiple-response", "true-false", "short-answer", "numeric", "listing", "ordering",
    "matching", "sorting",
)  # fmt: skip
_KEPT: Final = frozenset({"id", "tags", "topic", "rationale"})


def recognise(source: ForeignFile) -> int:
    """Return how certain it is that a file is one of Anki's text files."""
    headers, _ = _headers(source.text[:20_000])
    if headers:
        return 95
    return 60 if re.search(r"\{\{c\d+::", source.text[:20_000]) else 0


def _headers(text: str) -> tuple[dict[str, str], int]:
    """Return the values in the head by name, and its number of lines."""
    headers: dict[str, str] = {}
    count = 0
    for line in text.split("\n"):
        found = _HEADER.fullmatch(line)
        if not line.startswith("#"):
            break
        count += 1
        if found and found[1] in _HEADERS:
            headers[found[1]] = found[2].removeprefix(" ")
    return headers, count


def read(source: ForeignFile) -> Imported:
    """Read a text file of notes. A note with gaps gives one item for each gap number."""
    headers, count = _headers(source.text)
    body = [*source.text.split("\n", count), ""][count] if headers else source.text
    named = headers.get("separator", "").strip()
    separator = _SEPARATORS.get(named.lower(), named[:1] or separator_of(body) or "\t")
    shelf = PictureShelf(source.beside)
    reader = _NoteReader(headers, shelf)
    pieces = [
        (row.place, row.cells[0] if row.cells else "", cells)
        for row in rows_of(body, separator, count + 1 if headers else 1)
        for cells in reader.cards(row.cells)
    ]
    title = headers.get("deck", "").strip() or source.stem
    return build(each(reader.draft, pieces), title, shelf=shelf)


class _NoteReader:
    """Reads rows according to the head of their file."""

    def __init__(self, headers: Mapping[str, str], shelf: PictureShelf) -> None:
        self.shelf = shelf
        self.is_html = headers.get("html", "").strip().lower() == "true"
        self.tags = headers.get("tags", "").split()
        places = {
            name: int(headers[f"{name} column"]) - 1
            for name in ("tags", "deck", "notetype", "guid")
            if re.fullmatch(r"\s*[1-9]\d?\s*", headers.get(f"{name} column", ""))
        }
        self.places = places
        names = re.split(r"[\t,;|]", headers.get("columns", ""))
        lowered = [name.strip().lower() for name in names]
        if "tags" in lowered and "tags" not in places:
            places["tags"] = lowered.index("tags")

    def cards(self, cells: list[str]) -> Iterator[tuple[list[str], int | None]]:
        """Yield the cells once, or once for each of their gap numbers."""
        numbers = gap_numbers("\n".join(cells))
        if not numbers:
            yield cells, None
        yield from ((cells, number) for number in numbers)

    def draft(self, card: tuple[list[str], int | None]) -> Draft:
        cells, number = card
        special = {name: cells[at].strip() for name, at in self.places.items() if at < len(cells)}
        fields = [cell for at, cell in enumerate(cells) if at not in self.places.values()]
        losses: list[str] = []
        own = special.get("tags", "").split()
        more = {
            "tags": [*(tag for tag in self.tags if tag not in own), *own],
            "topic": special.get("deck", "").replace("::", " › "),
        }
        key = key_of_guid(special["guid"], number) if special.get("guid") else ""
        if number is not None:
            asked = next((at for at, field in enumerate(fields) if number in gap_numbers(field)), -1)
            if asked < 0:
                raise Unusable(f"It has no gap {number} among its fields.")
            text, hints = with_gaps(fields[asked], number)
            losses += ["the hints of single gaps"] * bool(hints)
            rest = [self._text(field, losses) for at, field in enumerate(fields) if at != asked]
            rationale = "\n\n".join(text for text in rest if text)
            cloze = {"kind": "cloze", "text": self._text(text, losses), "rationale": rationale}
            return Draft("", {**cloze, **more}, key, losses=losses)
        front, back, *others = (*fields, "", "")
        losses += [f"the field {at}" for at, field in enumerate(others, 3) if field.strip()]
        back, rationale = split_back(back) if self.is_html else (back, "")
        fields_of_card = {
            "kind": "flashcard",
            "stem": self._text(front, losses),
            "back": self._text(back, losses),
        }
        return Draft(
            "", {**fields_of_card, "rationale": self._text(rationale, losses), **more}, key, losses=losses
        )

    def _text(self, cell: str, losses: list[str]) -> str:
        if not self.is_html:
            return cell
        text, lost = text_of_html(cell, markup=self.shelf.markup)
        losses += lost
        if "[sound:" in text:
            losses.append("sound")
            text = re.sub(r"\[sound:[^\]]*\]", "", text)
        return text


def write(bank: Bank, media: Mapping[str, bytes]) -> Written:  # noqa: ARG001
    """Write a bank as notes: a front and a back, or a text with gaps."""
    head = [
        "#separator:tab", "#html:true", "#guid column:1", "#notetype column:2", "#deck column:3",
        "#tags column:6",
    ]  # fmt: skip
    rows = [_note(bank, item) for item in bank.items if item.kind in FORMAT.writes]
    return Written(("\n".join(head) + "\n" + joined(rows, "\t")).encode())


def _note(bank: Bank, item: Item) -> list[str]:
    if isinstance(item, Cloze):
        name, front, back = "Cloze", anki_cloze_html(item), html_of_text(item.rationale)
    else:
        name, front, back = "Basic", html_of_text(front_of(bank, item)), back_html(item)
    topic = bank.topic_title(item)
    return [guid_of(bank, item), name, topic.replace(" › ", "::"), front, back, " ".join(item.tags)]


FORMAT = Format(
    name="anki-text",
    title="Anki, text files",
    endings=(".txt",),
    about="The head is obeyed: separator, html, tags, deck, and the columns of tags, deck, note type and "
    "guid. Gaps become cloze items, one for each number. On the way out every kind but cloze is a front and "
    "a back, with the rationale on the back.",
    reads=frozenset({"flashcard", "cloze"}),
    writes={
        "cloze": _KEPT,
        "flashcard": _KEPT,
        **dict.fromkeys(_BECOME_CARDS, _KEPT),
    },
    becomes=dict.fromkeys(_BECOME_CARDS, "flashcard"),
    recognise=recognise,
    read=read,
    write=write,
)
