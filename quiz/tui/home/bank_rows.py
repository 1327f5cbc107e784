"""The lines of Home: a bank with what there is to do in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from quiz.core.text.phrases import count
from quiz.tui.text import join, show_line
from quiz.tui.widgets.bars import bar, percent
from quiz.tui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from quiz.services.home import BankRow


def bank_row(line: BankRow, *, is_wide: bool) -> ListRow:
    """Return a bank's row: with columns where there is room for them, a cell from the edge."""
    if line.is_being_read:
        told = show_line("being read", "$foreground-muted")
    elif not line.is_usable:
        told = show_line(count(line.errors, "error"), "$text-error")
    else:
        told = _columns(line) if is_wide else _what_waits(line)
    return ListRow(line.key, show_line(line.title), join(told, " "))


def _columns(line: BankRow) -> Content:
    """Return how many of its items are due, how many new, and what share is known."""
    due, new = line.counts.due, line.today.new + line.today.new_waiting
    return join(
        (f"{due:>3} due" if due else " " * 7, "$text-due"),
        (f"{new:>4} new" if new else " " * 8, "$text-new"),
        "  ",
        bar(line.counts.share, 9, "$text-success"),
        (percent(line.counts.share), "$foreground-muted"),
    )


def _what_waits(line: BankRow) -> Content:
    today = line.today
    if line.counts.due:
        return show_line(f"{line.counts.due} due", "bold $text-due")
    if today.new:
        return show_line("new" if line.counts.answered == 0 else f"{today.new} new", "$text-new")
    waiting = f"{today.new_waiting} new wait" if today.new_waiting else "done for today"
    return show_line(waiting, "$foreground-muted")


def notice_line(lines: Sequence[BankRow]) -> Content | None:
    """Return what to say of banks that cannot be used, or not all of them; None where there are none."""
    return _broken_line([line for line in lines if line.errors]) or _left_out_line(
        [line for line in lines if line.left_out]
    )


def _broken_line(broken: Sequence[BankRow]) -> Content | None:
    if not broken:
        return None
    names = ", ".join(line.title for line in broken[:3]) + ("…" if len(broken) > 3 else "")
    said = f"✗ {count(len(broken), 'bank')} not usable: "
    return join((said, "$text-error"), names, ". Go to its row to see why.")


def _left_out_line(lines: Sequence[BankRow]) -> Content | None:
    """Return the line about questions that have errors and are not asked, None if there are none."""
    if not lines:
        return None
    names = ", ".join(line.title for line in lines[:3]) + ("…" if len(lines) > 3 else "")
    missing = count(sum(line.left_out for line in lines), "question")
    return join((f"▲ {missing} left out: ", "$text-warning"), names, " — run quiz check.")
