"""Drafts in a bank's file: added, accepted and rejected, with every other byte left as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from quiz.banks.edits import Edit, edited, ends_of_entries, keep
from quiz.banks.file_bytes import bytes_of
from quiz.banks.files import read_bank_text
from quiz.banks.update import item_edits
from quiz.banks.writer import item_text
from quiz.banks.yaml.decoding import decoded
from quiz.banks.yaml.source_map import locate
from quiz.core.content.bank import Bank
from quiz.core.content.item import Item
from quiz.core.content.reversal import as_written
from quiz.errors import BankError

_EMPTY = re.compile(r"^items:[ \t]*\[[ \t]*\][^\n]*$", re.MULTILINE)


def bank_to_add_to(data: bytes, name: str) -> Bank:
    """Return the bank that a file holds; it may have no items yet.

    Raises:
        BankError: the file is no bank.
    """
    reading = read_bank_text(data, name)
    if reading.bank is not None:
        return as_written(reading.bank)
    errors = {finding.code for finding in reading.findings if finding.is_error}
    if reading.readable is None or errors - {"no-items"}:
        raise BankError(
            f"{name} has errors, so nothing can be added to it.", f"“quiz check {name}” says more."
        )
    return reading.readable.bank


def with_items(data: bytes, name: str, items: Sequence[Item]) -> bytes:
    """Return a file's bytes with items added, or put in the place of those that have their ids.

    Raises:
        BankError: the file is no bank, or is laid out in a way that cannot be added to.
    """
    ours = bank_to_add_to(data, name)
    source, _ = decoded(data, name)
    empty = None if ours.items else _EMPTY.search(source.text)
    if empty is not None:
        edits = [Edit(*empty.span(), "items:\n" + "\n".join(item_text(item) for item in items).rstrip("\n"))]
    elif not ours.items:
        raise BankError(f"{name} has no list of items to add to.", "Write: items: []")
    else:
        newer = msgspec.structs.replace(ours, items=tuple(items))
        added = tuple(item.id for item in items if item.id not in ours.by_id)
        changed = {item.id for item in items if item.id in ours.by_id}
        edits = item_edits(source, ours, newer, added, changed)
    after = edited(data, edits)
    result = read_bank_text(after, name).bank
    if result is None or any(result.by_id.get(item.id) != item for item in items):
        raise BankError(f"{name} is laid out in a way that cannot be added to.", "Write one item a line.")
    return after


class Settled(NamedTuple):
    """What became of a draft's file when the draft was accepted or rejected."""

    item: str
    before: bytes
    after: bytes


def take_back(path: Path, settled: Settled) -> None:
    """Make an item a draft again. Raises BankError where its file was changed since."""
    if _bytes_of(path) != settled.after:
        raise BankError(f"{path} has changed since then, so nothing was taken back.", "Use an editor.")
    keep(path, settled.after, settled.before)


def accept_draft(path: Path, item: str) -> Settled:
    """Make a draft an item like all others, in its file. Raises BankError."""
    before = _bytes_of(path)
    source, _ = decoded(before, str(path))
    where = ("items", _place_of(before, path, item), "status")
    spot = locate(source, [where]).get(where)
    if spot is None or spot.name is None:
        raise BankError(f"“{item}” is no draft in {path}.")
    start, end = spot.name[0].index, spot.value[1].index
    line = source.text.rfind("\n", 0, start) + 1
    stop = source.text.find("\n", end)
    stop = len(source.text) if stop < 0 else stop
    if not source.text[line:start].strip():
        edit = Edit(line, min(len(source.text), stop + 1), "")
    elif source.text[line:start].strip() == "-" or source.text[start - 1] not in ", ":
        edit = Edit(spot.value[0].index, end, "final")
    else:
        edit = Edit(source.text.rindex(",", 0, start), end, "")
    return _keep_settled(path, before, edited(before, [edit]), item, is_gone=False)


def reject_draft(path: Path, item: str) -> Settled:
    """Take a draft out of its file. Raises BankError."""
    before = _bytes_of(path)
    source, _ = decoded(before, str(path))
    place = _place_of(before, path, item)
    spots = locate(source, [("items",), ("items", place)])
    start = source.text.rfind("\n", 0, spots["items", place].value[0].index) + 1
    listed = spots["items",]
    ends = ends_of_entries(source, listed.value[0].index)
    end = ends[place]
    stop = source.text.find("\n", max(start, len(source.text[:end].rstrip()) - 1))
    stop = len(source.text) if stop < 0 else stop + 1
    while source.text.startswith("\n", stop):
        stop += 1
    edits = [Edit(start, stop, "")]
    if len(ends) == 1 and listed.name is not None and source.text.startswith("-", listed.value[0].index):
        colon = source.text.index(":", listed.name[1].index) + 1
        edits.insert(0, Edit(colon, colon, " []"))
    after = edited(before, edits)
    if len(ends) == 1 and not _is_empty_bank(after, path):
        raise _wrong_layout(path)
    return _keep_settled(path, before, after, item, is_gone=True)


def _bytes_of(path: Path) -> bytes:
    try:
        return bytes_of(path)
    except OSError as error:
        raise BankError(f"{path} cannot be read: {error.strerror or error}.") from error


def _place_of(data: bytes, path: Path, item: str) -> int:
    place = read_bank_text(data, str(path)).place_of(item)
    if place is None:
        raise BankError(f"There is no item “{item}” in {path} now.")
    return place


def _keep_settled(path: Path, before: bytes, after: bytes, item: str, *, is_gone: bool) -> Settled:
    """Write a file whose item was settled, if all its other items are what they were. Raises BankError."""
    was, now = _items_in(before, path), _items_in(after, path)
    settled, mine = now.pop(item, None), was.pop(item, None)
    if mine is None:
        raise BankError("This draft has errors.", "Mend it first.")
    meant = None if is_gone else msgspec.structs.replace(mine, status="final")
    if was != now or settled != meant:
        raise _wrong_layout(path)
    keep(path, before, after)
    return Settled(item, before, after)


def _is_empty_bank(data: bytes, path: Path) -> bool:
    """Return whether a file holds a bank that has no items and could have some."""
    try:
        return not bank_to_add_to(data, str(path)).items
    except BankError:
        return False


def _wrong_layout(path: Path) -> BankError:
    return BankError(f"{path} is laid out in a way that cannot be changed here.", "Use an editor.")


def _items_in(data: bytes, path: Path) -> dict[str, Item]:
    bank = read_bank_text(data, str(path)).usable
    return {item.id: item for item in bank.items} if bank else {}
