"""Pictures beside a bank: whether a file may be shown, judged by its place and its first bytes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from quiz.core.content.diagnostics import Problem
from quiz.core.content.item import Image
from quiz.core.content.picture_header import extent_of
from quiz.private_files import opened_file

MOST_BYTES: Final = 8 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000


def image_problem(folder: Path, image: Image) -> Problem | None:
    """Return why a bank's picture cannot be shown, or None. `folder` is the bank's."""
    name = image.file
    if Path(name).is_absolute() or "\\" in name or ":" in name or ".." in name.split("/"):
        return Problem(
            "foreign-image", f"“{name}” leads out of the bank's folder.", (),
            "Put the file beside the bank or below, and name it from there.",
        )  # fmt: skip
    try:
        home, path = folder.resolve(), (folder / name).resolve()
        if not path.is_relative_to(home):
            return Problem(
                "foreign-image", f"“{name}” is a link that leads out of the bank's folder.", (),
                "Put the file itself there.",
            )  # fmt: skip
        data, size = _beginning_of(path)
    except (OSError, RuntimeError, ValueError):
        return Problem(
            "missing-image", f"There is no readable file “{name}”.", (), "Check its name and place."
        )
    if size > MOST_BYTES:
        help = "Make it smaller; a screen shows no more."  # noqa: A001
        return Problem("large-image", f"“{name}” is larger than {MOST_BYTES // 1024 // 1024} MB.", (), help)
    extent = extent_of(data)
    if extent is None or not all(extent):
        return Problem(
            "broken-image",
            f"“{name}” is not a PNG, JPEG, WebP or GIF.",
            (),
            "Save it in one of these formats.",
        )
    if extent[0] * extent[1] > MOST_PIXELS:
        help = "Make it smaller; a screen shows no more."  # noqa: A001
        return Problem("large-image", f"“{name}” has {extent[0]:,} × {extent[1]:,} pixels.", (), help)
    return None


def _beginning_of(path: Path) -> tuple[bytes, int]:
    """Return the start of a regular file, where its header is, and its size in bytes. Raises OSError."""
    with opened_file(path) as file:
        size = os.fstat(file.fileno()).st_size
        return file.read(MOST_BYTES if size <= MOST_BYTES else 64), size
