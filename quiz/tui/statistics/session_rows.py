"""Sessions as rows of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from quiz.core.events.model import Mode
from quiz.core.scheduling.study_day import moment, zone_of
from quiz.core.text.phrases import clock, count
from quiz.record.read_models import SessionSummary
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.bars import bar, percent
from quiz.tui.widgets.row_list import ListRow

MUTED = "$foreground-muted"
ALL = "all"
"""The key of the row that stands for no filter."""
MODES = {
    Mode.STUDY: ("study", "$text-primary"),
    Mode.EXAM: ("exam", "$text-accent"),
    Mode.DRILL: ("drill", "$text-secondary"),
}
"""The word and colour of each mode."""
ROOMY, WIDE = 110, 70


def session_title(told: SessionSummary, titles: Mapping[str, str]) -> str:
    """Return the title of a session's bank, or how many banks it was on; a bank that is gone has its name."""
    banks = told.banks
    return titles.get(banks[0], banks[0]) if len(banks) == 1 else count(len(banks), "bank")


def session_row(
    told: SessionSummary, titles: Mapping[str, str], names: Mapping[str, str], width: int
) -> ListRow:
    """Return a session as a row: when, which mode and banks, and on the right its result."""
    when = moment(told.started).astimezone(zone_of(told.zone))
    date = f"{when:%d %b %Y %H:%M}" if width >= WIDE else f"{when:%d %b %y}"
    word, style = MODES[told.mode]
    name = names.get(told.learner)
    who = (f"{name or 'Somebody'} · ", "bold") if names else ("", "")
    left = join((f"{date}  ", MUTED), (f"{word:<5} ", style), who, show_line(session_title(told, titles)))
    return ListRow(told.id, left, _result(told, width))


def _result(told: SessionSummary, width: int) -> Content:
    answers = told.answers
    state = "" if told.is_ended else "unfinished  "
    if not answers:
        return show(f"{state}{told.unanswered}", MUTED)
    share = told.share
    parts: list[Content | tuple[str, str] | str] = [
        (state, "$text-warning") if width >= WIDE or not told.is_ended else ""
    ]
    if width >= ROOMY:
        parts += [bar(share, 16), " "]
    parts.append(percent(share))
    if width >= WIDE:
        parts += [(f" of {answers:>3,}", MUTED), (f"{clock(told.took_ms):>8}", MUTED)]
    return join(*parts)


def filter_line(
    bank: str, mode: Mode | None, learner: str, width: int, keys: Sequence[str] = ("b", "m", "l")
) -> Content:
    """Return the filters in use, with the keys that change them: bank, mode, learner."""
    told = (
        ("bank", bank or "all"),
        ("mode", mode.word if mode else "all"),
        ("learner", learner or "all"),
    )
    parts: list[Content | tuple[str, str] | str] = []
    for key, (name, value) in zip(keys, told, strict=True):
        label = f"{name} " if width >= WIDE else ""
        room = max(6, width // 3 - len(label) - 5)
        shown = show_line(value, "bold").truncate(room, ellipsis=True)
        parts += [(f"{key} ", "bold $text-accent"), (label, MUTED), shown, "   "]
    return join(*parts)
