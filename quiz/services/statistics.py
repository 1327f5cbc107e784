"""Statistics, gathered from the record and the banks for screens and commands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

import msgspec

from quiz.core.content.bank import Bank
from quiz.core.content.grading import Confidence, Verdict
from quiz.core.content.images import images_in, in_words
from quiz.core.content.item import Item
from quiz.core.content.item_ref import ItemRef
from quiz.core.content.response_text import response_text
from quiz.core.events.model import Mode
from quiz.core.scheduling.study_day import day_of, moment, zone_of
from quiz.core.statistics.bank_figures import BankFigures, ExamPoint, ItemName
from quiz.core.statistics.calibration import Calibration, ConfidenceShare, recall_of
from quiz.core.statistics.forecast import forecast
from quiz.core.statistics.item_counts import Tally
from quiz.core.statistics.item_difficulty import (
    ItemDifficulty,
    commonest_wrong,
    item_lines,
    never_asked,
    response_counts,
    topic_lines,
)
from quiz.core.statistics.item_figures import AttemptLine, ItemFigures, VersionLine
from quiz.core.statistics.overview import LearnerOverview, overview
from quiz.core.statistics.recall import curve
from quiz.core.text.markup import NO_MARKUP
from quiz.errors import BankError
from quiz.record.read_models import Attempted, Learner

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace

HARDEST = 10
"""For how many of the hardest items the most common wrong response is found."""
LOOKED_AT = 200
"""How many of an item's last attempts are searched for its most common wrong response."""
LISTED = 500
"""How many of an item's attempts are listed at once."""
EXAMS = 50
"""How many of the last exams are shown."""
SESSIONS = 500
"""How many of the last sessions show at which hours somebody studies."""
A_YEAR = 53
"""How many weeks the calendar shows."""


def overview_of(workspace: Workspace, learner: Learner) -> LearnerOverview:
    """Return an overview of a learner's record."""
    today, zone, config = workspace.today, workspace.zone, workspace.config
    summaries = workspace.library.usable()
    with workspace.record.at_one_moment():
        days = workspace.record.days(learner.id)
        by_bank = workspace.record.totals_by_bank(learner.id, today)
        held = workspace.held(learner.id)
    return overview(
        learner=learner.name,
        today=today,
        since=today - timedelta(weeks=A_YEAR),
        days=days,
        by_bank=by_bank,
        forecast=forecast(held.dues(workspace.library, summaries), today, zone, config.day_starts_at),
        banks={summary.id: summary.title for summary in summaries},
        knowledge={summary.id: held.of_bank(workspace.library, summary) for summary in summaries},
    )


class Hours(msgspec.Struct, frozen=True):
    """How much was answered by the hour of the day at which the session began."""

    attempts: tuple[int, ...]
    """The answers by the hour, 0 to 23."""
    scores: tuple[float, ...]
    """The sums of their scores."""


def hours_of(workspace: Workspace, learner: Learner) -> Hours:
    """Return at which hours of the day a learner studies, by the last sessions."""
    attempts, scores = [0] * 24, [0.0] * 24
    for told in workspace.record.sessions(learner.id, limit=SESSIONS):
        hour = moment(told.started).astimezone(zone_of(told.zone)).hour
        attempts[hour] += told.attempts
        scores[hour] += told.score
    return Hours(tuple(attempts), tuple(scores))


def bank_figures(workspace: Workspace, bank_id: str, learner: Learner) -> BankFigures:
    """Return a learner's statistics on a bank. Raises BankError for an unreadable bank."""
    bank = workspace.library.bank(bank_id)
    with workspace.record.at_one_moment():
        done = workspace.record.tallies(learner.id, bank_id)
        counts = workspace.held(learner.id, bank_id)
        held = counts.by_bank.get(bank_id, {})
        lines = item_lines(bank, done, held)
        for place, line in enumerate(lines[:HARDEST]):
            if line.is_current and line.accuracy < 1:
                last = workspace.record.attempts_at(learner.id, line.ref, LOOKED_AT)
                lines[place] = _with_wrong(line, last, bank.language)
    attempts = sum(tally.attempts for tally in done)
    known = counts.of(bank_id, bank.by_id)
    return BankFigures(
        bank=bank_id,
        title=bank.title,
        learner=learner.name,
        attempts=attempts,
        accuracy=sum(tally.score for tally in done) / attempts if attempts else None,
        knowledge=known,
        due=known.due,
        topics=topic_lines(bank, done, lambda names: counts.of(bank_id, names)),
        exams=_exams(workspace, bank_id, learner),
        items=tuple(lines),
        suspended=tuple(
            ItemName(ItemRef(bank_id, item.id), item.headline)
            for item in bank.items
            if (memory := held.get(item.id)) is not None and memory.is_suspended
        ),
        never_asked=tuple(ItemName(ref, bank.by_id[ref.item].headline) for ref in never_asked(bank, done)),
    )


def _with_wrong(line: ItemDifficulty, last: Sequence[Attempted], language: str) -> ItemDifficulty:
    told = [(one.event.response, one.score) for one in last if one.event.fingerprint == line.fingerprint]
    return msgspec.structs.replace(line, wrong=commonest_wrong(told, language))


def _exams(workspace: Workspace, bank_id: str, learner: Learner) -> tuple[ExamPoint, ...]:
    found = workspace.record.sessions(learner.id, bank_id, Mode.EXAM, limit=EXAMS)
    starts_at = workspace.config.day_starts_at
    return tuple(
        ExamPoint(
            session=told.id,
            started=told.started,
            day=day_of(told.started, told.zone, starts_at),
            items=told.answers,
            share=told.share,
        )
        for told in reversed(found)
        if told.is_ended and told.answers
    )


def item_figures(workspace: Workspace, ref: ItemRef, learner: Learner) -> ItemFigures:
    """Return a learner's statistics on an item, which may be gone from its bank."""
    bank, item = _placed(workspace, ref)
    now = workspace.clock.now()
    memory = workspace.record.memory(learner.id, ref)
    with workspace.record.at_one_moment():
        done = [tally for tally in workspace.record.tallies(learner.id, ref.bank, ref.item) if tally.attempts]
        last = workspace.record.attempts_at(learner.id, ref, LISTED)
    attempts = sum(tally.attempts for tally in done)
    print_ = item.fingerprint if item else ""
    current = [(one.event.response, one.score) for one in last if one.event.fingerprint == print_]
    taken = [one.event.duration_ms for one in last if one.event.duration_ms is not None]
    return ItemFigures(
        ref=ref,
        bank_title=bank.title if bank else ref.bank,
        learner=learner.name,
        stem=item.headline if item else "",
        key=item.key_text() if item else "",
        pictures=tuple(in_words(image) for _, image in images_in(item)) if item else (),
        markup=bank.reads if bank else NO_MARKUP,
        topic=bank.topic_title(item) if bank and item else "",
        attempts=attempts,
        accuracy=sum(tally.score for tally in done) / attempts if attempts else None,
        misses=memory.misses if memory else 0,
        median_ms=round(median(taken)) if taken else None,
        due=memory.asked_from if memory else None,
        is_suspended=memory.is_suspended if memory else False,
        curve=curve(memory.card, memory.due, now) if memory and memory.card else None,
        versions=_versions(done, print_),
        responses=response_counts(item, current, bank.language) if bank and item else (),
        lines=tuple(_attempt_line(one, print_) for one in last),
        is_all=len(last) >= attempts,
    )


def with_older_attempts(workspace: Workspace, view: ItemFigures, learner: Learner) -> ItemFigures:
    """Return an item's statistics with the next older attempts added."""
    _, item = _placed(workspace, view.ref)
    last = view.lines[-1]
    with workspace.record.at_one_moment():
        older = workspace.record.attempts_at(learner.id, view.ref, LISTED, (last.session, last.n))
    print_ = item.fingerprint if item else ""
    lines = (*view.lines, *(_attempt_line(one, print_) for one in older))
    return msgspec.structs.replace(view, lines=lines, is_all=not older or len(lines) >= view.attempts)


def _placed(workspace: Workspace, ref: ItemRef) -> tuple[Bank | None, Item | None]:
    try:
        bank = workspace.library.bank(ref.bank)
    except BankError:
        return None, None
    return bank, bank.by_id.get(ref.item)


def _versions(done: Iterable[Tally], current: str) -> tuple[VersionLine, ...]:
    lines = [
        VersionLine(
            tally.fingerprint, tally.attempts, tally.score / tally.attempts, tally.fingerprint == current
        )
        for tally in done
    ]
    return tuple(sorted(lines, key=lambda line: (not line.is_current, -line.attempts, line.fingerprint)))


def _attempt_line(one: Attempted, current: str) -> AttemptLine:
    header, event, is_overridden = one.header, one.event, one.is_overridden
    return AttemptLine(
        session=header.id,
        n=event.n,
        mode=header.mode.word,
        at=event.at,
        zone=header.zone,
        response=response_text(event.response),
        verdict=Verdict.CORRECT if is_overridden else event.verdict or Verdict.of(one.score),
        score=one.score,
        confidence=event.confidence,
        duration_ms=event.duration_ms,
        is_overridden=is_overridden,
        fingerprint=event.fingerprint,
        is_current=event.fingerprint == current,
    )


def calibration_of(workspace: Workspace, learner: Learner, bank_id: str | None = None) -> Calibration:
    """Return how well recall and confidence were predicted, for one bank or for all."""
    with workspace.record.at_one_moment():
        bins = workspace.record.predicted_reviews(learner.id, bank_id)
        sure = workspace.record.scores_by_confidence(learner.id, bank_id)
    own = workspace.record.trainings(learner.id).current
    return Calibration(
        learner=learner.name,
        bank=bank_id or "",
        recall=recall_of(bins),
        confidence=tuple(
            ConfidenceShare(confidence, *_share(sure[confidence]))
            for confidence in Confidence
            if confidence in sure
        ),
        own=own if own.values else None,
    )


def _share(sums: tuple[int, float]) -> tuple[int, float]:
    attempts, score = sums
    return attempts, score / attempts
