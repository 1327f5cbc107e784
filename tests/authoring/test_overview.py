"""A bank in figures."""

from __future__ import annotations

from quiz.authoring.overview import overview_lines, overview_of
from tests.authoring.banks import bank_of, single

HEAD = (
    "topics: {a: First, b: Second}\n"
    "notes: {n: {title: N, text: x, facts: [one, two]}, m: {title: M, text: x}}\n"
)
ITEMS = "\n".join(
    [
        single("Which city is it?", "Paris", "Nice", id="a", topic="a", cites="[n]", difficulty="easy"),
        single("Which river is it?", "Nile", "Rhine", id="b", topic="a", cites="[n]"),
        "{id: c, kind: true-false, topic: b, stem: Paris is large., key: true, rationale: R, cites: [n]}",
        "{id: d, kind: flashcard, topic: b, stem: What is it?, back: A city}",
    ]
)


def test_figures_are_counted() -> None:
    overview = overview_of(bank_of(ITEMS, HEAD))
    assert (overview.items, overview.shuffled, overview.citing_nothing) == (4, 2, 1)
    assert overview.kinds == {"single-choice": 2, "true-false": 1, "flashcard": 1}
    assert overview.difficulties == {"easy": 1, "medium": 3}
    assert overview.topics == {"First": 2, "Second": 2}
    assert [(note.items, note.kinds, note.facts) for note in overview.notes] == [(3, 2, 2), (0, 0, 0)]
    assert [(positions.labels, positions.counts) for positions in overview.positions] == [
        (("True", "False"), (1, 0))
    ]
    assert (overview.longest.keys, overview.longest.items, overview.longest.expected) == (1, 2, 1.0)


def test_they_are_lines_for_people() -> None:
    assert overview_lines(overview_of(bank_of(ITEMS, HEAD))) == [
        "b: T",
        "  items       4: 2 single-choice, 1 true-false, 1 flashcard",
        "  difficulty  1 easy, 3 medium",
        "  topics      First 2; Second 2",
        "  notes       1 of 2 asked, by 3 items each, stating 2 facts, 1 item citing none",
        "  keys        True 1, False 0 (too few to tell whether that is chance)",
        "              2 items are shuffled whenever asked, so that no place tells",
        "  longest     the longest option is the key in 1 of 2 items, 1.0 by chance (binomial, p = 0.75)",
    ]


def test_what_is_not_there_has_no_line() -> None:
    assert overview_lines(overview_of(bank_of("{id: d, kind: flashcard, stem: What?, back: A city}"))) == [
        "b: T",
        "  items       1: 1 flashcard",
        "  difficulty  1 medium",
    ]


def test_no_title_moves_a_terminal() -> None:
    lines = overview_lines(overview_of(bank_of(ITEMS, HEAD.replace("First", '"Fi\\nrst"'))))
    assert "  topics      Fi rst 2; Second 2" in lines


def test_keys_of_unshuffled_items_stand_where_they_are_shown() -> None:
    items = "\n".join(
        single(f"Which is it, of {number}?", "Paris", "Nice", "Lyon", id=f"i{number}", shuffle="false")
        for number in range(15)
    )
    (positions,) = overview_of(bank_of(items)).positions
    assert (positions.labels, positions.counts) == (("1", "2", "3"), (15, 0, 0))
    assert positions.is_uneven
