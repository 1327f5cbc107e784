"""Tables of grades: those that come with quiz, and the person's own in grades.toml beside config.toml."""

from __future__ import annotations

from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path

import msgspec

from quiz.config.tables import refuse_deep_nesting
from quiz.core.statistics.grades import GradeTable
from quiz.errors import UsageError

FILE = "grades.toml"
PER_CENT = "per-cent"
"""The word for no grades: shares alone."""
_MOST_BYTES = 100_000


def grade_tables(folder: Path) -> dict[str, GradeTable]:
    """Return all tables by name; those in the folder's own file replace others of the same name.

    Raises UsageError where the person's file cannot be used.
    """
    tables = _read((files("quiz.config") / FILE).read_bytes(), FILE)
    own = folder / FILE
    try:
        if own.is_file():
            with own.open("rb") as file:
                tables |= _read(file.read(_MOST_BYTES), str(own))
    except OSError as error:
        raise UsageError(f"{own} cannot be read: {error.strerror}.") from error
    return tables


def grade_table(name: str, folder: Path) -> GradeTable | None:
    """Return a table by its name, or None for shares alone. Raises UsageError where there is none."""
    if name == PER_CENT:
        return None
    tables = grade_tables(folder)
    if name in tables:
        return tables[name]
    close = get_close_matches(name, tables, 1)
    known = ", ".join([PER_CENT, *tables])
    raise UsageError(
        f"There is no table of grades “{name}”.",
        f"Did you mean “{close[0]}”?" if close else f"There are: {known}. {folder / FILE} can hold more.",
    )


def _read(written: bytes, name: str) -> dict[str, GradeTable]:
    import tomllib

    try:
        text = written.decode()
        refuse_deep_nesting(text)
        tables = msgspec.convert(tomllib.loads(text), dict[str, GradeTable])
    except RecursionError as error:
        raise UsageError(f"{name} is not a valid file of grades: it is nested too deeply.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise UsageError(f"{name} is not a valid file of grades: {error}.") from error
    for table, steps in tables.items():
        flaw = steps.flaw()
        if flaw:
            raise UsageError(f"{name}: the table “{table}” cannot be used, because {flaw}.")
    return tables
