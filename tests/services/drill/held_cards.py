"""A class that holds up cards: who sits where, and how each card is held."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from random import Random

from quiz.core.drill.card_markers import LETTERS

SKINS = (60, 84, 134, 172)
"""How light the skin of thumbs is, of 255."""


@dataclass(frozen=True)
class Thumb:
    """A thumb on a card, in millimetres."""

    side: int
    """-1 for the left edge of the card as it is held, 1 for the right."""
    height: float
    """How far below the card's middle it lies."""
    reach: float
    """How far it reaches over the edge."""
    width: float
    slope: float
    skin: int


@dataclass(frozen=True)
class HeldCard:
    """A card and how it is held: metres and degrees, as the camera sees them."""

    number: int
    letter: str
    x: float
    y: float
    z: float
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    """How far the letter is turned clockwise from upright."""
    bend: float = 0.0
    """The curvature of the paper, 1/m."""
    thumbs: tuple[Thumb, ...] = ()
    light: float = 1.0
    slope: tuple[float, float] = (0.0, 0.0)
    """How much lighter the right and the lower edge are than the left and the upper one, as a share."""
    shadow: tuple[float, float] | None = None
    """Where a shadow's edge crosses the card: an angle, and how far from the middle."""
    cells: tuple[tuple[bool, ...], ...] = ()
    """The marker, if it is not the number's own."""


def classroom(seed: int, pupils: int = 25) -> tuple[HeldCard, ...]:
    """Return a class in rows of five from 2 to 9 m, each pupil with a letter of their own."""
    rng = Random(seed)
    held = []
    for number in range(1, pupils + 1):
        row, seat = divmod(number - 1, 5)
        z = 2.1 + row * 1.7 + rng.uniform(-0.1, 0.1)
        x = (seat - 2) * min(0.58 + 0.1 * row, 0.95) + rng.uniform(-0.05, 0.05)
        y = (0.5, 0.1, -0.35, -0.85, -1.5)[row] + rng.uniform(-0.04, 0.04)
        held.append(HeldCard(number, rng.choice(LETTERS), x, y, z))
    return tuple(held)


def held_somehow(card: HeldCard, camera: float, rng: Random) -> HeldCard:
    """Return a card as its pupil happens to hold it, for a camera turned by some degrees."""
    skin = rng.choice(SKINS)
    sides = (-1, 1) if rng.random() < 0.7 else (rng.choice((-1, 1)),)
    return replace(
        card,
        x=card.x + rng.uniform(-0.03, 0.03),
        y=card.y + rng.uniform(-0.03, 0.03),
        yaw=rng.triangular(-40, 40, 0),
        pitch=rng.triangular(-35, 35, 0),
        roll=max(-25.0, min(25.0, rng.gauss(camera, 9))),
        bend=rng.triangular(-2.0, 2.0, 0),
        thumbs=tuple(
            Thumb(
                side,
                rng.uniform(-60, 60),
                rng.triangular(8, 42, 20),
                rng.uniform(16, 21),
                rng.uniform(0, 0.8),
                skin,
            )
            for side in sides
        ),
        light=rng.uniform(0.55, 1.1),
        slope=(rng.uniform(-0.4, 0.4), rng.uniform(-0.4, 0.4)),
        shadow=(rng.uniform(0, 2 * math.pi), rng.uniform(-0.3, 0.3)) if rng.random() < 0.25 else None,
    )
