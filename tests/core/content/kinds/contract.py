"""What the contract tests of the kinds share."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import settings

from quiz.core.content.item import ABOUT_THE_ITEM
from quiz.core.content.kinds import all_kinds
from tests.sampling import tries
from tests.strategies import (
    example_of,
    steady,
)

KINDS = all_kinds()
each_kind = pytest.mark.parametrize("kind", KINDS)
each_time = settings(steady, max_examples=tries(20))
SHUFFLED = [kind for kind in KINDS if getattr(example_of(kind).interaction(), "can_shuffle", False)]


def example_data(kind: str) -> dict[str, Any]:
    data = yaml.load(KINDS[kind].example, yaml.BaseLoader)
    assert isinstance(data, dict)
    return data


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield every text of some plain data with the path to it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*path, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    else:
        yield path, value


def with_leaf(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return a copy of some plain data with another value at a path."""
    copy = deepcopy(data)
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return copy


def task_leaves(kind: str) -> list[tuple[tuple[Any, ...], Any]]:
    """Return the texts of the example that make its task: no ids, no rationale, no feedback."""
    return [
        (path, value)
        for path, value in leaves(example_data(kind))
        if path[0] not in ABOUT_THE_ITEM | {"kind"} and path[-1] != "feedback"
    ]
