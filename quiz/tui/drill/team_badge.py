"""A team's symbol and name on its colour."""

from __future__ import annotations

from textual.content import Content

from quiz.core.drill.teams import BY_ID, TEAMS
from quiz.tui.text import show, show_line

COLOURS: dict[str, str] = dict(
    zip(
        (team.id for team in TEAMS),
        (
            "white on #0072b2",
            "black on #e69f00",
            "black on #009e73",
            "black on #cc79a7",
            "black on #f0e442",
            "black on #56b4e9",
            "black on #d55e00",
            "black on #a6a6a6",
        ),
        strict=True,
    )
)
"""Colours that remain distinct with colour vision deficiencies (M. Okabe, K. Ito, Color Universal Design,
2008).

They are the teams' own and the same in every theme, so that Blue stays blue.
"""


def badge(competitor: str, text: str, style: str = "bold") -> Content:
    """Return a text on a team's colour after its symbol; for anybody else just the text."""
    team = BY_ID.get(competitor)
    if team is None:
        return show_line(text, style)
    return show(f" {team.symbol} {text} ", f"{style} {COLOURS[competitor]}")
