"""How each item did in a class: its figures, its options, and what is certain about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from quiz.core.content.grading import Chosen
from quiz.core.content.interaction import Choose
from quiz.core.session import BankItem, ItemLookup
from quiz.core.statistics.class_answers import Answers, chosen, mark
from quiz.core.statistics.class_decisions import DecisionKind, ItemVersion
from quiz.core.statistics.intervals import Interval, fisher
from quiz.core.statistics.item_analysis import (
    LEAST_FOR_DISCRIMINATION,
    Analysis,
    ItemAnalysis,
    analysed,
    correlation,
    item_alone,
)

HARD, EASY = 0.25, 0.95
"""An item gets a remark if its facility is certainly below the first or above the second."""
SHARP = 20.0
"""The discrimination index, in per cent, of a good item."""


class OptionFigures(msgspec.Struct, frozen=True, kw_only=True):
    """How often an option was chosen, and by whom."""

    text: str
    is_key: bool
    count: int
    share: float
    """The share of all who answered the item, 0 to 1."""
    correlation: float | None = None
    """The correlation of choosing it with the sum of the other marks, -1 to 1."""
    interval: Interval | None = None


class ClassItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item in a class's results."""

    number: int
    """From 1, in the order in which the first form of the exam asks."""
    version: ItemVersion
    stem: str
    """Empty if the item is gone from its bank."""
    topic: str
    key: str
    is_current: bool
    """Whether the item in its bank is still the one that was answered."""
    analysis: ItemAnalysis | None
    """None if only drawn pupils answered it."""
    options: tuple[OptionFigures, ...] = ()
    decision: DecisionKind | None = None
    in_forms: tuple[tuple[str, int], ...] = ()
    """The letters of the exam's forms, and the number that it has in each."""
    remarks: tuple[str, ...] = ()
    """What the figures show with certainty, as sentences."""

    @property
    def is_analysed(self) -> bool:
        """Whether there are figures of it."""
        return self.analysis is not None and self.analysis.facility is not None

    @property
    def facility(self) -> float:
        """Its facility, 0 to 1; 1 where there is none."""
        found = self.analysis.facility if self.analysis else None
        return 1.0 if found is None else found


def analysis_of(
    versions: Sequence[ItemVersion],
    answers: Sequence[Answers],
    decided: Mapping[ItemVersion, DecisionKind],
) -> Analysis[ItemVersion] | None:
    """Return the analysis of an exam in which everybody was asked the same items with the same weights, or
    None."""
    asked = [version for version in versions if any(version in own for own in answers)]
    if not asked or any(version not in own for own in answers for version in asked):
        return None
    weights = {version: {own[version].weight for own in answers} for version in asked}
    if any(len(found) > 1 for found in weights.values()):
        return None
    return analysed(
        {version: found.pop() for version, found in weights.items()},
        [{version: mark(own[version], decided.get(version)) for version in asked} for own in answers],
    )


def item_column(
    number: int,
    version: ItemVersion,
    analysis: Analysis[ItemVersion] | None,
    answers: Sequence[Answers],
    lookup: ItemLookup,
    decided: Mapping[ItemVersion, DecisionKind],
    in_forms: tuple[tuple[str, int], ...],
) -> ClassItem:
    """Return the results of an item among everybody's answers, with the decision about it."""
    found = lookup.get(version.ref)
    own = [one for one in answers if version in one]
    figures: ItemAnalysis | None = None
    if analysis is not None and version in analysis.items:
        figures = analysis.items[version]
    elif own and decided.get(version) is not DecisionKind.LEAVE_OUT:
        weight = max(one[version].weight for one in own)
        figures = item_alone([one[version].score * weight for one in own], weight)
    options = _options(version, own, analysis, lookup, decided)
    return ClassItem(
        number=number,
        version=version,
        stem=found.item.headline if found else "",
        topic=found.topic if found else "",
        key=found.item.key_text() if found else "",
        is_current=found is not None and found.item.fingerprint == version.fingerprint,
        analysis=figures,
        options=options,
        decision=decided.get(version),
        in_forms=in_forms,
        remarks=tuple(_remarks(figures, options)),
    )


def _options(
    version: ItemVersion,
    answers: Sequence[Answers],
    analysis: Analysis[ItemVersion] | None,
    lookup: ItemLookup,
    decided: Mapping[ItemVersion, DecisionKind],
) -> tuple[OptionFigures, ...]:
    """Return how often each option was chosen, the item's present options first."""
    found = lookup.get(version.ref)
    by_pupil = [chosen(one[version]) for one in answers]
    if found is not None and found.item.fingerprint != version.fingerprint:
        found = None
    key = found.item.key_response() if found else None
    keys = set(key.options) if isinstance(key, Chosen) else set()
    listed = dict.fromkeys([*_options_of(found), *(text for texts in by_pupil for text in texts)])
    rest = _rest_marks(version, answers, analysis, decided)
    return tuple(_option(text, text in keys, by_pupil, rest) for text in listed)


def _options_of(found: BankItem | None) -> tuple[str, ...]:
    """Return the options of an item, or none if it has no options."""
    asked = found.item.interaction() if found else None
    return asked.options if isinstance(asked, Choose) else ()


def _rest_marks(
    version: ItemVersion,
    answers: Sequence[Answers],
    analysis: Analysis[ItemVersion] | None,
    decided: Mapping[ItemVersion, DecisionKind],
) -> list[float] | None:
    """Return the sum of each answerer's other marks, or None if they cannot be compared."""
    if analysis is None or version not in analysis.items or len(answers) < LEAST_FOR_DISCRIMINATION:
        return None
    kind = decided.get(version)
    return [total - mark(own[version], kind) for total, own in zip(analysis.totals, answers, strict=True)]


def _option(
    text: str, is_key: bool, by_pupil: Sequence[tuple[str, ...]], rest: list[float] | None
) -> OptionFigures:
    by = [float(text in texts) for texts in by_pupil]
    together = None if rest is None else correlation(by, rest)
    return OptionFigures(
        text=text,
        is_key=is_key,
        count=int(sum(by)),
        share=sum(by) / len(by) if by else 0.0,
        correlation=together,
        interval=None if together is None else fisher(together, len(by)),
    )


def _remarks(figures: ItemAnalysis | None, options: Sequence[OptionFigures]) -> Iterable[str]:
    """Yield what is certain about an item: only where a whole interval lies beyond a threshold."""
    if figures is None:
        return
    told = figures.facility_interval
    if told is not None and told.high < HARD:
        yield f"Hard: certainly fewer than {HARD * 100:.0f} % of the points were reached."
    if told is not None and told.low > EASY:
        yield f"Easy: certainly more than {EASY * 100:.0f} % of the points were reached."
    if figures.n < LEAST_FOR_DISCRIMINATION:
        return
    ends = figures.discrimination_interval
    if ends is not None and ends.high < 0:
        yield "Pupils who did well otherwise did badly here: is the key right?"
    elif ends is not None and ends.high < SHARP:
        yield "It does not distinguish pupils who know much from those who know little."
    for option in options:
        if not option.is_key and option.interval is not None and option.interval.low > 0:
            yield f"Pupils who did well otherwise chose “{option.text}”: could it be right?"
