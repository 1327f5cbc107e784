"""What an import brought, or would bring, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quiz.core.text.phrases import count
from quiz.exchange.declaration import Imported
from quiz.services.exchange import ImportOutcome, Reading
from quiz.services.losses import summary_lines

MOST_SHOWN: Final = 20
"""How many questions that were left out are told one by one."""


def report_lines(reading: Reading, outcome: ImportOutcome | None, *, is_dry: bool) -> Iterator[str]:
    """Yield all there is to say of a file that was read, most important first."""
    imported = reading.imported
    items = len(imported.bank.items) if imported.bank else 0
    yield f"{reading.source}: {reading.format.title}, {count(items, 'question')}."
    if outcome is not None:
        yield from outcome_lines(outcome, is_dry=is_dry)
    yield from imported.remarks
    yield from lost_lines(imported)


def outcome_lines(outcome: ImportOutcome, *, is_dry: bool) -> Iterator[str]:
    """Yield what was done to the bank file, or would be."""
    would = "Would write" if is_dry else "Wrote"
    if outcome.is_new:
        yield f"{would} {outcome.path}, the bank “{outcome.bank}”."
    elif outcome.added or outcome.changed:
        news = f"{count(len(outcome.added), 'new question')}, {len(outcome.changed):,} changed"
        yield f"{would} {outcome.path}: {news}."
    else:
        yield f"Nothing is new for {outcome.path}."
    if outcome.pictures:
        yield f"{count(outcome.pictures, 'picture')} in a folder beside it."
    if outcome.reviews:
        yield f"{count(outcome.reviews, 'answer')} new on record; what is due follows from them."
    if outcome.kept:
        named = ", ".join(outcome.kept[:5]) + " …" * (len(outcome.kept) > 5)
        yield f"{count(len(outcome.kept), 'question')} edited here and changed there, kept as here: {named}."
    if outcome.gone:
        yield f"{count(len(outcome.gone), 'question')} no longer in the source, kept here."


def lost_lines(imported: Imported) -> Iterator[str]:
    """Yield what did not come along, and which questions did not come at all."""
    if imported.losses:
        touched = len({loss.item or loss.place for loss in imported.losses})
        yield f"Not everything came along with {count(touched, 'question')}:"
        yield from (f"  {line}" for line in summary_lines(imported.losses))
    if imported.refusals:
        yield f"{count(len(imported.refusals), 'question')} left out:"
        for place, why, text in imported.refusals[:MOST_SHOWN]:
            yield f"  {place}: {why}" + (f" “{text}”" if text else "")
        if len(imported.refusals) > MOST_SHOWN:
            yield f"  … and {len(imported.refusals) - MOST_SHOWN:,} more."
