"""What answers are worth, and how the competitors of a drill stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

RIGHT = 1000
"""What a right answer is worth."""
HELPED_SCORE = 0.5
"""The score of a right answer that the class helped with."""
ALL_BONUS = 499
"""What a whole drill's speed bonuses stay below: less than an answer with help, let alone a right one."""


class Score(msgspec.Struct, frozen=True):
    """What a competitor has done. Right answers are kept apart from points."""

    right: int = 0
    helped: int = 0
    """Right ones with help from the class, which are not among `right`."""
    wrong: int = 0
    passed: int = 0
    points: int = 0

    @property
    def answers(self) -> int:
        """How many answers were judged."""
        return self.right + self.helped + self.wrong

    def plus(self, score: float, points: int) -> Score:
        """Return the score after one more answer, worth 0 to 1."""
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
    """Where a competitor stands."""

    place: int
    """From 1; those with the same points share a place, and the places they take up are left out."""
    competitor: str
    score: Score
    is_tied: bool = False


def points(score: float, *, items: int, spent_ms: int = 0, limit_ms: int = 0, has_bonus: bool = False) -> int:
    """Return what an answer worth 0 to 1 brings: 1000 in full, and the speed bonus for a full one.

    The bonus is 499/n × (1 - t/T), rounded down, for n items in the drill, t milliseconds of T: all of a
    drill's bonuses together are less than one more right answer. It needs a time limit.
    """
    base = round(RIGHT * score)
    if not has_bonus or limit_ms <= 0 or items <= 0 or score < 1:
        return base
    left_ms = limit_ms - max(0, min(spent_ms, limit_ms))
    return base + ALL_BONUS * left_ms // (items * limit_ms)


def rules(*, items: int, has_bonus: bool, has_help: bool) -> tuple[str, ...]:
    """Return what answers are worth, a phrase for each way."""
    parts = [f"right {RIGHT}"]
    if has_help:
        parts.append(f"with help {round(RIGHT * HELPED_SCORE)}")
    if has_bonus:
        most = ALL_BONUS // items if items else 0
        parts.append(f"after t of T seconds up to {most} more: {ALL_BONUS}/{items} × (1 − t/T)")
    return tuple(parts)


def ranked(scores: Mapping[str, Score], competitors: Iterable[str]) -> tuple[Rank, ...]:
    """Return the competitors by their points, most first. Ties are ties, in the order given."""
    listed = [(competitor, scores.get(competitor, Score())) for competitor in competitors]
    listed.sort(key=lambda pair: -pair[1].points)
    ranks = []
    for competitor, score in listed:
        better = sum(other.points > score.points for _, other in listed)
        same = sum(other.points == score.points for _, other in listed)
        ranks.append(Rank(better + 1, competitor, score, is_tied=same > 1))
    return tuple(ranks)
