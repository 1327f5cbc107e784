"""Teams. Each has its own colour, symbol and key, so that nothing depends on colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import NamedTuple


class Team(NamedTuple):
    """A group that scores together."""

    id: str
    colour: str
    """The name of the colour, which is also the team's name."""
    symbol: str
    key: str
    """The key that the team buzzes with."""


TEAMS: tuple[Team, ...] = (
    Team("team-1", "Blue", "●", "a"),
    Team("team-2", "Orange", "▲", "l"),
    Team("team-3", "Green", "■", "t"),
    Team("team-4", "Purple", "◆", "v"),
    Team("team-5", "Yellow", "★", "w"),
    Team("team-6", "Sky", "✚", "o"),
    Team("team-7", "Red", "▼", "z"),
    Team("team-8", "Grey", "✱", "m"),
)
"""All possible teams. Their keys lie far apart, and none of them is one of the teacher's keys."""
FEWEST, MOST = 2, len(TEAMS)
BY_ID: dict[str, Team] = {team.id: team for team in TEAMS}


def dealt(pupils: Iterable[str], teams: Sequence[str], seed: int) -> dict[str, tuple[str, ...]]:
    """Deal pupils to teams at random. No team has more than one pupil more than another."""
    order = list(pupils)
    Random(f"{seed}/teams").shuffle(order)
    return {team: tuple(order[place :: len(teams)]) for place, team in enumerate(teams)}


def smallest(members: Mapping[str, Sequence[str]], teams: Sequence[str]) -> str:
    """Return the team with the fewest members, the first of several."""
    return min(teams, key=lambda team: len(members.get(team, ())))
