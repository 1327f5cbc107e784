"""Tables of questions as CSV, with a head row that names the columns, or front and back without one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quiz.core.content.bank import Bank
from quiz.core.content.item import Item, text_of, texts_of
from quiz.exchange.building import build, each
from quiz.exchange.declaration import ForeignFile, Format, Imported, Written
from quiz.exchange.delimited import Row, guarded, joined, rows_of, separator_of, unguarded
from quiz.exchange.rendering import answers_of, full_stem, lettered
from quiz.exchange.table_rows import RowReader, columns_of, drafts_of, guessed_columns, key_reader

_EVERY: Final = frozenset({"id", "topic", "tags", "rationale", "hint", "difficulty", "weight"})
_HEAD: Final = (
    "id", "kind", "topic", "tags", "question", "answer", "accept", "refuse", "case", "tolerance", "unit",
    "units", "ask_for", "explanation", "hint", "difficulty", "weight",
)  # fmt: skip
_ALWAYS: Final = 6
"""How many of the first columns are written even if they are empty."""
WRITES: Final = {
    "single-choice": _EVERY,
    "multiple-response": _EVERY,
    "true-false": _EVERY,
    "short-answer": _EVERY | {"accept", "refuse", "case"},
    "numeric": _EVERY | {"tolerance", "unit", "units"},
    "cloze": _EVERY,
    "flashcard": _EVERY,
    "listing": _EVERY | {"ask_for"},
    "ordering": _EVERY,
}


def recognise(source: ForeignFile) -> int:
    """Return how certain it is that a file is a table of questions."""
    text = source.text[:20_000]
    if source.data.startswith(b"PK") or "\x00" in text:
        return 0
    separator = separator_of(text)
    if not separator:
        return 0
    rows = list(rows_of(text, separator))[:1]
    if rows and columns_of(rows[0].cells):
        return 80
    if source.ending in {".csv", ".tsv", ".tab"}:
        return 45
    return 20 if source.ending in {"", ".txt"} else 0


def read(source: ForeignFile) -> Imported:
    """Read a table with any separator."""
    return read_table(source, separator_of(source.text) or ",")


def read_table(source: ForeignFile, separator: str) -> Imported:
    """Read a table with a given separator."""
    rows = [Row(row.line, [unguarded(cell) for cell in row.cells]) for row in rows_of(source.text, separator)]
    columns = columns_of(rows[0].cells) if rows else None
    if columns is not None:
        rows = rows[1:]
    else:
        columns = guessed_columns([row.cells for row in rows[:200]])
    cells = [row.cells for row in rows]
    losses = tuple(f"the column “{name}”" for name in columns.unknown)
    reader = RowReader(columns, key_reader(columns, cells), losses)
    pieces = drafts_of(reader, [(row.place, row.cells) for row in rows])
    return build(each(reader.draft, pieces), source.stem)


def write(bank: Bank, media: Mapping[str, bytes]) -> Written:  # noqa: ARG001
    """Write a bank as CSV."""
    return Written(table_of(bank, ",").encode())


def table_of(bank: Bank, separator: str) -> str:
    """Return a bank as a table with a head row, its cells guarded against formulas."""
    items = [item for item in bank.items if item.kind in WRITES]
    options = [_options(item) for item in items]
    most = max(map(len, options), default=0)
    head = [*_HEAD, *(f"option {number}" for number in range(1, most + 1))]
    rows = [
        [guarded(cell) for cell in (*_cells(bank, item), *more)]
        for item, more in zip(items, options, strict=True)
    ]
    used = [
        place
        for place in range(len(head))
        if place < 6 or any(place < len(row) and row[place] for row in rows)
    ]
    return joined(
        [[head[place] for place in used]]
        + [[row[place] if place < len(row) else "" for place in used] for row in rows],
        separator,
    )


def _cells(bank: Bank, item: Item) -> tuple[str, ...]:
    ask_for = getattr(item, "ask_for", None)
    case = getattr(item, "case", "")
    return (
        item.id,
        item.kind,
        bank.topic_title(item),
        " ".join(item.tags),
        getattr(item, "text", "") if item.kind == "cloze" else full_stem(bank, item),
        _answer(item),
        _lines(texts_of(getattr(item, "accept", ()))) if item.kind == "short-answer" else "",
        _lines(texts_of(getattr(item, "refuse", ()))) if item.kind == "short-answer" else "",
        "match" if case == "match" else "",
        getattr(item, "tolerance", ""),
        getattr(item, "unit", ""),
        _lines(getattr(item, "units", ())),
        str(ask_for) if ask_for else "",
        item.rationale,
        item.hint,
        item.difficulty if item.difficulty != "medium" else "",
        f"{item.weight:g}" if item.weight != 1 else "",
    )


def _lines(texts: tuple[str, ...]) -> str:
    return "\n".join(" ".join(text.split()) for text in texts)


def _answer(item: Item) -> str:
    answers = answers_of(item)
    if answers:
        return ";".join(lettered(place) for place, answer in enumerate(answers) if answer.is_right)
    if item.kind in {"listing", "ordering", "cloze"}:
        return ""
    if item.kind == "numeric":
        return text_of(getattr(item, "key", ""))
    return item.key_text().lower() if item.kind == "true-false" else item.key_text()


def _options(item: Item) -> list[str]:
    if item.kind == "listing":
        return [key if isinstance(key, str) else key.text for key in getattr(item, "keys", ())]
    if item.kind == "ordering":
        return list(getattr(item, "order", ()))
    return [answer.text for answer in answers_of(item)]


FORMAT = Format(
    name="csv",
    title="CSV",
    endings=(".csv",),
    about="A head row is recognised by the names of its columns (question, answer, option 1, …); "
    "without one the first column asks and the second answers. The key of a choice is found by its text, its "
    "letter or its number, in the same way on all rows. Cells that a spreadsheet would compute get an "
    "apostrophe.",
    reads=frozenset(WRITES),
    writes=WRITES,
    recognise=recognise,
    read=read,
    write=write,
)
