"""The progress of a study session."""

from __future__ import annotations

from typing import NamedTuple

from quiz.core.content.grading import Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.effective import overridden
from quiz.core.session import Phase
from quiz.core.study.session import StudySession


class Progress(NamedTuple):
    """How far a session has got through its items."""

    place: int
    """The number of the current item, from 1."""
    total: int
    """How many items were answered or are still to be asked."""
    marks: tuple[Verdict | None, ...]
    """The first verdict on each answered item, then None for each item that was not answered."""
    current: int | None
    """The place among the marks of the item that awaits a response, from 0; None where none does."""
    repeats: int
    """How many items that were answered are asked again in this session, the current one included."""
    is_flagged: bool
    title: str
    """The bank's title, or the number of banks."""

    @property
    def in_words(self) -> str:
        """Say which item of how many it is, and how many are to be repeated."""
        repeats = f" · {self.repeats} to get right" if self.repeats else ""
        return f"{self.place} of {self.total}{repeats}"


def progress(session: StudySession) -> Progress:
    """Return the progress of a session."""
    first: dict[ItemRef, Verdict] = {}
    right = overridden(session.log)
    for event in session.attempts:
        verdict = Verdict.CORRECT if event.n in right else event.verdict
        first.setdefault(event.ref, verdict or Verdict.SKIPPED)
    repeats = sum(map(first.__contains__, session.queue)) if first else 0
    total = len(session.queue) - repeats + sum(ref in session.lookup for ref in first)
    is_open = session.phase is not Phase.FINISHED
    is_answering = session.phase is Phase.ANSWERING
    is_next = is_answering and session.visit == 0
    titles = {session.lookup.titles[bank] for bank in session.banks}
    return Progress(
        place=min(total, len(first) + is_next),
        total=total,
        marks=(*first.values(), *[None] * max(0, total - len(first))),
        current=[*first, session.current.ref].index(session.current.ref) if is_answering else None,
        repeats=repeats,
        is_flagged=is_open and session.current.ref in session.flagged,
        title=next(iter(titles)) if len(titles) == 1 else f"{len(titles)} banks",
    )
