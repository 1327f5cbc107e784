"""The rules of item writing, one module for each family, found automatically.

The rules about items follow Haladyna, Downing and Rodriguez, “A Review of Multiple-Choice Item-Writing
Guidelines for Classroom Assessment”, Applied Measurement in Education 15 (2002), which calls clues that give
a key away testwiseness.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from quiz.authoring.rule import Rule


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Return all rules, sorted by code."""
    found: dict[str, Rule] = {}
    for module_info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        found.update({thing.code: thing for thing in vars(module).values() if isinstance(thing, Rule)})
    return tuple(found[code] for code in sorted(found))
