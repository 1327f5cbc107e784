"""Items that somebody or something wrote for a bank: read, checked, and turned into drafts."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any, NamedTuple

import msgspec

from quiz.authoring.articles import Article
from quiz.authoring.check import item_lines_of
from quiz.authoring.ids import id_of
from quiz.authoring.lint.banks import duplicate_item, task_of
from quiz.authoring.quality import quality_of
from quiz.authoring.quotes import quote_problems
from quiz.authoring.rule import ItemContext
from quiz.banks.reading.reader import bank_reader
from quiz.banks.yaml.decoding import decoded
from quiz.banks.yaml.source_map import by_place
from quiz.banks.yaml.tree import Tree, read_tree
from quiz.core.content.bank import Bank
from quiz.core.content.diagnostics import Finding, Problem, Severity
from quiz.core.content.item import Item

_FENCED = re.compile(r"^```[^\n]*\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)


class Additions(NamedTuple):
    """What came of an answer."""

    items: tuple[Item, ...]
    """The items that can be added, as drafts."""
    findings: tuple[Finding, ...]
    """What is wrong with the others, and what could be better."""
    replaced: tuple[str, ...] = ()
    """The ids of the drafts that some of them take the place of."""


def additions(answer: bytes, name: str, bank: Bank, article: Article | None = None) -> Additions:
    """Read items in YAML or JSON, a list or a mapping with `items`, and check them beside a bank's own.

    A code fence around them is taken off. An item with the id of a draft takes its place; one that asks what
    another item asks is refused. Where the text is given that they are about, their quotes are looked for
    in it. Every finding has its item's id and the field's path.
    """
    text, shift = _bare(answer)
    tree = read_tree(text.encode(), name)
    items = tree.root.get("items") if isinstance(tree.root, dict) else None
    if not isinstance(items, list):
        findings = tree.findings or [_no_items(tree)]
        return Additions((), tuple(_shifted(finding, shift) for finding in findings))
    _give_ids(items, bank)
    head = {**_written(msgspec.to_builtins(msgspec.structs.replace(bank, items=()))), "items": items}
    reader = bank_reader()
    implied = reader.prepare(head)
    problems = list(reader.problems(head, implied))
    part = reader.readable(head, problems)
    found: list[Item] = []
    if part is not None:
        found, more = _checked(part.bank, part.places, bank)
        problems += more
        at = dict(zip((item.id for item in part.bank.items), part.places, strict=True))
        problems += quote_problems(found, article, at) if article else []
    ids = [str(each.get("id", "")) if isinstance(each, dict) else "" for each in items]
    findings = sorted([*tree.findings, *tree.source.findings(problems)], key=by_place)
    lines = item_lines_of(tree.source, len(items))
    named = tuple(_shifted(_named(finding, ids, lines), shift) for finding in findings)
    replaced = tuple(item.id for item in found if item.id in bank.by_id)
    return Additions(tuple(found), named, replaced)


def _bare(answer: bytes) -> tuple[str, int]:
    """Return an answer's text as a mapping with `items`, and how many lines it stands below that."""
    text = decoded(answer, "")[0].text
    fenced = max(_FENCED.finditer(text), key=lambda found: len(found[1]), default=None)
    shift = text.count("\n", 0, fenced.start(1)) if fenced else 0
    text = fenced[1] if fenced else text
    bare = text.lstrip()
    if bare.startswith("["):
        return f"items: {bare}", shift + text[: len(text) - len(bare)].count("\n")
    if re.match(r"\s*(?:#[^\n]*\n\s*)*-\s", text):
        return f"items:\n{text}", shift - 1
    return text, shift


def _no_items(tree: Tree) -> Finding:
    problem = Problem(
        "missing-field", "There is no list of items here.", (),
        "Write a YAML list of items, each after “- ”, or the same in JSON.",
    )  # fmt: skip
    return tree.source.finding(problem)


def _give_ids(items: list[Any], bank: Bank) -> None:
    """Give an id to each item that has a stem and none, or one that an item that is no draft has."""
    taken = {*bank.by_id, *(each["id"] for each in items if isinstance(each, dict) and _has_id(each))}
    for each in items:
        if not isinstance(each, dict):
            continue
        held = bank.by_id.get(each["id"]) if _has_id(each) else None
        stem = next((each[name] for name in ("stem", "text") if isinstance(each.get(name), str)), "")
        if stem and ("id" not in each or (held is not None and held.status != "draft")):
            each["id"] = id_of(stem, taken, bank.language)
            taken.add(each["id"])


def _has_id(item: dict[Any, Any]) -> bool:
    return isinstance(item.get("id"), str)


def _checked(part: Bank, places: tuple[int, ...], bank: Bank) -> tuple[list[Item], list[Problem]]:
    """Return the items of an answer that are no repeats, as drafts, and what the rules say of all of them."""
    known: dict[int, str] = {}
    for item in bank.items:
        known[task_of(ItemContext(item, bank))] = item.id
    items: list[Item] = []
    problems: list[Problem] = []
    at: dict[int, int] = {}
    for place, item in zip(places, part.items, strict=True):
        task = task_of(ItemContext(item, part))
        if known.get(task, item.id) != item.id:
            what = f"This asks the same as item “{known[task]}”, which is there already."
            problems.append(Problem(duplicate_item.code, what, ("items", place), "Ask something else."))
            continue
        known.setdefault(task, item.id)
        at[len(items)] = place
        items.append(msgspec.structs.replace(item, status="draft"))
    alone = msgspec.structs.replace(part, items=tuple(items), notes={}, topics={}, stimuli={})
    for problem in quality_of(alone).problems:
        if problem.where[:1] == ("items",) and len(problem.where) > 1:
            where = ("items", at[int(problem.where[1])], *problem.where[2:])
            problems.append(msgspec.structs.replace(problem, where=where))
    return items, problems


def _named(finding: Finding, ids: list[str], lines: list[int]) -> Finding:
    """Return a finding with the id of the item that it is about, by its path or else by its line."""
    at = re.match(r"items\[(\d+)\]", finding.path)
    place = int(at[1]) if at else -1 if finding.path else bisect_right(lines, finding.line) - 1
    if not 0 <= place < len(ids):
        return finding
    return msgspec.structs.replace(finding, item=ids[place], path=finding.path or f"items[{place}]")


def _written(value: Any) -> Any:
    """Return a bank's fields as they would be read from a file, those left aside that say nothing."""
    if isinstance(value, dict):
        return {name: _written(inner) for name, inner in value.items() if inner not in (None, "", (), [])}
    return [_written(inner) for inner in value] if isinstance(value, (list, tuple)) else value


def _shifted(finding: Finding, lines: int) -> Finding:
    return msgspec.structs.replace(finding, line=max(1, finding.line + lines))


def fails(findings: tuple[Finding, ...]) -> bool:
    """Say whether anything is left to mend."""
    return any(finding.severity is not Severity.NOTE for finding in findings)
