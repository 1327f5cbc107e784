"""Drills in which pupils answer for themselves: who is missing, and typing an answer in for somebody."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from quiz.core.class_list import Pupil, meant_by
from quiz.core.drill.answered_drill import AnsweredDrill
from quiz.core.drill.card_markers import CardReadings
from quiz.core.drill.card_round import takes_cards
from quiz.core.drill.settings import Channel, Stage
from quiz.core.drill.typed_answers import UnclearAnswer, how_to_type, split_line, typed_response
from quiz.core.session import InvalidTransition
from quiz.errors import ExchangeError, QuizError, RecordConflict
from quiz.services.drill.card_answers import CardQuestion, card_question, take_cards
from quiz.services.drill.card_reading import read_cards_in, require_card_reading
from quiz.tui.bindings import bar_key, key
from quiz.tui.drill.answer_line import AnswerLine
from quiz.tui.drill.phrases import keys_line, translated
from quiz.tui.drill.screen import DrillScreen
from quiz.tui.routes import AskText, Attendance, StillMissing
from quiz.tui.text import join
from quiz.tui.turns import in_turn

if TYPE_CHECKING:
    from quiz.services.drill.live import LiveDrill
    from quiz.services.workspace import Workspace

A = TypeVar("A", bound=AnsweredDrill)
GOOD = 75
"""The percentage of right answers from which a question went well."""


class AnsweredScreen(DrillScreen[A]):
    """What the formats share whose pupils answer for themselves."""

    ANSWER_KEYS: ClassVar[list[BindingType]] = [
        bar_key("drill.type-answer", "t", "type_answer", "Type in", "Type in a pupil's answer, such as 7 b"),
        bar_key("drill.missing", "w", "missing", "Who is missing", "Who has not answered yet"),
        key("drill.cards", "c", "cards", "Cards", "Read cards in a photograph"),
        key("drill.absent", "a", "absent", "Absent", "Who is here and who is not"),
    ]
    own_steps: ClassVar[dict[str, str]] = {
        "answer": "the answer typed in last",
        "absent": "the absence",
        "present": "the return",
    }

    opens_by_number: ClassVar[bool] = False
    """Whether a digit begins to type an answer in."""

    def __init__(self, workspace: Workspace, live: LiveDrill[A]) -> None:
        super().__init__(workspace, live)
        self.line = AnswerLine()
        """The line in which answers are typed."""

    def compose_below(self) -> ComposeResult:
        """Add the line in which answers are typed."""
        yield self.line

    async def show_state(self) -> None:
        """Show wherever the drill stands now."""
        if not self.drill.takes_answers:
            self.line.close()
        await super().show_state()

    def answers_line(self) -> Content:
        """Return how many have answered, and the keys that tell more."""
        drill, say = self.drill, self.say
        answered = say("{n} of {all}", n=len(drill.here) - len(drill.missing), all=len(drill.here))
        return join((answered, "bold"), f" {say('answered')}   ", self.missing_key())

    def missing_key(self) -> Content:
        """Return the key that tells who is missing."""
        return keys_line((self.key_of("missing"), self.say("who is missing")))

    def action_type_answer(self) -> None:
        """Type pupils' answers in."""
        if self.drill.takes_answers and self.drill.named:
            line = f"7 {how_to_type(self.drill.interaction)}"
            self.line.open(self.say("Pupil and answer, such as {line}", line=line))
            self.refresh_bindings()

    async def on_answer_line_entered(self, message: AnswerLine.Entered) -> None:
        """Put an answer on record that was typed in for a pupil."""
        live, before = self.live, len(self.drill.answers)
        pupil = ""

        def take() -> None:
            nonlocal pupil
            who, typed = split_line(message.line, self._is_pupil)
            response = typed_response(self.drill.interaction, typed)
            pupil = live.claim(who)
            live.answer(pupil, response, Channel.DESK)

        try:
            await self.turns.when_free(take)
        except UnclearAnswer as error:
            self.line.tell(error.said(self.words), is_fault=True)
            return
        except InvalidTransition as error:
            self.line.tell(str(error), is_fault=True)
            return
        except RecordConflict as error:
            await self.catch_up(error)
            return
        except QuizError as error:
            self.refuse(error, self.say("Not saved"))
            return
        who, is_new = live.names[pupil], len(self.drill.answers) > before
        self.line.field.value = ""
        self.line.tell(
            self.say("{who} has answered.", who=who) if is_new else self.say("{who} answered anew.", who=who)
        )
        await self.show_state()

    def on_key(self, event: events.Key) -> None:
        """Open the line by a pupil's number, once the app has done what the keys before it do."""
        is_number = event.character is not None and event.character.isdecimal()
        if self.opens_by_number and is_number and not self.line.is_open:
            event.stop()
            self.app.call_later(self._begin_answer, event.character)

    def _begin_answer(self, digit: str) -> None:
        if self.is_current:
            self.action_type_answer()
            self.line.begin(digit)

    def _is_pupil(self, name: str) -> bool:
        pupils = [Pupil(pupil, name) for pupil, name in self.live.names.items()]
        return bool(meant_by(name, pupils))

    def action_missing(self) -> None:
        """Name those who have not answered yet."""
        names, numbers, drill = self.live.names, self.live.numbers, self.drill
        rows = tuple(f"{numbers.get(pupil, ''):>3}  {names[pupil]}" for pupil in drill.missing)
        self.go(StillMissing(rows, self.words))

    def action_cards(self) -> None:
        """Ask for a photograph of the cards that the class holds up."""
        try:
            require_card_reading()
        except ExchangeError as error:
            self.refuse(translated(error, self.words), self.say("Cards"))
        else:
            self.go(AskText(self.say("The file of a photograph of the cards")), self._read_cards)

    def _read_cards(self, path: str | None) -> None:
        if path and path.strip():
            self.run_worker(self._answer_by_cards(Path(path.strip())))

    async def _answer_by_cards(self, path: Path) -> None:
        """Read the cards in a photograph for the question that is asked now, and put them on record."""
        try:
            question = card_question(self.live)
            readings = await asyncio.to_thread(read_cards_in, path, question.owners)
        except InvalidTransition as error:
            self.notify(str(error), title=self.say("Cards"), severity="warning")
        except QuizError as error:
            self.refuse(translated(error, self.words), self.say("Cards"))
        else:
            await self._take_cards(question, readings)

    @in_turn
    async def _take_cards(self, question: CardQuestion, readings: CardReadings) -> None:
        """Put on record what the cards answer, and say who is read."""
        try:
            said = await self.turns.when_free(lambda: take_cards(self.live, question, readings))
        except InvalidTransition as error:
            self.notify(str(error), title=self.say("Cards"), severity="warning")
        except RecordConflict as error:
            await self.catch_up(error)
        except QuizError as error:
            self.refuse(error, self.say("Not saved"))
        else:
            self.notify(said, title=self.say("Cards"))
            await self.show_state()

    def action_absent(self) -> None:
        """Mark pupils absent or present."""
        self.go(Attendance(self.live), self._after_attendance)

    @in_turn
    async def _after_attendance(self, _: None) -> None:
        await self.show_state()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the actions of the present stage."""
        if self.line.is_open:
            return False  # the keys are for the line
        match action:
            case "type_answer" | "missing":
                return self.drill.takes_answers and bool(self.drill.named)
            case "cards":
                return takes_cards(self.drill)
            case "absent":
                return self.drill.stage is not Stage.FINISHED and bool(self.drill.named)
        return super().check_action(action, parameters)
