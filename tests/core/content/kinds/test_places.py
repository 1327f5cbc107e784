"""Where in an item a problem is said to be, and what a kind says of itself in words and responses."""

from __future__ import annotations

from typing import Any

import pytest

from quiz.core.content.diagnostics import Where
from quiz.core.content.grading import Chosen, Entered, Matched, Ordered, Recalled, Response, Sorted
from quiz.core.content.interaction import Choose
from tests.strategies import example_of, parsed

BROKEN: list[tuple[str, dict[str, Any], list[tuple[str, Where]]]] = [
    ("single-choice", {"key": "K", "distractors": ["A", "A"]}, [("duplicate-option", ("distractors", 1))]),
    (
        "single-choice",
        {"key": "K", "distractors": ["A", "K"]},
        [("key-among-distractors", ("distractors", 1))],
    ),
    ("multiple-response", {"keys": ["A", "A"], "distractors": ["B"]}, [("duplicate-option", ("keys", 1))]),
    (
        "multiple-response",
        {"keys": ["A", "C"], "distractors": ["B", "B"]},
        [("duplicate-option", ("distractors", 1))],
    ),
    (
        "multiple-response",
        {"keys": ["A", "C"], "distractors": ["B", "A"]},
        [("key-among-distractors", ("distractors", 1))],
    ),
    ("short-answer", {"key": "ocean", "accept": ["sea", "Sea"]}, [("redundant-accept", ("accept", 1))]),
    ("short-answer", {"key": "ocean", "accept": ["Ocean"]}, [("redundant-accept", ("accept", 0))]),
    ("short-answer", {"key": "ocean", "refuse": ["ocean"]}, [("key-among-distractors", ("refuse", 0))]),
    ("numeric", {"key": "many"}, [("not-a-number", ("key",))]),
    ("numeric", {"key": "4", "tolerance": "some"}, [("not-a-number", ("tolerance",))]),
    ("numeric", {"key": "4", "tolerance": "-1"}, [("not-a-number", ("tolerance",))]),
    ("numeric", {"key": "4", "tolerance": "0"}, []),
    ("numeric", {"key": "0", "tolerance": "5%"}, [("unreachable-range", ("tolerance",))]),
    ("cloze", {"text": "no gap"}, [("no-gap", ("text",))]),
    ("cloze", {"text": "a {{ }} b"}, [("no-key", ("text",))]),
    ("cloze", {"text": "a {{b}}", "accept": {"c": ["d"]}}, [("unknown-gap", ("accept", "c"))]),
    ("cloze", {"text": "a {{b}}", "refuse": {"c": ["d"]}}, [("unknown-gap", ("refuse", "c"))]),
    (
        "cloze",
        {"text": "a {{bat}}", "refuse": {"bat": ["x", "bat"]}},
        [("key-among-distractors", ("refuse", "bat", 1))],
    ),
    ("listing", {"keys": ["moon", "sun"], "ask_for": 3}, [("unreachable-range", ("ask_for",))]),
    ("listing", {"keys": ["moon", "Moon"]}, [("duplicate-option", ("keys", 1))]),
    ("matching", {"pairs": {"a": "b", "a ": "c"}}, [("duplicate-option", ("pairs",))]),
    (
        "matching",
        {"pairs": {"a": "b", "c": "d"}, "distractors": ["e", "e"]},
        [("duplicate-option", ("distractors", 1))],
    ),
    (
        "matching",
        {"pairs": {"a": "b", "c": "d"}, "distractors": ["b"]},
        [("key-among-distractors", ("distractors", 0))],
    ),
    ("sorting", {"categories": {"x": ["a"], "y": []}}, [("empty-category", ("categories", "y"))]),
    (
        "sorting",
        {"categories": {"x": ["a"], "y": ["b", "a"]}},
        [("duplicate-option", ("categories", "y", 1))],
    ),
]


@pytest.mark.parametrize(("kind", "fields", "wanted"), BROKEN, ids=lambda value: str(value)[:60])
def test_a_problem_is_where_it_is_said_to_be(
    kind: str, fields: dict[str, Any], wanted: list[tuple[str, Where]]
) -> None:
    stem = {} if kind == "cloze" else {"stem": "S"}
    item = parsed({"id": "a", "kind": kind, **stem, **fields}, kind)
    assert [(problem.code, problem.where) for problem in item.problems()] == wanted
    assert all(problem.help.endswith(".") and problem.message.endswith(".") for problem in item.problems())
    assert all(problem.at_field is (problem.code == "unknown-gap") for problem in item.problems())


def test_a_gap_that_is_not_there_names_those_that_are() -> None:
    item = parsed({"id": "a", "text": "a {{b}} {{c}}", "accept": {"d": ["e"]}}, "cloze")
    assert next(item.problems()).help == "Its gaps are: b, c."


SAID: list[tuple[str, dict[str, Any], Response, str]] = [
    ("single-choice", {"key": "K", "distractors": ["D"]}, Chosen(("K",)), "K"),
    ("multiple-response", {"keys": ["A", "B"], "distractors": ["C"]}, Chosen(("A", "B")), "A; B"),
    ("true-false", {"key": "true"}, Chosen(("True",)), "True"),
    ("short-answer", {"key": "ocean"}, Entered(("ocean",)), "ocean"),
    ("numeric", {"key": "4", "unit": "km", "tolerance": "5%"}, Entered(("4",)), "4 km (± 5%)"),
    ("cloze", {"text": "a {{b}} c {{d}}"}, Entered(("b", "d")), "a b c d"),
    ("listing", {"keys": ["moon", "sun"], "ask_for": 1}, Entered(("moon",)), "moon; sun"),
    ("ordering", {"order": ["a", "b", "c"]}, Ordered(("a", "b", "c")), "a → b → c"),
    ("matching", {"pairs": {"a": "b", "c": "d"}}, Matched({"a": "b", "c": "d"}), "a — b; c — d"),
    (
        "sorting",
        {"categories": {"x": ["a", "b"], "y": ["c"]}},
        Sorted({"a": "x", "b": "x", "c": "y"}),
        "x: a, b; y: c",
    ),
    ("flashcard", {"back": "B"}, Recalled(3), "B"),
]


@pytest.mark.parametrize(("kind", "fields", "response", "text"), SAID, ids=[kind for kind, *_ in SAID])
def test_the_key_as_a_response_and_in_words(
    kind: str, fields: dict[str, Any], response: Response, text: str
) -> None:
    stem = {} if kind == "cloze" else {"stem": "S"}
    item = parsed({"id": "a", "kind": kind, **stem, **fields}, kind)
    assert item.key_response() == response
    assert item.key_text() == text
    assert item.grade(response).score == 1


OTHER = {"flashcard": Chosen(("a",))}


@pytest.mark.parametrize("kind", [kind for kind, *_ in SAID])
def test_a_response_of_another_sort_gets_nothing(kind: str) -> None:
    grade = example_of(kind).grade(OTHER.get(kind, Recalled(4)))
    assert grade.score == 0
    assert not any(part.given.strip() for part in grade.parts if part.given not in {"chosen", "left out"})


@pytest.mark.parametrize("kind", ["short-answer", "numeric", "listing"])
def test_a_part_without_a_name_has_none(kind: str) -> None:
    item = example_of(kind)
    for response in (item.key_response(), Entered(("nothing of it",)), Entered(())):
        assert {part.label for part in item.grade(response).parts} == {""}


def test_true_comes_before_false() -> None:
    assert example_of("true-false").interaction() == Choose(("True", "False"), can_shuffle=False)


def test_of_two_units_that_end_alike_the_longer_one_is_read() -> None:
    item = parsed({"id": "a", "stem": "S", "key": "4", "unit": "m", "units": ["km"]}, "numeric")
    assert item.grade(Entered(("4 km",))).score == 1


def test_some_pairs_in_order_are_told_of_but_neither_all_nor_none() -> None:
    def notice(*given: str) -> str:
        item = parsed({"id": "a", "stem": "S", "order": ["a", "b", "c", "d"]}, "ordering")
        return item.grade(Ordered(given)).notice

    assert notice("a", "b", "c", "d") == ""
    assert notice("d", "c", "b", "a") == ""
    assert notice("a", "b") == ""
    assert notice("d", "c", "a", "b") == "1 of 3 neighbouring pairs are in the right order."
    assert notice("b", "c", "d", "a") == "2 of 3 neighbouring pairs are in the right order."


@pytest.mark.parametrize("kind", ["short-answer", "numeric", "cloze", "listing"])
def test_nothing_is_said_of_an_answer_that_nobody_foresaw(kind: str) -> None:
    fields: dict[str, dict[str, Any]] = {
        "short-answer": {"stem": "S", "key": "ocean", "refuse": [{"text": "lake", "feedback": "No."}]},
        "numeric": {"stem": "S", "key": "4"},
        "cloze": {"text": "a {{ocean}}", "refuse": {"ocean": [{"text": "lake", "feedback": "No."}]}},
        "listing": {"stem": "S", "keys": ["ocean", {"text": "moon", "feedback": "Yes."}]},
    }
    item = parsed({"id": "a", "kind": kind, **fields[kind]}, kind)
    assert {part.feedback for part in item.grade(Entered(("quite another",))).parts} == {""}
    if "refuse" in fields[kind]:
        assert item.grade(Entered(("lake",))).parts[0].feedback == "No."


def test_a_text_with_gaps_asks_to_fill_them_in() -> None:
    item = parsed({"id": "a", "text": "a {{b}} c"}, "cloze")
    assert item.stem == "Fill in the gaps."
    assert item.headline == "a _____ c"
    assert parsed({"id": "a", "text": "a {{b}} c", "stem": "In Greek?"}, "cloze").headline == "In Greek?"


def test_a_slip_in_what_is_refused_is_not_what_is_accepted() -> None:
    item = parsed({"id": "a", "text": "a {{atlantic}}", "refuse": {"atlantic": ["atlantik"]}}, "cloze")
    assert list(item.problems()) == []


def test_the_same_entry_twice_is_told_of_at_the_second() -> None:
    item = parsed({"id": "a", "stem": "S", "order": ["a", "b", "a "]}, "ordering")
    assert [(problem.code, problem.where) for problem in item.problems()] == [
        ("duplicate-option", ("order", 2))
    ]


def test_each_place_of_an_order_shows_what_was_put_there() -> None:
    item = parsed({"id": "a", "stem": "S", "order": ["a", "b", "c"]}, "ordering")
    assert [part.given for part in item.grade(Ordered(("c", "a", "b"))).parts] == ["c", "a", "b"]
    assert [part.given for part in item.grade(Ordered(("c",))).parts] == ["c", "", ""]


def test_a_blank_among_what_was_named_is_not_named() -> None:
    item = parsed({"id": "a", "stem": "S", "keys": ["moon", "sun"]}, "listing")
    grade = item.grade(Entered((" ", "moon")))
    assert grade.score == 0.5
    assert [part.given for part in grade.parts] == ["moon", ""]


ALIKE = "Reword one of them or take it out: learners could not tell which is meant."
OUT = "Take it out of one of the two."
NO_TOLERANCE = "Write a number that is not negative, or a per cent such as 5%."
SENTENCES: list[tuple[str, dict[str, Any], str, str]] = [
    ("single-choice", {"key": "K", "distractors": ["A", "A"]}, "“A” looks the same as “A”.", ALIKE),
    ("single-choice", {"key": "K", "distractors": ["A", "K"]}, "“K” is also the key.", OUT),
    ("short-answer", {"key": "ocean", "accept": ["sea", "Sea"]},
     "“Sea” is accepted without this: it is read like “sea”.", "Take it out; “quiz check --fix” does."),
    ("short-answer", {"key": "ocean", "refuse": ["ocean"]}, "“ocean” is also accepted.", OUT),
    ("numeric", {"key": "many"}, "“many” is not a number in this bank's language.",
     "Write a number such as 12, 1.5, 3/4 or 1e3."),
    ("numeric", {"key": "4", "tolerance": "some"}, "“some” is not a tolerance.", NO_TOLERANCE),
    ("numeric", {"key": "0", "tolerance": "5%"}, "A per cent of a key of 0 tolerates nothing.",
     "Write the tolerance as a number."),
    ("cloze", {"text": "no gap"}, "The text has no gap.", "Put each gap's key in double braces: {{key}}."),
    ("cloze", {"text": "a {{ }} b"}, "A gap is empty.", "Write its key between the braces."),
    ("cloze", {"text": "a {{b}}", "options": {"c": ["d"]}}, "The text has no gap “c”.", "Its gaps are: b."),
    ("cloze", {"text": "a {{c1::b::hint}}"}, "“{{c1::b::hint}}” is written as Anki writes its gaps.",
     "Write {{b}}; a hint goes into “hint:”."),
    ("cloze", {"text": "{{a}}" * 101}, "The text has 101 gaps, and may have 100.",
    "Make several items of it."),
    ("listing", {"keys": ["moon", "sun"], "ask_for": 3}, "It asks for 3 of 2 things.",
     "Ask for at most as many as there are keys."),
    ("listing", {"keys": ["moon", "Moon"]}, "“Moon” says the same as “moon”.",
     "Take one of them out, or list it under the other's “accept:”."),
    ("sorting", {"categories": {"x": ["a"], "y": []}}, "“y” has no members.",
    "Give it a member or take it out."),
    ("sorting", {"categories": {"x": ["a"], "y": ["b", "a"]}}, "“a” is in “x” already.",
     "Leave it in one place."),
    ("ordering", {"order": ["a", "a"]}, "All entries are the same.", "Give it entries that differ."),
    ("ordering", {"order": ["a", "b", "a "]}, "“a ” looks the same as a different entry.",
     "Write equal entries exactly the same."),
]  # fmt: skip


def test_a_problem_is_said_in_a_sentence_with_what_mends_it() -> None:
    for kind, fields, message, mends in SENTENCES:
        stem = {} if kind == "cloze" else {"stem": "S"}
        (problem,) = parsed({"id": "a", "kind": kind, **stem, **fields}, kind).problems()
        assert (problem.message, problem.help) == (message, mends)
