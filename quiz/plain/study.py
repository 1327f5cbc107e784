"""Study as lines: the same session and the same record as on the full screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.core.gist import plain_text
from quiz.core.grading import Grade, Response
from quiz.core.interaction import RATINGS, Interaction
from quiz.core.sessions.common import NotNow, Phase, Placed
from quiz.core.sessions.progress import progress
from quiz.core.sessions.study_result import study_result
from quiz.core.wording import clock, count, day_name, span
from quiz.plain.console import Console, Leave
from quiz.plain.forms import Unclear, response_of, steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from quiz.storage.live_study import LiveStudy
    from quiz.storage.workspace import Workspace

WORDS = {"correct": "Correct.", "partial": "Partly right.", "incorrect": "Incorrect.", "skipped": "Skipped."}
COMMANDS = """\
Instead of an answer you can type:
  :hint  :note  :skip  :flag  :bury  :suspend  :undo  :quit  :help
After a verdict, enter goes on. Before that you can type:
  1 again, 2 hard, 3 good, 4 easy (when it comes back),  y I was right,  u undo,  n the note,  q leave
To type an answer that begins with a colon, begin it with two."""


class _Command(Exception):
    """A command was typed in place of an answer."""


class PlainStudy:
    """Asks a study session's items line by line."""

    def __init__(self, workspace: Workspace, live: LiveStudy, console: Console) -> None:
        self._workspace = workspace
        self._live = live
        self._console = console

    def run(self) -> None:
        """Go through the session until it is finished or the learner leaves."""
        at = progress(self._live.session)
        self._console.say(f"{at.title}: {count(at.total, 'item')}. Type :help for what else you can type.")
        try:
            while self._live.session.phase is not Phase.FINISHED:
                if self._live.session.phase is Phase.ANSWERING:
                    self._ask()
                else:
                    self._review()
        except Leave:
            self._console.say("Left. “quiz study --plain” or the app goes on with it another time.")
            return
        self._finish()

    def _ask(self) -> None:
        placed, at = self._live.session.placed, progress(self._live.session)
        self._console.say()
        topic = f"  {placed.topic}" if placed.topic else ""
        self._console.say(f"Item {at.place} of {at.total}.{topic}")
        self._say_stimulus(placed)
        self._console.say(placed.item.stem)
        interaction = self._live.session.interaction
        self._live.shown()
        while True:
            try:
                response = self._answered(interaction)
            except Unclear as unclear:
                self._console.say(str(unclear))
                continue
            except _Command as command:
                if self._obey(str(command)):
                    return
                continue
            if interaction.is_complete(response):
                self._live.submit(response)
                return
            self._console.say("Give an answer, or :skip.")

    def _say_stimulus(self, placed: Placed) -> None:
        stimulus = placed.bank.stimuli.get(placed.item.stimulus)
        if stimulus is None:
            return
        self._console.say(f"Material: {stimulus.title}" if stimulus.title else "Material:")
        if stimulus.table:
            for row in stimulus.table:
                self._console.say(" | ".join(row))
        else:
            self._console.say(plain_text(stimulus.text) if stimulus.text else stimulus.code)
        self._console.say()

    def _answered(self, interaction: Interaction) -> Response:
        self._console.say(interaction.instruction)
        answers = []
        for lines, prompt in steps(interaction):
            for line in lines:
                self._console.say(line)
            answer = self._console.ask(prompt)
            if answer.startswith("::"):
                answer = answer[1:]
            elif answer.startswith(":"):
                raise _Command(answer[1:].strip().lower())
            answers.append(answer)
        return response_of(interaction, answers)

    def _obey(self, command: str) -> bool:
        """Do what was typed in place of an answer, and say whether the session stands elsewhere now."""
        item = self._live.session.placed.item
        match command:
            case "hint" | "h":
                self._console.say(item.hint or "This item has no hint.")
            case "note" | "n":
                self._console.say("The note is there once you have answered.")
            case "flag" | "f":
                self._live.flag()
                self._console.say(
                    "Marked." if progress(self._live.session).is_flagged else "Mark taken away."
                )
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
        except NotNow as reason:
            self._console.say(str(reason))
            return False
        self._console.say(said)
        return True

    def _review(self) -> None:
        session = self._live.session
        self._say_verdict(session.placed, session.grade)
        back = self._live.coming_back()
        times = ", ".join(
            f"{rating} {RATINGS[rating].lower()} {span(time)}" for rating, time in back.intervals.items()
        )
        self._console.say(f"{back.words[0].upper()}{back.words[1:]}. ({times})")
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
                    self._do(self._live.flag, "Done.")
                case "n" | "note":
                    self._say_notes(session.placed)
                case "q" | "quit":
                    raise Leave
                case _:
                    self._console.say(COMMANDS)

    def _say_verdict(self, placed: Placed, grade: Grade) -> None:
        share = f" {round(grade.score * 100)} per cent." if grade.verdict.value == "partial" else ""
        self._console.say(WORDS[grade.verdict.value] + share)
        for part in grade.parts if len(grade.parts) > 1 else ():
            given = part.given or "nothing"
            label = f"{part.label}: " if part.label else ""
            right = (
                "right" if part.is_right else f"wrong, it is {part.expected}" if part.expected else "wrong"
            )
            self._console.say(f"  {label}{given}: {right}.")
        if grade.score < 1:
            self._console.say(f"The key: {placed.item.key_text()}")
        for said in (grade.notice, *grade.feedback, placed.item.rationale):
            if said:
                self._console.say(said)

    def _say_notes(self, placed: Placed) -> None:
        for name in placed.item.cites:
            note = placed.bank.notes.get(name)
            if note is not None:
                self._console.say(note.title)
                self._console.say(plain_text(note.text))
                self._console.say(placed.bank.source_line(note))

    def _finish(self) -> None:
        live, workspace = self._live, self._workspace
        memories = workspace.history.memories(workspace.learner.id, live.session.opening.banks)
        result = study_result(live.session, memories, live.now(), workspace.config.day_starts_at)
        self._console.say()
        self._console.say("Session finished.")
        self._console.say(f"{result.right_at_once} of {result.asked} right at the first try.")
        self._console.say(
            f"New items learned: {len(result.learnt)}. Time answering: {clock(result.duration_ms)}."
        )
        for day, number in result.forecast:
            if number:
                self._console.say(f"Back {day_name(day, workspace.today)}: {count(number, 'item')}.")
        for item in result.worth:
            self._console.say(f"Worth another look: {item.stem} The key: {item.key}")
