"""The foreign formats of banks, one module each, found automatically. Each declares a `FORMAT`."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from quiz.exchange.declaration import ForeignFile, Format


@lru_cache(maxsize=1)
def all_formats() -> dict[str, Format]:
    """Return all formats by name, sorted."""
    found: list[Format] = []
    for module_info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        found.append(module.FORMAT)
    return {form.name: form for form in sorted(found, key=lambda form: form.name)}


def recognised(source: ForeignFile) -> Format | None:
    """Return the format that a file's content fits best, or None if no format recognises it."""
    sure = {name: form.recognise(source) for name, form in all_formats().items() if form.read is not None}
    best = max(sure, key=lambda name: (sure[name], source.ending in all_formats()[name].endings), default="")
    return all_formats()[best] if best and sure[best] > 0 else None
