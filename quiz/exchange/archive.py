"""Reading archives within limits, whatever they claim about themselves."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from quiz.errors import ExchangeError

MOST_BYTES: Final = 200 * 1024 * 1024
"""The most bytes that may be read from an archive, in all its files together."""
MOST_FILES: Final = 100_000


class Archive:
    """A ZIP file in memory. Nothing is ever unpacked to disk."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            files = [info for info in self._zip.infolist() if not info.filename.endswith(("/", "\\"))]
            self._infos = {info.filename: info for info in files if info.filename}
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise ExchangeError("It is a damaged archive.") from error
        if len(self._infos) > MOST_FILES:
            raise ExchangeError(f"It holds more than {MOST_FILES:,} files.")
        self._left = MOST_BYTES

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its files, without those that lead outside of it."""
        return tuple(name for name in self._infos if not _leads_out(name))

    def read(self, name: str) -> bytes:
        """Return the content of a file.

        Raises:
            ExchangeError: there is no such file, it is damaged, or all that was read is too much.
        """
        if name not in self._infos or _leads_out(name):
            raise ExchangeError(f"There is no {name[:80]} in it.")
        try:
            with self._zip.open(self._infos[name]) as file:
                data = file.read(self._left + 1)
        except (
            zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError, ValueError,
        ) as error:  # fmt: skip
            raise ExchangeError(f"{name[:80]} in it is damaged or locked.") from error
        self.take(len(data))
        return data

    def take(self, size: int) -> None:
        """Count bytes read from the archive. Raises ExchangeError where there are too many."""
        self._left -= size
        if self._left < 0:
            raise ExchangeError(f"What is in it comes to more than {MOST_BYTES // 1024 // 1024} MB.")

    @property
    def left(self) -> int:
        """How many more bytes may be read from it."""
        return self._left


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]


def names_in(data: bytes) -> frozenset[str]:
    """Return the names of the files in an archive, or none if it is not an archive. Never raises."""
    if not data.startswith(b"PK"):
        return frozenset()
    try:
        return frozenset(Archive(data).names)
    except ExchangeError:
        return frozenset()


def packed(files: dict[str, bytes]) -> bytes:
    """Return files as an archive that is always byte for byte the same."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return target.getvalue()
