"""Certainty-based marks: how sure one was counts with what one knew.

After A. R. Gardner-Medwin, Certainty-Based Marking (UCL): right answers earn 1, 2 or 3, wrong ones cost
0, 2 or 6, so that it pays best to say “fairly” from two chances in three and “sure” from four in five.
"""

from __future__ import annotations

from quiz.core.content.grading import Confidence

RIGHT: dict[Confidence, int] = {Confidence.GUESS: 1, Confidence.FAIRLY: 2, Confidence.SURE: 3}
"""What a right answer earns."""
WRONG: dict[Confidence, int] = {Confidence.GUESS: 0, Confidence.FAIRLY: -2, Confidence.SURE: -6}
"""What a wrong answer costs."""
PAYS_FROM: dict[Confidence, float] = {
    Confidence.GUESS: 0.0,
    Confidence.FAIRLY: 2 / 3,
    Confidence.SURE: 4 / 5,
}
"""The chance of being right, 0 to 1, from which saying so pays best."""
BEST = max(RIGHT.values())
"""The most that an answer can earn."""


def certainty_mark(score: float, confidence: Confidence) -> float:
    """Return the mark of an answer with a score from 0 to 1: partly right ones lie in proportion between."""
    wrong, right = WRONG[confidence], RIGHT[confidence]
    return wrong + max(0.0, min(1.0, score)) * (right - wrong)
