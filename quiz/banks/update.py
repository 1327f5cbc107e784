"""Updating an imported bank to a newer version without touching what was edited by hand.

A comment after the id of each imported item holds a digest of what was imported. An item that still has this
digest has not been edited here, so a newer version replaces it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec

from quiz.banks.edits import Edit, edited, ends_of_entries
from quiz.banks.files import read_bank_text
from quiz.banks.writer import item_text, mapping_lines
from quiz.banks.yaml.decoding import decoded
from quiz.banks.yaml.source_map import SourceText, locate
from quiz.core.content.bank import Bank
from quiz.core.content.item import Item
from quiz.core.content.reversal import as_written
from quiz.errors import BankError

_MARK = re.compile(r"^[ ]*(?:- +)?id: +(\S+)  # imported ([0-9a-f]{8})[ ]*$", re.MULTILINE)


class Updated(NamedTuple):
    """The result of an update to a bank file."""

    data: bytes
    """The new content of the file."""
    added: tuple[str, ...] = ()
    """The ids of new items."""
    changed: tuple[str, ...] = ()
    """The ids of items that replace an older version."""
    kept: tuple[str, ...] = ()
    """The ids of items that were edited here, whose newer version was left out."""
    gone: tuple[str, ...] = ()
    """The ids of imported items that are missing from the newer version; they stay."""


def remark_of(item: Item) -> str:
    """Return the comment that follows the id of an imported item."""
    return f"imported {digest_of(item)}"


def digest_of(item: Item) -> str:
    """Return eight hexadecimal digits that change with any part of an item except its id."""
    fields = {**msgspec.to_builtins(item), "id": ""}
    del fields["quote"], fields["status"]
    return hashlib.blake2b(msgspec.json.encode(fields, order="sorted"), digest_size=4).hexdigest()


def updated(data: bytes, name: str, newer: Bank, *, prefer_theirs: bool = False) -> Updated:
    """Return a bank file updated to a newer version of what was imported into it.

    Items, topics and stimuli are added or replaced; every other byte stays. With `prefer_theirs`, items that
    were edited here are replaced as well.

    Raises:
        BankError: the file is not a bank, or its items stand in brackets.
    """
    ours = read_bank_text(data, name).bank
    if ours is None:
        raise BankError(
            f"{name} has errors, so nothing can be added to it.", f"“quiz check {name}” says more."
        )
    ours, newer = as_written(ours), as_written(newer)
    source, _ = decoded(data, name)
    marks = dict(_MARK.findall(source.text))
    newer = _beside(ours, newer)
    added = tuple(item.id for item in newer.items if item.id not in ours.by_id)
    changed, kept = [], []
    for theirs in newer.items:
        mine = ours.by_id.get(theirs.id)
        if mine is None or digest_of(mine) == digest_of(theirs):
            continue
        mark = marks.get(theirs.id)
        if prefer_theirs or mark == digest_of(mine):
            changed.append(theirs.id)
        elif mark != digest_of(theirs):
            kept.append(theirs.id)
    gone = tuple(name for name in marks if name in ours.by_id and name not in newer.by_id)
    after = (
        edited(data, item_edits(source, ours, newer, added, set(changed), remark_of))
        if added or changed
        else data
    )
    result = read_bank_text(after, name).bank
    if result is None or any(result.by_id.get(item) != newer.by_id[item] for item in (*added, *changed)):
        raise BankError(f"{name} is laid out in a way that cannot be added to.", "Import to another file.")
    return Updated(after, added, tuple(changed), tuple(kept), gone)


def _beside(ours: Bank, newer: Bank) -> Bank:
    """Return the newer version with a stimulus renamed where ours has the same id and another text."""
    renamed = {
        name: f"{name}-{hashlib.blake2b(msgspec.json.encode(stimulus), digest_size=3).hexdigest()}"
        for name, stimulus in newer.stimuli.items()
        if name in ours.stimuli and ours.stimuli[name] != stimulus
    }
    if not renamed:
        return newer
    items = tuple(
        msgspec.structs.replace(item, stimulus=renamed.get(item.stimulus, item.stimulus))
        for item in newer.items
    )
    stimuli = {renamed.get(name, name): stimulus for name, stimulus in newer.stimuli.items()}
    return msgspec.structs.replace(newer, items=items, stimuli=stimuli)


def item_edits(
    source: SourceText,
    ours: Bank,
    newer: Bank,
    added: tuple[str, ...],
    changed: set[str],
    remark: Callable[[Item], str] = lambda _: "",
) -> list[Edit]:
    """Return the edits that add items of a newer bank to a file, or put them in the place of older ones.

    `remark` gives the comment behind the id of each. Raises BankError where the items stand in brackets.
    """
    places = [index for index, item in enumerate(ours.items) if item.id in changed]
    spots = locate(source, [("items",), ("topics",), ("stimuli",), *(("items", place) for place in places)])
    start = spots["items",].value[0]
    if source.text.startswith("[", start.index):
        raise BankError(
            f"The items of {source.name} stand in brackets, so none can be added.",
            "Write one a line, after “- ”.",
        )
    ends = [_trimmed(source.text, end) for end in ends_of_entries(source, start.index)]
    edits = []
    for place in places:
        mark = spots["items", place].value[0]
        item = newer.by_id[ours.items[place].id]
        edits.append(Edit(mark.index, ends[place], _below(item, mark.column, remark(item))))
    if added:
        column = start.column
        new = "".join(
            f"\n\n{' ' * column}- {_below(newer.by_id[name], column + 2, remark(newer.by_id[name]))}"
            for name in added
        )
        stop = source.text.find("\n", ends[-1])
        at = len(source.text) if stop < 0 else stop
        edits.append(Edit(at, at, new))
    used = [newer.by_id[name] for name in (*added, *changed)]
    for field, known, have in (
        ("topics", newer.topics, ours.topics),
        ("stimuli", newer.stimuli, ours.stimuli),
    ):
        names = {getattr(item, "topic" if field == "topics" else "stimulus") for item in used}
        more = {name: known[name] for name in known if name in names and name not in have}
        if more:
            edits.append(_mapping_edit(source, field, spots, msgspec.to_builtins(more)))
    return edits


def _below(item: Item, column: int, remark: str) -> str:
    """Return an item's text from its first field on, for a first field at a column."""
    return item_text(item, remark, column - 2).strip().removeprefix("- ")


def _trimmed(text: str, end: int) -> int:
    """Return the end of a piece of text without trailing white space."""
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return end


def _mapping_edit(source: SourceText, field: str, spots: Mapping[Any, Any], more: dict[str, Any]) -> Edit:
    """Return the edit that adds entries to one of the mappings before the items, creating it if needed."""
    plain = {name: _without_empty(value) for name, value in more.items()}
    spot = spots.get((field,))
    if spot is None:
        at = spots["items",].name[0].index
        return Edit(at, at, "\n".join(mapping_lines({field: plain}, 0)) + "\n\n")
    mark = spot.value[0]
    if source.text.startswith("{", mark.index):
        raise BankError(f"“{field}:” of {source.name} stands in braces.", "Write one entry a line below it.")
    lines = "\n".join(mapping_lines(plain, mark.column)).lstrip(" ")
    return Edit(mark.index, mark.index, f"{lines}\n{' ' * mark.column}")


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: inner for name, inner in value.items() if inner not in ("", [], (), None)}
    return value
