"""Where things stand in a YAML file. Worked out only when there is something to report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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
"""Longer source lines are not quoted in findings."""


class Place(NamedTuple):
    """A position in a file, and how many characters of its line it covers."""

    line: int = 1
    column: int = 1
    width: int = 1
    line_start: int = 0
    """The index of the line's first character in the text."""


class SourceText:
    """The text of a bank file, from which places and lines are taken."""

    def __init__(self, text: str, name: str, data: bytes | None = None) -> None:
        self.text = text
        self.name = name
        self.parsed = text
        """What is parsed in place of the text: character for character as long as it, and line for line."""
        self._data = data

    def recovered(self, parsed: str) -> SourceText:
        """Return the same source with a text to parse in which what is no YAML is passed over."""
        source = SourceText(self.text, self.name)
        source.parsed = parsed
        return source

    def events(self) -> Callable[[], Any]:
        """Return a function that yields parsing events, from libyaml or from Python where that is missing.

        It raises yaml.YAMLError where the text is not YAML.
        """
        try:
            from yaml import cyaml
        except ImportError:
            from_python: Callable[[], Any] = yaml.BaseLoader(self.parsed).get_event
            return from_python
        from_c: Callable[[], Any] = cyaml.CBaseLoader(self._data or self.parsed).get_event
        return from_c

    def line_at(self, start: int) -> str:
        """Return the line that begins at an index, or an empty text if it is very long."""
        end = self.text.find("\n", start, start + LONGEST_SHOWN_LINE + 1)
        if end < 0:
            end = len(self.text)
        return self.text[start:end] if end - start <= LONGEST_SHOWN_LINE else ""

    def place_of(self, index: int) -> Place:
        """Return the place of a character by its index in the text."""
        start = self.text.rfind("\n", 0, index) + 1
        return Place(self.text.count("\n", 0, index) + 1, index - start + 1, 1, start)

    def place_between(self, start: Any, end: Any) -> Place:
        """Return the place between two of the parser's marks, up to the end of the first line.

        For the parser, a block list or mapping has no width; it gets the rest of its first line.
        """
        line_start = max(0, start.index - start.column)
        if end.line == start.line and end.index > start.index:
            width = end.column - start.column
        else:
            width = len(self.line_at(line_start).rstrip()) - start.column
        return Place(start.line + 1, start.column + 1, max(1, width), line_start)

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
            source=self.line_at(place.line_start),
            width=place.width,
            path=path_of(problem.where),
        )

    def findings(self, problems: Sequence[Problem]) -> list[Finding]:
        """Return problems as findings of this file, each at its own place."""
        spots = locate(self, [problem.where for problem in problems]) if problems else {}
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

    def __init__(self, where: Where, branch: dict[Any, Any] | None, *, is_list: bool) -> None:
        self.where = where
        self.branch = branch
        """The part of the tree of wanted places below this one, or None."""
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
    kind: Any = None
    while kind is not StreamEndEvent:
        try:
            event = get_event()
        except (yaml.YAMLError, ValueError):
            return
        kind = type(event)
        if kind in _ENDS:
            levels.pop()
        elif kind in _VALUES:
            where: Where = ()
            branch: dict[Any, Any] | None = None if levels else tree
            name = None
            if levels:
                level = levels[-1]
                step = level.step(event)
                if step is not None:
                    name = level.taken_name()
                    if level.branch is not None and step in level.branch:
                        branch, where = level.branch[step], (*level.where, step)
            if branch is not None:
                yield where, Spot(name, (event.start_mark, event.end_mark))
            if kind in _STARTS:
                levels.append(_Level(where, branch, is_list=kind is SequenceStartEvent))
