"""Finding the markers of cards in a grey picture, with OpenCV.

Dark spots are sought at several scales and thresholds, since cards are near and far and unevenly lit. Four
straight sides are laid around the hull of each, which closes what a thumb takes out of a border. What lies
inside is a marker if its cells are those of one, but for a single cell at most.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from quiz.core.drill.card_markers import CELLS, LETTERS, MOST_CARDS, SeenCard, marker

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

_BLUR = 0.8
"""The blur that takes the noise out, in pixels."""
_WINDOWS = ((1, 25), (1, 61), (2, 71))
"""By how much the picture is reduced, and how wide a pixel's surroundings are, in pixels."""
_DARK_SHARES = (0.85, 0.65, 0.45)
"""What is darker than this share of the mean around it may be ink."""
_LEAST_SIDE = 13
"""The shortest side of a marker, in pixels."""
_MOST_SLANTED = 4
"""By how much a side may look longer than another."""
_LEAST_FILLED = 0.85
"""The share of the four sides' area that the hull takes up, at least."""
_AROUND = CELLS + 4
"""How many cells in a row are looked at: the marker's, its border's, and white paper around them."""
_SAMPLES = (0.3, 0.5, 0.7)
"""Where in a cell its light is measured, across and down."""
_LEAST_CONTRAST = 14.0
"""By how much the paper is lighter than the ink, at least, of 255."""
_THRESHOLD = 0.4
"""Where white begins, between the ink and the paper."""
_LEAST_FLAT = 0.58
"""The least ratio of a marker's singular values: that of a card slanted by 54°."""
_MOST_WRONG_IN_BORDER = 6
"""How many of the border's cells may look white: thumbs cover them."""
_MOST_WRONG_BESIDE_CELL = 1
"""How many of them may beside one wrong cell of the marker itself; more than one is never forgiven."""
_MOST_SPREAD = 0.4
"""By how much most of the black cells may differ, as a share of the contrast: ink is not shaded paper."""
_LEAST_WHITE = 0.6
"""The share of the cells around the border that are white, at least. Thumbs cover others."""


def seen_cards(grey: Array) -> list[SeenCard]:
    """Return the cards' markers in a picture of 8 bits, one as often as it was found."""
    import cv2
    import numpy as np

    smooth = cv2.GaussianBlur(grey, (0, 0), _BLUR)
    outlines = _outlines(smooth)
    if not outlines:
        return []
    reader = _CellReader()
    seen = []
    for outline, light in zip(outlines, _light_in(smooth, outlines), strict=True):
        if (found := reader.read(light)) is not None:
            number, quarters = found
            seen.append(SeenCard(number, _turned(np.roll(outline, -quarters, 0))))
    return seen


def _outlines(smooth: Array) -> list[Array]:
    """Return what may be markers, by four corners each, clockwise."""
    import cv2

    height, width = smooth.shape
    found: list[Array] = []
    for reduced, window in _WINDOWS:
        size = (max(1, width // reduced), max(1, height // reduced))
        picture = smooth if reduced == 1 else cv2.resize(smooth, size, interpolation=cv2.INTER_AREA)
        mean = cv2.blur(picture, (window, window))
        for share in _DARK_SHARES:
            dark = cv2.compare(picture, cv2.convertScaleAbs(mean, alpha=share), cv2.CMP_LT)
            found += [outline * reduced + (reduced - 1) / 2 for outline in _four_sided(dark)]
    return found


def _four_sided(dark: Array) -> Iterator[Array]:
    """Yield the corners of the spots that have four sides."""
    import cv2
    import numpy as np

    contours, _ = cv2.findContours(dark, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    for contour in contours:
        if len(contour) < len(LETTERS) * _LEAST_SIDE:
            continue
        hull = cv2.convexHull(contour)
        if len(hull) < len(LETTERS):
            continue
        corners = cv2.approxPolyN(hull, len(LETTERS)).reshape(-1, 2).astype(np.float32)
        if len(corners) != len(LETTERS):
            continue
        sides = np.linalg.norm(corners - np.roll(corners, 1, 0), axis=1)
        area = cv2.contourArea(corners, oriented=True)
        if (
            sides.min() >= _LEAST_SIDE
            and sides.max() <= _MOST_SLANTED * sides.min()
            and cv2.contourArea(hull) >= _LEAST_FILLED * abs(area)
        ):
            yield corners if area > 0 else np.ascontiguousarray(corners[::-1])


def _light_in(smooth: Array, outlines: list[Array]) -> Array:
    """Return the light of the cells in and around each outline, as outlines × rows × columns."""
    import cv2
    import numpy as np

    across = [cell + part for cell in range(-1, _AROUND - 1) for part in _SAMPLES]
    points = np.array([[(x, y) for y in across for x in across]], np.float32)
    side = _AROUND - 2
    square = np.array([(0, 0), (side, 0), (side, side), (0, side)], np.float32)
    places = [
        cv2.perspectiveTransform(points, cv2.getPerspectiveTransform(square, outline)) for outline in outlines
    ]
    most = 30_000  # cv2.remap takes fewer than 32,768 rows
    light = [
        cv2.remap(
            smooth,
            np.concatenate(places[k : k + most]),
            None,
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        for k in range(0, len(places), most)
    ]
    shape = (len(outlines), _AROUND, len(_SAMPLES), _AROUND, len(_SAMPLES))
    mean: Array = np.concatenate(light).reshape(shape).astype(np.float32).mean((2, 4))
    return mean


class _CellReader:
    """Tells markers by the light of their cells."""

    def __init__(self) -> None:
        import numpy as np

        self._median, self._percentile = np.median, np.percentile
        bits = np.array([marker(number) for number in range(1, MOST_CARDS + 1)])
        turned = [np.rot90(bits, -quarters, (1, 2)) for quarters in range(len(LETTERS))]
        self._markers = np.stack(turned, 1).reshape(-1, CELLS * CELLS)
        """The markers, each turned clockwise by no, one, two and three quarters."""
        with_border = np.pad(self._markers.reshape(-1, CELLS, CELLS), ((0, 0), (1, 1), (1, 1)))
        self._is_black = ~with_border
        """Where ink is, of each of the markers and its border."""
        self._around: Array = np.ones((_AROUND, _AROUND), bool)
        self._around[1:-1, 1:-1] = False
        self._border = ~self._around
        self._border[2:-2, 2:-2] = False

    def read(self, light: Array) -> tuple[int, int] | None:
        """Return a marker's number and by how many quarters it is turned clockwise, or None."""
        white, black = self._median(light[self._around]), self._median(light[self._border])
        if white - black < _LEAST_CONTRAST:
            return None
        is_white = light > black + _THRESHOLD * (white - black)
        wrong_in_border = is_white[self._border].sum()
        if is_white[self._around].mean() < _LEAST_WHITE or wrong_in_border > _MOST_WRONG_IN_BORDER:
            return None
        wrong = (self._markers != is_white[2:-2, 2:-2].reshape(-1)).sum(1)
        likest = int(wrong.argmin())
        if wrong[likest] > (1 if wrong_in_border <= _MOST_WRONG_BESIDE_CELL else 0):
            return None
        darkest, lightest = self._percentile(light[1:-1, 1:-1][self._is_black[likest]], (20, 80))
        if lightest - darkest > _MOST_SPREAD * (white - black):
            return None
        number, quarters = divmod(likest, len(LETTERS))
        return number + 1, quarters


def _turned(corners: Array) -> float | None:
    """Return by how many degrees a marker is turned clockwise, from its corners, its own top left first.

    It is the rotation in the polar decomposition of the marker's affine map. None is for a marker so slanted
    that this may be 15° off.
    """
    right_x, right_y = map(float, corners[1] + corners[2] - corners[0] - corners[3])
    down_x, down_y = map(float, corners[2] + corners[3] - corners[0] - corners[1])
    turning = math.hypot(right_x + down_y, right_y - down_x)
    slanting = math.hypot(right_x - down_y, right_y + down_x)
    if turning - slanting < _LEAST_FLAT * (turning + slanting):
        return None
    return math.degrees(math.atan2(right_y - down_x, right_x + down_y))
