"""Where things stand in a YAML file. Worked out only when there is something to report."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from quiz.core.content.diagnostics import Finding, Problem, Severity, Where, path_of

LONGEST_SHOWN_LINE = 4000
"""Lines of more bytes are not quoted in findings."""
BLOCK = 8192
"""The bytes of a block: line feeds are counted once for each block, and looked for in one."""
MOST_AFTER = 100
"""How many characters after a mark are looked at where its line is too long to be quoted."""


class Place(NamedTuple):
    """A position in a file, and how many characters of its line it covers."""

    line: int = 1
    column: int = 1
    width: int = 1


class SourceText:
    """The text of a bank file, from which places and lines are taken.

    It is kept as bytes, which take half of the memory or less; single lines are decoded when they are needed.
    """

    def __init__(self, text: str | bytes, name: str, parsed: str | None = None) -> None:
        self.data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        """The text in UTF-8, without byte order mark and with line feeds only."""
        self.name = name
        self._parsed = parsed

    @cached_property
    def text(self) -> str:
        """The text as a whole."""
        return self.data.decode("utf-8", "surrogatepass")

    @property
    def parsed(self) -> str:
        """What is parsed in place of the text: character for character as long as it, and line for line."""
        return self.text if self._parsed is None else self._parsed

    def recovered(self, parsed: str) -> SourceText:
        """Return the same source with a text to parse in which what is no YAML is passed over."""
        return SourceText(self.data, self.name, parsed)

    def events(self) -> Callable[[], Any]:
        """Return a function that yields parsing events, from libyaml or from Python where that is missing.

        It raises yaml.YAMLError where the text is not YAML.
        """
        try:
            from yaml import cyaml
        except ImportError:
            from_python: Callable[[], Any] = yaml.BaseLoader(self.parsed).get_event
            return from_python
        given = self.data if self._parsed is None else self._parsed
        from_c: Callable[[], Any] = cyaml.CBaseLoader(given).get_event
        return from_c

    @cached_property
    def _ends_before(self) -> Sequence[int]:
        """How many lines end before each block of the bytes."""
        blocks = range(0, len(self.data), BLOCK)
        return [0, *accumulate(self.data.count(b"\n", at, at + BLOCK) for at in blocks)]

    def _span(self, number: int) -> slice:
        """Return where a line, from 1, is in the bytes, as far as it is quoted; nowhere if there is none."""
        block = max(0, bisect_left(self._ends_before, number - 1) - 1)
        at = block * BLOCK
        for _ in range(number - 1 - self._ends_before[block]):
            at = self.data.find(b"\n", at) + 1
            if not at:
                return slice(0)
        end = self.data.find(b"\n", at, at + LONGEST_SHOWN_LINE + 1)
        return slice(at, min(len(self.data), at + LONGEST_SHOWN_LINE + 1) if end < 0 else end)

    def line(self, number: int) -> str:
        """Return a line by its number, from 1; an empty text if it is very long, or if there is none."""
        line = self.data[self._span(number)]
        return "" if len(line) > LONGEST_SHOWN_LINE else line.decode("utf-8", "surrogatepass")

    def after(self, mark: Any) -> str:
        """Return the beginning of what follows one of the parser's marks."""
        line = self.data[self._span(mark.line + 1)]
        if len(line) > LONGEST_SHOWN_LINE:
            return self.text[mark.index : mark.index + MOST_AFTER]
        return line.decode("utf-8", "surrogatepass")[mark.column :]

    def place_of(self, at: int) -> Place:
        """Return the place of a character by its index in the bytes."""
        start = self.data.rfind(b"\n", 0, at) + 1
        column = len(self.data[start:at].decode("utf-8", "surrogatepass")) + 1
        return Place(self.data.count(b"\n", 0, at) + 1, column)

    def place_between(self, start: Any, end: Any) -> Place:
        """Return the place between two of the parser's marks, up to the end of the first line.

        For the parser, a block list or mapping has no width; it gets the rest of its first line.
        """
        if end.line == start.line and end.index > start.index:
            width = end.column - start.column
        else:
            width = len(self.line(start.line + 1).rstrip()) - start.column
        return Place(start.line + 1, start.column + 1, max(1, width))

    def finding(self, problem: Problem, place: Place = Place()) -> Finding:  # noqa: B008 - a tuple of numbers
        """Return a problem as a finding of this file, at its start if no place is given."""
        return Finding(
            code=problem.code,
            severity=problem.severity,
            file=self.name,
            line=place.line,
            column=place.column,
            message=problem.message,
            help=problem.help,
            source=self.line(place.line),
            width=place.width,
            path=path_of(problem.where),
        )

    def findings(self, problems: Sequence[Problem], spots: dict[Where, Spot] | None = None) -> list[Finding]:
        """Return problems as findings of this file, each at its own place, which `spots` may tell."""
        if spots is None:
            spots = locate(self, [problem.where for problem in problems])
        return [self.finding(problem, self._pointed_at(problem, spots)) for problem in problems]

    def _pointed_at(self, problem: Problem, spots: dict[Where, Spot]) -> Place:
        """Return the place of a problem, or of the nearest enclosing thing that is in the file."""
        where, at_field = problem.where, problem.at_field
        while where not in spots and where:
            where, at_field = where[:-1], True
        spot = spots.get(where)
        if spot is None:
            return Place()
        return self.place_between(*(spot.name if at_field and spot.name else spot.value))


def by_place(finding: Finding) -> tuple[int, int, bool, str]:
    """Return a sort key: by place in the file, errors before warnings."""
    return finding.line, finding.column, finding.severity is not Severity.ERROR, finding.code


class Spot(NamedTuple):
    """A field or list entry: the start and end of its name, if it has one, and its value."""

    name: tuple[Any, Any] | None
    value: tuple[Any, Any]


def locate(source: SourceText, wanted: Iterable[Where]) -> dict[Where, Spot]:
    """Return the spots of the wanted places and of everything around them, as far as they exist.

    Reads no further than needed, and stops quietly where the text cannot be parsed.
    """
    left = set(wanted)
    if not left:
        return {}
    tree: dict[Any, Any] = {}
    for where in left:
        branch = tree
        for step in where:
            branch = branch.setdefault(step, {})
    spots: dict[Where, Spot] = {}
    for where, spot in _walk(source, tree):
        spots[where] = spot
        left.discard(where)
        if not left:
            break
    return spots


class _Level:
    """A mapping or list that is being walked through."""

    __slots__ = ("at", "branch", "is_list", "name", "where")

    def __init__(self, where: Where, branch: dict[Any, Any], *, is_list: bool) -> None:
        self.where = where
        self.branch = branch
        """The part of the tree of wanted places below this one."""
        self.is_list = is_list
        self.at = 0
        self.name: Any = None
        """The event of the name whose value comes next."""

    def step(self, event: Any) -> str | int | None:
        """Return the step to a value that begins here, or None if the event is a field's name."""
        if self.is_list:
            self.at += 1
            return self.at - 1
        if self.name is None:
            self.name = event
            return None
        return getattr(self.name, "value", "")

    def taken_name(self) -> tuple[Any, Any] | None:
        """Return the place of the name whose value begins here, and forget it."""
        name, self.name = self.name, None
        return None if name is None else (name.start_mark, name.end_mark)


_STARTS = frozenset({MappingStartEvent, SequenceStartEvent})
_ENDS = frozenset({MappingEndEvent, SequenceEndEvent})
_VALUES = frozenset({ScalarEvent, AliasEvent, *_STARTS})


def _walk(source: SourceText, tree: dict[Any, Any]) -> Iterator[tuple[Where, Spot]]:
    """Yield every wanted value and everything around it, in the order of the file."""
    get_event = source.events()
    levels: list[_Level] = []
    with suppress(yaml.YAMLError, ValueError):
        while (kind := type(event := get_event())) is not StreamEndEvent:
            if kind in _ENDS:
                levels.pop()
            if kind not in _VALUES:
                continue
            where: Where = ()
            branch: dict[Any, Any] | None = None if levels else tree
            name = None
            if levels:
                level = levels[-1]
                step = level.step(event)
                if step is not None:
                    name = level.taken_name()
                    if step in level.branch:
                        branch, where = level.branch[step], (*level.where, step)
            if branch is not None:
                yield where, Spot(name, (event.start_mark, event.end_mark))
            if kind in _STARTS and branch:
                levels.append(_Level(where, branch, is_list=kind is SequenceStartEvent))
            elif kind in _STARTS:
                _skip(get_event)


def _skip(get_event: Callable[[], Any]) -> None:
    """Pass over the rest of a list or mapping that has just begun."""
    depth = 1
    while depth:
        kind = type(get_event())
        if kind in _STARTS:
            depth += 1
        elif kind in _ENDS:
            depth -= 1


def lines_of_items(source: SourceText, items: int) -> list[int]:
    """Return the lines, from 1, where so many of a bank's items begin, as far as the text can be parsed."""
    wanted: dict[Any, Any] = {"items": {at: {} for at in range(items)}}
    return [spot.value[0].line + 1 for where, spot in _walk(source, wanted) if len(where) == 2]
