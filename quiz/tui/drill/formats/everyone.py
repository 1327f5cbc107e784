"""Everybody answers, on the projector: who is still missing, then how the class answered, then the key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType

from quiz.core.drill.formats.everyone import EveryoneDrill
from quiz.core.drill.settings import DrillStep, Stage
from quiz.core.text.phrases import whole_per_cent
from quiz.tui.bindings import bar_key
from quiz.tui.drill.answered_screen import GOOD, AnsweredScreen
from quiz.tui.drill.phrases import button_line, keys_line, option_views
from quiz.tui.drill.projected_item import LETTERS
from quiz.tui.drill.projected_option import OptionView, bars_of
from quiz.tui.drill.status_band import Status
from quiz.tui.text import join, show


class EveryoneScreen(AnsweredScreen[EveryoneDrill]):
    """Every pupil answers every question."""

    name_shown = "Drill: everybody answers"
    about = (
        "Pupils answer by phone or card, or you type an answer in: a pupil's number and a letter, such as"
        " 7 b. Once all are in, or the time is up, no more are taken; then show the correct answer."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *AnsweredScreen.ENTER_KEYS,
        bar_key("drill.close", "enter", "close_answers", "Close", "Take no more answers", "⏎"),
        bar_key("drill.key", "enter,space", "key", "Correct answer", "Show the correct answer", "⏎"),
        *AnsweredScreen.ANSWER_KEYS,
    ]

    opens_by_number = True

    def facts(self) -> list[tuple[str, str]]:
        """Return the number of pupils."""
        gone = len(self.drill.absent)
        absent = f", {self.words.count(gone, 'absent', 'absent')}" if gone else ""
        return [("Pupils", f"{len(self.drill.here)}{absent}")]

    def status(self) -> Status:
        """Show who is missing, or how it went."""
        drill, say = self.drill, self.say
        shows_key = keys_line((self.key_of("key"), say("shows the correct answer")))
        match drill.stage:
            case Stage.ASKING if not drill.takes_answers:
                return Status(show(say("Think, and answer aloud.")), shows_key)
            case Stage.ASKING:
                what = say("Time is up.") if self.is_time_up else say("Everybody answers.")
                return Status(show(what), self.answers_line())
            case Stage.COUNTED:
                answers = self.words.count(len(drill.answers), "answer")
                return Status(show(say("{answers}: no more are taken.", answers=answers)), shows_key)
        return self._result()

    def _result(self) -> Status:
        """Show how many were right."""
        drill, say = self.drill, self.say
        after = button_line(self.key_of("next"), say("next question"))
        place = max(k for k, event in enumerate(drill.log) if event.body.get("do") == DrillStep.REVEAL)
        scores = [e.score or 0.0 for e in drill.log[place:] if e.body.get("do") == DrillStep.VERDICT]
        if not scores:
            return Status(show(say("The correct answer")), after)
        right, partly = sum(score >= 1 for score in scores), sum(0 < score < 1 for score in scores)
        share = whole_per_cent(sum(scores) / len(scores))
        said = say("{n} of {all} right", n=right, all=len(scores))
        if partly:
            told = say("{n} partly right: {share} % of the points", n=partly, share=share)
            after = join(f"{told}   ", after)
        return Status(show(said), after, "right" if share >= GOOD else "partial", f"{share}%")

    def option_views(self) -> Sequence[OptionView]:
        """Return the options with a letter each, and with bars once no more answers are taken."""
        tallies = self.drill.shown_tallies
        return [
            replace(view, bars=bars_of(place, tallies))
            for place, view in enumerate(option_views(self.drill, LETTERS))
        ]

    async def action_close_answers(self) -> None:
        """Take no more answers."""
        await self.do_by_enter(self.drill.close)

    async def action_key(self) -> None:
        """Show the key."""
        await self.do_by_enter(self.drill.reveal)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the actions of the present stage."""
        match action:
            case "close_answers":
                return self.live.can(self.drill.close)
            case "key":
                return self.live.can(self.drill.reveal) and not self.drill.takes_answers
            case "reveal" | "judge" | "answer":
                return False
        return super().check_action(action, parameters)
