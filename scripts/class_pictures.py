#!/usr/bin/env python3
"""Take the pictures in docs/classroom: a class of 25, from the marking of its papers to its grades.

usage: class_pictures.py [--check] [NAME ...]    (all of them if none is named)

With --check nothing is written: the exit code says whether the pictures show the app as it is.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "scripts"))

from screenshots import Scene, StillClock, main  # noqa: E402

if TYPE_CHECKING:
    from textual.screen import Screen

    from quiz.core.exam.paper import PaperQuestion
    from quiz.services.exam.marking import Marking
    from quiz.services.workspace import Workspace

TARGET = ROOT / "docs" / "classroom"
PUPILS = (
    "Anna Acker", "Ben Becker", "Defne Çelik", "Emil Dorn", "Finn Ebert", "Greta Frank", "Hanna Groß",
    "Ida Haas", "Jakob Ivanov", "Karla Jung", "Leon Krüger", "Mia Lang", "Noah Meyer", "Olga Neumann",
    "Paul Otto", "Quentin Peters", "Rosa Quast", "Samuel Richter", "Tilda Schäfer", "Till Schäfer",
    "Uma Ulrich", "Viktor Vogel", "Wanda Weiß", "Yusuf Yılmaz", "Zoe Zimmer",
)  # fmt: skip
ABSENT = frozenset({"Ida Haas", "Till Schäfer"})
ITEMS, SEED = 20, 4711


def a_marking(workspace: Workspace) -> Marking:
    """Return the papers of an exam in two forms, none of them marked."""
    from quiz.core.exam.settings import ExamSettings
    from quiz.services.exam.marking import Marking
    from quiz.services.exam.paper import paper_forms

    class_list = workspace.record.class_lists.add("8b", list(PUPILS)).class_list
    return Marking(workspace, class_list, paper_forms(workspace, (), ExamSettings(items=ITEMS), SEED, "AB"))


def lines_of(marking: Marking) -> list[str]:
    """Return what is typed for each paper: some pupils know more, and some items are harder."""
    rng = Random(SEED)
    codes = {learner: code for code, learner in marking.codes.items()}
    lines = []
    for number, (learner, name) in enumerate(marking.names.items()):
        form = "AB"[number % 2]
        skill = rng.gauss(0.8, 1.1)
        marks = [_answer(question, skill, rng) for question in marking.questions[form]]
        if name not in ABSENT:
            lines.append(codes[learner] + form + "".join(marks))
    return lines


def _answer(question: PaperQuestion, skill: float, rng: Random) -> str:
    """Return what a pupil wrote, right more often the greater the skill."""
    difficulty = Random(str(question.ref)).gauss(-0.2, 0.9)
    is_right = rng.random() < 1 / (1 + math.exp(difficulty - 1.2 * skill))
    if question.is_open:
        return "+" if is_right else "0"
    letters = question.key_letters
    if not is_right:
        shown = "ABCDEFGHIJ"[: len(question.lettered())]
        others = [letter for letter in shown if letter not in letters] or list(shown)
        letters = rng.choice(others) if question.is_single else letters[1:] + letters[:1]
        letters = "-" if rng.random() < 0.06 else letters
    return letters if question.is_single or letters == "-" else f"({letters})"


def papers(workspace: Workspace, clock: StillClock) -> Screen[Any]:
    """Return the marking of papers, seven of them done."""
    from quiz.tui.classes.marking import MarkingScreen

    marking = a_marking(workspace)
    for line in lines_of(marking)[:7]:
        clock.time += 20_000
        marking.mark(line)
    return MarkingScreen(workspace, marking)


def results(workspace: Workspace, clock: StillClock) -> Screen[Any]:
    """Return the results of the class."""
    from quiz.tui.classes.results import ClassResultsScreen

    marking = a_marking(workspace)
    for line in lines_of(marking):
        clock.time += 20_000
        marking.mark(line)
    return ClassResultsScreen(workspace, workspace.record.class_lists.named("8b"))


SCENES = {
    "marking": Scene((120, 32), "verdigris", tuple("JIACCAD(AABBB)(CDB)"), papers, days=()),
    "results": Scene((120, 34), "verdigris", (), results, days=()),
    "grades": Scene((120, 34), "verdigris", ("g", "down", "enter", "n", "o"), results, days=()),
    "questions": Scene((120, 34), "verdigris", ("o", "v", "down"), results, days=()),
    "left-out": Scene(
        (120, 34),
        "verdigris",
        ("o", "v", "d", "down", "enter", "v", "g", "down", "enter", "n"),
        results,
        days=(),
    ),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], SCENES, TARGET))
