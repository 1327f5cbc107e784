"""An item's statistics as lines and rows of a width in cells."""

from __future__ import annotations

from textual.content import Content

from quiz.core.scheduling.card import A_DAY, recall_after
from quiz.core.scheduling.study_day import moment, zone_of
from quiz.core.statistics.item_figures import AttemptLine, ItemFigures
from quiz.core.statistics.recall import Curve
from quiz.core.text.phrases import clock, count, per_cent
from quiz.tui.exam.result_lines import flowed
from quiz.tui.text import SIGNS, join, show, show_line
from quiz.tui.widgets.bars import bar, percent
from quiz.tui.widgets.drawing import Trace
from quiz.tui.widgets.row_list import ListRow

MUTED = "$foreground-muted"
WORDS = {"correct": "correct", "partial": "partly", "incorrect": "wrong", "skipped": "skipped"}
_SPANS = (1, 2, 3, 7, 14, 30, 60, 90, 180, 365, 730, 1825)
"""Days after a review for which the table gives the probability of recall."""


def figure_lines(view: ItemFigures, width: int) -> list[Content]:
    """Return the figures on all attempts."""
    accuracy = "–" if view.accuracy is None else per_cent(view.accuracy)
    pairs = [
        (f"{view.attempts:,}", "attempt" if view.attempts == 1 else "attempts"),
        (accuracy, "right"),
        (count(view.misses, "day"), "not known"),
        ("–" if view.median_ms is None else clock(view.median_ms), "median time"),
    ]
    if view.curve is not None:
        pairs.append((per_cent(view.curve.now), "chance of recall now"))
    lines = flowed([join((f"{value} ", "bold"), (name, MUTED)) for value, name in pairs], width)
    if len(view.versions) > 1 or any(not version.is_current for version in view.versions):
        told = [
            join(
                ("now " if version.is_current else "earlier version ", MUTED),
                per_cent(version.accuracy),
                (f" of {version.attempts:,}", MUTED),
            )
            for version in view.versions
        ]
        lines += flowed([show("Edited since:", "$text-warning"), *told], width)
    return lines


def curve_trace(view: ItemFigures) -> Trace | None:
    """Return the plot of the forgetting curve, with now and the due day marked on it."""
    curve = view.curve
    if curve is None:
        return None
    end = curve.points[-1][0]
    low = min(0.75, *(recall for _, recall in curve.points)) // 0.25 * 0.25
    due, now = ((at - curve.reviewed) / A_DAY for at in (curve.due, curve.at))
    ticks = [(0.0, "review"), (end, count(round(end), "day"))]
    for place, name in ((due, "due"), (now, "now")):
        if all(abs(place - other) > 0.15 * end for other, _ in ticks):
            ticks.append((place, name))
    return Trace(
        x_limits=(0.0, end),
        y_limits=(low, 1.0),
        x_ticks=tuple(sorted(ticks)),
        y_ticks=tuple((share, f"{share * 100:.0f} %") for share in (low, (low + 1) / 2, 1.0)),
        line=curve.points,
        dots=((max(0.0, now), curve.now),),
        guides=(((due, low), (due, curve.at_due)),) if 0 <= due <= end else (),
    )


def curve_lines(view: ItemFigures, width: int) -> list[Content]:
    """List the probability of recall by days since the last review, with now and the due day."""
    curve = view.curve
    if curve is None:
        return show("Never reviewed on a study day yet.", MUTED).wrap(width)
    days_now = max(0, (curve.at - curve.reviewed) // A_DAY)
    days_due = max(0, round((curve.due - curve.reviewed) / A_DAY))
    told = {days: "" for days in _SPANS if days <= curve.points[-1][0]}
    told[days_due] = "comes back"
    told[days_now] = "now, comes back" if days_now == days_due else "now"
    room = max(0, min(20, width - 34))
    lines = [show(f"{'days after':>10}{'recall':>8}", MUTED)]
    for days, name in sorted(told.items()):
        share = recall_after(curve.stability, days, curve.decay)
        size = bar(share, room, "$accent") if room > 3 else show("")
        style = "bold" if name else ""
        lines.append(join((f"{days:>10,}{percent(share).strip():>8}  ", style), (f"{name:<14}", MUTED), size))
    return [*lines, show(stability_words(curve), MUTED)]


def stability_words(curve: Curve) -> str:
    """Return in words after how long the probability of recall has fallen to nine in ten."""
    return f"90 % after {curve.stability:,.1f} days"


def response_lines(view: ItemFigures, width: int) -> list[Content]:
    """Show how often each option was chosen, or each response given."""
    if not view.responses:
        return show("Nothing was answered to this version yet.", MUTED).wrap(width)
    most = max(told.count for told in view.responses) or 1
    room = max(3, min(16, width // 4))
    label = max(6, width - room - 11)
    lines = []
    for told in view.responses[:8]:
        sign, style = SIGNS["correct" if told.is_key else "partial" if told.is_partial else "incorrect"]
        name = show_line(told.text or "nothing").truncate(label, ellipsis=True, pad=True)
        if not told.is_offered:
            name = name.stylize(MUTED)
        size = bar(told.count / most, room, style, "$background")
        lines.append(join((f"{sign} ", style), name, " ", size, f" {told.count:>5,}"))
    rest = len(view.responses) - 8
    if rest > 0:
        lines.append(show(f"and {count(rest, 'other response')}", MUTED))
    return lines


def attempt_rows(view: ItemFigures, width: int) -> list[ListRow]:
    """Return a row for each attempt, the newest first."""
    if not view.lines:
        return [ListRow("none", show("Never attempted.", MUTED), is_enabled=False)]
    return [_attempt_row(line, width) for line in view.lines]


def _attempt_row(line: AttemptLine, width: int) -> ListRow:
    sign, style = SIGNS[line.verdict.value]
    when = moment(line.at).astimezone(zone_of(line.zone))
    date = f"{when:%d %b %Y %H:%M}" if width >= 60 else f"{when:%d %b %y}"
    word = "by you" if line.is_overridden else WORDS[line.verdict.value]
    left = join(
        (f"{sign} ", style), (f"{word:<8}", style), (f"{date}  ", MUTED),
        line.response or "–", ("  earlier version" if not line.is_current else "", "$text-warning"),
    )  # fmt: skip
    took = "" if line.duration_ms is None else clock(line.duration_ms)
    sure = line.confidence.value if line.confidence else ""
    tail = f"{sure:<7}{line.mode:<6}{took:>6}" if width >= 60 else took
    return ListRow(f"{line.session}/{line.n}", left, show(tail, MUTED))
