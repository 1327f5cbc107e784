"""What answers are worth, and that speed never outranks one more right answer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quiz.core.drill.points import Rank, Score, bonus_beside, points, ranked, rules

LIMIT = 30_000


def test_a_right_answer_is_1000_and_speed_adds_nothing_unless_it_is_asked_for() -> None:
    assert points(1, items=10, spent_ms=0, limit_ms=LIMIT) == 1000
    assert points(0, items=10, spent_ms=0, limit_ms=LIMIT, has_bonus=True) == 0
    assert points(0.5, items=10, spent_ms=0, limit_ms=LIMIT, has_bonus=True) == 500


def test_the_bonus_falls_evenly_with_the_time() -> None:
    def bonus(spent_ms: int) -> int:
        return points(1, items=10, spent_ms=spent_ms, limit_ms=LIMIT, has_bonus=True) - 1000

    assert [bonus(0), bonus(15_000), bonus(30_000), bonus(99_000), bonus(-5)] == [49, 24, 0, 0, 49]
    assert points(1, items=10, limit_ms=0, has_bonus=True) == 1000


@given(items=st.integers(1, 200), times=st.lists(st.integers(0, LIMIT), max_size=200))
def test_all_bonuses_of_a_drill_are_less_than_half_an_answer(items: int, times: list[int]) -> None:
    fast = [points(1, items=items, spent_ms=t, limit_ms=LIMIT, has_bonus=True) for t in times[:items]]
    assert sum(fast) < 1000 * len(fast) + 500


def test_ties_are_ties_and_take_up_their_places() -> None:
    scores = {"a": Score(points=1000), "b": Score(points=2000), "c": Score(points=1000)}
    ranks = ranked(scores, ["a", "b", "c", "d"])
    assert [(rank.place, rank.competitor, rank.is_tied) for rank in ranks] == [
        (1, "b", False),
        (2, "a", True),
        (2, "c", True),
        (4, "d", False),
    ]


def test_the_rule_says_what_counts() -> None:
    assert rules(items=10, has_bonus=False, has_help=False) == ("right 1000",)
    said = rules(items=10, has_bonus=True, has_help=True)
    assert said == (
        "right 1000", "with help 500", "after t of T seconds up to 49 more: 499/10 × (1 − t/T)",
    )  # fmt: skip


def test_answers_are_told_apart_by_what_they_are_worth() -> None:
    score = Score()
    assert score == Score(right=0, helped=0, wrong=0, passed=0, points=0)
    for worth, brought in ((1, 1000), (1, 1049), (0.5, 500), (0, 0), (0, 0)):
        score = score.plus(worth, brought)
    score = score.plus_pass().plus_pass()
    assert score == Score(right=2, helped=1, wrong=2, passed=2, points=2549)
    assert score.answers == 5


def test_a_bonus_wants_items_and_a_limit() -> None:
    assert points(1, items=1, has_bonus=True) == 1000
    assert points(1, items=0, limit_ms=5, has_bonus=True) == 1000
    assert points(1, items=1, limit_ms=499, has_bonus=True) == 1499
    assert points(1, items=1, limit_ms=1, has_bonus=True) == 1499
    assert rules(items=0, has_bonus=True, has_help=False)[1].startswith("after t of T seconds up to 0 more")
    assert not Rank(1, "a", Score()).is_tied


def test_the_rule_about_shares_and_a_bonus_that_is_not_known_yet() -> None:
    shares = rules(items=10, has_bonus=False, has_help=False, has_shares=True)
    assert shares == ("right 1000", "partly right its share of that")
    unknown = rules(items=10, has_bonus=True, has_help=False, all_bonus=None)
    assert unknown[1:] == ("a little more for speed, never as much as for one more right answer",)
    assert rules(items=10, has_bonus=False, has_help=False, all_bonus=None) == ("right 1000",)
    assert rules(items=4, has_bonus=True, has_help=False, all_bonus=10)[1].startswith(
        "after t of T seconds up to 2 more: 10/4"
    )


def test_a_bonus_is_smaller_where_answers_have_parts() -> None:
    assert [bonus_beside(parts) for parts in (0, 1, 2, 4, 499, 500)] == [499, 499, 249, 124, 1, 0]
    assert points(1, items=2, spent_ms=500, limit_ms=1000, has_bonus=True, all_bonus=100) == 1025
    assert points(0.999, items=2, limit_ms=1000, has_bonus=True) == 999
