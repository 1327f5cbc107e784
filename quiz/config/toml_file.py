"""The file config.toml as text: where something stands in it, and how one setting is changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quiz.errors import UsageError


def line_of(text: str, name: str) -> int:
    """Return the line, from 1, that says something of a setting; 0 if none does.

    `name` may lead into a table: `keys.home.study`.
    """
    table = ""
    at_table = 0
    for number, line in enumerate(text.splitlines(), 1):
        written = line.strip()
        if written.startswith("["):
            table = _plain(written.strip("[]").partition("]")[0])
            at_table = number if name.startswith(table) and not at_table else at_table
            if table == name:
                return number
        elif "=" in written and not written.startswith("#"):
            found = _plain(written.partition("=")[0])
            if name in {found, f"{table}.{found}" if table else found}:
                return number
            if not table and name.startswith(f"{found}."):
                at_table = number
    return at_table


def _plain(written: str) -> str:
    """Return a dotted name without its quotes."""
    return ".".join(part.strip().strip("\"'") for part in written.split(".")).strip("\"'")


def keep_setting(path: Path, name: str, value: Any) -> None:
    """Write one setting, such as `theme`, `keys.home.study` or `bank.courtship.order`; None takes it out.

    The rest of the file is left as it stands.

    A link is followed, so that a config kept elsewhere stays there.

    Raises:
        UsageError: the file is no TOML, or cannot be written.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        path = path.resolve()
        document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
        _put(document, _path_of(name), list(value) if isinstance(value, tuple) else value)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(".new")
        fresh.write_text(tomlkit.dumps(document), encoding="utf-8")
        fresh.replace(path)
    except TOMLKitError as error:
        raise UsageError(
            f"{path} is not TOML: {error}.", "Mend it first: “quiz config” shows where."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"“{name}” could not be kept in {path}: {reason}.") from error


def _path_of(name: str) -> list[str]:
    """Return a setting's name by the tables that it leads through; the ids of keys have dots in them."""
    first, dot, rest = name.partition(".")
    return [first, rest] if dot and first == "keys" else name.split(".")


def _put(table: Any, path: list[str], value: Any) -> None:
    """Put a value into a table, or into one below it; None takes out what is there."""
    import tomlkit

    name, *rest = path
    if rest:
        _put(table.setdefault(name, tomlkit.table()), rest, value)
    elif value is None:
        table.pop(name, None)
    else:
        table[name] = value
