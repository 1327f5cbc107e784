"""The points for answers, and the ranking of a drill's competitors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from quiz.core.drill.wall_words import ENGLISH, WallWords

RIGHT = 1000
"""The points for a right answer."""
HELPED_SCORE = 0.5
"""The score of a right answer given with the class's help."""
ALL_BONUS = 499
"""The limit of all speed bonuses in a drill together: less than one answer with help."""


class Score(msgspec.Struct, frozen=True):
    """The answers of a competitor. Right answers are counted apart from points."""

    right: int = 0
    helped: int = 0
    """Right answers with the class's help, which are not counted in `right`."""
    wrong: int = 0
    passed: int = 0
    points: int = 0

    @property
    def answers(self) -> int:
        """How many answers were judged."""
        return self.right + self.helped + self.wrong

    def plus(self, score: float, points: int) -> Score:
        """Return the score after one more answer, with a score of 0 to 1."""
        return msgspec.structs.replace(
            self,
            right=self.right + (score >= 1),
            helped=self.helped + (0 < score < 1),
            wrong=self.wrong + (score <= 0),
            points=self.points + points,
        )

    def plus_pass(self) -> Score:
        """Return the score after one more pass."""
        return msgspec.structs.replace(self, passed=self.passed + 1)


class Rank(msgspec.Struct, frozen=True):
    """The place of a competitor."""

    place: int
    """From 1. Equal points share a place, and as many of the next places are left out."""
    competitor: str
    score: Score
    is_tied: bool = False


def points(
    score: float,
    *,
    items: int,
    spent_ms: int = 0,
    limit_ms: int = 0,
    has_bonus: bool = False,
    all_bonus: int = ALL_BONUS,
) -> int:
    """Return the points for an answer with a score of 0 to 1: 1000 in full, plus a speed bonus for a full
    score.

    The bonus is `all_bonus`/n × (1 - t/T), rounded down, for n items in the drill and t of T milliseconds:
    all bonuses of a drill together are less than one more right answer. It needs a time limit.
    """
    base = round(RIGHT * score)
    if not has_bonus or limit_ms <= 0 or items <= 0 or score < 1:
        return base
    left_ms = limit_ms - max(0, min(spent_ms, limit_ms))
    return base + all_bonus * left_ms // (items * limit_ms)


def bonus_beside(parts: int) -> int:
    """Return the limit of all speed bonuses in a drill whose answers have at most so many graded parts.

    It is less than what an answer gains by its last part, so that no speed makes up for one more right
    answer, even beside one that is almost right.
    """
    return ALL_BONUS // max(1, parts)


def rules(
    *,
    items: int,
    has_bonus: bool,
    has_help: bool,
    has_shares: bool = False,
    all_bonus: int | None = ALL_BONUS,
    words: WallWords = ENGLISH,
) -> tuple[str, ...]:
    """Return the points for answers, a phrase for each case.

    `has_shares` tells that partly right answers earn their share, `all_bonus` is None where the limit of the
    speed bonuses depends on items that are not drawn yet.
    """
    parts = [words.say("right {points}", points=RIGHT)]
    if has_shares:
        parts.append(words.say("partly right its share of that"))
    if has_help:
        parts.append(words.say("with help {points}", points=round(RIGHT * HELPED_SCORE)))
    if has_bonus and all_bonus is None:
        parts.append(words.say("a little more for speed, never as much as for one more right answer"))
    elif has_bonus and all_bonus is not None:
        most = all_bonus // items if items else 0
        said = "after t of T seconds up to {most} more: {all}/{items} × (1 − t/T)"
        parts.append(words.say(said, most=most, all=all_bonus, items=items))
    return tuple(parts)


def ranked(scores: Mapping[str, Score], competitors: Iterable[str]) -> tuple[Rank, ...]:
    """Return the competitors by their points, most first, ties in the order given."""
    listed = [(competitor, scores.get(competitor, Score())) for competitor in competitors]
    listed.sort(key=lambda pair: -pair[1].points)
    ranks = []
    for competitor, score in listed:
        better = sum(other.points > score.points for _, other in listed)
        same = sum(other.points == score.points for _, other in listed)
        ranks.append(Rank(better + 1, competitor, score, is_tied=same > 1))
    return tuple(ranks)
