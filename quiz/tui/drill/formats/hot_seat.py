"""Hot seat on the projector."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from quiz.core.drill.formats.hot_seat import HotSeatDrill
from quiz.core.drill.settings import DrillStep, Stage
from quiz.tui.bindings import bar_key, key
from quiz.tui.drill.phrases import bonus_line, button_line, keys_line
from quiz.tui.drill.screen import DrillScreen
from quiz.tui.drill.status_band import Status
from quiz.tui.routes import Attendance
from quiz.tui.text import SIGNS, join, show, show_line
from quiz.tui.turns import in_turn

LEAST_NAME, BESIDE_NAME = 8, 44
"""The least cells for a name, and the cells needed for the verdict and its points beside it."""
VERDICTS = {1.0: ("correct", "right", "right!"), 0.5: ("partial", "partial", "right, with help.")}


class HotSeatScreen(DrillScreen[HotSeatDrill]):
    """Everybody thinks, one pupil answers."""

    name_shown = "Drill: hot seat"
    about = (
        "Everybody thinks, then one pupil is drawn. Press the option that was named, or whether the answer"
        " was right. Any step can be taken back."
    )
    own_steps: ClassVar[dict[str, str]] = {
        "turn": "the draw",
        "help": "the help",
        "absent": "the absence",
        "present": "the return",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        *DrillScreen.ENTER_KEYS,
        bar_key("drill.draw", "enter", "draw", "Draw", "Draw who answers", "⏎"),
        bar_key("drill.pass", "g", "pass_on", "Pass", "The pupil passes: draw another one"),
        bar_key("drill.help", "h", "help", "Helped", "The class helps: a right answer counts half"),
        key("drill.absent", "a", "absent", "Absent", "Who is here and who is not"),
        *DrillScreen.OPTION_KEYS,
    ]

    def facts(self) -> list[tuple[str, str]]:
        """Return the number of pupils."""
        picker = self.drill.picker
        gone = f", {self.words.count(len(picker.absent), 'absent', 'absent')}" if picker.absent else ""
        ahead = list(self.drill.ahead.values()).count(1)
        had = f", {self.say('{n} had their turn already', n=ahead)}" if ahead else ""
        return [("Pupils", f"{len(picker.present)}{gone}{had}")]

    @property
    def has_clock(self) -> bool:
        """Whether a pupil is answering."""
        return self.drill.stage is Stage.ANSWERING

    def status(self) -> Status:
        """Show who is to answer, or how it went."""
        drill, say = self.drill, self.say
        name = self.live.names.get(drill.seat, "")
        match drill.stage:
            case Stage.ASKING:
                turns = (
                    say("draws who answers.")
                    if drill.picker.present
                    else say("waits: nobody is here ({key}).", key=self.key_of("absent"))
                )
                return Status(show(say("Everybody thinks.")), keys_line((self.key_of("draw"), turns)))
            case Stage.ANSWERING:
                how = keys_line(
                    (
                        f"1-{len(drill.options)}" if drill.is_by_option else self.verdict_keys,
                        say("the answer"),
                    ),
                    (self.key_of("pass"), say("pass")),
                    (self.key_of("help"), say("class helps")),
                )
                if drill.is_helped:
                    how = show(say("The class helps: right counts half."), "$text-warning")
                elif drill.is_revealed:
                    how = keys_line(
                        (self.key_of("right"), say("right")), (self.key_of("wrong"), say("wrong"))
                    )
                return Status(show_line(name), how, "seat")
        return self._verdict(name)

    def _verdict(self, name: str) -> Status:
        """Show how the last answer went."""
        drill = self.drill
        verdict = next((e for e in reversed(drill.log) if e.body.get("do") == DrillStep.VERDICT), None)
        after = button_line(self.key_of("next"), self.say("next question"))
        if verdict is None or verdict.ref != drill.ref:
            return Status(show(self.say("Nobody answered this one.")), after)
        kind, tone, words = VERDICTS.get(verdict.score or 0.0, ("incorrect", "wrong", "not this time."))
        sign, _ = SIGNS[kind]
        points = int(verdict.body.get("points", 0))
        after = join(after, bonus_line(verdict, self.words))
        room = max(LEAST_NAME, self.size.width - BESIDE_NAME)
        who = join(f"{sign} ", show_line(name).truncate(room, ellipsis=True), f": {self.say(words)}")
        return Status(who, after, tone, f"+{points}" if points else "")

    async def action_draw(self) -> None:
        """Draw the pupil who answers."""
        await self.do_by_enter(self.drill.draw)

    async def action_pass_on(self) -> None:
        """Let the pupil pass."""
        await self.do(self.drill.pass_on)

    async def action_help(self) -> None:
        """Let the class help."""
        await self.do(self.drill.help)

    async def action_absent(self) -> None:
        """Mark the drawn pupil absent, or show the attendance."""
        drill = self.drill
        if drill.stage is Stage.ANSWERING:
            gone = self.live.names.get(drill.seat, "")
            await self.do(drill.mark_absent, drill.seat, said=self.say("{who} is absent.", who=gone))
        else:
            self.go(Attendance(self.live), self._after_attendance)

    @in_turn
    async def _after_attendance(self, _: None) -> None:
        await self.show_state()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the actions of the present stage."""
        if action in {"draw", "pass_on", "help"}:
            return self.live.can(getattr(self.drill, action))
        if action == "absent":
            return self.drill.stage in {Stage.READY, Stage.ASKING, Stage.ANSWERING, Stage.REVEALED}
        return super().check_action(action, parameters)
