"""The formats of drills, one module each. Every module in this package is found automatically.

A format is a subclass of `quiz.core.drill.drill.Drill` with a `name`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from functools import lru_cache

from quiz.core.drill.drill import Drill
from quiz.core.drill.settings import drill_settings
from quiz.core.events.model import Event, SessionHeader
from quiz.core.session import ItemLookup


@lru_cache(maxsize=1)
def all_formats() -> dict[str, type[Drill]]:
    """Return all formats by name, in the order in which they are offered."""
    found: dict[str, type[Drill]] = {}
    for module_info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, Drill) and thing.__module__ == module.__name__:
                found[thing.name] = thing
    return dict(sorted(found.items(), key=lambda pair: pair[1].order))


def begin(header: SessionHeader, lookup: ItemLookup, events: Iterable[Event] = ()) -> Drill:
    """Start a drill, or rebuild it from its events. Raises KeyError for an unknown format."""
    return all_formats()[drill_settings(header).format].begin(header, lookup, events)
