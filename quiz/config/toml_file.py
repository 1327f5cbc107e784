"""config.toml as text: where a setting stands in it, and how one setting is changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quiz.config.tables import refuse_deep_nesting
from quiz.errors import UsageError
from quiz.paths import is_no_file
from quiz.private_files import draft_of, put_in_place


def line_of(text: str, name: str) -> int:
    """Return the line, from 1, that holds a setting, or 0.

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
    """Write one setting, such as `theme`, `keys.home.study` or `bank.courtship.order`; None removes it.

    The rest of the file is left unchanged.

    A link is followed, so that a config kept elsewhere stays there.

    Raises:
        UsageError: the file is not TOML, or cannot be written.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        path = path.resolve()
        if is_no_file(path):
            raise UsageError(f"“{name}” could not be saved: {path} is not a file.")
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        refuse_deep_nesting(text)
        document = tomlkit.parse(text)
        _put(document, _path_of(name), list(value) if isinstance(value, tuple) else value)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with draft_of(path) as draft:
            draft.write_text(tomlkit.dumps(document), encoding="utf-8")
            if path.exists():
                draft.chmod(path.stat().st_mode & 0o777)
            put_in_place(draft, path)
    except RecursionError as error:
        raise UsageError(f"“{name}” could not be saved: {path} is nested too deeply.") from error
    except TOMLKitError as error:
        raise UsageError(
            f"{path} is not TOML: {error}.", "Correct it first: “quiz config” shows where."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"“{name}” could not be saved to {path}: {reason}.") from error


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
