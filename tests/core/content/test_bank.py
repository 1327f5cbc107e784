"""Banks and whether their parts fit together."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from quiz.core.content.bank import Bank, Cell, Note, Source, Stimulus
from quiz.core.content.item import Id, Ignore, Image, Name, Option, Tag, Text
from quiz.core.content.kinds.flashcard import Flashcard
from quiz.core.content.kinds.single_choice import SingleChoice
from tests.strategies import banks, steady

CARD = Flashcard(id="card", stem="Front", back="Back")


def bank(*items: Any, **fields: Any) -> Bank:
    return Bank(format=1, bank="b", title="A bank", items=items or (CARD,), **fields)


def found(made: Bank) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(problem.code, problem.where) for problem in made.problems()]


@settings(steady)
@given(made=banks())
def test_the_banks_of_the_strategies_are_sound(made: Bank) -> None:
    assert list(made.problems()) == []
    assert [*made.by_id.values()] == [*made.items]


@pytest.mark.parametrize(
    ("made", "problems"),
    [
        (bank(), []),
        (bank(CARD, CARD), [("duplicate-id", ("items", 1, "id"))]),
        (
            bank(CARD, CARD, CARD),
            [("duplicate-id", ("items", 1, "id")), ("duplicate-id", ("items", 2, "id"))],
        ),
        (bank(Flashcard(id="a", stem="s", back="b", topic="t")), [("unknown-topic", ("items", 0, "topic"))]),
        (bank(Flashcard(id="a", stem="s", back="b", topic="t"), topics={"t": "T"}), []),
        (
            bank(Flashcard(id="a", stem="s", back="b", stimulus="m")),
            [("unknown-stimulus", ("items", 0, "stimulus"))],
        ),
        (
            bank(Flashcard(id="a", stem="s", back="b", cites=("n", "o")), notes={"n": Note("N", "text")}),
            [("unknown-note", ("items", 0, "cites", 1))],
        ),
        (bank(notes={"n": Note("N", "text", source="s")}), [("unknown-source", ("notes", "n", "source"))]),
        (bank(notes={"n": Note("N", "text", source="s")}, sources={"s": Source("S")}), []),
        (bank(stimuli={"m": Stimulus()}), [("stimulus-content", ("stimuli", "m"))]),
        (bank(stimuli={"m": Stimulus(text="a", code="b")}), [("stimulus-content", ("stimuli", "m"))]),
        (bank(stimuli={"m": Stimulus(code="b", language="python")}), []),
        (
            bank(CARD, SingleChoice(id="a", stem="s", key="k", distractors=("d", "d"))),
            [("duplicate-option", ("items", 1, "distractors", 1))],
        ),
    ],
)
def test_what_does_not_fit_together_is_found_with_its_place(made: Bank, problems: list[Any]) -> None:
    assert found(made) == problems


def test_a_near_name_is_suggested() -> None:
    made = bank(Flashcard(id="a", stem="s", back="b", topic="vist"), topics={"visit": "The visit"})
    (problem,) = made.problems()
    assert "“visit”" in problem.message


def test_topics_and_sources_are_shown_by_their_titles() -> None:
    made = bank(
        topics={"t": "The topic"},
        sources={
            "s": Source("The Book", by="Somebody", published="2010"),
            "w": Source("The Page", url="https://example.org/page"),
        },
    )
    assert made.topic_title(Flashcard(id="a", stem="s", back="b", topic="t")) == "The topic"
    assert made.topic_title(CARD) == ""
    assert made.source_line(Note("N", "x", source="s", where="page 3")) == "The Book, Somebody, 2010, page 3"
    web = Note("N", "x", source="w", where="line 2")
    assert made.source_line(web) == "The Page, line 2, https://example.org/page"
    assert made.source_line(Note("N", "x")) == ""


def test_what_does_not_fit_together_is_said_in_a_sentence() -> None:
    topic = Flashcard(id="a", stem="s", back="b", topic="vist")
    cases = [
        (Bank(format=1, bank="b", title="T", items=()), "The bank has no items.", "Give it at least one."),
        (bank(CARD, CARD), "Item 1 also has the id “card”.", "Give one of them another id."),
        (bank(topic), "There is no topic “vist”.", "Known: none."),
        (bank(topic, topics={"visit": "V"}), "There is no topic “vist”. Did you mean “visit”?",
        "Known: visit."),
        (bank(stimuli={"m": Stimulus()}),
         "Stimulus “m” has not exactly one of text, code, table and image.", "Leave one of them."),
    ]  # fmt: skip
    for made, message, mends in cases:
        (problem,) = made.problems()
        assert (problem.message, problem.help) == (message, mends)
        assert problem.at_field is (problem.code == "stimulus-content")


def test_a_bank_that_says_little_is_in_english_and_final() -> None:
    made = bank()
    assert (made.language, made.summary, made.strict, made.markup, made.wall) == ("en", "", (), (), False)
    assert (CARD.topic, CARD.weight, CARD.shuffle, CARD.difficulty, CARD.status) == (
        "", 1.0, True, "medium", "final",
    )  # fmt: skip
    assert (CARD.stimulus, CARD.rationale, CARD.hint, CARD.quote) == ("", "", "", "")
    assert (CARD.cites, CARD.tags) == ((), ())
    assert made.finals is made
    draft = msgspec.structs.replace(CARD, id="draft", status="draft")
    assert bank(CARD, draft).finals == made


LIMITS: list[tuple[Any, int, int]] = [
    (Text, 1, 20_000), (Name, 0, 1000), (Tag, 0, 200), (Cell, 0, 2000), (Id, 1, 80),
]  # fmt: skip


def test_texts_are_as_long_as_the_format_says() -> None:
    for kind, least, most in LIMITS:
        for length in (least, most):
            assert msgspec.convert("x" * length, kind) == "x" * length
        for length in {most + 1, max(0, least - 1)} - {least}:
            with pytest.raises(msgspec.ValidationError):
                msgspec.convert("x" * length, kind)


def test_a_field_that_the_format_does_not_know_is_refused() -> None:
    kinds: list[tuple[Any, dict[str, Any]]] = [
        (Image, {"file": "a.png", "alt": "A"}), (Option, {"text": "t"}), (Ignore, {}),
        (Source, {"title": "t"}),
        (Note, {"title": "t", "text": "x"}), (Stimulus, {}),
    ]  # fmt: skip
    for kind, fields in kinds:
        msgspec.convert(fields, kind)
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert({**fields, "more": 1}, kind)
    for told in ({"file": "", "alt": "A"}, {"file": "x" * 256, "alt": "A"}, {"file": "a", "alt": ""}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(told, Image)
