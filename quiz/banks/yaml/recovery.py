"""Continuing after a syntax error: at the next item, and within an item after a colon in a text.

What cannot be parsed is replaced by as many parsable characters on each line, so that everything else keeps
its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Final, NamedTuple

import msgspec
import yaml
from yaml.events import ScalarEvent, StreamEndEvent

from quiz.banks.yaml.source_map import SourceText
from quiz.banks.yaml.syntax_errors import colon_at, explained, nesting_limit
from quiz.core.content.diagnostics import Finding

MOST_RECOVERED: Final = 200
"""After this many syntax errors the rest of a file is skipped."""
MOST_OF_ITEM: Final = 20
"""How many texts with a colon are skipped within one item."""
STAND_IN: Final = "\ue000"
"""Stands for a colon that belongs to a text; no bank may contain this character otherwise."""

_ITEMS = re.compile(r"^items:[ \t]*(?:#.*)?$", re.MULTILINE)
_NEXT_FIELD = re.compile(r"^[^\s#-]", re.MULTILINE)
_COLON = re.compile(r":(?=\s|$)")


class Recovery(NamedTuple):
    """A source made parsable despite syntax errors."""

    source: SourceText
    """The source with its errors masked."""
    findings: list[Finding]
    """The errors, in the order of the file."""
    broken: frozenset[int]
    """The places, from 0, of the items that could not be parsed; an empty text stands for each."""


class _Chunk(NamedTuple):
    """The lines of one item."""

    start: int
    end: int
    line: int
    """How many lines precede it."""


def recovered(source: SourceText) -> Recovery | None:
    """Return a source that can be parsed, or None if there are errors outside of the items."""
    text = source.parsed
    chunks = _chunks_of(text)
    if not chunks or STAND_IN in text:
        return None
    pieces = [text[: chunks[0].start]]
    findings: list[Finding] = []
    broken = []
    for place, chunk in enumerate(chunks):
        if len(findings) >= MOST_RECOVERED:
            return None
        parsed, found = _mended(source, chunk)
        findings += found
        if parsed is None:
            broken.append(place)
            parsed = _blank(text[chunk.start : chunk.end])
        pieces.append(parsed)
    pieces.append(text[chunks[-1].end :])
    return Recovery(source.recovered("".join(pieces)), findings, frozenset(broken)) if findings else None


def _chunks_of(text: str) -> list[_Chunk]:
    """Return the lines of each item, as far as the items follow each other after “items:”."""
    heads = _ITEMS.findall(text)
    head = _ITEMS.search(text)
    if head is None or len(heads) != 1:
        return []
    after = _NEXT_FIELD.search(text, head.end())
    end = after.start() if after else len(text)
    first = re.compile(r"^([ ]*)- ", re.MULTILINE).search(text, head.end(), end)
    if first is None:
        return []
    dashes = re.compile(rf"^{first[1]}-[ \n]", re.MULTILINE)
    starts = [found.start() for found in dashes.finditer(text, first.start(), end)]
    chunks, line, before = [], 0, 0
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        line += text.count("\n", before, start)
        before = start
        chunks.append(_Chunk(start, stop, line))
    return chunks


def _mended(source: SourceText, chunk: _Chunk) -> tuple[str | None, list[Finding]]:
    """Return an item's lines made parsable, or None if that is impossible, and its errors."""
    text = source.parsed[chunk.start : chunk.end]
    findings: list[Finding] = []
    for _ in range(MOST_OF_ITEM):
        try:
            _parse(text)
        except yaml.MarkedYAMLError as error:
            if nesting_limit(error) is not None:
                return text, findings  # reported by the nesting check
            alone = SourceText(text, source.name)
            findings.append(_moved(explained(error, alone), source, chunk))
            at = colon_at(error, alone)
            if at is None:
                return None, findings
            text = _without_colons(text, at)
        except (yaml.YAMLError, ValueError, OverflowError):
            return None, findings
        else:
            return text, findings
    return None, findings


def _parse(text: str) -> None:
    """Parse a text to its end. Raises yaml.YAMLError."""
    get_event = SourceText(text, "").events()
    while type(get_event()) is not StreamEndEvent:
        pass


def _moved(finding: Finding, source: SourceText, chunk: _Chunk) -> Finding:
    """Return a finding about an item's lines alone as one about the file."""
    line = finding.line + chunk.line
    return msgspec.structs.replace(finding, line=line, source=source.line(line))


def _without_colons(text: str, at: int) -> str:
    """Return a text with the colons masked, from an index to the end of its line, that would end a field's
    name."""
    stop = text.find("\n", at)
    stop = len(text) if stop < 0 else stop
    return text[:at] + _COLON.sub(STAND_IN, text[at:stop]) + text[stop:]


def _blank(text: str) -> str:
    """Return an empty text as a list entry that takes as many characters on as many lines."""
    dash = text.index("-")
    lines = text[dash + 1 :].split("\n")
    first = " ''" if len(lines[0]) >= 3 else " " * len(lines[0])
    return text[: dash + 1] + "\n".join(
        [first + " " * (len(lines[0]) - len(first)), *(" " * len(line) for line in lines[1:])]
    )


def texts_with_colons(recovery: Recovery) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each text that has a colon and no quotes."""
    get_event = recovery.source.events()
    with suppress(yaml.YAMLError, ValueError):
        event = get_event()
        while type(event) is not StreamEndEvent:
            if isinstance(event, ScalarEvent) and STAND_IN in event.value:
                yield event.start_mark.index, event.end_mark.index  # type: ignore[union-attr]
            event = get_event()
