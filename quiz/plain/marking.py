"""Marking papers in lines."""

from __future__ import annotations

import sys

from quiz.core.exam.marking import UnreadableMarks
from quiz.core.text.phrases import count
from quiz.errors import RecordError
from quiz.plain.console import Console, Leave, Tone
from quiz.services.exam.marking import Marking

HOW = (
    "A line a pupil: two letters, the form's letter, then a letter for each question. (AC) are several"
    " letters, - is left empty; of an open question type the points, + for all. :u undoes, :q leaves."
)


def mark_in_lines(marking: Marking, *, has_colour: bool) -> None:
    """Mark papers until there are no more lines. Each is recorded before the next one is read."""
    console = Console(sys.stdin, sys.stdout, has_colour=has_colour)
    console.say(HOW)
    for code, learner in marking.codes.items():
        there = ", marked already" if marking.is_marked(learner) else ""
        console.say(f"  {code}  {marking.names[learner]}{there}")
    try:
        while True:
            line = console.ask(f"\nPaper ({count(len(marking.missing), 'pupil')} to come)").strip()
            if line == ":q":
                break
            if line:
                _take(marking, console, line)
    except Leave:
        pass
    console.say(f"{count(len(marking.done), 'paper')} marked.")


def _take(marking: Marking, console: Console, line: str) -> None:
    try:
        if line == ":u":
            undone = marking.undo()
            console.say(f"Taken back: {undone.sentence}.")
            return
        read = marking.read(line)
        if marking.is_marked(read.pupil):
            console.say(f"The paper of {marking.names[read.pupil]} was marked before.")
            if console.ask("Mark it again? [y/N]").strip().lower() not in {"y", "yes"}:
                return
        console.say(marking.mark(line).sentence + ".", Tone.RIGHT)
    except (UnreadableMarks, RecordError) as error:
        console.say(str(error), Tone.WRONG)
