"""Where things live on this machine, and what their names can be. Nothing is made by asking."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


def _home() -> Path | None:
    """Return the folder that QUIZ_HOME names, None where it names none."""
    named = os.environ.get("QUIZ_HOME", "")
    return Path(named).expanduser().absolute() if named else None


def on_disk(look: Callable[[], bool]) -> bool:
    """Return what a look at a path says, such as `path.is_file`; no for a name that no file can have."""
    try:
        return look()
    except (OSError, ValueError):  # one that is too long, before Python 3.14
        return False


def is_unicode(text: str) -> bool:
    """Say whether a text can be written: bytes that were not UTF-8 come as surrogates, which cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def config_dir() -> Path:
    """Return the folder of config.toml."""
    home = _home()
    if home is not None:
        return home
    import platformdirs

    return platformdirs.user_config_path("quiz", appauthor=False)


def data_dir() -> Path:
    """Return the folder of the record and its backups."""
    home = _home()
    if home is not None:
        return home
    import platformdirs

    return platformdirs.user_data_path("quiz", appauthor=False)


def cache_dir() -> Path:
    """Return the folder of what can be made again."""
    home = _home()
    if home is not None:
        return home / "cache"
    import platformdirs

    return platformdirs.user_cache_path("quiz", appauthor=False)


def config_file() -> Path:
    """Return the file of the settings."""
    return config_dir() / "config.toml"


def record_file() -> Path:
    """Return the file of the record."""
    return data_dir() / "history.db"


def user_banks_dir() -> Path:
    """Return the folder of the banks that a person adds."""
    return data_dir() / "banks"


def shipped_banks_dir() -> Path:
    """Return the folder of the banks that came with quiz: in the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "questions"
    return installed if installed.is_dir() else package.parent / "questions"
