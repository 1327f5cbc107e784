"""Statistics as plain lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quiz.core.scheduling.study_day import moment, zone_of
from quiz.core.statistics.bank_figures import BankFigures
from quiz.core.statistics.calibration import Calibration, verdict_on, verdict_on_own
from quiz.core.statistics.item_difficulty import ItemDifficulty
from quiz.core.statistics.item_figures import ItemFigures
from quiz.core.statistics.leech import Leech
from quiz.core.statistics.overview import LearnerOverview
from quiz.core.text.phrases import clock, count, per_cent, spent
from quiz.core.text.safe_text import one_line

NAME_WIDTH = 38
LISTED = 10
"""How many days, exams, items and attempts are listed at most; JSON holds all."""


def overview_lines(view: LearnerOverview, told: Calibration) -> list[str]:
    """Return the overview of a record as lines."""
    total, due = view.total, view.forecast
    streak = f" Streak: {count(view.streak, 'day')}." if view.streak else ""
    done = f"{count(total.attempts, 'answer')} on {count(view.days_active, 'day')}"
    in_30_days = sum(day.items for day in due.days[1:])
    waiting = (
        f"{due.today:,} today ({due.overdue:,} overdue), {in_30_days:,} more in 30 days, {due.later:,} later"
    )
    figures = f"{_share(total.accuracy)} right, {spent(total.duration_ms)}"
    lines = [
        f"{one_line(view.learner)}: {done}, {figures}.{streak}",
        f"Due: {waiting}.",
        "",
        _row("Bank", "known", "learning", "new", "right", "time"),
    ]
    for bank in view.banks:
        known, learning, new = bank.knowledge.whole
        lines.append(
            _row(
                bank.title, f"{known:,}", f"{learning:,}", f"{new:,}",
                _share(bank.accuracy), spent(bank.duration_ms),
            )
        )  # fmt: skip
    active = [day for day in reversed(view.recent) if day.attempts][:LISTED]
    if active:
        lines += ["", f"{'Day':<{NAME_WIDTH}}{'answers':>10}{'right':>8}{'time':>14}"]
        lines += [
            f"{day.day:%a %d %b %Y}".ljust(NAME_WIDTH)
            + f"{day.attempts:>10,}{_share(day.accuracy):>8}{spent(day.duration_ms):>14}"
            for day in active
        ]
    return [*lines, "", *calibration_lines(told)]


def leech_lines(leeches: Sequence[Leech]) -> list[str]:
    """Return lines on leeches, with advice; empty without any."""
    if not leeches:
        return []
    lines = ["", f"Will not stick: {count(len(leeches), 'item')}"]
    for leech in leeches:
        lines.append(f"  {one_line(leech.stem)} ({leech.ref}, not known on {count(leech.misses, 'day')})")
        lines.append(f"    {leech.advice}")
    return lines


def bank_lines(view: BankFigures, told: Calibration) -> list[str]:
    """Return a learner's statistics on a bank as lines."""
    known, learning, new = view.knowledge.whole
    done = f"{count(view.attempts, 'answer')}, {_share(view.accuracy)} right"
    counts = f"{known:,} known, {learning:,} learning, {new:,} new, {view.due:,} due today"
    lines = [
        f"{one_line(view.title)}, {one_line(view.learner)}: {done}.",
        f"{count(view.knowledge.items, 'item')}: {counts}.",
        "",
        _row("Topic", "known", "items", "answers", "right"),
    ]
    lines += [
        _row(
            topic.topic or "Other",
            _share(topic.knowledge.share),
            f"{topic.knowledge.items:,}",
            f"{topic.attempts:,}",
            _share(topic.accuracy),
        )
        for topic in view.topics
    ]
    if view.exams:
        lines += ["", f"{'Exam':<{NAME_WIDTH}}{'items':>8}{'right':>9}"]
        lines += [
            f"{exam.day:%d %b %Y}".ljust(NAME_WIDTH) + f"{exam.items:>8,}{_share(exam.share):>9}"
            for exam in view.exams[: -LISTED - 1 : -1]
        ]
    lines += _items("Hardest items", [line for line in view.items if line.is_current])
    lines += _items("Before they were edited", view.earlier)
    if view.never_asked:
        lines += ["", f"Never asked: {count(len(view.never_asked), 'item')}"]
        lines += [f"  {one_line(item.stem, 76)}" for item in view.never_asked[:LISTED]]
    return [*lines, "", *calibration_lines(told)]


def _items(title: str, listed: Iterable[ItemDifficulty]) -> list[str]:
    shown = list(listed)[:LISTED]
    if not shown:
        return []
    lines = ["", title]
    for line in shown:
        lines.append(f"{_share(line.accuracy):>6} of {line.attempts:>5,}  {one_line(line.stem, 60)}")
        if line.wrong is not None:
            lines.append(f"{'':17}answered {line.wrong.count}×: {one_line(line.wrong.text, 50)}")
    return lines


def item_lines(view: ItemFigures, comes_back: str) -> list[str]:
    """Return a learner's statistics on an item as lines; `comes_back` says when it does."""
    median = "" if view.median_ms is None else f", median time {clock(view.median_ms)}"
    done = f"{count(view.attempts, 'attempt')}, {_share(view.accuracy)} right"
    missed = f"not known on {count(view.misses, 'day')}"
    lines = [
        one_line(view.stem) or f"{view.ref} is no longer in its bank.",
        *([f"Key: {one_line(view.key)}"] if view.key else []),
        f"{one_line(view.learner)}: {done}, {missed}{median}.",
    ]
    if view.curve is not None:
        lines.append(
            f"Probability of recall now {_share(view.curve.now)};"
            f" 90 % after {view.curve.stability:,.1f} days; {comes_back}."
        )
    if len(view.versions) > 1:
        told = (f"{_share(one.accuracy)} of {one.attempts:,}" for one in view.versions)
        lines.append(f"Versions, the present one first: {', '.join(told)}.")
    if view.responses:
        lines += ["", "Answered"]
        lines += [
            f"{told.count:>6,}  {'✓' if told.is_key else '◐' if told.is_partial else '✗'}"
            f" {one_line(told.text, 66)}"
            for told in view.responses[:LISTED]
        ]
    if view.lines:
        lines += ["", "Attempts, newest first"]
        for line in view.lines[:LISTED]:
            when = moment(line.at).astimezone(zone_of(line.zone))
            word = "counted as right" if line.is_overridden else line.verdict.value
            lines.append(f"  {when:%d %b %Y %H:%M}  {line.mode:<5}  {word:<9}  {one_line(line.response, 40)}")
    return lines


def calibration_lines(told: Calibration) -> list[str]:
    """Return lines on how well recall and confidence were predicted."""
    recall = told.recall
    lines = [f"Calibration: {verdict_on(recall)}"]
    if recall.reviews:
        lines.append(
            f"  predicted {recall.predicted * 100:.1f} %, recalled {recall.recalled * 100:.1f} %"
            f" of {count(recall.reviews, 'review')};"
            f" log loss {recall.log_loss:.3f}, RMSE(bins) {recall.rmse_bins:.3f}"
        )
    if told.own is not None:
        lines.append(f"  {verdict_on_own(told.own, moment(told.own.since).date())}")
    lines += [
        f"  {one.confidence.value}: right {_share(one.accuracy)} of {count(one.attempts, 'answer')}"
        for one in told.confidence
    ]
    return lines


def _row(name: str, *cells: str) -> str:
    widths = (8, 9, 8, 8, 13)
    told = "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=False))
    name = one_line(name)
    return f"{name if len(name) <= NAME_WIDTH else name[: NAME_WIDTH - 1] + '…':<{NAME_WIDTH}}{told}"


def _share(share: float | None) -> str:
    return "–" if share is None else per_cent(share)
