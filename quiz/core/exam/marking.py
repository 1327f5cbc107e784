"""Reading what a teacher types from a pupil's paper: the pupil, the form, and letters or points."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import NamedTuple

from quiz.core.content.grading import Response, Verdict, is_empty
from quiz.core.exam.form_code import FORM_LETTERS
from quiz.core.exam.paper import PaperQuestion
from quiz.core.item_result import points_text

EMPTY = "-"
FULL = "+"
_POINTS = re.compile(r"\[(?P<written>\d{1,3}([.,]\d{1,3})?)\]|(?P<digit>\d)")


class UnreadableMarks(ValueError):
    """A line cannot be read. The message says why and what to type."""


class UnfinishedMarks(UnreadableMarks):
    """A bracket is still open at the end of a line."""


class PupilMarks(NamedTuple):
    """What was read of a pupil's line so far."""

    pupil: str
    """The learner's id."""
    form: str
    marks: tuple[QuestionMark, ...]


class QuestionMark(NamedTuple):
    """A pupil's answer to a question."""

    response: Response | None
    """None if the teacher gave points, or nothing was written."""
    score: float
    """From 0 to 1."""
    verdict: Verdict


def pupil_codes(names: Mapping[str, str]) -> dict[str, str]:
    """Return two letters for each learner's id: the initials if they are free, else the next free ones.

    `names` are the pupils' names by id, in the class list's order.
    """
    taken: dict[str, str] = {}
    for learner, name in names.items():
        code = next((code for code in _candidates(name) if code not in taken), None)
        if code is None:
            raise UnreadableMarks("There are more pupils than pairs of letters.")
        taken[code] = learner
    return taken


def _candidates(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.upper())
    letters = ("".join(sign for sign in word if sign in ascii_uppercase) for word in plain.split())
    words = list(filter(None, letters))
    found = [first[0] + last[0] for first in words[:1] for last in words[:0:-1]]
    joined = "".join(words)
    found += [joined[0] + letter for letter in joined[1:]] if joined else []
    found += [joined[0] + letter for letter in ascii_uppercase] if joined else []
    return [*found, *(a + b for a in ascii_uppercase for b in ascii_uppercase)]


def read_marks(
    line: str, codes: Mapping[str, str], forms: Mapping[str, Sequence[PaperQuestion]]
) -> PupilMarks:
    """Read as much of a line as there is: two letters, the form's letter, then a mark for each question.

    A letter answers a question with one answer; several letters stand in brackets, with a dash for a place
    left empty. A question left empty is a dash. The points of an open question are a digit, more in square
    brackets, or a plus for all of them. Case and spaces are ignored. Raises UnreadableMarks for anything
    else, and for too many marks.
    """
    typed = "".join(line.split()).upper()
    pupil = codes.get(typed[:2], "")
    if len(typed) >= 2 and not pupil:
        raise UnreadableMarks(f"No pupil has the letters “{typed[:2]}”.")
    form = typed[2:3]
    if form and form not in forms:
        known = " or ".join(forms) if len(forms) > 1 else next(iter(forms))
        raise UnreadableMarks(f"There is no form “{form}”: after the pupil comes {known}.")
    questions = forms[form] if form else ()
    marks, rest = [], typed[3:]
    for question in questions:
        if not rest:
            break
        mark, rest = _mark(question, rest)
        marks.append(mark)
    if rest:
        raise UnreadableMarks(
            f"That is more than the {len(questions)} questions of form {form}."
            " Several letters for one question go in brackets."
        )
    return PupilMarks(pupil, form, tuple(marks))


def _mark(question: PaperQuestion, rest: str) -> tuple[QuestionMark, str]:
    """Return a question's mark, and the rest of the line."""
    if rest[0] == EMPTY:
        return QuestionMark(None, 0.0, Verdict.SKIPPED), rest[1:]
    if question.is_open:
        return _points(question, rest)
    if rest[0] != "(":
        return _graded(question, rest[0]), rest[1:]
    inside, bracket, after = rest[1:].partition(")")
    if not bracket:
        raise UnfinishedMarks(f"Question {question.number} lacks its closing bracket.")
    return _graded(question, inside), after


def _points(question: PaperQuestion, rest: str) -> tuple[QuestionMark, str]:
    most = points_text(question.points)
    found = _POINTS.match(rest)
    if rest[0] == FULL:
        return QuestionMark(None, 1.0, Verdict.CORRECT), rest[1:]
    if found is None:
        raise UnreadableMarks(
            f"Question {question.number} is open: type its points, 0 to {most}, or {FULL} for all of them."
        )
    points = float((found["written"] or found["digit"]).replace(",", "."))
    if points > question.points:
        raise UnreadableMarks(f"Question {question.number} has {most} points at most.")
    score = points / question.points if question.points else 0.0
    return QuestionMark(None, score, Verdict.of(score)), rest[found.end() :]


def _graded(question: PaperQuestion, letters: str) -> QuestionMark:
    if len(letters) > question.places:
        raise UnreadableMarks(f"Question {question.number} takes {_so_many(question.places)} at most.")
    places = [-1 if letter == EMPTY else ascii_uppercase.find(letter) for letter in letters]
    for at, (letter, place) in enumerate(zip(letters, places, strict=True)):
        shown = question.lettered(at)
        if letter != EMPTY and not 0 <= place < len(shown):
            last = ascii_uppercase[len(shown) - 1]
            raise UnreadableMarks(f"Question {question.number} has no “{letter}”: it has A to {last}.")
    response = question.response(places)
    if is_empty(response):
        return QuestionMark(None, 0.0, Verdict.SKIPPED)
    grade = question.bank_item.grade(response)
    return QuestionMark(response, grade.score, grade.verdict)


def _so_many(places: int) -> str:
    return "one letter" if places == 1 else f"{places} letters"


def key_line(questions: Sequence[PaperQuestion]) -> str:
    """Return what would be typed for a paper with the full score, from the first question on."""
    marks = []
    for question in questions:
        letters = question.key_letters
        marks.append(FULL if question.is_open else letters if question.is_single else f"({letters})")
    return "".join(marks)


def forms_named(letters: str) -> tuple[str, ...]:
    """Return the forms that some letters name, each once. Raises UnreadableMarks for other letters."""
    named = tuple(dict.fromkeys(letters.upper()))
    if not named or any(letter not in FORM_LETTERS for letter in named):
        raise UnreadableMarks(f"Forms have letters from {FORM_LETTERS[0]} to {FORM_LETTERS[-1]}.")
    return named
