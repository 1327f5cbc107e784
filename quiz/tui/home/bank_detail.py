"""A bank and how well it is known."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.reactive import var
from textual.widget import Widget

from quiz.core.content.diagnostics import Finding
from quiz.core.text.phrases import count, whole_per_cent
from quiz.services.home import BankRow, BankView, TopicPart
from quiz.services.study.daily_limits import TEN_MORE
from quiz.tui.available_actions import key_label
from quiz.tui.home.bank_settings_words import settings_line
from quiz.tui.text import height_of, join, show, show_line, wrapped
from quiz.tui.widgets.bars import bar, percent, sparkline

MUTED, ACCENT = "$foreground-muted", "bold $text-accent"
KNOWN = "Known in a week"
LABEL_WIDTH = 24
MOST_TITLE = 36
"""How many cells of a topic's title stand beside the number of its questions."""
MOST_TOPICS, LEAST_TOPICS = 30, 2
"""How many topics are listed at most, and at least, if any; the bank's statistics list all of them."""


class BankDetail(Widget):
    """Summary, counts, what is known by topic, and the last exams; or why the bank cannot be used."""

    DEFAULT_CSS = "BankDetail { height: auto; width: 1fr; }"
    auto_links = var(False)
    """It holds no links, whose colours Textual would work out for every line."""

    def __init__(self, shown: BankView | BankRow | None = None) -> None:
        super().__init__()
        self._shown = shown
        self._room = 0
        """How many rows the panel around it has."""
        self._last: tuple[object, Sequence[Content]] | None = None
        """What was drawn last, and what that depends on: the height needs it, and then the picture."""

    def show_bank(self, shown: BankView | BankRow | None) -> None:
        """Show a bank, or why it cannot be used."""
        self._shown, self._last = shown, None
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return how many lines it takes; bars are as wide as there is room, and never more than a line."""
        self._room = container.height
        return self.height_in(width)

    def height_in(self, width: int) -> int:
        """Return how many rows it takes in a width in cells."""
        return sum(height_of(line, width) for line in self._drawn(width))

    def render(self) -> Content:
        """Draw it as wide as it is."""
        return Content("\n").join(self._drawn(self.outer_size.width))

    def _drawn(self, width: int) -> Sequence[Content]:
        state = width, self._room
        if self._last is None or self._last[0] != state:
            self._last = state, self._draw(width)
        return self._last[1]

    def _draw(self, width: int) -> Sequence[Content]:
        shown, room = self._shown, self._room
        if isinstance(shown, BankView):
            fitted, excess = self._bank_fitted(shown, width, MOST_TOPICS)
            listed = min(len(shown.by_topic), MOST_TOPICS)
            if room and excess > 0:
                fitting = listed - excess - 1  # one row says how many are left out
                fitted, _ = self._bank_fitted(shown, width, fitting if fitting >= LEAST_TOPICS else 0)
            return fitted
        if shown is None:
            return [Content()]
        return (
            [show("This bank is being read. It can be studied in a moment.", MUTED)]
            if shown.is_being_read
            else _finding_lines(shown.findings)
        )

    def _bank_fitted(self, view: BankView, width: int, most: int) -> tuple[Sequence[Content], int]:
        """Return the lines with so many topics at most, and how many rows they are too many.

        Empty lines give way first, then the summary.
        """
        lines = self._bank_lines(view, max(20, width), most)
        fitted, excess = _fitted(lines, width, self._room)
        if excess > 0 and view.summary:
            rows = max(1, height_of(lines[1], width) - excess)
            lines[1] = Content("\n").join(wrapped(lines[1], max(1, width), rows))
            fitted, excess = _fitted(lines, width, self._room)
        return fitted, excess

    def _bank_lines(self, view: BankView, width: int, most: int) -> list[Content]:
        held = (view.counts.items, "question"), (view.topics, "topic"), (view.notes, "note")
        counts = [count(number, what) for number, what in held if number]
        if sum(map(len, counts)) + 3 * len(counts) - 3 > width and len(counts) > 2:
            del counts[1]  # the topics are listed
        lines = [show_line(view.title, "bold")]
        lines += [show_line(view.summary, MUTED), Content()] if view.summary else [Content()]
        lines += [show(" · ".join(counts), MUTED), Content()]
        label = min(LABEL_WIDTH, max(len(KNOWN), width // 2))
        room = max(4, min(40, width - label - 7))
        own = settings_line(view.settings)
        lines += [show(own, MUTED), Content()] if own else []
        listed = view.by_topic[:most]
        if view.counts.answered:
            known = _bar_line(show(KNOWN, "bold"), view.counts.share, label, room, "$text-success")
            lines += [known, Content()] if listed else [known]
            lines += [
                _bar_line(show_line(part.title), part.share, label, room, "$text-primary") for part in listed
            ]
        else:
            lines += [_topic_line(part, width) for part in listed]
        if len(view.by_topic) > most > 0:
            lines.append(show(f"… and {len(view.by_topic) - most} more", MUTED))
        if view.exams:
            best = f"  best {whole_per_cent(max(view.exams))} %"
            drawn = sparkline(view.exams)
            name = f"{'Last exams':<{min(label, width - len(drawn) - len(best) - 1)}} "
            lines += [Content(), join(name, (drawn, "$text-accent"), best)]
        lines += [Content(), self._next_step(view)] if lines[-1] else [self._next_step(view)]
        if view.counts.leeches:
            said = count(view.counts.leeches, "question")
            mend = join((key_label(self, "home.leeches"), ACCENT), " mend or set aside")
            lines += [Content(), join((f"◐ {said} will not stick.", "$text-warning"), "  ", mend)]
        return lines

    def _next_step(self, view: BankView) -> Content:
        study, read = key_label(self, "home.study"), key_label(self, "home.read")
        today, counts = view.today, view.counts
        if counts.answered == 0 and today.new:
            read_first = ((read, ACCENT), (" to read first, or ", MUTED)) if view.notes else ()
            how = ("Press ", MUTED), *read_first, (study, ACCENT), (" to study this bank.", MUTED)
            return join("Nothing answered yet. ", *how)
        if not today.items:
            if today.waiting_in_words:
                more = key_label(self, "home.study-more")
                how = (" Press ", MUTED), (more, ACCENT), (f" for {TEN_MORE} now.", MUTED)
                said = f"Done for today; {today.waiting_in_words}."
                return join(said, *(how if today.new_waiting >= TEN_MORE else ()))
            return show("Nothing is due today. What you have learned comes back later.", MUTED)
        parts = [f"{count(today.due, 'question')} due today" if today.due else "Nothing due"]
        if today.new:
            parts.append(f"{count(today.new, 'new question')} today")
        if today.new_waiting:
            parts.append(f"{today.new_waiting} wait")
        return join(
            (f"{', '.join(parts)}. ", "bold"), ("Press ", MUTED), (study, ACCENT), (" to study.", MUTED)
        )


def _fitted(lines: list[Content], width: int, room: int) -> tuple[list[Content], int]:
    """Leave out the first empty lines as far as it takes for the rest to fit into some rows.

    Return how many rows they are too many after that as well.
    """
    empty = [place for place, line in enumerate(lines) if not line]
    excess = sum(height_of(line, width) for line in lines) - room
    left_out = set(empty[: max(0, excess)])
    return [line for place, line in enumerate(lines) if place not in left_out], excess - len(left_out)


def _bar_line(label: Content, share: float, label_width: int, width: int, style: str) -> Content:
    name = label.truncate(label_width, ellipsis=True, pad=True)
    return join(name, " ", bar(share, width, style), percent(share))


def _topic_line(part: TopicPart, width: int) -> Content:
    """Return a topic with the number of its questions in a column."""
    room = min(MOST_TITLE, width - 5)
    return join(show_line(part.title).truncate(room, ellipsis=True, pad=True), (f"{part.items:>5,}", MUTED))


def _finding_lines(findings: Sequence[Finding]) -> list[Content]:
    lines = [show("This bank cannot be used yet.", "bold $text-error"), Content()]
    for finding in findings[:20]:
        lines.append(show_line(f"{finding.file}:{finding.line}:{finding.column}", MUTED))
        lines.append(join((f"{finding.severity.value} ", "$text-error"), show_line(finding.message)))
        if finding.help:
            lines.append(show_line(f"  {finding.help}", MUTED))
    if len(findings) > 20:
        lines.append(show(f"… and {len(findings) - 20} more.", MUTED))
    return lines
