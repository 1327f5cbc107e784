"""What `quiz check --fix` fixes by itself because it cannot be wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from quiz.authoring.ids import id_of
from quiz.authoring.lint.numbers import numeric_order, rising
from quiz.authoring.rule import BankContext
from quiz.banks.edits import Edit, edited, id_edits, order_edits, removal_edits, rewrite
from quiz.banks.files import bytes_of, read_bank_text
from quiz.banks.yaml.tree import Tree, read_tree
from quiz.core.content.diagnostics import Where
from quiz.core.content.item import text_of
from quiz.errors import BankError

T = TypeVar("T")


class FixedFile(NamedTuple):
    """What was fixed in a file."""

    ids: tuple[str, ...] = ()
    """The ids that were added."""
    lists: int = 0
    """How many lists of numbers were sorted."""
    accepted: int = 0
    """How many redundant wordings were removed."""

    def __bool__(self) -> bool:
        return bool(self.ids or self.lists or self.accepted)


def fix(path: Path) -> FixedFile:
    """Fix what is safe to fix in a bank file: missing ids, the order of numbers, redundant wordings.

    Comments and layout stay as they are. The file is written only if the new text differs in meaning from the
    old one by nothing but the intended changes.

    Raises:
        BankError: the file cannot be written, or was changed meanwhile.
    """
    try:
        before = bytes_of(path)
    except OSError:
        return FixedFile()
    with_ids, ids = _with_ids(before, str(path))
    in_order, lists = _in_order(with_ids, str(path))
    after, accepted = _without_redundant(in_order, str(path))
    mended = FixedFile(tuple(ids), lists, accepted)
    if mended:
        try:
            if not rewrite(path, before, after):
                raise BankError(f"{path} was changed by another program just now.", "Try again.")
        except OSError as error:
            raise BankError(f"{path} cannot be written: {error.strerror or error}.") from error
    return mended


def _with_ids(data: bytes, name: str) -> tuple[bytes, list[str]]:
    """Return a file's bytes with ids for all items that have a stem and no id, and those ids."""
    tree = read_tree(data, name)
    items = _items_of(tree)
    taken = {item["id"] for item in items if isinstance(item, dict) and isinstance(item.get("id"), str)}
    language = tree.root.get("language", "en") if isinstance(tree.root, dict) else "en"
    made: dict[int, str] = {}
    for index, item in enumerate(items):
        if isinstance(item, dict) and "id" not in item:
            stem = next((item[name] for name in ("stem", "text") if isinstance(item.get(name), str)), "")
            if stem:
                made[index] = id_of(stem, taken, language if isinstance(language, str) else "en")
                taken.add(made[index])
    for index, new in made.items():
        items[index]["id"] = new
    return _verified(data, name, tree, id_edits(tree.source, made), list(made.values()))


def _in_order(data: bytes, name: str) -> tuple[bytes, int]:
    """Return a file's bytes with lists of numbers sorted, and how many lists that affected."""
    bank = read_bank_text(data, name).bank
    if bank is None:
        return data, 0
    tree = read_tree(data, name)
    items = _items_of(tree)
    edits: list[Edit] = []
    done = []
    for problem in numeric_order.problems(BankContext(bank)):
        _, index, field = problem.where
        item = bank.items[int(index)]
        places = rising([text_of(option) for option in getattr(item, str(field))], bank.language)
        found = order_edits(tree.source, problem.where, places) if places else None
        if places and found is not None and problem.code not in (*bank.lint.ignore, *item.lint.ignore):
            edits += found
            done.append(problem)
            old = items[int(index)][field]
            items[int(index)][field] = [old[place] for place in places]
    after, kept = _verified(data, name, tree, edits, done)
    return after, len(kept)


def _without_redundant(data: bytes, name: str) -> tuple[bytes, int]:
    """Return a file's bytes without redundant wordings, and how many there were."""
    bank = read_bank_text(data, name).bank
    if bank is None:
        return data, 0
    tree = read_tree(data, name)
    found: dict[Where, list[int]] = {}
    for problem in bank.problems():
        if problem.code == "redundant-accept":
            found.setdefault(problem.where[:-1], []).append(int(problem.where[-1]))
    edits: list[Edit] = []
    done: list[int] = []
    for where, places in found.items():
        holder = _held(tree, where[:-1])
        listed = holder[where[-1]]
        made = removal_edits(tree.source, where, len(listed), places)
        if made is None:
            continue
        edits += made
        done += places
        holder[where[-1]] = [entry for place, entry in enumerate(listed) if place not in places]
        if not holder[where[-1]]:
            del holder[where[-1]]
    after, kept = _verified(data, name, tree, edits, done)
    return after, len(kept)


def _held(tree: Tree, where: Where) -> Any:
    """Return the value at a place in a tree."""
    held: Any = tree.root
    for step in where:
        held = held[step]
    return held


def _items_of(tree: Tree) -> list[Any]:
    items = tree.root.get("items") if isinstance(tree.root, dict) else None
    return items if isinstance(items, list) else []


def _verified(data: bytes, name: str, meant: Tree, edits: list[Edit], done: list[T]) -> tuple[bytes, list[T]]:
    """Return the bytes after the edits, with their results, if they mean what is intended; else unchanged."""
    after = edited(data, edits) if edits else data
    tree = read_tree(after, name) if edits else meant
    is_as_meant = tree.root == meant.root and len(tree.findings) == len(meant.findings)
    return (after, done) if is_as_meant else (data, [])
