"""Questions on paper: how many letters answer each, and which."""

from __future__ import annotations

from dataclasses import replace

from quiz.core.content.grading import Chosen, Entered, Matched, Ordered, Response, Sorted
from quiz.core.content.interaction import Choose, Enter, Field, Interaction, Match, Sort
from quiz.core.exam.marking import key_line
from quiz.core.exam.paper import PaperQuestion, paper_questions, unprintable
from quiz.core.session import ItemLookup
from tests.core.exam.papers import every_kind

BANK = every_kind()
LOOKUP = ItemLookup.of(BANK)
NAMES = ("choice", "several", "truth", "short", "number", "gaps", "list", "order", "pairs", "bins", "card")
ASKED = {
    ref.item: question
    for ref, question in zip(LOOKUP, paper_questions(list(LOOKUP), LOOKUP, 1, with_weights=True), strict=True)
}
METALS = ("Iron", "Gold", "Wood")


def asked(name: str, interaction: Interaction | None = None) -> PaperQuestion:
    """Return a question with its options in the bank's order, or in one's own."""
    question = ASKED[name]
    return replace(question, asked=interaction or question.bank_item.item.interaction())


def test_each_kind_is_answered_by_letters_or_in_writing() -> None:
    cases: list[tuple[str, bool, bool, int, int, str]] = [
        ("choice", False, True, 1, 1, "A"), ("several", False, False, 3, 2, "AB"),
        ("truth", False, True, 1, 1, "A"), ("short", True, False, 0, 1, ""),
        ("number", True, False, 0, 1, ""),
        ("gaps", True, False, 0, 1, ""), ("list", True, False, 0, 2, ""),
        ("order", False, False, 4, 3, "ABCD"), ("pairs", False, False, 3, 3, "ABC"),
        ("bins", False, False, 3, 3, "AAB"), ("card", False, False, 0, 0, ""),
    ]  # fmt: skip
    for name, is_open, is_single, places, parts, key in cases:
        question = asked(name)
        assert (question.is_open, question.is_single, question.places) == (is_open, is_single, places)
        assert (question.parts, question.key_letters) == (parts, key)


def test_a_gap_with_options_is_answered_by_a_letter() -> None:
    gaps = asked("gaps", Enter((Field(options=("wood", "metal")),)))
    assert (gaps.is_open, gaps.is_single, gaps.places, gaps.parts) == (False, True, 1, 1)
    assert gaps.key_letters == "B"
    assert gaps.response([1]) == Entered(("metal",))
    mixed = asked("gaps", Enter((Field(options=("wood", "metal")), Field())))
    assert (mixed.is_open, mixed.places, mixed.parts, mixed.key_letters) == (True, 0, 2, "")


def test_letters_stand_for_what_is_shown() -> None:
    cases: list[tuple[str, list[int], Response]] = [
        ("choice", [1], Chosen(("Wood",))), ("choice", [-1], Chosen(())),
        ("several", [2, 0], Chosen(("Wood", "Iron"))),
        ("several", [-1, 0], Chosen(("Iron",))), ("order", [3, -1, 0], Ordered(("four", "one"))),
        ("pairs", [3, -1, 0], Matched({"Fe": "lead", "Sn": "iron"})),
        ("bins", [1, -1, 0], Sorted({"iron": "others", "wood": "metals"})),
    ]  # fmt: skip
    for name, letters, response in cases:
        assert asked(name).response(letters) == response


def test_questions_are_those_of_the_screen_with_their_weights() -> None:
    assert [question.number for question in ASKED.values()] == list(range(1, 12))
    assert [question.ref.item for question in ASKED.values()] == list(NAMES)
    assert [question.points for question in ASKED.values()] == [2, 1, 1, 1, 3, 1, 1, 1, 1, 1, 1]
    plain = paper_questions(list(LOOKUP), LOOKUP, 1, with_weights=False)
    assert {question.points for question in plain} == {1.0}
    assert ASKED["choice"].lettered() == ("Wood", "Iron", "Glass")
    assert asked("card").lettered() == ()
    assert key_line([asked(name) for name in NAMES[:-1]]) == "A(AB)A++++(ABCD)(ABC)(AAB)"


def test_what_has_more_options_than_letters_cannot_be_printed() -> None:
    many = tuple(f"o{k}" for k in range(27))
    last, beyond = asked("choice", Choose(many[:26])), asked("choice", Choose(many))
    second = asked("gaps", Enter((Field(options=("a",)), Field(options=many))))
    assert unprintable([last, beyond, asked("short"), second]) == (beyond, second)


def test_equal_entries_have_letters_of_their_own() -> None:
    question = asked("several", Choose(("Iron", "Wood", "Iron"), most=3))
    assert question.key_letters == "AC"
    assert asked("several", Choose(METALS, most=3)).key_letters == "AB"


def test_the_key_in_words_has_the_order_of_its_letters() -> None:
    pairs = asked("pairs", Match(("Sn", "Fe", "Au"), ("gold", "iron", "lead", "tin")))
    assert (pairs.key_letters, pairs.key_text) == ("DBA", "Sn — tin; Fe — iron; Au — gold")
    bins = asked("bins", Sort(("wood", "gold", "iron"), ("others", "metals")))
    assert (bins.key_letters, bins.key_text) == ("ABB", "wood — others; gold — metals; iron — metals")
    assert asked("several", Choose(("Gold", "Wood", "Iron"), most=3)).key_text == "Gold; Iron"
    assert asked("number", Enter((Field(),))).key_text == "12 eggs"
