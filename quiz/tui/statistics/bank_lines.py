"""A bank's statistics as lines and rows of a width in cells."""

from __future__ import annotations

from textual.content import Content

from quiz.core.statistics.bank_figures import BankFigures
from quiz.core.statistics.item_difficulty import ItemDifficulty
from quiz.core.text.phrases import count
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.bars import bar, percent
from quiz.tui.widgets.drawing import Trace
from quiz.tui.widgets.row_list import ListRow

MUTED = "$foreground-muted"
MOST_LISTED = 500
"""How many items of each sort are listed; `quiz stats BANK --json` has all."""
MOST_TOPICS = 200
"""How many topics are listed."""
MOST_PLOTTED = 30
"""How many of the last exams are plotted."""
ROOMY = 90
"""From this width, in cells, an item's line shows its most common wrong response."""


def topic_lines(view: BankFigures, width: int) -> list[Content]:
    """Show for each topic what is known and how often its items were right."""
    has_answers = width >= 50
    space = width - (23 if has_answers else 14)
    room = max(3, min(20, space // 3))
    label = max(6, min(44, space - room))
    last = f"{'answers':>9}" if has_answers else ""
    lines = [show(f"{'':<{label}} {'known':<{room + 6}}{'right':>7}{last}", MUTED)]
    for topic in view.topics[:MOST_TOPICS]:
        name = show_line(topic.topic or "Other").truncate(label, ellipsis=True, pad=True)
        right = "–" if topic.accuracy is None else percent(topic.accuracy).strip()
        share = topic.knowledge.share
        lines.append(
            join(
                name, " ", bar(share, room, "$text-success"), percent(share),
                f"{right:>7}", (f"{topic.attempts:>9,}" if has_answers else "", MUTED),
            )
        )  # fmt: skip
    known, learning, new = view.knowledge.whole
    total = f"{known:,} known · {learning:,} learning · {new:,} new"
    return [*lines, show(total, MUTED)]


def exams_trace(view: BankFigures) -> Trace | None:
    """Return the plot of the exams, one after the other, or None for fewer than two."""
    if len(view.exams) < 2:
        return None
    shown = view.exams[-MOST_PLOTTED:]
    points = tuple((float(place), exam.share) for place, exam in enumerate(shown))
    last = len(points) - 1
    return Trace(
        x_limits=(0.0, float(last)),
        y_limits=(0.0, 1.0),
        x_ticks=tuple((float(place), f"{shown[place].day:%d %b %y}") for place in (0, last)),
        y_ticks=((0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")),
        line=points,
        dots=points,
    )


def exam_lines(view: BankFigures, width: int) -> list[Content]:
    """List the exams, the newest first."""
    if not view.exams:
        return [show("No exam was finished yet.", MUTED)]
    room = max(0, min(24, width - 28))
    lines = [show(f"{'':<12}{'items':>7}{'right':>8}", MUTED)]
    for exam in reversed(view.exams):
        size = bar(exam.share, room, "$text-primary") if room > 3 else show("")
        lines.append(join(f"{exam.day:%d %b %Y} {exam.items:>7}{percent(exam.share).strip():>8} ", size))
    return lines


def item_rows(view: BankFigures, width: int) -> list[ListRow]:
    """Return a row for each item: hardest first, then suspended, never asked, and earlier versions."""
    current = [line for line in view.items if line.is_current]
    rows = [_row("now", line, width) for line in current[:MOST_LISTED]]
    rows += _more(len(current))
    for sort, title, items in (
        ("suspended", "Suspended", view.suspended),
        ("never", "Never asked", view.never_asked),
    ):
        if items:
            rows.append(_head(f"{title}: {count(len(items), 'question')}"))
            rows += [ListRow(f"{sort}/{item.ref.item}", show_line(item.stem)) for item in items[:MOST_LISTED]]
            rows += _more(len(items))
    if view.earlier:
        rows.append(_head(f"Before they were edited: {count(len(view.earlier), 'version')}"))
        rows += [_row(f"was-{line.fingerprint}", line, width) for line in view.earlier[:MOST_LISTED]]
        rows += _more(len(view.earlier))
    return rows or [_head("Nothing was answered yet.")]


def _row(sort: str, line: ItemDifficulty, width: int) -> ListRow:
    share = join(f"{percent(line.accuracy).strip():>5}", (f" of {line.attempts:>5,}", MUTED))
    if line.wrong is None:
        return ListRow(f"{sort}/{line.ref.item}", show_line(line.stem), share)
    said = join(("✗ ", "$text-error"), (f"{line.wrong.count}× ", MUTED), show_line(line.wrong.text))
    room = max(12, width // 3) if width >= ROOMY else max(10, width // 4)
    if width < 56:
        return ListRow(f"{sort}/{line.ref.item}", show_line(line.stem), share)
    right = Content.assemble(said.truncate(room, ellipsis=True, pad=True), " ", share)
    return ListRow(f"{sort}/{line.ref.item}", show_line(line.stem), right)


def _more(number: int) -> list[ListRow]:
    more = number - MOST_LISTED
    return [_head(f"… and {more:,} more")] if more > 0 else []


def _head(text: str) -> ListRow:
    return ListRow(f"head/{text}", show(text, MUTED), is_enabled=False)
