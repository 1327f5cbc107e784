"""From a tree of texts to a bank, or to every reason why it is not one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple, Union

import msgspec
from msgspec import inspect as mi

from quiz.banks.reading.coercion import read_fields, readers_of, struct_type
from quiz.banks.reading.validation import did_you_mean, faults, guess, is_id, quoted, struct_faults
from quiz.banks.yaml.refusals import REFUSED
from quiz.core.content.bank import Bank
from quiz.core.content.diagnostics import Problem, Severity, Where
from quiz.core.content.item import Item
from quiz.core.content.kinds import DEFAULT_KIND, all_kinds

_REFERRED = {"topic": "topics", "stimulus": "stimuli", "note": "notes", "source": "sources"}
"""The list of a bank that each reference of an item or a note points to."""


def bank_reader() -> BankReader:
    """Return the reader for all kinds of items."""
    return _reader(tuple(all_kinds().items()))


@lru_cache(maxsize=4)
def _reader(kinds: tuple[tuple[str, type[Item]], ...]) -> BankReader:
    return BankReader(dict(kinds))


class _Gap(Item, frozen=True, kw_only=True, tag=""):
    """Takes the place of an item that cannot be read, so that the others keep their places."""

    stem: str = ""


class ReadablePart(NamedTuple):
    """What can be used of a bank with errors."""

    bank: Bank
    """The bank with the items that nothing is wrong with."""
    places: tuple[int, ...]
    """The places of these items in the file."""
    others: tuple[Item, ...]
    """What stands for the items left out: no more than their ids and what they refer to."""
    is_sound: bool
    """Whether nothing but these items is wrong, and every item has an id of its own."""


class BankReader:
    """Builds banks from trees, for a given set of kinds."""

    def __init__(self, kinds: dict[str, type[Item]]) -> None:
        self.kinds = kinds
        self._items_type: Any = tuple[Union[tuple(kinds.values())], ...]  # type: ignore[misc]  # noqa: UP007
        self._item_readers = {name: readers_of(struct_type(kind)) for name, kind in kinds.items()}
        self._head_fields = tuple(field for field in struct_type(Bank).fields if field.name != "items")
        self._head_type = mi.StructType(Bank, self._head_fields)
        self._head_readers = readers_of(self._head_type)

    def prepare(self, root: dict[Any, Any]) -> set[int]:
        """Convert a tree's numbers and booleans in place, and fill in default kinds.

        Returns the places of the items whose kind was left out.
        """
        read_fields(root, self._head_readers)
        implied: set[int] = set()
        readers = self._item_readers
        for index, item in enumerate(_items_of(root)):
            if type(item) is not dict:
                continue
            kind = item.get("kind", no_kind)
            if kind is no_kind:
                kind = item["kind"] = DEFAULT_KIND
                implied.add(index)
            if type(kind) is str:
                for name, reader in readers.get(kind, ()):
                    if name in item:
                        item[name] = reader(item[name])
        return implied

    def whole(self, root: dict[Any, Any]) -> Bank | None:
        """Return the bank of a prepared tree in one step, or None if anything does not fit."""
        if "items" not in root:
            return None
        try:
            items = msgspec.convert(root["items"], self._items_type)
            head = msgspec.convert({**root, "items": ()}, Bank)
        except msgspec.ValidationError:
            return None
        return msgspec.structs.replace(head, items=items)

    def problems(self, root: dict[Any, Any], implied: set[int]) -> Iterator[Problem]:
        """Yield every problem of a prepared tree that is not a bank."""
        faulty: set[str] = set()
        for problem in self._head_faults(root):
            faulty.update(str(step) for step in problem.where[:1])
            yield problem
        items: list[Item] = []
        for index, entry in enumerate(_items_of(root)):
            item = self._item(entry)
            if item is None:
                yield from self._item_faults(entry, index, is_implied=index in implied)
                item = _gap_of(entry, index)
            items.append(item)
        yield from self._misfits(root, items, faulty)

    def readable(self, root: dict[Any, Any], problems: Iterable[Problem]) -> ReadablePart | None:
        """Return what can be used of a prepared tree that has these problems; None for nothing."""
        wrong = {problem.where for problem in problems if problem.severity is Severity.ERROR}
        unusable = {where[1] for where in wrong if where[:1] == ("items",) and len(where) > 1}
        head = self._head(root, {str(where[0]) for where in wrong if where})
        if head is None:
            return None
        items, places, others = [], [], []
        for index, entry in enumerate(_items_of(root)):
            item = self._item(entry) if index not in unusable else None
            if item is None:
                others.append(_gap_of(entry, index))
            else:
                items.append(item)
                places.append(index)
        ids = [entry.get("id") if isinstance(entry, dict) else None for entry in _items_of(root)]
        is_sound = (
            bool(items)
            and all(where[:1] == ("items",) and len(where) > 1 for where in wrong)
            and all(isinstance(name, str) and is_id(name) for name in ids)
            and len(set(ids)) == len(ids)
        )
        bank = msgspec.structs.replace(head, items=tuple(items))
        return ReadablePart(bank, tuple(places), tuple(others), is_sound=is_sound)

    def _head_faults(self, root: dict[Any, Any]) -> Iterator[Problem]:
        for problem in struct_faults(root, self._head_type, (), what="a bank", but=frozenset({"items"})):
            if problem.where == ("format",) and problem.code == "unknown-value":
                yield Problem(
                    "unknown-format", f"This quiz reads format 1, not {quoted(root['format'])}.", ("format",),
                    "Write “format: 1”, or update quiz if the bank is newer.",
                )  # fmt: skip
            else:
                yield problem
        if "items" not in root:
            help = "Add “items:” and below it a list of items."  # noqa: A001
            yield Problem("missing-field", "The field “items” of a bank is missing.", (), help)
        else:
            yield from faults(root["items"], mi.ListType(mi.AnyType()), ("items",))

    def _item(self, entry: Any) -> Item | None:
        """Return an item, or None where something does not fit."""
        name = entry["kind"] if isinstance(entry, dict) else None
        kind = self.kinds.get(name) if isinstance(name, str) else None
        if kind is None or _has_gaps(entry):
            return None
        try:
            return msgspec.convert(entry, kind)
        except msgspec.ValidationError:
            return None

    def _item_faults(self, entry: Any, index: int, *, is_implied: bool) -> Iterator[Problem]:
        where: Where = ("items", index)
        if not isinstance(entry, dict):
            yield from faults(entry, mi.DictType(mi.AnyType(), mi.AnyType()), where)
            return
        name = entry["kind"]
        but = frozenset({"kind"})
        if not isinstance(name, str) or name not in self.kinds:
            yield from self._kind_faults(name, (*where, "kind"))
            for problem in struct_faults(entry, struct_type(Item), where, what="an item", but=but):
                if problem.code != "unknown-field":
                    yield problem
            return
        what = f"{'an' if name[0] in 'aeiou' else 'a'} {name} item"
        for problem in struct_faults(entry, struct_type(self.kinds[name]), where, what=what, but=but):
            is_foreign = (
                is_implied and problem.code == "unknown-field" and len(problem.where) == len(where) + 1
            )
            yield self._about_kind(problem, entry) if is_foreign else problem

    def _kind_faults(self, name: Any, where: Where) -> Iterator[Problem]:
        if not isinstance(name, str):
            yield from faults(name, mi.StrType(), where)
            return
        meant = did_you_mean(guess(name, self.kinds))
        help = f"The kinds are: {', '.join(self.kinds)}."  # noqa: A001
        yield Problem("unknown-kind", f"There is no kind {quoted(name)}.{meant}", where, help)

    def _about_kind(self, problem: Problem, entry: dict[Any, Any]) -> Problem:
        """Suggest another kind where a field belongs to that kind and not to the default one."""
        having = [name for name, kind in self.kinds.items() if problem.where[-1] in kind.__struct_fields__]
        if not having:
            return problem
        best = max(having, key=lambda name: len(entry.keys() & set(self.kinds[name].__struct_fields__)))
        help = f"An item without a kind is {DEFAULT_KIND}. Add “kind: {best}” if it is one."  # noqa: A001
        return msgspec.structs.replace(problem, help=help)

    def _misfits(self, root: dict[Any, Any], items: list[Item], faulty: set[str]) -> Iterator[Problem]:
        """Yield what does not fit together among those parts of a bank that can be read."""
        head = self._head(root, faulty)
        if head is None:
            return
        bank = msgspec.structs.replace(head, items=tuple(items))
        unsure = {
            f"unknown-{what}" for what, listed in _REFERRED.items() if listed in root and listed in faulty
        }
        if root.get("items") != []:
            unsure.add("no-items")
        for problem in bank.problems():
            if problem.code not in unsure:
                yield problem

    def _head(self, root: dict[Any, Any], faulty: set[str]) -> Bank | None:
        """Return a bank without items, with those fields that are not faulty; None where none can be made."""
        head: dict[str, Any] = {"format": 1, "bank": "bank", "title": "title", "items": ()}
        for field in self._head_fields:
            name = field.encode_name
            if name in root and name not in faulty:
                head[name] = root[name]
        try:
            return msgspec.convert(head, Bank)
        except msgspec.ValidationError:
            return None


no_kind = object()


def _items_of(root: dict[Any, Any]) -> list[Any]:
    items = root.get("items")
    return items if isinstance(items, list) else []


def _gap_of(entry: Any, index: int) -> _Gap:
    """Return a stand-in for an item that cannot be read, with its id and references if they can be."""
    fields = entry if isinstance(entry, dict) else {}
    texts = {name: fields[name] for name in ("id", "topic", "stimulus") if isinstance(fields.get(name), str)}
    cites = fields.get("cites")
    notes = cites if isinstance(cites, list) and all(isinstance(note, str) for note in cites) else []
    return _Gap(**{"id": f"#{index}", **texts}, cites=tuple(notes))


def _has_gaps(value: Any) -> bool:
    """Return whether a value has an empty or refused part."""
    if value is None or value is REFUSED:
        return True
    if isinstance(value, dict):
        return REFUSED in value or any(map(_has_gaps, value.values()))
    return isinstance(value, list) and any(map(_has_gaps, value))
