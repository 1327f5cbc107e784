"""The kinds of item, one module each. Every module in this package is found automatically.

A kind is a subclass of `quiz.core.content.item.Item` with a tag, a summary and a worked example.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from quiz.core.content.item import Item

DEFAULT_KIND = "single-choice"
"""The kind of an item that does not name its own."""


@lru_cache(maxsize=1)
def all_kinds() -> dict[str, type[Item]]:
    """Return all kinds by their names in banks, sorted by name."""
    found: dict[str, type[Item]] = {}
    for module_info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, Item) and thing.__module__ == module.__name__:
                found[str(thing.__struct_config__.tag)] = thing
    return dict(sorted(found.items()))


def task_of(kind: str) -> str:
    """Return what a kind asks a learner to do, in a few words; its name where there is no such kind."""
    known = all_kinds().get(kind)
    return known.summary.partition(";")[0].rstrip(".") if known is not None else kind
