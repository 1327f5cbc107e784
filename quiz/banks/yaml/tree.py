"""YAML as a tree of texts, lists and mappings, without any other feature of YAML."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from quiz.banks.file_bytes import MOST_BYTES
from quiz.banks.yaml.decoding import decoded, foul_characters, unseen_characters
from quiz.banks.yaml.recovery import STAND_IN, Recovery, recovered
from quiz.banks.yaml.refusals import DEEPEST, MOST_CHARACTERS, REFUSED, Refusals, Stop
from quiz.banks.yaml.source_map import SourceText
from quiz.banks.yaml.syntax_errors import explained, nesting_limit
from quiz.core.collector import paused_collector
from quiz.core.content.diagnostics import Finding, Problem

_FENCE = re.compile(r"\A\s*```[^\n]*|^```[ \t]*(?=\s*\Z)", re.MULTILINE)
"""The lines of a code fence around a whole file."""


class Tree(NamedTuple):
    """The content of a file, and its problems as YAML."""

    root: Any
    """Dicts, lists and texts; None if the file is empty or unreadable; REFUSED for what was reported."""
    findings: list[Finding]
    source: SourceText
    is_whole: bool
    """Whether every value is present: none is empty or refused."""


def read_tree(data: bytes, name: str) -> Tree:
    """Read a file's bytes. Every scalar is text as written. Never raises: problems become findings."""
    if len(data) > MOST_BYTES:
        source = SourceText("", name)
        what = f"The file is larger than {MOST_BYTES // 1024 // 1024} MB."
        problem = Problem("too-large", what, (), "Split it into several banks.")
        return Tree(None, [source.finding(problem)], source, is_whole=False)
    source, broken = decoded(data, name)
    findings = [broken] if broken else foul_characters(data, source)
    if findings:
        return Tree(None, findings, source, is_whole=False)
    fence = fence_in(source)
    if fence is not None:
        source = source.recovered(_FENCE.sub(_commented, source.text))
    flaws = Refusals(source)
    flaws.findings += [fence] if fence else []
    root = None
    try:
        with paused_collector():
            root = _built(source, flaws)
    except Stop:
        pass
    except yaml.MarkedYAMLError as error:
        limit = nesting_limit(error)
        found = recovered(source) if limit is None else None
        if found is not None:
            tree = _recovered_tree(found)
            return tree._replace(findings=[fence, *tree.findings]) if fence else tree
        if limit is not None:
            flaws = _flaws_before(limit, source)
        if limit is None or not flaws.findings:
            flaws.findings.append(explained(error, source))
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        what = f"This is not YAML: {error}."
        flaws.findings.append(source.finding(Problem("yaml-syntax", what, (), "Put texts in quotes.")))
    return Tree(root, flaws.findings + unseen_characters(source), source, flaws.is_whole)


def fence_in(source: SourceText) -> Finding | None:
    """Return what to say of a file that stands in a code fence, None where it does not."""
    if not source.data.lstrip().startswith(b"```"):
        return None
    problem = Problem(
        "code-fence", "The bank stands in a code fence.", (),
        "Take the lines of backticks out; “quiz check --fix” does.",
    )  # fmt: skip
    return source.finding(problem, source.place_of(source.data.index(b"```")))


def _commented(found: re.Match[str]) -> str:
    """Return a line as a comment of the same length."""
    return found[0].replace("```", "###", 1)


def _recovered_tree(found: Recovery) -> Tree:
    """Return what a file holds beside what is no YAML in it."""
    flaws = Refusals(found.source)
    root: Any = None
    with suppress(Stop, yaml.YAMLError, ValueError, OverflowError), paused_collector():
        root = _with_colons(_built(found.source, flaws))
    items = root.get("items") if isinstance(root, dict) else None
    if isinstance(items, list):
        for place in found.broken:
            if place < len(items):
                items[place] = REFUSED
    findings = [*found.findings, *flaws.findings, *unseen_characters(found.source)]
    return Tree(root, findings, found.source, is_whole=False)


def _with_colons(value: Any) -> Any:
    """Return a tree with the colons that others stand in for."""
    if isinstance(value, str):
        return value.replace(STAND_IN, ":")
    if isinstance(value, dict):
        return {_with_colons(name): _with_colons(inner) for name, inner in value.items()}
    return [_with_colons(inner) for inner in value] if isinstance(value, list) else value


def _flaws_before(limit: int, source: SourceText) -> Refusals:
    """Return the problems before the character where the parser met its own nesting limit.

    Ours is lower, but a parser that looks far ahead meets its own first.
    """
    flaws = Refusals(source)
    with suppress(Stop, yaml.YAMLError, ValueError, OverflowError), paused_collector():
        _built(SourceText(source.text[:limit], source.name), flaws)
    return flaws


def _built(source: SourceText, flaws: Refusals) -> Any:  # noqa: C901
    """Return the root of the file's only document.

    One loop without recursion or avoidable calls: a call for each event would cost a tenth.

    Raises:
        yaml.YAMLError: the text is not YAML.
        Stop: reading on is pointless.
    """
    get_event = source.events()
    examines_all, most = flaws.examines_all, flaws.most
    names: dict[Any, Any] = {}
    top: list[Any] = []
    container: Any = top
    append: Any = top.append
    stack: list[Any] = []
    no_name = object()
    name: Any = no_name
    nodes = documents = 0
    while True:
        event = get_event()
        kind = type(event)
        if kind is ScalarEvent:
            nodes += 1
            value: Any = event.value
            size = len(value)
            if not size and event.implicit[0]:
                value = None
                flaws.is_whole = False
            if examines_all or nodes > most or size > MOST_CHARACTERS:
                value = flaws.examined(event, value, nodes)
                most = flaws.most
            if append is not None:
                append(value)
            elif name is no_name:
                if value is None or value in container or value == "<<" or value is REFUSED:
                    value = flaws.bad_name(event, value)
                name = names.setdefault(value, value)
            else:
                container[name] = value
                name = no_name
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            nodes += 1
            if len(stack) >= DEEPEST or nodes > most or event.tag or event.anchor:
                flaws.check_start(event, len(stack), nodes)
                most = flaws.most
            new: Any = {} if kind is MappingStartEvent else []
            if append is not None:
                append(new)
            elif name is no_name:
                flaws.name_begins(event)
                _skip(get_event, flaws, nodes)
                name = REFUSED
                continue
            else:
                container[name] = new
                name = no_name
            stack.append(container)
            container = new
            append = None if kind is MappingStartEvent else new.append
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            container = stack.pop()
            append = container.append if type(container) is list else None
        elif kind is AliasEvent:
            flaws.alias(event)
            if append is not None:
                append(REFUSED)
            elif name is no_name:
                name = REFUSED
            else:
                container[name] = REFUSED
                name = no_name
        elif kind is DocumentStartEvent:
            documents += 1
            if documents > 1:
                flaws.report(
                    event, "second-document", "A second bank begins here.", "Give each its own file."
                )
                return top[0]
        elif kind is StreamEndEvent:
            if top and top[0] is not None:
                return top[0]
            help = "Begin with “format: 1”, then “bank:”, “title:” and “items:”."  # noqa: A001
            flaws.report(event, "empty-file", "The file holds nothing.", help)
            return None


def _skip(get_event: Callable[[], Any], flaws: Refusals, nodes: int) -> None:
    """Skip the rest of a list or mapping that has just begun."""
    depth = 1
    while depth:
        event = get_event()
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            depth += 1
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            depth -= 1
        flaws.skipped(event, depth, nodes)
