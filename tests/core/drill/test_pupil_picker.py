"""Who is drawn next."""

from __future__ import annotations

from itertools import pairwise

from quiz.core.drill.pupil_picker import NOBODY, Picker


def turns(picker: Picker, count: int) -> tuple[Picker, list[str]]:
    """Return the picker after some turns, and who had them."""
    drawn = []
    for _ in range(count):
        drawn.append(picker.draw())
        picker = picker.took(drawn[-1])
    return picker, drawn


def test_everyone_once_before_anyone_twice_and_nobody_twice_in_a_row() -> None:
    _, drawn = turns(Picker.of(5, "abcde"), 50)
    assert all(sorted(drawn[k : k + 5]) == list("abcde") for k in range(0, 50, 5))
    assert all(one != other for one, other in pairwise(drawn))


def test_the_seed_decides_the_order() -> None:
    orders = {tuple(turns(Picker.of(seed, "abcdefgh"), 8)[1]) for seed in range(20)}
    assert len(orders) > 15
    assert turns(Picker.of(3, "abcdefgh"), 8) == turns(Picker.of(3, "abcdefgh"), 8)


def test_absent_pupils_are_left_out() -> None:
    picker = Picker.of(1, "abc").without("b")
    _, drawn = turns(picker, 6)
    assert set(drawn) == {"a", "c"}
    assert Picker.of(1, "a").without("a").draw() == ""


def test_whoever_is_alone_is_drawn_again() -> None:
    assert turns(Picker.of(1, "a"), 3)[1] == ["a", "a", "a"]


def test_a_late_pupil_joins_the_round_and_makes_up_for_nothing() -> None:
    picker, _ = turns(Picker.of(1, "abcd"), 10)
    picker = picker.including("late")
    _, drawn = turns(picker, 3)
    assert drawn.count("late") == 1
    picker, _ = turns(Picker.of(1, "abcd"), 8)
    _, drawn = turns(picker.including("late"), 10)
    assert [drawn[:5].count("late"), drawn[5:].count("late")] == [1, 1]


def test_a_pupil_who_comes_back_makes_up_for_nothing() -> None:
    picker, _ = turns(Picker.of(1, "abcd").without("a"), 9)
    _, drawn = turns(picker.including("a"), 8)
    assert sorted(drawn) == sorted("abcd" * 2)
    assert picker.including("b") == picker


def test_turns_are_counted_from_none() -> None:
    assert Picker(0) == NOBODY == Picker(0, turns={}, absent=frozenset(), last="", drawn=0)
    assert NOBODY.draw() == ""
    picker = Picker.of(1, "ab")
    assert picker.turns == {"a": 0, "b": 0}
    picker = picker.took("a").took("a").took("z")
    assert (picker.turns, picker.last, picker.drawn) == ({"a": 2, "b": 0, "z": 1}, "z", 3)
    assert NOBODY.including("z").turns == {"z": 0}


def test_whoever_is_left_out_is_not_drawn() -> None:
    picker = Picker.of(1, "abc").took("c")
    assert {picker.draw("a"), picker.took("b").draw("ab")} == {"b", "c"}
    assert picker.draw("abc") == ""


def test_those_who_had_their_turn_in_an_earlier_lesson_come_last() -> None:
    picker = Picker.of(5, "abcde", {"b": 1, "d": 1, "z": 1})
    assert picker.ahead == {"b": 1, "d": 1}
    later, drawn = turns(picker, 5)
    assert set(drawn[:3]) == set("ace")
    assert set(drawn[3:]) <= set("abcde")
    assert len(later.ahead) == 2


def test_nobody_is_ahead_at_the_start_and_nobody_absent_counts() -> None:
    picker = Picker.of(5, "abc").without("c")
    assert picker.ahead == {}
    later, (first,) = turns(picker, 1)
    assert later.ahead == {first: 1}
    assert NOBODY.ahead == Picker.of(5, ()).ahead == {}


def test_whoever_missed_rounds_has_one_turn_to_make_up_for() -> None:
    later, _ = turns(Picker.of(5, "abc").without("c"), 7)
    assert set(later.ahead.items()) > {("c", -1)}
    back, drawn = turns(Picker.of(6, "abc", later.ahead), 2)
    assert drawn[0] == "c"
    assert drawn[1] != "c"
    assert min(back.turns.values()) == 1
