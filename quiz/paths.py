"""Where files are kept on this machine, and which names they may have. Nothing here creates a folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from quiz.errors import UsageError


def expanded(path: str | Path) -> Path:
    """Return a path with a home folder for `~` or `~name` at its beginning; unchanged if there is none."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - Path.expanduser raises RuntimeError


def _home() -> Path | None:
    """Return the folder named by QUIZ_HOME, or None. Raises UsageError for a home folder of nobody."""
    named = os.environ.get("QUIZ_HOME", "")
    if not named:
        return None
    found = expanded(named)
    if named.startswith("~") and found == Path(named):
        raise UsageError(f"QUIZ_HOME is “{named}”, and there is no such home folder.", "Set another folder.")
    return found.absolute()


def _usual(look_up: Callable[[], Path]) -> Path:
    """Return a folder that the system names. Raises UsageError where the account has no home folder."""
    with suppress(RuntimeError):
        found = look_up()
        if not str(found).startswith("~"):  # which older versions of platformdirs leave as it is
            return found
    raise UsageError(
        "This account has no home folder, and HOME is not set.",
        "Set QUIZ_HOME to a folder for settings and record.",
    )


def on_disk(look: Callable[[], bool]) -> bool:
    """Call a check such as `path.is_file`, and return False for a name that no file can have."""
    try:
        return look()
    except (OSError, ValueError):  # a name that is too long, before Python 3.14
        return False


def is_no_file(path: Path) -> bool:
    """Return whether there is something that is neither file nor folder, such as a pipe, which never ends.

    Raises OSError.
    """
    return path.exists() and not (path.is_file() or path.is_dir())


def is_unicode(text: str) -> bool:
    """Return whether a text can be encoded. Undecodable bytes arrive as surrogates, which cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def config_dir() -> Path:
    """Return the folder that holds config.toml."""
    home = _home()
    if home is not None:
        return home
    import platformdirs

    return _usual(lambda: platformdirs.user_config_path("quiz", appauthor=False))


def data_dir() -> Path:
    """Return the folder that holds the record and its backups."""
    home = _home()
    if home is not None:
        return home
    import platformdirs

    return _usual(lambda: platformdirs.user_data_path("quiz", appauthor=False))


def cache_dir() -> Path:
    """Return the folder of files that can be made again."""
    home = _home()
    if home is not None:
        return home / "cache"
    import platformdirs

    return _usual(lambda: platformdirs.user_cache_path("quiz", appauthor=False))


def config_file() -> Path:
    """Return the path of the settings file."""
    return config_dir() / "config.toml"


def record_file() -> Path:
    """Return the path of the record."""
    return data_dir() / "history.db"


def user_banks_dir() -> Path:
    """Return the folder for the person's own banks."""
    return data_dir() / "banks"


def shipped_banks_dir() -> Path:
    """Return the folder of the banks that come with quiz: in the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "questions"
    return installed if installed.is_dir() else package.parent / "questions"
