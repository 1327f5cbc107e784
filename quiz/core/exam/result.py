"""The result of an exam as plain values, for the screens, the review and the score sheet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from statistics import median

import msgspec

from quiz.core.content.grading import Confidence, Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.exam.certainty_marks import BEST
from quiz.core.exam.session import By, ExamSession
from quiz.core.exam.settings import ExamSettings
from quiz.core.item_result import ItemResult, item_results, share_of
from quiz.core.text.phrases import clock, whole_per_cent

_ALMOST_NOTHING = 1e-9
"""The rounding error allowed in a sum of scores."""


class PartScore(msgspec.Struct, frozen=True, kw_only=True):
    """The points for some of the items."""

    name: str
    items: int
    points: float
    out_of: float

    @property
    def share(self) -> float:
        """The share of the points, 0 to 1."""
        return self.points / self.out_of if self.out_of else 0.0


class CertaintyPart(msgspec.Struct, frozen=True, kw_only=True):
    """The items answered with the same confidence."""

    confidence: Confidence
    items: int
    score: float
    """The sum of their scores."""
    mark: float

    @property
    def share(self) -> float:
        """The mean score, 0 to 1."""
        return self.score / self.items if self.items else 0.0


class ExamResult(msgspec.Struct, frozen=True, kw_only=True):
    """An exam's figures. Times are milliseconds since 1970 UTC."""

    session: str
    learner: str
    """The learner's name; empty if it was forgotten."""
    banks: tuple[str, ...]
    """The banks' titles."""
    settings: ExamSettings
    seed: int
    started: int
    ended: int
    zone: str
    by: By
    items: tuple[ItemResult, ...]
    earlier: tuple[float, ...] = ()
    """The shares, 0 to 1, of earlier exams on the same banks, oldest first."""
    set_back_ms: int = 0
    """By how much the computer's clock was set back while the exam was left, which gained no time."""

    @property
    def points(self) -> float:
        """The points earned."""
        return sum(item.points for item in self.items)

    @property
    def out_of(self) -> float:
        """The points that could be earned."""
        return sum(item.weight for item in self.items)

    @property
    def share(self) -> float:
        """The share of the points, 0 to 1."""
        return share_of(self.items)

    @property
    def has_passed(self) -> bool | None:
        """Whether the pass mark was reached; None without one."""
        mark = self.settings.pass_mark
        return None if mark is None else self.share >= mark / 100 - _ALMOST_NOTHING

    @property
    def per_cent(self) -> str:
        """The share in per cent, with decimals only if rounding would cross the pass mark."""
        return per_cent_text(self.share, self.settings.pass_mark)

    @property
    def duration_ms(self) -> int:
        """The time from the start to handing in."""
        return max(0, self.ended - self.started)

    @property
    def median_ms(self) -> int:
        """The median time for an item."""
        return round(median(item.duration_ms for item in self.items)) if self.items else 0

    def count(self, verdict: Verdict) -> int:
        """Return how many items have a verdict."""
        return sum(item.verdict is verdict for item in self.items)

    @property
    def topics(self) -> tuple[PartScore, ...]:
        """The points by topic, in the form's order; items without a topic come last."""
        found: dict[str, list[ItemResult]] = {}
        for item in self.items:
            found.setdefault(item.topic, []).append(item)
        return tuple(
            PartScore(
                name=name,
                items=len(items),
                points=sum(item.points for item in items),
                out_of=sum(item.weight for item in items),
            )
            for name, items in sorted(found.items(), key=lambda pair: not pair[0])
        )

    @property
    def has_marks(self) -> bool:
        """Whether there are certainty-based marks: the learner was asked for their confidence."""
        return self.settings.confidence

    @property
    def mark(self) -> float:
        """The sum of the certainty-based marks."""
        return sum(item.mark or 0.0 for item in self.items)

    @property
    def best_mark(self) -> float:
        """The highest possible sum of certainty-based marks."""
        return BEST * self.out_of

    @property
    def certainty(self) -> tuple[CertaintyPart, ...]:
        """The results by confidence, the surest first, without confidences that nobody used."""
        order = list(Confidence)
        said = sorted(
            (item for item in self.items if item.confidence is not None),
            key=lambda item: order.index(item.confidence or Confidence.GUESS),
        )
        parts = []
        for confidence, group in groupby(said, key=lambda item: item.confidence or Confidence.GUESS):
            items = list(group)
            parts.append(
                CertaintyPart(
                    confidence=confidence,
                    items=len(items),
                    score=sum(item.score for item in items),
                    mark=sum(item.mark or 0.0 for item in items),
                )
            )
        return tuple(parts)

    @property
    def missed(self) -> tuple[ItemRef, ...]:
        """The items that were not fully right and are still in their banks, in the form's order."""
        return tuple(item.ref for item in self.items if item.is_missed and item.is_here)


def result_of(
    session: ExamSession, learner: str = "", bank_titles: Sequence[str] = (), earlier: Sequence[float] = ()
) -> ExamResult:
    """Return the result of a finished exam. Raises ValueError for one that is not handed in.

    Scores, weights and durations are those recorded, even if the banks have changed since.
    """
    if session.ended is None:
        raise ValueError("This exam is not handed in.")
    header = session.header
    return ExamResult(
        session=header.id,
        learner=learner,
        banks=tuple(bank_titles) or header.banks,
        settings=session.settings,
        seed=header.seed,
        started=header.started,
        ended=session.ended.at,
        zone=header.zone,
        by=By.CLOCK if session.ended.body.get("by") == By.CLOCK else By.LEARNER,
        items=item_results(header, session.attempts.values(), session.flagged, session.lookup),
        earlier=tuple(earlier),
        set_back_ms=session.set_back_ms,
    )


def clock_remark(result: ExamResult) -> str:
    """Return a remark on the computer's clock, usually empty."""
    if not result.set_back_ms:
        return ""
    by = clock(result.set_back_ms)
    return f"The computer's clock was set back by {by} while the exam was left; the exam's own clock went on."


def per_cent_text(share: float, pass_mark: float | None) -> str:
    """Return a share in per cent. A share below the pass mark never reads as if it had reached it."""
    for decimals in range(3):
        shown = round(share * 100, decimals) if decimals else whole_per_cent(share)
        if pass_mark is None or share * 100 >= pass_mark - _ALMOST_NOTHING or shown < pass_mark:
            return f"{shown:.{decimals}f}"
    return f"< {pass_mark:g}"
