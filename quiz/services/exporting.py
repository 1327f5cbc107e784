"""Banks into foreign files, with their pictures, and all that is lost on the way."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from quiz import paths
from quiz.core.content.bank import Bank
from quiz.core.content.images import images_of
from quiz.errors import ExchangeError, UsageError
from quiz.exchange.declaration import Format, Loss, losses_of
from quiz.private_files import write_over
from quiz.services.pictures import PicturesIn, bytes_or_none


class Export(NamedTuple):
    """A bank in a foreign format."""

    data: bytes
    losses: tuple[Loss, ...]
    """All that is left out."""
    beside: Mapping[str, bytes] = {}
    """Pictures that lie beside the file, by their paths from there."""


def exported(bank: Bank, form: Format, folder: Path | None = None) -> Export:
    """Return a bank in a foreign format, with all that is lost on the way; `folder` holds its pictures.

    Raises:
        ExchangeError: nothing of the bank can be written in this format, or a library is missing.
    """
    if form.write is None or not any(item.kind in form.writes for item in bank.items):
        raise ExchangeError(f"{form.title} holds none of the kinds of items in the bank “{bank.bank}”.")
    media, missing = media_of(bank, folder)
    written = form.write(bank, media)
    left_out = {loss.item for loss in written.losses if "as a whole" in loss.what}
    if not any(item.kind in form.writes and item.id not in left_out for item in bank.items):
        raise ExchangeError(f"Not one item of the bank “{bank.bank}” fits into {form.title}.")
    return Export(written.data, (*losses_of(form, bank), *missing, *written.losses), written.beside)


def media_of(bank: Bank, folder: Path | None) -> tuple[dict[str, bytes], list[Loss]]:
    """Return what the pictures of a bank's items and stimuli hold, and which cannot be read."""
    media: dict[str, bytes] = {}
    missing: dict[str, Loss] = {}
    for (field, *_), image in images_of(bank):
        if field == "notes" or image.file in media:
            continue
        data = PicturesIn(folder)(image.file) if folder is not None else None
        if data is None:
            missing[image.file] = Loss("the bank", f"the picture {image.file}, which cannot be read")
        else:
            media[image.file] = data
    return media, list(missing.values())


def write_export(path: Path, export: Export) -> None:
    """Write an export to a new file, with its pictures beside.

    Raises:
        UsageError: there is a file already, or it cannot be written.
    """
    held = {path: export.data, **{path.parent / name: data for name, data in export.beside.items()}}
    for one, data in held.items():
        if paths.on_disk(one.exists) and (one == path or bytes_or_none(one) != data):
            raise UsageError(f"There is a file “{one}” already.", "Name another one, or move it away.")
    for one, data in held.items():
        try:
            write_over(one, data)
        except OSError as error:
            raise UsageError(f"“{one}” cannot be written: {error.strerror or error}.") from error
