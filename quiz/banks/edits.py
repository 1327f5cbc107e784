"""Edits to a bank file that leave every other byte unchanged."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from quiz.banks.yaml.source_map import SourceText, locate
from quiz.core.content.diagnostics import Where
from quiz.errors import BankError
from quiz.private_files import write_over


class Edit(NamedTuple):
    """The replacement of a piece of the source text, from one index to another."""

    start: int
    end: int
    text: str


def id_edits(source: SourceText, ids: Mapping[int, str]) -> list[Edit]:
    """Return edits that give items, by their places in the list, an id as their first field."""
    spots = locate(source, [("items", index) for index in ids])
    edits = []
    for index, made in ids.items():
        mark = spots["items", index].value[0]
        if source.text.startswith("{", mark.index):
            room = "" if source.text[mark.index + 1 : mark.index + 2].isspace() else " "
            edits.append(Edit(mark.index + 1, mark.index + 1, f"id: {made},{room}"))
        else:
            edits.append(Edit(mark.index, mark.index, f"id: {made}\n{' ' * mark.column}"))
    return edits


def removal_edits(source: SourceText, where: Where, count: int, places: Collection[int]) -> list[Edit] | None:
    """Return edits that remove some of a list's `count` entries, or the whole field if none would be left.

    Returns None where that could separate a comment from the entry it belongs to.
    """
    spots = locate(source, [where, *((*where, place) for place in range(count))])
    if where not in spots:
        return None
    list_start = spots[where].value[0].index
    ends = ends_of_entries(source, list_start)
    spans = [(spots[*where, place].value[0].index, end) for place, end in enumerate(ends)]
    name = spots[where].name
    if len(places) == count:
        if name is None or source.text[source.text.rfind("\n", 0, name[0].index) + 1 : name[0].index].strip():
            return None
        close = source.text.find("]", ends[-1]) + 1 if source.text.startswith("[", list_start) else ends[-1]
        return _line_edits(source.text, [(name[0].index, close)])
    if source.text.startswith("[", list_start):
        whole = source.text[spans[0][0] : spans[-1][1]]
        if "#" in whole or "\n" in whole:
            return None
        kept = [source.text[slice(*span)] for place, span in enumerate(spans) if place not in places]
        return [Edit(spans[0][0], spans[-1][1], ", ".join(kept))]
    return _line_edits(source.text, [span for place, span in enumerate(spans) if place in places])


def _line_edits(text: str, spans: Iterable[tuple[int, int]]) -> list[Edit] | None:
    """Return edits that remove the lines on which pieces stand, or None if anything else stands there."""
    edits = []
    for start, end in spans:
        first, last = _lines(text, start, end)
        if text[first:start].strip(" -") or text[end:last].strip():
            return None
        edits.append(Edit(first, min(len(text), last + 1), ""))
    return edits


_STARTS = frozenset({MappingStartEvent, SequenceStartEvent})
_ENDS = frozenset({MappingEndEvent, SequenceEndEvent})


def ends_of_entries(source: SourceText, start: int) -> list[int]:
    """Return where each entry of the list that begins at an index ends, without comments."""
    ends: list[int] = []
    depth = 0
    for event in _events_from(source, start):
        kind = type(event)
        if kind in _ENDS:
            depth -= 1
            if depth == 0:
                break
            if event.end_mark.index > event.start_mark.index and ends:  # a bracket, not the end of lines
                ends[-1] = event.end_mark.index
            continue
        if depth == 1:
            ends.append(-1)
        if kind is ScalarEvent:
            ends[-1] = max(ends[-1], event.end_mark.index)
        elif kind in _STARTS:
            depth += 1
    return ends


def _events_from(source: SourceText, start: int) -> Iterator[Any]:
    """Yield the parsing events from the list that begins at an index."""
    get_event = source.events()
    event: Any = get_event()
    while event.start_mark.index != start or type(event) is not SequenceStartEvent:
        event = get_event()
    while True:
        yield event
        event = get_event()


def _lines(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the start and end of the lines on which a piece of text stands, without the last line feed."""
    stop = text.find("\n", max(start, end - 1))
    return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return a file's bytes after the edits. Line endings and byte order mark are kept."""
    text = data.decode("utf-8")
    mark, text = (text[:1], text[1:]) if text.startswith("\ufeff") else ("", text)
    returns = [found.start() - number for number, found in enumerate(re.finditer("\r\n", text))]
    plain = text.replace("\r\n", "\n")
    ending = "\r\n" if len(returns) * 2 > plain.count("\n") else "\n"
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits):
        pieces += [_restored(plain, at, edit.start, returns), edit.text.replace("\n", ending)]
        at = edit.end
    pieces.append(_restored(plain, at, len(plain), returns))
    return (mark + "".join(pieces)).encode("utf-8")


def _restored(plain: str, start: int, end: int, returns: Sequence[int]) -> str:
    """Return a piece of text with its original carriage returns."""
    from bisect import bisect_left

    pieces = []
    for place in returns[bisect_left(returns, start) : bisect_left(returns, end)]:
        pieces.append(f"{plain[start:place]}\r")
        start = place
    return "".join([*pieces, plain[start:end]])


def keep(path: Path, before: bytes, after: bytes) -> None:
    """Replace a bank file's content atomically.

    Raises:
        BankError: it cannot be written, or is no longer what it was before.
    """
    try:
        if not rewrite(path, before, after):
            raise BankError(f"{path} was changed by another program just now.", "Try again.")
    except OSError as error:
        raise BankError(f"{path} cannot be written: {error.strerror or error}.") from error


def rewrite(path: Path, before: bytes, after: bytes) -> bool:
    """Replace a file's content atomically. Returns False if it is no longer what it was before.

    Raises:
        OSError: it cannot be written.
    """
    path = path.resolve()
    if path.read_bytes() != before:
        return False
    write_over(path, after, path.stat().st_mode & 0o7777)
    return True
