"""Dealing a class to teams."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quiz.core.drill.teams import FEWEST, MOST, TEAMS, dealt, smallest
from quiz.core.drill.wall_words import GERMAN

NAMES = tuple(team.id for team in TEAMS)


@given(pupils=st.integers(0, 40), teams=st.integers(2, 8), seed=st.integers(0, 99))
def test_everybody_is_in_one_team_and_teams_are_as_equal_as_can_be(
    pupils: int, teams: int, seed: int
) -> None:
    listed = [f"p{k}" for k in range(pupils)]
    members = dealt(listed, NAMES[:teams], seed)
    assert sorted(pupil for team in members.values() for pupil in team) == sorted(listed)
    sizes = [len(members[team]) for team in NAMES[:teams]]
    assert max(sizes) - min(sizes) <= 1


def test_the_seed_decides_who_is_with_whom() -> None:
    listed = [f"p{k}" for k in range(25)]
    assert dealt(listed, NAMES[:4], 1) == dealt(listed, NAMES[:4], 1) != dealt(listed, NAMES[:4], 2)


def test_the_smallest_team_is_the_first_of_those_with_the_fewest() -> None:
    assert smallest({"team-1": "ab", "team-2": "a", "team-3": "b"}, NAMES[:3]) == "team-2"
    assert smallest({"team-1": "ab"}, NAMES[:3]) == "team-2"


def test_a_team_has_one_letter_one_symbol_and_a_colour_with_a_name_in_every_language() -> None:
    assert all(len(team.key) == len(team.symbol) == 1 and team.key.islower() for team in TEAMS)
    assert {team.colour for team in TEAMS} <= GERMAN.phrases.keys()
    assert [team.id for team in TEAMS] == [f"team-{number}" for number in range(1, 9)]
    assert (FEWEST, MOST) == (2, 8)
