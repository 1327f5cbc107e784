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

KNOWN_WIDTH = 17
"""How many cells the share that is known takes, with its bar."""


def bank_rows(lines: Sequence[BankRow], *, is_wide: bool) -> list[ListRow]:
    """Return the banks' rows: with columns where there is room for them, a cell from the edge."""
    has_known = any(line.counts.answered for line in lines)
    return [_bank_row(line, is_wide=is_wide, has_known=has_known) for line in lines]


def _bank_row(line: BankRow, *, is_wide: bool, has_known: bool) -> ListRow:
    if line.is_being_read:
        told = show_line("being read", "$foreground-muted")
    elif not line.is_usable:
        told = show_line(count(line.errors, "error"), "$text-error")
    else:
        told = _columns(line, has_known=has_known) if is_wide else _what_waits(line)
    return ListRow(line.key, show_line(line.title), join(told, " "))


def _columns(line: BankRow, *, has_known: bool) -> Content:
    """Return how many of its items are due, how many new, and once it was begun what share is known."""
    due, new = line.counts.due, line.today.new + line.today.new_waiting
    waits = (
        (f"{due:>3} due" if due else " " * 7, "$text-due"),
        (f"{new:>4} new" if new else " " * 8, "$text-new"),
    )
    if not line.counts.answered:
        return join(*waits, " " * KNOWN_WIDTH if has_known else "")
    share = line.counts.share
    return join(*waits, "  ", bar(share, 9, "$text-success"), (percent(share), "$foreground-muted"))


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
