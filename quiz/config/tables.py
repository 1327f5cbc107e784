"""Settings that are tables: entries by name, each with fields of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from quiz.core.content.bank_settings import BankSettings
from quiz.core.study_filter import StudyFilter

TABLES: Final[Mapping[str, type[msgspec.Struct]]] = {"saved": StudyFilter, "bank": BankSettings}
"""What an entry of each table is."""
MOST_OF_A_NAME = 60
MOST_PARTS = 1_000
"""How many points a line may have: a dotted name takes a time that grows with the square of its parts."""


def refuse_deep_nesting(text: str) -> None:
    """Raise RecursionError, as the parsers do, where a line may hold a name of more parts than are read."""
    if text.count(".") > MOST_PARTS and any(line.count(".") > MOST_PARTS for line in text.splitlines()):
        raise RecursionError


def with_entry(table: Mapping[str, Any], of: str, key: str, value: Any) -> dict[str, Any]:
    """Return a table with an entry, or a field of one, set to a value; None or nothing takes it out.

    `of` is the table's name, and `key` an entry's name, or that and a field's with a dot between. Raises
    ValueError, with what is wrong, where the entry cannot be that.
    """
    name, dot, field = key.partition(".")
    if not name.strip() or len(name) > MOST_OF_A_NAME or not name.isprintable():
        raise ValueError(f"its name is empty, longer than {MOST_OF_A_NAME} characters or not printable")
    entry: Any = value
    if dot:
        entry = {**table.get(name, {})}
        if value in (None, ""):
            entry.pop(field, None)
        else:
            entry[field] = _listed(of, field, value)
    rest = {other: kept for other, kept in table.items() if other != name}
    if entry is None or (dot and not entry):
        return rest
    if not isinstance(entry, Mapping):
        raise ValueError(  # noqa: TRY004 - like everything else that it cannot be
            f"it is a table of fields: {', '.join(TABLES[of].__struct_fields__)}"
        )
    try:
        kept = msgspec.convert(entry, TABLES[of], strict=False)
    except msgspec.ValidationError as error:
        said, _, place = str(error).partition(" - at `$.")
        where = f"its “{place.rstrip('`')}” does not fit, " if place else ""
        raise ValueError(f"{where}{said[:1].lower()}{said[1:]}") from None
    return {**rest, name: msgspec.to_builtins(kept)}


def _listed(of: str, field: str, value: Any) -> Any:
    """Return a text as a list where the field is one."""
    types = {each.name: each.default for each in msgspec.structs.fields(TABLES[of])}
    if isinstance(value, str) and isinstance(types.get(field), tuple):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value
