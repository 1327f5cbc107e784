"""What `quiz check --fix` fixes by itself because it cannot be wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from quiz.authoring.ids import id_of
from quiz.banks.edits import Edit, edited, id_edits, keep, removal_edits
from quiz.banks.file_bytes import bytes_of
from quiz.banks.files import read_bank_text
from quiz.banks.yaml.decoding import decoded
from quiz.banks.yaml.recovery import recovered, texts_with_colons
from quiz.banks.yaml.tree import Tree, read_tree
from quiz.core.content.diagnostics import Where

T = TypeVar("T")


class FixedFile(NamedTuple):
    """What was fixed in a file."""

    ids: tuple[str, ...] = ()
    """The ids that were made."""
    quoted: int = 0
    """How many texts with a colon were put in quotes."""
    fences: int = 0
    """How many lines of backticks were taken off, above and below the bank."""
    accepted: int = 0
    """How many redundant wordings were removed."""

    def __bool__(self) -> bool:
        return bool(self.ids or self.quoted or self.fences or self.accepted)


def fix(path: Path) -> FixedFile:
    """Mend what is safe in a bank file: code fences, quotes, missing ids, wordings that are accepted anyway.

    Comments and layout stay as they are. The file is written only if the new text differs in meaning from the
    old one by nothing but the intended changes.

    Raises:
        BankError: the file cannot be written, or was changed meanwhile.
    """
    try:
        before = bytes_of(path)
    except OSError:
        return FixedFile()
    after, mended = fixed(before, str(path))
    if mended:
        keep(path, before, after)
    return mended


def fixed(data: bytes, name: str) -> tuple[bytes, FixedFile]:
    """Return a file's bytes with what is safe mended, and what that was."""
    bare, fences = without_fences(data)
    with_quotes, quoted = _with_quotes(bare, name)
    with_ids, ids = _with_ids(with_quotes, name)
    after, accepted = _without_redundant(with_ids, name)
    return after, FixedFile(tuple(ids), quoted, fences, accepted)


_FENCE = re.compile(rb"\A\s*```[^\n]*\n|\n```[ \t\r]*\n*\Z")


def without_fences(data: bytes) -> tuple[bytes, int]:
    """Return a file's bytes without a code fence around it, and how many of its lines there were."""
    if not data.lstrip().startswith(b"```"):
        return data, 0
    bare, lines = _FENCE.subn(lambda found: b"\n" if found.start() else b"", data)
    return bare, lines


def _with_quotes(data: bytes, name: str) -> tuple[bytes, int]:
    """Return a file's bytes with quotes around texts that hold a colon, and how many those were."""
    source, broken = decoded(data, name)
    before = read_tree(data, name)
    found = recovered(source) if broken is None and before.root is not None and before.findings else None
    if found is None:
        return data, 0
    spans = list(texts_with_colons(found))
    edits = [Edit(start, end, _quoted(source.text[start:end])) for start, end in spans]
    after = edited(data, edits)
    tree = read_tree(after, name)
    is_as_meant = tree.root == before.root and len(tree.findings) < len(before.findings)
    return (after, len(spans)) if is_as_meant else (data, 0)


def _quoted(text: str) -> str:
    """Return a text in quotes."""
    if "'" in text and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


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
