"""An exam as lines: the same items, clock and record as on the full screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.core.exam.session import AnswerState
from quiz.core.session import Phase
from quiz.core.text.phrases import clock, count
from quiz.plain.console import Console, Leave
from quiz.plain.prompts import CommandTyped, ask, ask_confidence, say_item, say_verdict

if TYPE_CHECKING:
    from quiz.services.exam.live import LiveExam

COMMANDS = """\
Instead of an answer you can type:
  :next or :skip goes on, :back goes back, :go 5 goes to question 5, :items lists them all,
  :again reads this one
  :flag marks the question, :time tells what is left, :hand in hands the exam in, :quit leaves it for later
To type an answer that begins with a colon, begin it with two."""


class PlainExam:
    """Asks an exam's items line by line, in any order, until it is handed in."""

    def __init__(self, live: LiveExam, console: Console) -> None:
        self._live = live
        self._console = console

    def run(self) -> bool:
        """Go through the exam, and return whether it was handed in."""
        settings = self._live.session.settings
        total = count(len(self._live.session.items), "question")
        self._console.say(f"Exam, form {settings.form}: {total}. Type :help for what else you can type.")
        try:
            while not self._is_over():
                self._ask()
        except Leave:
            if self._is_over():
                return True
            self._live.leave()
            self._console.say("Left. Its clock goes on; continue with “quiz exam --plain” or in the app.")
            return False
        return True

    def _is_over(self) -> bool:
        """Check the clock, and return whether the exam is handed in."""
        said = self._live.tick()
        if said:
            self._console.say(said)
        return self._live.session.phase is Phase.FINISHED

    def _ask(self) -> None:
        session = self._live.session
        self._console.say()
        self._console.say(f"Question {session.place + 1} of {len(session.items)}.{self._standing()}")
        say_item(self._console, session.current)
        place, is_read = session.place, False
        while True:
            try:
                response = ask(self._console, session.interaction, is_read=is_read)
                break
            except CommandTyped as command:
                said = str(command)
            self._obey(said)
            if said == "again" or self._is_over() or self._live.session.place != place:
                return
            is_read = True
        confidence = ask_confidence(self._console) if session.settings.confidence else None
        if self._is_over():
            self._console.say("Time is up: this answer came too late.")
            return
        could_go_on = self._live.answer(response, confidence)
        after = self._live.session
        if after.phase is Phase.FINISHED:
            return
        if after.settings.is_at_once:
            say_verdict(self._console, after.current, after.grade)
            could_go_on = self._live.advance()
        if not could_go_on:
            self._offer_to_hand_in()

    def _standing(self) -> str:
        session = self._live.session
        standing = session.answer_state(session.ref)
        words = "" if standing is AnswerState.EMPTY else f" {standing.value.capitalize()}."
        left = self._live.left_ms()
        return words + (f" {clock(left)} left." if left is not None else "")

    def _obey(self, command: str) -> None:
        word, _, rest = command.partition(" ")
        match word:
            case "next" | "skip" | "n" | "s":
                if not self._live.advance():
                    self._offer_to_hand_in()
            case "back" | "b":
                if not self._live.go_back():
                    self._console.say("This is the first question.")
            case "go" if rest.isascii() and rest.isdigit() and 0 < int(rest) <= len(self._live.session.items):
                self._live.go_to(int(rest) - 1)
            case "items" | "i":
                self._say_items()
            case "flag" | "f":
                self._live.flag()
            case "time" | "t":
                left = self._live.left_ms()
                self._console.say("There is no time limit." if left is None else f"{clock(left)} left.")
            case "hand" | "handin":
                self._offer_to_hand_in()
            case "again":
                return
            case "quit" | "q":
                raise Leave
            case _:
                self._console.say(COMMANDS)

    def _say_items(self) -> None:
        session = self._live.session
        for number, ref in enumerate(session.items, 1):
            flag = ", flagged" if ref in session.flagged else ""
            self._console.say(f"{number}. {session.answer_state(ref).value}{flag}")

    def _offer_to_hand_in(self) -> None:
        """List what is empty or flagged, ask once, and hand the exam in if that is confirmed."""
        session = self._live.session
        empty = [str(place + 1) for place in session.places(AnswerState.EMPTY)]
        flagged = [str(number) for number, ref in enumerate(session.items, 1) if ref in session.flagged]
        if empty:
            self._console.say(f"Without an answer: {', '.join(empty)}.")
        if flagged:
            self._console.say(f"Flagged: {', '.join(flagged)}.")
        if self._console.ask("Hand the exam in? y or n").strip().lower() in {"y", "yes"}:
            self._live.hand_in()
