"""An import in steps: each file is read and compared first, then written, then its answers put on record."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from quiz.core.content.bank import Bank
from quiz.core.scheduling.card import A_DAY
from quiz.errors import ExchangeError, QuizError
from quiz.exchange.declaration import Review
from quiz.services.exchange import ImportOutcome, Reading, put_away, read_foreign, titled
from quiz.services.imported_reviews import put_on_record
from quiz.services.workspace import Workspace

AT_ONCE: Final = 500
"""How many answers make a batch that is put on record."""


class ImportPlan(NamedTuple):
    """What importing a file would do."""

    path: Path
    reading: Reading | None = None
    """None where it cannot be read."""
    bank: Bank | None = None
    """None where not one question came through."""
    outcome: ImportOutcome | None = None
    """What would be done to the bank file."""
    problem: str = ""
    """Why nothing comes of it, in sentences."""

    @property
    def is_ready(self) -> bool:
        """Whether importing it would change anything."""
        has_reviews = self.reading is not None and bool(self.reading.imported.reviews)
        return self.outcome is not None and (
            self.outcome.is_new or bool(self.outcome.added or self.outcome.changed) or has_reviews
        )


def planned(path: Path, *, prefer_theirs: bool = False) -> ImportPlan:
    """Read a foreign file and say what importing it would do. What is wrong with it is in the plan."""
    reading = None
    try:
        reading = read_foreign(path)
        if reading.imported.bank is None and not reading.imported.refusals:
            raise ExchangeError(f"{path} holds no question.")
        bank = titled(reading.imported)
        outcome = put_away(bank, media=reading.imported.media, prefer_theirs=prefer_theirs, is_dry=True)
    except QuizError as error:
        return ImportPlan(path, reading, problem=f"{error.message} {error.help}".strip())
    return ImportPlan(path, reading, bank, outcome)


def planned_anew(plan: ImportPlan, *, prefer_theirs: bool) -> ImportPlan:
    """Return a plan for a file that was read, with another answer to whose version of an item is taken."""
    if plan.reading is None or plan.bank is None:
        return plan
    try:
        media = plan.reading.imported.media
        outcome = put_away(plan.bank, media=media, prefer_theirs=prefer_theirs, is_dry=True)
    except QuizError as error:
        return plan._replace(outcome=None, problem=f"{error.message} {error.help}".strip())
    return plan._replace(outcome=outcome, problem="")


def carried_out(plan: ImportPlan, *, prefer_theirs: bool = False) -> ImportOutcome | None:
    """Write the bank of a plan, and return what was done; None where there is nothing to write.

    Raises:
        BankError: the file cannot be written, or changed so that nothing can be added to it.
    """
    if plan.bank is None or plan.reading is None:
        return None
    return put_away(plan.bank, media=plan.reading.imported.media, prefer_theirs=prefer_theirs)


def record_reviews(workspace: Workspace, plan: ImportPlan, bank_id: str) -> Iterator[tuple[int, int]]:
    """Put the answers that came along on record, some days at a time.

    Yields how many were looked at after each batch, and how many of these were new.

    Raises:
        RecordError: the record cannot be written.
    """
    if plan.bank is None or plan.reading is None:
        return
    looked_at = 0
    for batch in batches(plan.reading.imported.reviews):
        new = put_on_record(workspace.record, workspace.learner.id, bank_id, plan.bank.fingerprints, batch)
        looked_at += len(batch)
        yield looked_at, new


def batches(reviews: tuple[Review, ...]) -> Iterator[list[Review]]:
    """Yield answers in the order of their times, whole days of them in each batch."""
    held: list[Review] = []
    told = sorted(reviews, key=lambda review: review.at)
    for _, day in groupby(told, key=lambda review: review.at // A_DAY):
        held += day
        if len(held) >= AT_ONCE:
            yield held
            held = []
    if held:
        yield held
