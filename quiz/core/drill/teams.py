"""Teams: each has a colour, a symbol and a key of its own, so that none rests on colour alone."""

from __future__ import annotations

from typing import NamedTuple


class Team(NamedTuple):
    """A group that scores together."""

    id: str
    colour: str
    """The colour's name, which is the team's name as well."""
    symbol: str
    key: str
    """The key it buzzes with."""


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
"""All teams there can be. Their keys lie far apart, and none of them is a key of the teacher's."""
FEWEST, MOST = 2, len(TEAMS)
BY_ID: dict[str, Team] = {team.id: team for team in TEAMS}
