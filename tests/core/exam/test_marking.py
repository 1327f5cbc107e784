"""Marking papers by letters: what is meant is taken, and what cannot be meant is refused at once."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.content.grading import Verdict
from quiz.core.exam.blueprint import SEEDS, Blueprint, drawn
from quiz.core.exam.marking import (
    UnfinishedMarks,
    UnreadableMarks,
    forms_named,
    key_line,
    pupil_codes,
    read_marks,
)
from quiz.core.exam.paper import PaperQuestion, paper_questions, unprintable
from quiz.core.session import ItemLookup
from tests.core.exam.papers import every_kind

CODES = {"AN": "anna", "BC": "ben"}


def questions(seed: int = 1, *, in_order: bool = True) -> tuple[PaperQuestion, ...]:
    bank = every_kind()
    items = drawn([bank], Blueprint(shuffle=not in_order), seed)
    return paper_questions(items, ItemLookup.of(bank), seed, with_weights=True)


def marked(rest: str) -> tuple[tuple[Verdict, float], ...]:
    read = read_marks(f"AN A {rest}", CODES, {"A": questions()})
    assert (read.pupil, read.form) == ("anna", "A")
    return tuple((mark.verdict, round(mark.score, 3)) for mark in read.marks)


@given(st.integers(0, 8 * SEEDS - 1))
def test_the_key_brings_the_full_score_in_every_form(seed: int) -> None:
    form = questions(seed, in_order=False)
    read = read_marks(f"bcb{key_line(form)}", CODES, {"B": form})
    assert len(read.marks) == 10
    assert {(mark.verdict, mark.score) for mark in read.marks} == {(Verdict.CORRECT, 1.0)}


def test_every_kind_but_flashcards_is_printed() -> None:
    assert [question.bank_item.item.kind for question in questions()] == [
        "single-choice", "multiple-response", "true-false", "short-answer", "numeric", "cloze", "listing",
        "ordering", "matching", "sorting",
    ]  # fmt: skip


def test_nothing_written_is_left_empty() -> None:
    assert marked("----------") == ((Verdict.SKIPPED, 0.0),) * 10
    assert marked("-(--)") == ((Verdict.SKIPPED, 0.0),) * 2


def test_open_questions_get_points() -> None:
    assert marked("--A1 2 0 +")[3:] == (
        (Verdict.CORRECT, 1.0),
        (Verdict.PARTIAL, 0.667),
        (Verdict.INCORRECT, 0.0),
        (Verdict.CORRECT, 1.0),
    )
    assert marked("---- [1,5] [.5]"[:10])[4] == (Verdict.PARTIAL, 0.5)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("ZZ", "No pupil has the letters “ZZ”"),
        ("AN Z", "There is no form “Z”: after the pupil comes A."),
        ("AN A D", "Question 1 has no “D”: it has A to C."),
        ("AN A (AB)", "Question 1 takes one letter at most."),
        ("AN A -(ABCD)", "Question 2 takes 3 letters at most."),
        ("AN A -(AB", "Question 2 lacks its closing bracket."),
        ("AN A --- x", "Question 4 is open: type its points, 0 to 1, or + for all of them."),
        ("AN A ---- 4", "Question 5 has 3 points at most."),
        ("AN A -----------", "That is more than the 10 questions of form A."),
    ],
)
def test_what_cannot_be_meant_is_refused_at_once(line: str, words: str) -> None:
    with pytest.raises(UnreadableMarks) as refused:
        read_marks(line, CODES, {"A": questions()})
    assert words in str(refused.value)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused(line: str) -> None:
    with contextlib.suppress(UnreadableMarks):
        read = read_marks(f"AN A {line}", CODES, {"A": questions()})
        assert all(0 <= mark.score <= 1 for mark in read.marks)


def test_pupils_go_by_their_initials_where_these_are_free() -> None:
    names = {"1": "Anna Berg", "2": "Alf Bach", "3": "Élodie Ünal", "4": "Анна", "5": "Q", "6": "Anna Berg"}
    codes = pupil_codes(names)
    assert set(codes.values()) == set(names)
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in codes)
    assert (codes["AB"], codes["EU"]) == ("1", "3")
    assert codes["AL"] == "2"


def test_two_hundred_pupils_of_one_name_can_be_told_apart() -> None:
    assert len(pupil_codes({str(k): "Anna Berg" for k in range(200)})) == 200


def test_forms_are_named_by_letters() -> None:
    assert forms_named("aba") == ("A", "B")
    for wrong in ("", "Z", "1"):
        with pytest.raises(UnreadableMarks):
            forms_named(wrong)


def test_a_paper_takes_a_key_an_item_and_four_more() -> None:
    single = [question for question in questions() if question.is_single]
    assert len(key_line(single)) == len(single)


def test_no_question_here_has_more_answers_than_letters() -> None:
    assert unprintable(questions()) == ()


def test_what_is_wrong_with_a_line_is_said_whole() -> None:
    cases: list[tuple[str, str]] = [
        ("ZZ", "No pupil has the letters “ZZ”."),
        ("AN Z", "There is no form “Z”: after the pupil comes A or B."),
        ("AN A D", "Question 1 has no “D”: it has A to C."),
        ("AN A 1", "Question 1 has no “1”: it has A to C."),
        ("AN A (AB)", "Question 1 takes one letter at most."),
        ("AN A -(ABCD)", "Question 2 takes 3 letters at most."),
        ("AN A -(AB", "Question 2 lacks its closing bracket."),
        ("AN A --- x", "Question 4 is open: type its points, 0 to 1, or + for all of them."),
        ("AN A ---- 4", "Question 5 has 3 points at most."),
        ("AN A ---- [3,1]", "Question 5 has 3 points at most."),
        (
            "AN A -----------",
            (
                "That is more than the 10 questions of form A."
                " Several letters for one question go in brackets."
            ),
        ),
    ]
    forms = {"A": questions(), "B": questions(2)}
    for line, said in cases:
        with pytest.raises(UnreadableMarks) as refused:
            read_marks(line, CODES, forms)
        assert str(refused.value) == said


@pytest.mark.parametrize(
    ("line", "marked"),
    [("", 0), ("A", 0), ("AN", 0), ("AN B", 0), ("AN A ------- (A)", 8), ("AN A ---- 3", 5),
     ("AN A ---- [2.5]", 5), ("AN A -(A-C)", 2)],
)  # fmt: skip
def test_a_line_in_order_marks_as_many_questions_as_it_holds(line: str, marked: int) -> None:
    assert len(read_marks(line, CODES, {"A": questions(), "B": questions(2)}).marks) == marked


def test_a_bracket_that_is_open_is_unfinished_and_a_line_that_stops_is_read_so_far() -> None:
    with pytest.raises(UnfinishedMarks):
        read_marks("AN A -(AB", CODES, {"A": questions()})
    begun = [read_marks(line, CODES, {"A": questions()}) for line in ("", "A", "an", "an a", "an a b")]
    assert [(read.pupil, read.form, len(read.marks)) for read in begun] == [
        ("", "", 0), ("", "", 0), ("anna", "", 0), ("anna", "A", 0), ("anna", "A", 1),
    ]  # fmt: skip


def test_an_open_question_is_marked_by_points_alone() -> None:
    read = read_marks("AN A --- 0 [1.5] + 1", CODES, {"A": questions()})
    assert [(mark.response, mark.score, mark.verdict) for mark in read.marks[3:]] == [
        (None, 0.0, Verdict.INCORRECT), (None, 0.5, Verdict.PARTIAL), (None, 1.0, Verdict.CORRECT),
        (None, 1.0, Verdict.CORRECT),
    ]  # fmt: skip
    free = [replace(questions()[3], points=0.0)]
    assert read_marks("AN A 0", CODES, {"A": free}).marks[0].score == 0.0


def test_codes_are_initials_then_letters_of_the_name_then_any() -> None:
    names = [
        "Anna Berg",
        "Anna Berg",
        "Élodie van Ünal",
        "Анна",
        "Q",
        "Anna",
        "A-B C",
        "Eva Ulm",
        "Eva V. Ulm",
    ]
    codes = pupil_codes({str(number): name for number, name in enumerate(names)})
    assert list(codes) == ["AB", "AN", "EU", "AA", "QA", "AC", "AD", "EV", "EA"]
    with pytest.raises(UnreadableMarks, match=r"^There are more pupils than pairs of letters\.$"):
        pupil_codes({str(number): "Q" for number in range(26 * 26 + 1)})


def test_forms_have_eight_letters() -> None:
    assert forms_named("ahHA") == ("A", "H")
    with pytest.raises(UnreadableMarks, match=r"^Forms have letters from A to H\.$"):
        forms_named("AI")
