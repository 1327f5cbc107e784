"""Buzz on the projector: the first team to press its key may answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from quiz.core.drill.formats.buzz import BuzzDrill
from quiz.core.drill.points import Score
from quiz.core.drill.settings import DrillStep, Stage
from quiz.core.drill.teams import BY_ID, TEAMS
from quiz.tui.bindings import key
from quiz.tui.drill.guarded_keys import GuardedKeys
from quiz.tui.drill.phrases import bonus_line, button_line, keys_line, option_views
from quiz.tui.drill.projected_option import OptionView
from quiz.tui.drill.score_board import ScoreCard, ScoreCards
from quiz.tui.drill.status_band import Status
from quiz.tui.drill.team_badge import badge
from quiz.tui.held_keys import HeldKeyGuard, HeldKeys
from quiz.tui.text import join, show

if TYPE_CHECKING:
    from quiz.services.drill.live import LiveDrill
    from quiz.services.workspace import Workspace

MOST_NAMED = 3
"""Up to this many presses, teams are shown by name and not only by symbol."""


class BuzzScreen(GuardedKeys[BuzzDrill]):
    """Teams race to answer."""

    name_shown = "Drill: buzz"
    about = (
        "Each team has a key, shown on its card. The first one answers: press the option it names, or"
        " whether it was right. A wrong answer opens the keys for the others. While a team may press its key,"
        " yours need ctrl."
    )
    own_steps: ClassVar[dict[str, str]] = {"buzz": "the key that was pressed first"}
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            key(
                f"drill.buzz-{team.colour.lower()}",
                f"{team.key},{team.key.upper()}",
                f"buzz('{team.id}')",
                team.colour,
                f"{team.colour} buzzes",
                team.key,
            )
            for team in TEAMS
        ),
        *GuardedKeys.GUARDED_KEYS,
        *GuardedKeys.OPTION_KEYS,
    ]

    def __init__(self, workspace: Workspace, live: LiveDrill[BuzzDrill]) -> None:
        super().__init__(workspace, live)
        self._team_keys = HeldKeys()
        self._last_press = HeldKeyGuard()
        self._opened: tuple[int, int] | None = None
        """The item, and how many teams were out, when the keys were opened; None while they are not open."""

    def compose_below(self) -> ComposeResult:
        """Show the teams below the item."""
        yield ScoreCards()

    def facts(self) -> list[tuple[str, str]]:
        """Return the number of teams."""
        drill, names = self.drill, self.live.names
        teams = [(f"{BY_ID[team].symbol} {names[team]}", self._members(team)) for team in drill.teams]
        return [
            *(teams if drill.members else [("Teams", str(len(drill.teams)))]),
            ("Teacher", self.say("ctrl with each key, while teams may press theirs")),
        ]

    def _members(self, team: str) -> str:
        """Return the names of the pupils in a team."""
        return ", ".join(self.live.names[pupil] for pupil in self.drill.members.get(team, ()))

    def called(self, competitor: str) -> str:
        """Return the name of a team, or of a pupil with the team."""
        teams = (team for team, pupils in self.drill.members.items() if competitor in pupils)
        return " · ".join(self.live.names[one] for one in (competitor, *teams))

    async def show_state(self) -> None:
        """Show the state, and note when the teams' keys were opened."""
        drill = self.drill
        opened = (drill.place, len(drill.out)) if drill.stage is Stage.ASKING else None
        if opened is not None and opened != self._opened:
            self._team_keys.shown(self.workspace.clock.passed())
        self._opened = opened
        await super().show_state()

    def status(self) -> Status:
        """Show who may answer, or how it went."""
        drill, say = self.drill, self.say
        match drill.stage:
            case Stage.ASKING if self.is_time_up:
                keys = keys_line(
                    (self.key_of("reveal"), say("shows the correct answer")),
                    (self.key_of("extend"), say("gives 30 s more")),
                )
                return Status(show(say("Time is up.")), keys)
            case Stage.ASKING if drill.is_steal:
                out = join(say("Locked out:"), *(join(" ", self._badge(team)) for team in drill.out))
                return Status(show(say("Steal it! Press your key.")), out)
            case Stage.ASKING:
                keys = keys_line((self.key_of("reveal"), say("shows the correct answer, if nobody knows")))
                return Status(show(say("Press your key.")), keys)
            case Stage.ANSWERING:
                members = (f"   {self._members(drill.seat)}", "not bold $foreground-muted")
                return Status(join(self._badge(drill.seat), f" {say('answers.')}", members), self._order())
        return self._verdict()

    def _badge(self, team: str) -> Content:
        return badge(team, self.live.names[team])

    def _order(self) -> Content:
        """Return who pressed when, since the keys were last open."""
        presses = self.drill.order_of_presses
        parts: list[Content | tuple[str, str] | str] = []
        for place, press in enumerate(presses, 1):
            team = BY_ID[press.team]
            late = f" +{(press.at - presses[0].at) / 1000:.2f} s" if place > 1 else ""
            name = f" {self.live.names[press.team]}" if len(presses) <= MOST_NAMED else ""
            parts.append((f"{place}. {team.symbol}{name}{late}   ", "" if place > 1 else "bold"))
        answers = f"1-{len(self.drill.options)}" if self.drill.is_by_option else self.verdict_keys
        return join(*parts, keys_line((answers, self.say("the answer"))))

    def _verdict(self) -> Status:
        drill = self.drill
        verdict = next((e for e in reversed(drill.log) if e.body.get("do") == DrillStep.VERDICT), None)
        after = button_line(self.key_of("next"), self.say("next question"))
        if verdict is None or verdict.ref != drill.ref or (verdict.score or 0) < 1:
            return Status(show(self.say("Nobody got this one.")), after)
        points = int(verdict.body.get("points", 0))
        after = join(after, bonus_line(verdict, self.words))
        words = join(f"✓ {self.say('Right!')}  ", self._badge(drill.seat))
        return Status(words, after, "right", f"+{points}")

    def option_views(self) -> Sequence[OptionView]:
        """Return the options; those that were named and wrong are crossed out."""
        refuted = self.drill.refuted
        return [
            OptionView(view.label, view.text, "out" if view.text in refuted else view.mark, note=view.note)
            for view in option_views(self.drill)
        ]

    async def show_board(self) -> None:
        """Show the teams' cards, with their points unless the board is hidden."""
        drill, scores, names = self.drill, self.drill.scores, self.live.names
        has_figures = drill.is_board_shown and drill.stage is not Stage.READY
        cards = []
        for team in drill.teams:
            score = scores.get(team, Score())
            sign = self._sign_of(team)
            key = self._key_of(team)
            name = badge(team, f"{key} {names[team]}{sign}")
            least = badge(team, f"{key} {score.right}✓{sign}" if has_figures else f"{key}{sign}")
            brief = f"{score.right} ✓ {score.points}"
            has_word = team == drill.seat and team not in drill.out
            cards.append(
                ScoreCard(
                    name,
                    str(score.points),
                    self.say("{n} right", n=score.right),
                    brief,
                    least,
                    has_word,
                    team in drill.out,
                )
            )
        await self.query_one(ScoreCards).show_cards(cards, has_figures=has_figures)

    def _sign_of(self, team: str) -> str:
        """Return a sign for a team that is out, may answer, or pressed too late."""
        drill = self.drill
        if team in drill.out:
            return " ✗"
        if team == drill.seat:
            return " ▸"
        pressed = [press.team for press in drill.order_of_presses]
        is_told = drill.stage in {Stage.ANSWERING, Stage.REVEALED} and team in pressed
        return f" {pressed.index(team) + 1}." if is_told else ""

    def _key_of(self, team: str) -> str:
        """Return the key of a team as it is now bound."""
        for active in self._bindings.key_to_bindings.values():
            for binding in active:
                if binding.action == f"buzz('{team}')":
                    return self.app.get_key_display(binding).upper()
        return BY_ID[team].key.upper()

    async def action_buzz(self, team: str) -> None:
        """Handle a team's key, unless it has been held down since before the keys were opened."""
        now = self.workspace.clock.passed()
        self._last_press.shown(now)
        if not self._team_keys.is_from_before(team, now) and self.are_keys_open:
            await self.do(self.drill.buzz, team)

    async def action_answer(self, place: int) -> None:
        """Judge by the option that was named, unless a team pressed only just now and may have slipped."""
        if not self._last_press.is_unread(self.workspace.clock.passed()):
            await super().action_answer(place)

    async def on_score_cards_clicked(self, message: ScoreCards.Clicked) -> None:
        """Treat a click on a team's card like its key."""
        await self.action_buzz(self.drill.teams[message.place])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the actions of the present stage."""
        drill = self.drill
        if action == "buzz":
            return parameters[0] in drill.teams and drill.stage is not Stage.FINISHED
        if action == "answer" and drill.stage is Stage.ANSWERING and drill.is_by_option:
            place = int(str(parameters[0]))
            return place < len(drill.options) and drill.options[place] not in drill.refuted
        return super().check_action(action, parameters)
