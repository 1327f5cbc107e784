"""The overview's plots as lines of a width in cells, each under a sentence that says what it shows."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from quiz.core.statistics.bank_figures import BankFigures
from quiz.core.statistics.findings import (
    answers_finding,
    by_week,
    hours_finding,
    recall_finding,
)
from quiz.core.statistics.overview import LearnerOverview
from quiz.core.text.phrases import count, spent, whole_per_cent
from quiz.services.home import BankTopics, TopicPart
from quiz.services.statistics import Hours
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.bars import bar, percent
from quiz.tui.widgets.block_plots import columns, line, stacked
from quiz.tui.widgets.large_digits import large_digits

MUTED = "$foreground-muted"
SIX_WEEKS, WEEKS = 42, 12
IN_ALL = " in all"
"""What tells figures of the whole record from those of some weeks; left out where it would be cut."""
GAP = 2
"""How many cells lie between a large figure and what it counts."""
LARGE_FROM = 60
"""The width in cells from which the figures are drawn in large digits."""
MOST_TOPICS = 8
"""How many topics of a bank are shown."""
HARDEST = 5
"""How many of a bank's hardest questions are named."""


def card_lines(view: LearnerOverview, width: int, *, is_low: bool) -> list[Content]:
    """Draw the three figures: what is right, days in a row, what is due."""
    accuracy = view.total.accuracy
    answered = "no answers yet" if accuracy is None else count(view.total.attempts, "answer") + IN_ALL
    right = "–" if accuracy is None else f"{whole_per_cent(accuracy)}"
    overdue = f"{view.forecast.overdue:,} overdue" if view.forecast.overdue else "none overdue"
    figures = [
        (right, "$text-success", "% right", answered),
        (str(view.streak), "$text-accent", "day in a row" if view.streak == 1 else "days in a row",
         spent(view.total.duration_ms) + IN_ALL),
        (str(view.forecast.today), "$text-due", "due today", overdue),
    ]  # fmt: skip
    if is_low or width < LARGE_FROM:
        return [
            join((f"{number} ", f"bold {style}"), (f"{name}  ", "bold"), (detail, MUTED))
            for number, style, name, detail in figures
        ]
    rows = [Content()] * 3
    each = width // len(figures)
    for number, style, name, detail in figures:
        large = large_digits(number) if number != "–" else ["   ", "╺━╸", "   "]
        if len(large[0]) + GAP + len(detail) >= each:
            detail = detail.removesuffix(IN_ALL)
        for place, said in enumerate(("", name, detail)):
            text = (said, "bold" if place == 1 else MUTED)
            piece = join((large[place], f"bold {style}"), " " * GAP, text).truncate(each, pad=True)
            rows[place] = rows[place] + piece
    return rows


def day_lines(view: LearnerOverview, width: int, rows: int = 4) -> list[Content]:
    """Draw the answers of six weeks, those missed shaded, in bars so many rows high."""
    room = max(7, width - 4)
    days = view.recent[-min(SIX_WEEKS, room) :]
    each = max(1, min(2, room // len(days)))
    head = show(answers_finding(days), "bold")
    if not any(day.attempts for day in days):
        return [head]
    legend = join(("█ right", "$text-success"), "  ", ("▒ missed", "$text-error"))
    gap = width - head.cell_length - legend.cell_length
    top = max(day.attempts for day in days)
    plot = stacked(
        [day.score for day in days], [float(day.attempts) for day in days], rows,
        ("$text-success", "$text-error"), each=each,
    )  # fmt: skip
    marks = {0: f"{top:>3} ", rows // 2: f"{round(top / 2):>3} "}
    lines = [join((marks.get(place, " " * 4), MUTED), row) for place, row in enumerate(plot)]
    span = len(days) * each
    middle, first = f"{len(days) // 2} days ago", f"{len(days)} days ago"
    ticks = f"{first:<{max(span // 2, len(first) + 2)}}{middle}"
    ticks = f"{ticks:<{max(span - 5, len(ticks) + 2)}}today" if span >= 40 else f"{first:<{span - 5}}today"
    heads = [head + " " * gap + legend] if gap >= 2 else [*head.wrap(width), legend]
    return [*heads, Content(), *lines, show(f"    {ticks}", MUTED)]


def recall_lines(view: LearnerOverview, width: int, rows: int = 3) -> list[Content]:
    """Draw the share that was right in each of the last twelve weeks, in a plot so many rows high."""
    head = show(recall_finding(view.recent, view.today), "bold").wrap(width)
    weeks = by_week(view.recent, WEEKS)
    known = [share for share in weeks if share is not None]
    if len(known) < 2:
        return head
    low, high = min(known), max(known)
    room = max(8, min(36, width - 6))
    plot = line(weeks, room, rows, max(0.0, low - 0.05), min(1.0, high + 0.05))
    marks = (percent(high), *[" " * 6] * (rows - 2), percent(low))
    drawn = [join((f"{mark} ", MUTED), (row, "$text-success")) for mark, row in zip(marks, plot, strict=True)]
    return [*head, Content(), *drawn, show(f"       {'12 weeks ago':<{max(13, room - 5)}}now", MUTED)]


def hour_lines(hours: Hours, width: int, rows: int = 3) -> list[Content]:
    """Draw at which hours of the day answers were given, in bars so many rows high."""
    head = show(hours_finding(hours.attempts, hours.scores), "bold").wrap(width)
    if not any(hours.attempts):
        return head
    each = 2 if width >= 48 else 1
    bars = [show(row, "$text-accent") for row in columns(hours.attempts, rows, each=each)]
    ticks = "".join(f"{hour:<{6 * each}}" for hour in (0, 6, 12, 18)).rstrip()
    return [*head, Content(), *bars, show(ticks, MUTED)]


def weakest_finding(parts: Sequence[TopicPart]) -> str:
    """Return a sentence on the topic that is known least, of at least one."""
    weakest = min(parts, key=lambda part: part.share)
    return f"“{weakest.title}” is known least, at {percent(weakest.share).strip()}."


def topic_lines(banks: Sequence[BankTopics], width: int) -> list[Content]:
    """Show bank by bank how well each topic is known, the weakest first, beneath the weakest of all."""
    begun = [part for bank in banks if bank.is_begun for part in bank.by_topic]
    if not begun:
        return []
    lines = show_line(weakest_finding(begun), "bold").wrap(width)
    label = max(6, min(30, width // 2))
    for bank in banks:
        if not bank.is_begun:
            lines += [Content(), join(show_line(bank.title), ("  not begun", MUTED))]
            continue
        lines += [Content(), show_line(bank.title)]
        for part in bank.by_topic[:MOST_TOPICS]:
            name = show_line(part.title, MUTED).truncate(label, ellipsis=True, pad=True)
            drawn = bar(part.share, max(4, min(30, width - label - 8)), "$text-success")
            lines.append(join(name, "  ", drawn, (percent(part.share), MUTED)))
        if len(bank.by_topic) > MOST_TOPICS:
            lines.append(show(f"… and {len(bank.by_topic) - MOST_TOPICS} more", MUTED))
    return lines


def hardest_lines(view: BankFigures, width: int) -> list[Content]:
    """Name the hardest questions of a bank, each with the wrong answer that won."""
    hard = [one for one in view.items if one.is_current and one.accuracy < 1][:HARDEST]
    if not hard:
        return []
    lines = [show("Least often right, and what was answered instead", "bold")]
    for one in hard:
        share = percent(one.accuracy).strip()
        lines += [Content(), show_line(one.stem).truncate(width, ellipsis=True)]
        said = join((f"{share:>5} right", MUTED))
        if one.wrong is not None:
            wrong = join(
                "   ", ("✗ ", "$text-error"), (f"{one.wrong.count}× ", MUTED), show_line(one.wrong.text)
            )
            said = (said + wrong).truncate(width, ellipsis=True)
        lines.append(said)
    return lines
