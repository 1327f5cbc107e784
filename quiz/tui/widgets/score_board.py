"""How the competitors of a drill stand: right answers apart from points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from quiz.core.sessions.drill.points import Rank
from quiz.core.sessions.drill.teams import BY_ID
from quiz.tui.text import join, show_line
from quiz.tui.widgets.team_badge import badge

CARDS_ABOVE = 17
"""How wide a team's card is at least, in cells."""


def place_words(rank: Rank) -> str:
    """Return a place as it is read: 1. or, shared, =1."""
    return f"={rank.place}" if rank.is_tied else f"{rank.place}."


def board_lines(
    ranks: Sequence[Rank], names: Mapping[str, str], width: int, current: str = ""
) -> list[Content]:
    """Return a line for each competitor, best first; whoever has the word is marked."""
    lines = []
    for rank in ranks:
        score = rank.score
        helped = f" +{score.helped}½" if score.helped else ""
        tail = f"{score.right}{helped} ✓ {score.points:>6}"
        mark = "▸" if rank.competitor == current else " "
        name = badge(rank.competitor, names.get(rank.competitor, ""), "bold" if mark == "▸" else "")
        head = join((f"{mark}{place_words(rank):>3} ", "$foreground-muted"), name)
        room = max(4, width - len(tail) - 1)
        style = "bold" if score.points else "$foreground-muted"
        lines.append(join(head.truncate(room, ellipsis=True, pad=True), " ", (tail, style)))
    return lines


def board_strip(ranks: Sequence[Rank], names: Mapping[str, str]) -> Content:
    """Return the standings in one line, best first, for where there is no room for more."""
    parts = []
    for rank in ranks:
        if rank.score.answers or rank.competitor in BY_ID:
            name = badge(rank.competitor, names.get(rank.competitor, ""))
            figures = f" {rank.score.right} ✓ {rank.score.points}    "
            parts.append(join((f"{place_words(rank)} ", "$foreground-muted"), name, figures))
    return Content.assemble(*parts) if parts else show_line("Nobody has answered yet.", "$foreground-muted")


class TeamCards(Horizontal):
    """A card for each team: its key, its right answers, its points in large digits."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    TeamCards {
        height: 5; padding: 0 2;
        & > Vertical { width: 1fr; height: 5; padding: 0 1; }
        & Static { height: 1; }
        & Digits { width: auto; }
        & > .-out Digits, & > .-out .right { color: $foreground-muted; }
        & > .-seat Digits { text-style: bold; color: $text-accent; }
        &.-flat { height: 2; }
        &.-flat > Vertical { height: 2; }
        &.-flat Digits { display: none; }
    }
    """

    def compose(self) -> ComposeResult:
        """Begin without any."""
        yield from ()

    async def show_teams(
        self,
        ranks: Sequence[Rank],
        keys: Mapping[str, str],
        *,
        seat: str,
        out: Sequence[str],
        has_points: bool,
    ) -> None:
        """Show the teams in their own order, which stays the same whoever leads."""
        teams = {rank.competitor: rank for rank in ranks}
        order = [team for team in BY_ID if team in teams]
        if len(self.children) != len(order):
            await self.remove_children()
            await self.mount(
                *(Vertical(Static(classes="name"), Digits(""), Static(classes="right")) for _ in order)
            )
        self.set_class(not has_points or self.size.width < CARDS_ABOVE * len(order), "-flat")
        for card, team in zip(self.children, order, strict=True):
            score = teams[team].score
            sign = " ✗" if team in out else " ▸" if team == seat else ""
            label = f"{keys.get(team, '')}{sign}"
            card.query_one(".name", Static).update(badge(team, label))
            card.query_one(Digits).update(str(score.points))
            said = f"{score.right} ✓ {score.points if self.has_class('-flat') else ''}"
            card.query_one(".right", Static).update(show_line(said if has_points else ""))
            card.set_class(team in out, "-out")
            card.set_class(team == seat, "-seat")
