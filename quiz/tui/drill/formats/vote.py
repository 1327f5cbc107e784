"""Vote on the projector: hands are typed, bars appear, the class discusses and votes again, then the key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from quiz.core.drill.formats.vote import MOST_ROUNDS, VoteDrill
from quiz.core.drill.settings import DrillStep, Stage, whole
from quiz.core.text.phrases import whole_per_cent
from quiz.tui.bindings import bar_key, key
from quiz.tui.drill.answered_screen import GOOD, AnsweredScreen
from quiz.tui.drill.phrases import button_line, keys_line, option_views
from quiz.tui.drill.projected_item import LETTERS
from quiz.tui.drill.projected_option import ROUNDS, OptionView, ProjectedOption, bars_of
from quiz.tui.drill.score_board import TALL
from quiz.tui.drill.screen import GRAND
from quiz.tui.drill.status_band import Status
from quiz.tui.text import join, show

MOST_DIGITS = 3


class VoteScreen(AnsweredScreen[VoteDrill]):
    """The whole class votes."""

    name_shown = "Drill: vote"
    about = (
        "Count hands: type how many an option got and go on to the next one; after the last come the bars."
        " Let the class discuss and vote again where it is divided; the correct answer comes last."
    )
    own_steps: ClassVar[dict[str, str]] = {
        **AnsweredScreen.own_steps,
        "close": "the end of the vote",
        "again": "the second vote",
        "bars": "the bars",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        *AnsweredScreen.ENTER_KEYS,
        bar_key("drill.count", "enter", "next_option", "Next option", "Count on", "⏎"),
        bar_key("drill.bars", "enter", "bars", "Bars", "Close the vote", "⏎"),
        bar_key("drill.key", "enter,space", "key", "Correct answer", "Show the correct answer", "⏎"),
        bar_key("drill.again", "d", "vote_again", "Discuss, vote again", "Discuss and vote again"),
        bar_key("drill.bars-now", "v", "close_vote", "Bars", "Close the vote and show its bars"),
        *AnsweredScreen.ANSWER_KEYS,
        key("drill.up", "up,k,shift+tab", "move(-1)", "Up", "The option above"),
        key("drill.down", "down,tab", "move(1)", "Down", "The option below"),
        *AnsweredScreen.SCROLL_KEYS,
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
        drill, say = self.drill, self.say
        total, size = self._total, drill.expected
        noun = "vote" if drill.answers else "hand"
        counted = say("{n} of {all}", n=total, all=size) if size else self.words.count(total, noun)
        match drill.stage:
            case Stage.ASKING if not drill.is_by_option:
                return Status(
                    show(say("Think, and answer aloud.")),
                    keys_line((self.key_of("key"), say("shows the correct answer"))),
                )
            case Stage.ASKING:
                what = "Vote again." if len(drill.rounds) > 1 else "Think, then vote."
                what = "Hands up!" if self.is_time_up else what
                voted = f"{say('votes' if drill.answers else 'hands')} " if size else ""
                who = join("   ", self.missing_key()) if drill.answers else Content()
                return Status(show(say(what)), join((voted, "$foreground-muted"), counted, who))
            case Stage.COUNTED:
                what = "How did you vote?" if len(drill.rounds) == 1 else "And after the discussion?"
                what = what if drill.shown_tallies else "Talk about it."
                keys = [(self.key_of("key"), say("shows the correct answer"))]
                if len(drill.rounds) < MOST_ROUNDS:
                    keys.insert(0, (self.key_of("again"), say("discuss and vote again")))
                if not drill.shown_tallies:
                    keys.append((self.key_of("bars-now"), say("bars")))
                return Status(show(say(what)), keys_line(*keys))
        return self._result(total)

    def _result(self, total: int) -> Status:
        """Show how many were right, and the gain."""
        drill, say = self.drill, self.say
        hint = button_line(self.key_of("next"), say("next question"))
        if not drill.is_by_option and not total:
            keys = keys_line(("0-9", say("hands")), (self.key_of("next"), say("next")))
            return Status(show(say("Who had it right?")), keys)
        if not total:
            return Status(show(say("The correct answer")), hint)
        right = [(right, sum(tally)) for right, tally in zip(drill.right, drill.tallies, strict=True)]
        shares = [whole_per_cent(number / whole) if whole else 0 for number, whole in right]
        said = say("{n} of {all} right", n=right[-1][0], all=right[-1][1])
        if len(shares) > 1:
            hint = join(hint, f"   {self._change(shares[0], shares[-1])}")
        return Status(show(said), hint, "right" if shares[-1] >= GOOD else "partial", f"{shares[-1]}%")

    def _change(self, before: int, after: int) -> str:
        """Return how the share of right hands, in per cent, changed by the discussion."""
        change = after - before
        if not change:
            return self.say("{share} % before as well", share=before)
        gain = "{share} % before: a gain of {points}"
        said = gain if change > 0 else "{share} % before: a loss of {points}"
        return self.say(said, share=before, points=abs(change))

    def option_views(self) -> Sequence[OptionView]:
        """Return the options with the hands typed for them, or with their bars."""
        drill = self.drill
        self._follow()
        if not drill.is_by_option:
            if not drill.is_counting:
                return ()
            return [
                OptionView(
                    "✓✗"[place],
                    self.say(text),
                    count=self._hands_beside_answers(place),
                    is_current=place == self._cursor,
                )
                for place, text in enumerate(drill.choices_shown)
            ]
        views, rounds, tallies = [], tuple(map(self.say, ROUNDS)), drill.shown_tallies
        bar_rows = 2 if self.size.height >= GRAND else 1
        is_brief = len(tallies) > 1 and (drill.is_revealed or self.size.height < TALL)
        for place, view in enumerate(option_views(drill, LETTERS)):
            shown = replace(
                view, bars=bars_of(place, tallies), rounds=rounds, keeps_bar=True, bar_rows=bar_rows
            )
            if drill.is_counting:
                counted, is_current = str(drill.hands[place]), place == self._cursor
                views.append(replace(shown, count=counted, is_current=is_current))
            else:
                views.append(replace(shown, is_brief=is_brief))
        return views

    @property
    def _total(self) -> int:
        """How many have voted, by hand or by an answer of their own."""
        drill = self.drill
        if drill.is_by_option or drill.is_revealed:
            return sum(drill.tallies[-1])
        return len(drill.answers)

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
        await self._count(int(typed))
        if self.drill.hands[self._cursor] == int(typed):
            self._typed = typed

    async def _count(self, hands: int) -> None:
        """Record how many hands the current option got, or say that there cannot be so many."""
        self._typed = ""
        most, size = self.drill.most_hands(self._cursor), self.drill.expected
        if hands <= most:
            await self.do(self.drill.count, self._cursor, hands)
        elif size:
            self.guard.released()
            self.said = self.say("{n} are too many: {left} of {all} are left.", n=hands, left=most, all=size)
            await self.show_state()

    async def action_add(self, by: int) -> None:
        """Count one hand more or less."""
        await self._count(self.drill.hands[self._cursor] + by)

    async def action_clear(self) -> None:
        """Clear the hands of the current option."""
        await self._count(0)

    async def action_move(self, by: int) -> None:
        """Go to another option, from the last to the first."""
        self.guard.released()
        await self._move(by)

    async def _move(self, by: int) -> None:
        self._cursor = (self._cursor + by) % max(1, len(self.drill.hands))
        self._typed = self.said = ""
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
            await self._move(1)

    async def action_bars(self) -> None:
        """Close the vote after its last option."""
        await self.do_by_enter(self.drill.close)

    async def action_close_vote(self) -> None:
        """Show the bars, of a vote that ends with this or is over."""
        if self.drill.stage is Stage.COUNTED:
            await self.do(self.drill.show_bars)
        else:
            await self.do(self.drill.close, with_bars=True)

    async def action_key(self) -> None:
        """Show the key."""
        await self.do_by_enter(self.drill.reveal)

    def _hands_beside_answers(self, place: int) -> str:
        """Return the hands for having been right or not, after the pupils' own answers if there are any."""
        hands = self.drill.hands[place]
        answers = self.drill.tallies[-1][place] - hands
        return f"{answers} + {hands}" if self.drill.answers else f"{hands}"

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
                return self.live.can(drill.close) or self.live.can(drill.show_bars)
            case "reveal" | "judge" | "answer":
                return False
        return super().check_action(action, parameters)
