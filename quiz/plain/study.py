"""Study in lines, with the same session and record as on the full screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.core.content.interaction import RATINGS
from quiz.core.session import InvalidTransition, Phase
from quiz.core.study.clarification import SAY_MORE_EXACTLY, remark_in
from quiz.core.study.progress import progress
from quiz.core.text.phrases import count, day_name, span
from quiz.plain.console import Console, Leave
from quiz.plain.prompts import CommandTyped, ask, ask_confidence, say_item, say_notes, say_verdict
from quiz.services.study.outcome import study_outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from quiz.services.study.live import LiveStudy
    from quiz.services.workspace import Workspace

COMMANDS = """\
Instead of an answer you can type:
  :hint  :again  :skip  :flag  :bury  :suspend  :undo  :quit  :help
After a verdict, enter goes on. Before that you can type:
  1 again, 2 hard, 3 good, 4 easy (when it comes back),  y I was right,  u undo,  n the note,  q leave
To type an answer that begins with a colon, begin it with two."""


class PlainStudy:
    """Asks a study session's items line by line."""

    def __init__(self, workspace: Workspace, live: LiveStudy, console: Console) -> None:
        self._workspace = workspace
        self._live = live
        self._console = console

    def run(self) -> None:
        """Go through the session until it is finished or the learner leaves."""
        at = progress(self._live.session)
        self._console.say(
            f"{at.title}: {count(at.total, 'question')}. Type :help for what else you can type."
        )
        try:
            while self._live.session.phase is not Phase.FINISHED:
                if self._live.session.phase is Phase.ANSWERING:
                    self._ask()
                else:
                    self._review()
        except Leave:
            self._console.say("Left. Continue with “quiz study --plain” or in the app.")
            return
        self._finish()

    def _ask(self) -> None:
        bank_item, at = self._live.session.current, progress(self._live.session)
        self._console.say()
        topic = f"  {bank_item.topic}" if bank_item.topic else ""
        self._console.say(f"Question {at.place} of {at.total}.{topic}")
        say_item(self._console, bank_item)
        self._live.shown()
        is_read = False
        while True:
            try:
                response = ask(self._console, self._live.session.interaction, is_read=is_read)
            except CommandTyped as command:
                if str(command) in {"again", "a"} or self._obey(str(command)):
                    return
                is_read = True
                continue
            asks = self._live.session.asks_confidence
            self._live.submit(response, ask_confidence(self._console) if asks else None)
            near = self._live.session.clarification
            if near is None:
                return
            self._console.say(f"{SAY_MORE_EXACTLY}: {remark_in(near)}.")
            is_read = True

    def _obey(self, command: str) -> bool:
        """Carry out a command typed instead of an answer, and return whether the session's state changed."""
        item = self._live.session.current.item
        match command:
            case "hint" | "h":
                self._console.say(item.hint or "This question has no hint.")
            case "note" | "n":
                self._console.say("You can read the note once you have answered.")
            case "flag" | "f":
                self._flag()
            case "skip" | "s":
                return self._do(self._live.skip, "Put off.")
            case "bury":
                return self._do(self._live.bury, "Not before tomorrow.")
            case "suspend":
                return self._do(self._live.suspend, "Suspended.")
            case "undo" | "u":
                return self._do(self._live.undo, "Taken back.")
            case "quit" | "q":
                raise Leave
            case _:
                self._console.say(COMMANDS)
        return False

    def _do(self, step: Callable[[], None], said: str) -> bool:
        try:
            step()
        except InvalidTransition as reason:
            self._console.say(str(reason))
            return False
        self._console.say(said)
        return True

    def _flag(self) -> None:
        self._live.flag()
        self._console.say("Marked." if progress(self._live.session).is_flagged else "Mark taken away.")

    def _review(self) -> None:
        session = self._live.session
        say_verdict(self._console, session.current, session.grade)
        back = self._live.coming_back()
        times = ", ".join(
            f"{rating} {RATINGS[rating].lower()} {span(time)}" for rating, time in back.intervals.items()
        )
        told = f" ({times})" if times else ""
        self._console.say(f"{back.words[0].upper()}{back.words[1:]}.{told}")
        if session.is_given_up:
            say_notes(self._console, session.current)
        while True:
            match self._console.ask("Enter goes on").strip().lower().lstrip(":"):
                case "":
                    self._live.advance()
                    return
                case "1" | "2" | "3" | "4" as rating:
                    self._live.rate(int(rating))
                    self._console.say(
                        f"Rated {RATINGS[int(rating)].lower()}: {self._live.coming_back().words}."
                    )
                case "y":
                    if self._do(self._live.override, "Counted as right."):
                        return
                case "u" | "undo":
                    if self._do(self._live.undo, "Taken back."):
                        return
                case "f" | "flag":
                    self._flag()
                case "n" | "note":
                    say_notes(self._console, session.current)
                case "q" | "quit":
                    raise Leave
                case _:
                    self._console.say(COMMANDS)

    def _finish(self) -> None:
        live, workspace = self._live, self._workspace
        outcome = study_outcome(workspace, live)
        result = outcome.result
        workspace.train_if_due()
        self._console.say()
        self._console.say("Session finished.")
        score = f"{result.right_at_once} of {result.asked} " if result.asked else ""
        self._console.say(f"{score}{result.in_words}.")
        self._console.say(f"{result.work_in_words}.")
        for told in outcome.coming:
            if told.items:
                own = f", {told.of_session} of them from this session" if told.of_session else ""
                self._console.say(
                    f"Back {day_name(told.day, workspace.today)}: {count(told.items, 'question')}{own}."
                )
        for item in result.worth:
            answer = item.missed or f"Correct answer: {item.key}"
            self._console.say(f"Worth another look: {item.stem} {answer}")
        said = (outcome.day_in_words, outcome.today.waiting_in_words, outcome.streak.in_words)
        self._console.say(" ".join(part if part.endswith(".") else f"{part}." for part in said if part))
