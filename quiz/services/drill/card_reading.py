"""Reading the cards that a class holds up from a photograph.

The photograph is decoded in memory, in a process of its own that a thread waits for, so that what a decoder
prints, breaks or takes up does not reach the drill; it is never stored.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

from quiz.core.drill.card_markers import CardReadings, SeenCard, readings_of
from quiz.errors import ExchangeError
from quiz.paths import expanded

MOST_BYTES = 8 * 1024 * 1024
"""The largest photograph that a phone may send."""
MOST_BYTES_IN_FILE = 32_000_000
"""The largest photograph that is read from a file."""
MOST_PIXELS = 64_000_000
MOST_SECONDS = 30
"""How long reading a photograph may take."""
_JPEG = b"\xff\xd8\xff"
"""How a JPEG begins."""


def can_read_cards() -> bool:
    """Return whether what cards are read with is installed."""
    return importlib.util.find_spec("cv2") is not None


def require_card_reading() -> None:
    """Raise an ExchangeError with the command to install what cards are read with, if it is missing."""
    if not can_read_cards():
        raise ExchangeError(
            "Reading cards needs a library that is not installed.",
            "Install it: pip install 'quizterm[cards]'",
        )


def read_cards(jpeg: bytes, expected: Collection[int], most_bytes: int = MOST_BYTES) -> CardReadings:
    """Return what the cards of the expected numbers say in a photograph, which must be the right way up.

    This takes a second or so: call it in a thread.

    Raises:
        ExchangeError: it is no JPEG, too large, or broken, or OpenCV is not installed.
    """
    require_card_reading()
    if len(jpeg) > most_bytes:
        raise ExchangeError("The photograph is too large.", "Take it with 12 megapixels.")
    if not jpeg.startswith(_JPEG):
        raise ExchangeError("The photograph is not a JPEG.", "Let the phone save photographs as JPEG.")
    return readings_of(_seen_in(jpeg), expected)


def read_cards_in(path: Path, expected: Collection[int]) -> CardReadings:
    """Return what `read_cards` does for a photograph in a file.

    Raises ExchangeError as it does, and where the file cannot be read.
    """
    try:
        with expanded(path).open("rb") as file:
            jpeg = file.read(MOST_BYTES_IN_FILE + 1)
    except OSError as error:
        raise ExchangeError(f"{path} cannot be read: {error.strerror}.", "Check its name.") from error
    return read_cards(jpeg, expected, MOST_BYTES_IN_FILE)


def _seen_in(jpeg: bytes) -> list[SeenCard]:
    # -P: no module is imported from the current folder
    command = [sys.executable, "-P", "-m", "quiz.services.drill.card_process"]
    environment = {**os.environ, "OPENCV_IO_MAX_IMAGE_PIXELS": str(MOST_PIXELS)}
    try:
        ran = subprocess.run(  # noqa: S603 - a module of ours
            command, input=jpeg, capture_output=True, timeout=MOST_SECONDS, env=environment, check=True
        )
        return [SeenCard(*told) for told in json.loads(ran.stdout)]
    except (OSError, ValueError, TypeError, subprocess.SubprocessError) as error:
        raise ExchangeError("The photograph cannot be read.", "Take another, with 12 megapixels.") from error
