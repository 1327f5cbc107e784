"""Where files are kept on this machine, and which names they may have. Nothing here creates a folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


def _home() -> Path | None:
    """Return the folder named by QUIZ_HOME, or None."""
    named = os.environ.get("QUIZ_HOME", "")
    return Path(named).expanduser().absolute() if named else None


def on_disk(look: Callable[[], bool]) -> bool:
    """Call a check such as `path.is_file`, and return False for a name that no file can have."""
    try:
        return look()
    except (OSError, ValueError):  # a name that is too long, before Python 3.14
        return False


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

    return platformdirs.user_config_path("quiz", appauthor=False)


def data_dir() -> Path:
    """Return the folder that holds the record and its backups."""
    home = _home()
    if home is not None:
        return home
    import platformdirs

    return platformdirs.user_data_path("quiz", appauthor=False)


def cache_dir() -> Path:
    """Return the folder of files that can be made again."""
    home = _home()
    if home is not None:
        return home / "cache"
    import platformdirs

    return platformdirs.user_cache_path("quiz", appauthor=False)


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
