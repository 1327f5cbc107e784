"""Banks and whether their parts fit together."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from quiz.core.content.bank import Bank, Note, Source, Stimulus
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
