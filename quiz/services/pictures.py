"""Pictures of a bank: their files, their pixels, and the program that opens them."""

from __future__ import annotations

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from quiz.banks.images import image_problem
from quiz.core.content.images import NO_WORDS
from quiz.core.content.item import Image

MOST_ACROSS: Final = 1600
"""The most pixels on a picture's longer side when it is drawn."""
_VIEWERS: Final = ("xdg-open", "open", "wslview")


def picture_file(bank_file: Path, image: Image) -> Path | None:
    """Return the file of a bank's picture, or None where it may not or cannot be shown."""
    folder = bank_file.resolve().parent
    return None if image_problem(folder, image) else folder / image.file


class PicturesIn:
    """The pictures in a folder and those below; nothing else is opened."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, address: str) -> bytes | None:
        """Return what a picture holds by its address from the folder, None where it may not be shown."""
        for name in dict.fromkeys((address, unquote(address))):
            image = Image(name.removeprefix("./"), NO_WORDS)
            if not image_problem(self._folder, image):
                return bytes_or_none(self._folder / image.file)
        return None


def bytes_or_none(path: Path) -> bytes | None:
    """Return what a file holds, None where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def can_draw_pictures() -> bool:
    """Return whether the library that draws pictures is installed."""
    return find_spec("textual_image") is not None


def read_picture(path: Path) -> Any:
    """Return a picture's pixels, reduced to what a terminal can show, or None where it cannot be read."""
    from PIL import Image as Pixels

    try:
        with Pixels.open(path, formats=("PNG", "JPEG", "WEBP", "GIF")) as picture:
            picture.thumbnail((MOST_ACROSS, MOST_ACROSS))
            return picture.convert("RGBA")
    except (OSError, ValueError, Pixels.DecompressionBombError):
        return None


def viewer_command(path: Path) -> list[str]:
    """Return the command that opens a picture in the system's viewer, or an empty list."""
    if sys.platform == "win32":
        return ["explorer", str(path)]
    found = next((viewer for viewer in _VIEWERS if shutil.which(viewer)), "")
    return [found, str(path)] if found else []


def open_in_viewer(path: Path) -> bool:
    """Open a picture in the system's viewer, and return whether there is one."""
    import subprocess

    command = viewer_command(path)
    if not command:
        return False
    quiet = subprocess.DEVNULL
    try:
        subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)  # noqa: S603 - a file of a known kind
    except OSError:
        return False
    return True
