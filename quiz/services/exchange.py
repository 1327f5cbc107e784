"""Importing foreign files into banks and exporting banks, for the command line and the app alike."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import msgspec

from quiz import paths
from quiz.core.content.bank import Bank
from quiz.core.content.images import with_files
from quiz.core.content.item import Id
from quiz.errors import BankError, ExchangeError, UsageError
from quiz.exchange.declaration import ForeignFile, Format, Imported
from quiz.exchange.formats import all_formats, recognised
from quiz.exchange.picture_shelf import nothing_beside
from quiz.private_files import write_over
from quiz.services.pictures import PicturesIn

MOST_BYTES: Final = 200 * 1024 * 1024
"""The largest file that is read, in bytes."""
MOST_FILES: Final = 100_000
"""The largest number of files in a folder."""


class Reading(NamedTuple):
    """The content of a foreign file."""

    source: str
    """The name of its source, for messages."""
    format: Format
    imported: Imported


class ImportOutcome(NamedTuple):
    """What an import does, or would do, to a bank file."""

    path: Path
    bank: str
    is_new: bool
    """Whether the file is new."""
    added: tuple[str, ...] = ()
    """The ids of new items."""
    changed: tuple[str, ...] = ()
    """The ids of items replaced by a newer version."""
    kept: tuple[str, ...] = ()
    """The ids of items edited here, whose newer version was left out."""
    gone: tuple[str, ...] = ()
    """The ids of items that the source no longer has; they stay."""
    reviews: int = 0
    """How many answers were put on record."""
    pictures: int = 0
    """How many pictures lie beside it, or will."""


def format_named(name: str, *, to_write: bool) -> Format:
    """Return a format by its name.

    Raises:
        UsageError: there is none of this name that can be read, or written.
    """
    able = {known: form for known, form in all_formats().items() if (form.write if to_write else form.read)}
    if name not in able:
        verb = "written" if to_write else "read"
        raise UsageError(f"There is no format “{name}” that can be {verb}.", f"There are: {', '.join(able)}.")
    return able[name]


def files_of(path: Path) -> list[Path]:
    """Return a file as it is, or all visible files in a folder and its subfolders, sorted.

    Raises:
        UsageError: there is no such file, or the folder holds none or too many.
    """
    if paths.on_disk(path.is_file):
        return [path]
    if not paths.on_disk(path.is_dir):
        raise UsageError(f"There is no file or folder “{path}”.", "Check its name.")
    found: list[Path] = []
    for folder, inner, files in os.walk(path):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        found += [Path(folder) / name for name in sorted(files) if not name.startswith(".")]
        if len(found) > MOST_FILES:
            raise UsageError(f"“{path}” holds more than {MOST_FILES:,} files.", "Name the files.")
    if not found:
        raise UsageError(f"“{path}” holds no files.", "Name a file, or another folder.")
    return found


def read_foreign(path: Path, form: Format | None = None) -> Reading:
    """Read a foreign file, in the given format or the one that its content shows.

    Raises:
        ExchangeError: it cannot be read, is too large, or is in no format that is known.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ExchangeError(f"{path} is larger than {MOST_BYTES // 1024 // 1024} MB.", "Split it.")
        data = path.read_bytes()
    except OSError as error:
        raise ExchangeError(f"{path} cannot be read: {error.strerror or error}.") from error
    return read_bytes(data, path.name, str(path), form, PicturesIn(path.parent))


def read_bytes(
    data: bytes,
    name: str,
    shown: str,
    form: Format | None = None,
    beside: Callable[[str], bytes | None] = nothing_beside,
) -> Reading:
    """Read the bytes of a foreign file with a name; `shown` is what reports call it.

    `beside` returns what pictures beside it hold.

    Raises:
        ExchangeError: it cannot be read, or is in no format that is known.
    """
    if len(data) > MOST_BYTES:
        raise ExchangeError(f"{shown} is larger than {MOST_BYTES // 1024 // 1024} MB.", "Split it.")
    source = ForeignFile(name, data, beside)
    form = form or recognised(source)
    if form is None or form.read is None:
        readable = ", ".join(known for known, each in all_formats().items() if each.read)
        raise ExchangeError(f"{shown} is in no format that is known here.", f"Known: {readable}.")
    try:
        imported = form.read(source)
    except ExchangeError as error:
        raise ExchangeError(f"{shown} cannot be read. {error.message}", error.help) from error
    if source.decoded.is_guessed and not data.startswith(b"PK"):
        remark = f"Its encoding had to be guessed: it was read as {source.decoded.encoding}."
        imported = replace(imported, remarks=(*imported.remarks, remark))
    return Reading(shown, form, imported)


def titled(imported: Imported, bank_id: str = "", title: str = "") -> Bank:
    """Return the imported bank, with another id and title where they are given.

    Raises:
        ExchangeError: not one question came through.
        UsageError: the id is none.
    """
    if imported.bank is None:
        raise ExchangeError("None of its questions could be read.")
    bank = msgspec.structs.replace(imported.bank, title=title or imported.bank.title)
    if bank_id:
        try:
            bank = msgspec.structs.replace(bank, bank=msgspec.convert(bank_id, Id))
        except msgspec.ValidationError as error:
            raise UsageError(
                f"“{bank_id}” cannot be a bank's id.", "Use lower-case letters, digits and hyphens."
            ) from error
    return bank


def put_away(
    bank: Bank,
    path: Path | None = None,
    *,
    media: Mapping[str, bytes] = MappingProxyType({}),
    prefer_theirs: bool = False,
    is_dry: bool = False,
) -> ImportOutcome:
    """Write an imported bank to its file, or update the file that is there.

    Without a path the file lies in the folder of the person's own banks, under the bank's id. Its pictures
    lie in a folder beside it. `is_dry` only says what would happen.

    Raises:
        BankError: the existing file is not a bank, holds another bank, or cannot be written.
    """
    from quiz.banks.update import remark_of, updated
    from quiz.banks.writer import bank_text

    is_named = path is not None
    path = path or paths.user_banks_dir() / f"{bank.bank}.yaml"
    folder = f"{path.stem}-media"
    bank = with_files(bank, lambda name: f"{folder}/{name}" if name in media else name)
    before = _bytes_at(path)
    if before is None:
        text = bank_text(bank, {item.id: remark_of(item) for item in bank.items})
        if not is_dry:
            _write_media(path.parent / folder, media)
            _write(path, text.encode())
        return ImportOutcome(path, bank.bank, is_new=True, added=tuple(bank.by_id), pictures=len(media))
    ours = _bank_in(before, path)
    if not is_named and not set(ours.by_id) & set(bank.by_id):
        raise BankError(
            f"{path} holds another bank.", "Name another file with --to, or another id with --bank."
        )
    update = updated(before, str(path), bank, prefer_theirs=prefer_theirs)
    if not is_dry:
        named = {name: data for name, data in media.items() if f"{folder}/{name}".encode() in update.data}
        _write_media(path.parent / folder, named)
        if update.data != before:
            _write(path, update.data)
    return ImportOutcome(path, ours.bank, False, update.added, update.changed, update.kept, update.gone)


def _bytes_at(path: Path) -> bytes | None:
    from quiz.banks.file_bytes import bytes_of

    try:
        return bytes_of(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BankError(f"{path} cannot be read: {error.strerror or error}.") from error


def _bank_in(data: bytes, path: Path) -> Bank:
    from quiz.banks.files import read_bank_text

    bank = read_bank_text(data, str(path)).bank
    if bank is None:
        raise BankError(
            f"{path} has errors, so nothing can be added to it.", f"“quiz check {path}” says more."
        )
    return bank


def _write(path: Path, data: bytes) -> None:
    """Write a file atomically. Raises BankError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_over(path, data, path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except OSError as error:
        raise BankError(f"{path} cannot be written: {error.strerror or error}.") from error


def _write_media(folder: Path, media: Mapping[str, bytes]) -> None:
    """Put pictures into a folder; those that are there already have the same name for what they hold."""
    for name, data in media.items():
        if _bytes_at(folder / name) != data:
            _write(folder / name, data)
