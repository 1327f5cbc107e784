"""The process that looks for cards: it takes a JPEG on standard input, and prints what it saw as JSON."""

from __future__ import annotations

import json
import sys

from quiz.services.drill.card_vision import seen_cards

MOST_FULL = 16_000_000
"""The most pixels that are looked at; a larger photograph is reduced to half its width and height."""


def main() -> int:
    """Print the numbers of the cards in the photograph, and by how many degrees each is turned clockwise."""
    import cv2
    import numpy as np

    grey = cv2.imdecode(np.frombuffer(sys.stdin.buffer.read(), np.uint8), cv2.IMREAD_GRAYSCALE)
    if grey is None:
        return 1
    if grey.size > MOST_FULL:
        grey = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    sys.stdout.write(json.dumps(seen_cards(grey)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
