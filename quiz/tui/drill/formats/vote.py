"""Vote on the projector: hands are typed, bars appear, the class discusses and votes again, then the key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from quiz.core.drill.formats.vote import VoteDrill
from quiz.core.drill.settings import DrillStep, Stage, whole
from quiz.core.text.phrases import count
from quiz.tui.bindings import bar_key, key
from quiz.tui.drill.phrases import keys_line, option_views
from quiz.tui.drill.projected_item import LETTERS
from quiz.tui.drill.projected_option import OptionView, ProjectedOption
from quiz.tui.drill.screen import DrillScreen
from quiz.tui.drill.status_band import Status
from quiz.tui.text import join, show

MOST_DIGITS = 3
GOOD = 75
"""The percentage of right hands from which a vote went well."""


class VoteScreen(DrillScreen[VoteDrill]):
    """The whole class votes by raising hands."""

    name_shown = "Drill: vote"
    about = (
        "Count hands: type how many an option got and go on to the next one; after the last come the bars."
        " Let the class discuss and vote again where it is divided; the key comes last."
    )
    own_steps: ClassVar[dict[str, str]] = {"close": "the end of the vote", "again": "the second vote"}
    BINDINGS: ClassVar[list[BindingType]] = [
        *DrillScreen.ENTER_KEYS,
        *DrillScreen.SCROLL_KEYS,
        bar_key("drill.count", "enter", "next_option", "Next option", "Count on", "⏎"),
        bar_key("drill.bars", "enter", "bars", "Bars", "Close the vote", "⏎"),
        bar_key("drill.key", "enter,space", "key", "Key", "Show the key", "⏎"),
        bar_key("drill.again", "d", "vote_again", "Discuss, vote again", "Discuss and vote again"),
        bar_key("drill.bars-now", "v", "close_vote", "Bars", "Close the vote and show its bars"),
        key("drill.up", "up,k,shift+tab", "move(-1)", "Up", "The option above"),
        key("drill.down", "down,tab", "move(1)", "Down", "The option below"),
        key("drill.more", "plus,equals_sign", "add(1)", "+ 1", "One hand more"),
        key("drill.less", "minus", "add(-1)", "− 1", "One hand less"),
        key("drill.clear", "delete", "clear", "Clear", "No hands for this option"),
        *(
            key(
                f"drill.digit-{digit}",
                str(digit),
                f"digit({digit})",
                f"Type {digit}",
                "Type how many hands the option got",
            )
            for digit in range(10)
        ),
    ]

    _cursor = 0
    _typed = ""
    _counted: object = None

    def facts(self) -> list[tuple[str, str]]:
        """Return the size of the class, if it is known."""
        size = self.drill.class_size
        return [("Pupils", str(size))] if size else []

    def status(self) -> Status:
        """Show what the class is to do."""
        drill = self.drill
        total, size = sum(drill.hands), drill.class_size
        counted = f"{total} of {size}" if size else count(total, "hand")
        if size and total > size:
            counted = f"{counted}: more hands than pupils"
        match drill.stage:
            case Stage.ASKING if not drill.is_by_option:
                return Status(
                    show("Think, and answer aloud."), keys_line(self.key_of("key"), "  shows the key")
                )
            case Stage.ASKING:
                what = "Vote again." if len(drill.rounds) > 1 else "Think, then vote."
                what = "Hands up!" if self.is_time_up else what
                return Status(show(what), join(("hands ", "$foreground-muted"), counted))
            case Stage.COUNTED:
                what = "How did you vote?" if len(drill.rounds) == 1 else "And after the discussion?"
                keys = [self.key_of("key"), "  shows the key"]
                if len(drill.rounds) == 1:
                    keys = [self.key_of("again"), "  discuss and vote again   ", *keys]
                return Status(show(what), keys_line(*keys))
        return self._result(total)

    def _result(self, total: int) -> Status:
        """Show how many were right, and the gain."""
        drill = self.drill
        if not drill.is_by_option and not total:
            return Status(
                show("Who had it right?"), keys_line("0-9", "  hands   ", self.key_of("next"), "  next")
            )
        if not total:
            return Status(show("The key"), keys_line(self.key_of("next"), "  next item"))
        right = [(right, sum(hands)) for right, hands in zip(drill.right, drill.rounds, strict=True)]
        shares = [round(100 * number / whole) if whole else 0 for number, whole in right]
        said = f"{right[-1][0]} of {right[-1][1]} right"
        hint = keys_line(self.key_of("next"), "  next item")
        if len(shares) > 1:
            change = shares[-1] - shares[0]
            gain = f": a {'gain' if change > 0 else 'loss'} of {abs(change)}" if change else " as well"
            hint = join(f"{shares[0]} % before{gain}   ", hint)
        return Status(show(said), hint, "right" if shares[-1] >= GOOD else "partial", f"{shares[-1]}%")

    def option_views(self) -> Sequence[OptionView]:
        """Return the options with the hands typed for them, or with their bars."""
        drill = self.drill
        self._follow()
        if not drill.is_by_option:
            if not drill.is_counting:
                return ()
            return [
                OptionView("✓✗"[place], text, count=str(drill.hands[place]), is_current=place == self._cursor)
                for place, text in enumerate(drill.choices_shown)
            ]
        views = []
        for place, view in enumerate(option_views(drill, LETTERS)):
            if drill.is_counting:
                bars = self._bars(place, drill.rounds[:-1])
                hands = str(drill.hands[place])
                views.append(OptionView(view.label, view.text, "", hands, place == self._cursor, bars))
            else:
                bars = self._bars(place, drill.rounds)
                is_brief = drill.is_revealed and len(bars) > 1
                shown = OptionView(
                    view.label, view.text, view.mark, bars=bars, is_brief=is_brief, note=view.note
                )
                views.append(shown)
        return views

    @staticmethod
    def _bars(place: int, rounds: Sequence[tuple[int, ...]]) -> tuple[tuple[int, float], ...]:
        return tuple((hands[place], hands[place] / sum(hands) if sum(hands) else 0.0) for hands in rounds)

    def _follow(self) -> None:
        """Start at the first option of each new vote."""
        drill = self.drill
        counted = (drill.place, len(drill.rounds), drill.stage)
        if counted != self._counted:
            self._counted = counted
            self._cursor, self._typed = 0, ""

    async def action_digit(self, digit: int) -> None:
        """Type the number of hands for the current option."""
        typed = (self._typed + str(digit))[-MOST_DIGITS:]
        await self.do(self.drill.count, self._cursor, int(typed))
        if self.drill.hands[self._cursor] == int(typed):
            self._typed = typed

    async def action_add(self, by: int) -> None:
        """Count one hand more or less."""
        self._typed = ""
        await self.do(self.drill.count, self._cursor, self.drill.hands[self._cursor] + by)

    async def action_clear(self) -> None:
        """Clear the hands of the current option."""
        self._typed = ""
        await self.do(self.drill.count, self._cursor, 0)

    async def action_move(self, by: int) -> None:
        """Go to another option, from the last to the first."""
        self._cursor = (self._cursor + by) % max(1, len(self.drill.hands))
        self._typed = ""
        await self.show_state()

    async def action_undo(self) -> None:
        """Undo the last step; the cursor goes to the option whose count it was."""
        undone = self.drill.undoable
        self._typed = ""
        if undone is not None and undone.body.get("do") == DrillStep.COUNT and self.drill.is_counting:
            self._cursor = whole(undone, "option")
        await super().action_undo()

    async def action_next_option(self) -> None:
        """Go on counting at the next option."""
        if not self.is_held_down():
            await self.action_move(1)

    async def action_bars(self) -> None:
        """Close the vote after its last option."""
        if not self.is_held_down():
            await self.do(self.drill.close)

    async def action_close_vote(self) -> None:
        """Close the vote and show its bars."""
        await self.do(self.drill.close)

    async def action_key(self) -> None:
        """Show the key."""
        if not self.is_held_down():
            await self.do(self.drill.reveal)

    async def action_vote_again(self) -> None:
        """Discuss and vote again."""
        await self.do(self.drill.vote_again)

    async def on_projected_option_clicked(self, message: ProjectedOption.Clicked) -> None:
        """Count one more hand for the option that was clicked."""
        if self.drill.is_counting:
            self._cursor = message.place
            await self.action_add(1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the actions of the present stage."""
        drill = self.drill
        is_last = self._cursor >= len(drill.hands) - 1
        match action:
            case "digit" | "add" | "clear" | "move":
                return drill.is_counting
            case "next_option":
                return drill.is_counting and not is_last
            case "bars":
                return is_last and self.live.can(drill.close)
            case "next":
                return drill.stage is Stage.REVEALED and (is_last or not drill.is_counting)
            case "key":
                return self.live.can(drill.reveal)
            case "vote_again":
                return self.live.can(drill.vote_again)
            case "close_vote":
                return self.live.can(drill.close)
            case "reveal" | "judge" | "answer":
                return False
        return super().check_action(action, parameters)
