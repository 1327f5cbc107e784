"""Sprint on the projector: right answers and the time left, in large digits."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from quiz.core.drill.formats.sprint import SprintDrill
from quiz.core.drill.points import Score
from quiz.core.drill.settings import DrillStep, Stage
from quiz.core.events.model import Event
from quiz.core.text.phrases import clock
from quiz.tui.drill.score_board import ScoreCard, ScoreCards
from quiz.tui.drill.screen import DrillScreen
from quiz.tui.drill.status_band import Status
from quiz.tui.held_keys import GLANCE_MS, HeldKeyGuard
from quiz.tui.text import SIGNS, join, show, show_line

if TYPE_CHECKING:
    from quiz.services.drill.live import LiveDrill
    from quiz.services.workspace import Workspace


class SprintScreen(DrillScreen[SprintDrill]):
    """A race against the clock."""

    name_shown = "Drill: sprint"
    about = (
        "Press the option, or whether the answer was right: the next question comes at once. One can be left,"
        " and the last answer taken back with the time it took."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*DrillScreen.OPTION_KEYS]

    def __init__(self, workspace: Workspace, live: LiveDrill[SprintDrill]) -> None:
        super().__init__(workspace, live)
        self._appearance = HeldKeyGuard(GLANCE_MS)

    def facts(self) -> list[tuple[str, str]]:
        """Return who sprints, and the record to beat."""
        names = self.live.names
        who = f" {self.say('and')} ".join(names[side] for side in self.drill.sides)
        record = self.drill.settings.record
        beaten = self.say("{n} right", n=record) if record else self.say("no sprint like this one yet")
        return [("Who", who), ("To beat", beaten)]

    @property
    def is_item_hidden(self) -> bool:
        """Whether the clock is paused: the item is hidden then, so that nobody gains time to think."""
        return self.drill.is_paused

    def status(self) -> Status:
        """Show whose turn it is and how many answers were right."""
        drill = self.drill
        return Status(show_line(self.live.names[drill.seat]), self._last(), "seat")

    def compose_below(self) -> ComposeResult:
        """Show the sides below the item."""
        yield ScoreCards()

    async def show_board(self) -> None:
        """Show each side's right answers, and the time the other side has left."""
        drill, names, now = self.drill, self.live.names, self.live.now()
        cards = []
        for side in drill.sides:
            score = drill.scores.get(side, Score())
            has_turn = side == drill.seat
            time = "" if has_turn else f" · {clock(drill.left_of(side, now))}"
            said = f"{self.say('right · {wrong} wrong', wrong=score.wrong)}{time}"
            brief = f"{score.right} ✓ {score.wrong} ✗{time}"
            name = show_line(names[side], "bold").truncate(24, ellipsis=True)
            least = join(name.truncate(10, ellipsis=True), f" {score.right}✓{time}")
            cards.append(ScoreCard(name, str(score.right), said, brief, least, has_turn))
        has_figures = drill.is_board_shown and drill.stage is not Stage.READY
        self.query_one(ScoreCards).display = has_figures
        await self.query_one(ScoreCards).show_cards(cards)

    def _last(self) -> Content:
        """Return how the last answer went, and the key."""
        last = next(
            (e for e in reversed(self.drill.log) if e.body.get("do") in {DrillStep.VERDICT, DrillStep.PASS}),
            None,
        )
        if last is None:
            return show("")
        key = self._key_of(last)
        who = f"{self.live.names.get(str(last.body.get('by')), '')}: " if len(self.drill.sides) > 1 else ""
        if last.body.get("do") == DrillStep.PASS:
            return join(who, f"– {self.say('skipped')}", key)
        is_right = (last.score or 0) >= 1
        sign, style = SIGNS["correct" if is_right else "incorrect"]
        said = join(who, (f"{sign} {self.say('right' if is_right else 'wrong')}", f"bold {style}"))
        return said if is_right else join(said, key)

    def _key_of(self, event: Event) -> Content:
        """Return the key of the previous item; nothing if the same item is shown again."""
        bank_item = self.drill.lookup.get(event.ref)
        if bank_item is None or event.ref == self.drill.ref:
            return Content()
        return join(
            (f"   {self.say('correct answer')}  ", "$foreground-muted"),
            show_line(self.words.option(bank_item.item, bank_item.item.key_text()), "bold"),
        )

    async def show_state(self) -> None:
        """Show the state of the sprint, and remember when."""
        self._appearance.shown(self.workspace.clock.passed())
        await super().show_state()

    def _is_unread(self) -> bool:
        return self._appearance.is_unread(self.workspace.clock.passed())

    async def action_answer(self, place: int) -> None:
        """Answer with the option that was pressed."""
        if not self._is_unread():
            await super().action_answer(place)

    async def action_judge(self, is_right: bool) -> None:
        """Judge a spoken answer."""
        if not self._is_unread():
            await super().action_judge(is_right)

    async def action_skip(self) -> None:
        """Skip the item."""
        if not self._is_unread():
            await super().action_skip()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the actions of the present stage."""
        if action == "reveal":
            return self.drill.can_judge and not self.drill.is_by_option and not self.drill.is_revealed
        return super().check_action(action, parameters)
