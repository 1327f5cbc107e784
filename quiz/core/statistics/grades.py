"""Grades by shares of the points."""

from __future__ import annotations

import msgspec

_ALMOST_NOTHING = 1e-9
"""The rounding error allowed at a step."""


class GradeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The grades, and the percentage of the points from which each is given."""

    title: str
    steps: tuple[tuple[float, str], ...] = ()
    """A percentage, 0 to 100, and its grade, the best first; the last starts at 0."""

    def flaw(self) -> str:
        """Return a sentence on what is wrong with the table, or an empty text."""
        froms = [least for least, _ in self.steps]
        if not froms:
            return "it has no steps"
        if any(not 0 <= least <= 100 for least in froms):
            return "its steps are not all from 0 to 100 per cent"
        if froms != sorted(froms, reverse=True) or len(set(froms)) < len(froms):
            return "its steps do not go down"
        return "" if froms[-1] == 0 else "its last step does not start at 0"

    def step_above(self, share: float) -> float | None:
        """Return from how many per cent on the next better grade is given; None above the last step."""
        above = [least for least, _ in self.steps if least - _ALMOST_NOTHING > share * 100]
        return min(above, default=None)

    def grade(self, share: float) -> str:
        """Return the grade for a share of the points, 0 to 1."""
        return next(grade for least, grade in self.steps if share * 100 >= least - _ALMOST_NOTHING)
