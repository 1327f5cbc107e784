"""Grades by shares of the points."""

from __future__ import annotations

import msgspec

_ALMOST_NOTHING = 1e-9
"""By how much a share may miss a step that it would reach without rounding."""


class GradeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which grade is given from how many per cent of the points on."""

    title: str
    steps: tuple[tuple[float, str], ...] = ()
    """From so many per cent, 0 to 100, and the grade, the best first; the last starts at 0."""

    def flaw(self) -> str:
        """Return a sentence on why the table makes no sense, empty where it does."""
        froms = [least for least, _ in self.steps]
        if not froms:
            return "it has no steps"
        if any(not 0 <= least <= 100 for least in froms):
            return "its steps are not all from 0 to 100 per cent"
        if froms != sorted(froms, reverse=True) or len(set(froms)) < len(froms):
            return "its steps do not go down"
        return "" if froms[-1] == 0 else "its last step does not start at 0"

    def grade(self, share: float) -> str:
        """Return the grade of a share of the points, 0 to 1."""
        return next(grade for least, grade in self.steps if share * 100 >= least - _ALMOST_NOTHING)
