"""Photographs of a class that holds up cards, made by calculation.

The camera is a phone's: 4,000 × 3,000 pixels, 70° wide, so that a marker of 15 cm is 214 pixels wide at 2 m
and 48 at 9 m. Cards are tilted, turned, bent, held by thumbs that reach over the margin, lit unevenly and
crossed by shadows. The picture is blurred, shaken, noisy, and compressed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from quiz.core.drill.card_markers import LETTERS, marker
from tests.services.drill.held_cards import SKINS, HeldCard, Thumb, held_somehow

Picture = NDArray[np.uint8]
Floats = NDArray[np.float32]

FIELD_DEGREES = 70.0
"""How wide the camera sees."""
WIDTH, HEIGHT = 4000, 3000
CARD_MM, MARKER_MM = (210.0, 297.0), 150.0
DOTS_PER_MM = 4
INK, PAPER = 22, 225
FINER = 3
"""How many samples across and down make a pixel."""


@dataclass(frozen=True)
class Shot:
    """How a photograph is taken."""

    seed: int
    cards: tuple[HeldCard, ...] = field(repr=False)
    blur: float = 0.8
    """The lens's blur, in pixels."""
    shake: float = 2.0
    """How far the camera moves meanwhile, in pixels."""
    noise: float = 4.0
    veil: float = 8.0
    """Light scattered in the lens, of 255."""
    window: float = 1.0
    """How much lighter it is beside the windows than at the other side."""
    quality: int = 88
    width: int = WIDTH
    height: int = HEIGHT
    clutter: int = 200


def photograph(shot: Shot) -> bytes:
    """Return the photograph as a JPEG."""
    rng = Random(shot.seed)
    picture = _room(shot, rng)
    for card in sorted(shot.cards, key=lambda card: -card.z):
        _seat(picture, card, shot, rng)
        _hold(picture, card, shot)
    exposed = _exposed(picture, shot, rng)
    return cv2.imencode(".jpg", exposed, [cv2.IMWRITE_JPEG_QUALITY, shot.quality])[1].tobytes()


def letter_seen(card: HeldCard, shot: Shot) -> str:
    """Return the letter of the edge that is highest in the picture."""
    edges = np.array([(0, -0.1), (0.1, 0), (0, 0.1), (-0.1, 0)], np.float32)
    highest = int(_projected(card, edges, shot)[:, 1].argmin())
    return LETTERS[(LETTERS.index(card.letter) + highest) % len(LETTERS)]


def sheet_of(card: HeldCard) -> Picture:
    """Return a card's printed side as it is held, the letter upright, with thumbs."""
    wide, high = (round(side * DOTS_PER_MM) for side in CARD_MM)
    sheet = np.full((high, wide), PAPER, np.uint8)
    cells = card.cells or marker(card.number)
    bits = np.zeros((len(cells) + 2, len(cells) + 2), np.uint8)
    bits[1:-1, 1:-1] = np.array(cells, np.uint8)
    side = round(MARKER_MM * DOTS_PER_MM)
    square = cv2.resize(bits, (side, side), interpolation=cv2.INTER_NEAREST)
    left, top = (wide - side) // 2, (high - side) // 2
    sheet[top : top + side, left : left + side] = np.where(square, PAPER, INK)
    for letter in LETTERS:
        cv2.putText(sheet, letter, (sheet.shape[1] // 2 - 8, 44), cv2.FONT_HERSHEY_SIMPLEX, 0.6, 90, 2)
        sheet = np.ascontiguousarray(np.rot90(sheet))
    cv2.putText(sheet, str(card.number), (40, high - 40), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3)
    held = np.ascontiguousarray(np.rot90(sheet, LETTERS.index(card.letter)))
    for thumb in card.thumbs:
        _draw_thumb(held, thumb)
    return held


def _draw_thumb(sheet: Picture, thumb: Thumb) -> None:
    high, wide = sheet.shape
    edge = wide / 2 * (1 + thumb.side)
    tip = (
        round(edge - thumb.side * (thumb.reach - thumb.width / 2) * DOTS_PER_MM),
        round(high / 2 + thumb.height * DOTS_PER_MM),
    )
    start = (round(edge + thumb.side * 40 * DOTS_PER_MM), round(tip[1] + thumb.slope * 50 * DOTS_PER_MM))
    thick = round(thumb.width * DOTS_PER_MM)
    cv2.line(sheet, start, (tip[0], tip[1] + 6), thumb.skin * 7 // 10, thick + 8, cv2.LINE_AA)
    cv2.line(sheet, start, tip, thumb.skin, thick, cv2.LINE_AA)


def _room(shot: Shot, rng: Random) -> Picture:
    """Return a classroom without cards: a wall, windows, posters, puzzles, cables, edges of all kinds."""
    wide, high, scale = shot.width, shot.height, shot.width / WIDTH
    picture = np.empty((high, wide), np.uint8)
    picture[:] = np.linspace(150, 105, high).astype(np.uint8)[:, None]
    for _ in range(3):
        x, y = rng.randrange(wide // 3), rng.randrange(high // 3)
        corner = (x + wide // 8, y + high // 4)
        cv2.rectangle(picture, (x, y), corner, 250, -1)
        cv2.rectangle(picture, (x, y), corner, 60, max(1, round(14 * scale)))
    for _ in range(shot.clutter):
        x, y, size = rng.randrange(wide), rng.randrange(high), round(rng.uniform(20, 400) * scale) + 2
        shade = rng.randrange(20, 240)
        match rng.randrange(5):
            case 0:
                box = cv2.boxPoints(((x, y), (size, size * rng.uniform(0.4, 1.6)), rng.uniform(0, 90)))
                cv2.fillPoly(picture, [box.astype(np.int32)], shade, cv2.LINE_AA)
            case 1:
                _draw_puzzle(picture, x, y, size, rng)
            case 2:
                turned = rng.uniform(0, 180)
                cv2.ellipse(picture, (x, y), (size // 2, size // 3), turned, 0, 360, shade, -1, cv2.LINE_AA)
            case 3:
                words = rng.choice(("Lunch", "3 + 4 = 7", "QUIET!", "Room 12"))
                cv2.putText(picture, words, (x, y), 0, size / 90, shade, max(1, size // 40), cv2.LINE_AA)
            case _:
                end = (x + rng.randint(-size, size), y + rng.randint(-size, size))
                cv2.line(picture, (x, y), end, shade, max(1, size // 30), cv2.LINE_AA)
    return picture


def _draw_puzzle(picture: Picture, x: int, y: int, size: int, rng: Random) -> None:
    """Draw squares that are dark or light at random."""
    cells = np.array([[rng.random() < 0.5 for _ in range(7)] for _ in range(7)], np.uint8)
    drawn = cv2.resize(cells, (size, size), interpolation=cv2.INTER_NEAREST)
    place = picture[y : y + size, x : x + size]
    dark, light = rng.randrange(10, 90), rng.randrange(150, 240)
    place[:] = np.where(drawn[: place.shape[0], : place.shape[1]], light, dark)


def _seat(picture: Picture, card: HeldCard, shot: Shot, rng: Random) -> None:
    """Draw who holds a card: a head and a striped or plain shirt."""
    focal, shade = _focal(shot), rng.randrange(20, 230)
    x, y = round(shot.width / 2 + focal * card.x / card.z), round(shot.height / 2 + focal * card.y / card.z)
    metre = focal / card.z
    low, half = y + round(0.42 * metre), round(0.22 * metre)
    cv2.rectangle(picture, (x - half, low), (x + half, y + round(0.9 * metre)), shade, -1)
    for stripe in range(rng.choice((0, 9))):
        line = low + round(stripe * 0.05 * metre)
        cv2.line(picture, (x - half, line), (x + half, line), 255 - shade, max(1, round(0.02 * metre)))
    axes = (max(1, round(0.085 * metre)), max(1, round(0.12 * metre)))
    cv2.ellipse(picture, (x, y + round(0.28 * metre)), axes, 0, 0, 360, rng.choice(SKINS), -1, cv2.LINE_AA)


def _hold(picture: Picture, card: HeldCard, shot: Shot) -> None:
    """Draw a card into the picture."""
    sheet = sheet_of(card)
    high, wide = sheet.shape
    size = np.array([wide, high], np.float32) / (DOTS_PER_MM * 1000)
    grid = np.array([(u, v) for u in (-0.5, 0, 0.5) for v in (-0.5, 0, 0.5)], np.float32) * size
    points = _projected(card, grid, shot)
    left, top = np.maximum(np.floor(points.min(0)).astype(int) - 3, 0)
    right, bottom = np.minimum(np.ceil(points.max(0)).astype(int) + 4, (shot.width, shot.height))
    if right <= left or bottom <= top:
        return
    shrunk = min(1.0, max(0.05, 1.4 * FINER * float(np.ptp(points, 0).max()) / max(wide, high)))
    sheet = cv2.resize(sheet, None, fx=shrunk, fy=shrunk, interpolation=cv2.INTER_AREA)
    columns, rows = int(right - left) * FINER, int(bottom - top) * FINER
    seen = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), -1).reshape(-1, 2)
    seen = ((seen + 0.5) / FINER + (left, top) - 0.5).astype(np.float32)
    share = _on_card(card, seen, size, shot) / size
    there = ((share + 0.5) * sheet.shape[::-1] - 0.5).astype(np.float32).reshape(rows, columns, 2)
    drawn = cv2.remap(sheet, there, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    lit = np.clip(drawn.reshape(-1) * _light(card, share), 0, 255)
    covers = (np.abs(share) <= 0.5).all(1).astype(np.float32)
    both = np.stack([lit * covers, covers], 1).astype(np.float32).reshape(rows, columns, 2)
    both = cv2.resize(both, (columns // FINER, rows // FINER), interpolation=cv2.INTER_AREA)
    place = picture[top:bottom, left:right]
    place[:] = np.clip(both[..., 0] + place * (1 - both[..., 1]), 0, 255).astype(np.uint8)


def _on_card(card: HeldCard, seen: Floats, size: Floats, shot: Shot) -> Floats:
    """Return the points on a card that are seen at some points of the picture."""
    corners = np.array([(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)], np.float32) * size
    back = cv2.getPerspectiveTransform(_projected(replace(card, bend=0.0), corners, shot), corners)
    flat = cv2.perspectiveTransform(seen[None], back)[0]
    found = flat.copy()
    for _ in range(4 if card.bend else 0):
        found += flat - cv2.perspectiveTransform(_projected(card, found, shot)[None], back)[0]
    return found


def _light(card: HeldCard, share: Floats) -> Floats:
    light = card.light * (1 + share @ np.array(card.slope, np.float32))
    if card.shadow:
        angle, where = card.shadow
        across = share[:, 0] * math.cos(angle) + share[:, 1] * math.sin(angle)
        light = np.where(across > where, light, light * 0.45)
    return light.astype(np.float32)


def _projected(card: HeldCard, points: Floats, shot: Shot) -> Floats:
    """Return where points on a card, in metres from its middle, are in the picture."""
    roll, yaw, pitch = (math.radians(angle) for angle in (card.roll, card.yaw, card.pitch))
    x, y = points[:, 0].astype(np.float64), points[:, 1].astype(np.float64)
    z = card.bend / 2 * x * x
    x, y = x * math.cos(roll) - y * math.sin(roll), x * math.sin(roll) + y * math.cos(roll)
    y, z = y * math.cos(pitch) - z * math.sin(pitch), y * math.sin(pitch) + z * math.cos(pitch)
    x, z = x * math.cos(yaw) + z * math.sin(yaw), -x * math.sin(yaw) + z * math.cos(yaw)
    x, y, z = x + card.x, y + card.y, z + card.z
    focal = _focal(shot)
    return np.stack([shot.width / 2 + focal * x / z, shot.height / 2 + focal * y / z], 1).astype(np.float32)


def _focal(shot: Shot) -> float:
    """Return the focal length in pixels."""
    return shot.width / 2 / math.tan(math.radians(FIELD_DEGREES / 2))


def _exposed(picture: Picture, shot: Shot, rng: Random) -> Picture:
    """Return the picture as a sensor has it."""
    across = np.linspace(1.0, 1.0 / shot.window, shot.width, dtype=np.float32)
    lit = cv2.GaussianBlur(picture, (0, 0), shot.blur)
    if shot.shake >= 1:
        lit = cv2.filter2D(lit, -1, _path(shot.shake, rng.uniform(0, math.pi)))
    noise = np.random.default_rng(shot.seed)
    for top in range(0, shot.height, 500):
        band = lit[top : top + 500] * across + shot.veil
        grain = noise.standard_normal(band.shape, np.float32) * (shot.noise * np.sqrt(0.25 + band / 170))
        lit[top : top + 500] = np.clip(band + grain, 0, 255)
    return lit


def _path(length: float, angle: float) -> Floats:
    """Return the kernel of a straight move of the camera by so many pixels."""
    size, fine = 2 * math.ceil(length / 2) + 3, 8
    kernel = np.zeros((size * fine, size * fine), np.float32)
    middle, half = size * fine / 2, length * fine / 2
    start, end = (
        (round(middle + sign * half * math.cos(angle)), round(middle + sign * half * math.sin(angle)))
        for sign in (-1, 1)
    )
    cv2.line(kernel, start, end, 1.0, fine)
    kernel = cv2.resize(kernel, (size, size), interpolation=cv2.INTER_AREA)
    return kernel / kernel.sum()


def moment(cards: tuple[HeldCard, ...], seed: int) -> Shot:
    """Return a photograph of a class at some moment: the same letters, all else as it happens."""
    rng = Random(seed)
    camera = rng.gauss(0, 2)
    shown = tuple(held_somehow(card, camera, rng) for card in cards)
    return Shot(
        seed,
        shown,
        blur=rng.uniform(0.6, 2.0),
        shake=rng.triangular(0, 7, 2),
        noise=rng.uniform(2, 12),
        veil=rng.uniform(2, 25),
        window=rng.uniform(1.2, 3.0),
        quality=rng.randint(75, 92),
    )
