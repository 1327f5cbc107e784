"""The versions of quiz, Python, Textual and SQLite."""

from __future__ import annotations

import os
import sys
from importlib.machinery import PathFinder
from sqlite3 import sqlite_version

from quiz import __version__


def version_line() -> str:
    """Return what `quiz --version` prints."""
    python = ".".join(map(str, sys.version_info[:3]))
    textual = installed_version("textual") or "not found"
    return f"quiz {__version__} (Python {python}, Textual {textual}, SQLite {sqlite_version})"


def installed_version(package: str) -> str:
    """Return a package's version from the name of its .dist-info folder, or an empty text.

    importlib.metadata, which reads that folder's files, takes longer than the rest of `quiz --version`.
    """
    found = PathFinder.find_spec(package)
    for place in (found and found.submodule_search_locations) or ():
        for name in os.listdir(os.path.dirname(place)):  # noqa: PTH120, PTH208 - to import pathlib takes as long
            project, _, version = name.removesuffix(".dist-info").partition("-")
            if name.endswith(".dist-info") and project.lower() == package:
                return version
    return ""
