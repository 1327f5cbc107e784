"""Certainty-based marks, in which confidence counts as well as knowledge.

After A. R. Gardner-Medwin, Certainty-Based Marking (UCL): right answers earn 1, 2 or 3, wrong ones cost 0, 2
or 6, so that “fairly” pays best from two chances in three and “sure” from four in five.
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
"""The probability of being right, 0 to 1, from which this confidence pays best."""
BEST = max(RIGHT.values())
"""The highest mark for an answer."""


def certainty_mark(score: float, confidence: Confidence) -> float:
    """Return the mark for an answer with a score from 0 to 1, in proportion if it is partly right."""
    wrong, right = WRONG[confidence], RIGHT[confidence]
    return wrong + max(0.0, min(1.0, score)) * (right - wrong)
