"""What an author sees of a file while writing."""

from __future__ import annotations

from quiz.authoring.preview_state import PreviewState
from quiz.core.content.diagnostics import Finding, Severity
from tests.authoring.banks import bank_of, single

BANK = bank_of("\n".join(single(f"Which is it, of {name}?", "Paris", "Nice", id=name) for name in "abc"))


def finding(line: int) -> Finding:
    return Finding("code", Severity.WARNING, "f", line, 1, "No.")


def look(*lines: int) -> PreviewState:
    return PreviewState("f", BANK, tuple(finding(line) for line in lines), (5, 10, 15))


def test_findings_belong_to_the_item_they_stand_in() -> None:
    seen = look(1, 5, 9, 10, 99)
    assert [[one.line for one in seen.about(place)] for place in range(3)] == [[5, 9], [10], [99]]
    assert [one.line for one in seen.elsewhere(1)] == [1, 5, 9, 99]


def test_the_next_item_with_findings_comes_round_again() -> None:
    seen = look(1, 6, 16)
    assert [seen.next_with_findings(place) for place in range(3)] == [2, 2, 0]
    assert look(1).next_with_findings(0) is None


def test_an_item_is_found_again_by_its_id() -> None:
    moved = look()._replace(bank=bank_of(single("Which?", "Paris", "Nice", id="c")))
    assert moved.after(look(), 2) == 0
    assert moved.after(look(), 1) == 0
    assert look().after(moved, 0) == 2
    assert look().after(PreviewState("f", None), 1) == 1
    assert PreviewState("f", None).after(look(), 2) == 2


def test_without_a_bank_there_are_no_items() -> None:
    broken = PreviewState("f", None, (finding(3),))
    assert (broken.items, broken.bank_item(0), broken.place_of("a")) == (0, None, None)
    assert [one.line for one in broken.elsewhere(0)] == [3]
