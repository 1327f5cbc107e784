"""The file in which libpq looks for passwords: `~/.pgpass`, or the one that PGPASSFILE names."""

from __future__ import annotations

import os
from pathlib import Path

from quiz.errors import UsageError
from quiz.paths import expanded
from quiz.private_files import content_of, write_over


def pass_file() -> Path:
    """Return where libpq looks for passwords."""
    named = os.environ.get("PGPASSFILE")
    if named:
        return Path(named)
    if os.name == "nt":
        return expanded(os.environ.get("APPDATA", "~")) / "postgresql" / "pgpass.conf"
    return expanded("~/.pgpass")


def keep_password(host: str, port: int, database: str, user: str, password: str) -> Path:
    """Keep a password where libpq looks for it, in the place of an older one; return the file.

    Raises UsageError where the file cannot be written.
    """
    path = pass_file()
    place = ":".join(map(_escaped, (host, str(port), database, user)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = content_of(path).decode("utf-8", "surrogateescape").splitlines() if path.exists() else []
        kept = [line for line in lines if not line.startswith(f"{place}:")]
        written = "".join(f"{line}\n" for line in [f"{place}:{_escaped(password)}", *kept])
        write_over(path, written.encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise UsageError(f"“{path}” cannot be written: {error.strerror}.") from error
    return path


def require_writable() -> None:
    """Raise UsageError where no password could be kept, before one is made."""
    path = pass_file()
    folder = path.parent
    if not os.access(folder if folder.is_dir() else folder.parent, os.W_OK):
        raise UsageError(f"“{path}” cannot be written.", "PGPASSFILE names another file.")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(":", "\\:")
