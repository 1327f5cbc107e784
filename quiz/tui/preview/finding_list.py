"""What is said against an item, and against the rest of its bank."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from quiz.core.content.diagnostics import Finding
from quiz.core.content.item import Item
from quiz.core.text.phrases import count
from quiz.tui.text import join, show, show_line

SIGNS = {"error": ("✗", "$text-error"), "warning": ("▲", "$text-warning"), "note": ("·", "$foreground-muted")}
"""The symbol and the colour of each severity; its word is always shown beside them."""
MOST_ELSEWHERE = 30


class FindingList(Static):
    """Findings in full for one item, and in a line each for the others."""

    DEFAULT_CSS = "FindingList { height: auto; width: 1fr; }"

    def show_item(self, item: Item, here: Sequence[Finding], elsewhere: Sequence[Finding]) -> None:
        """Show what is said against an item, then what is said elsewhere."""
        facts = f"{item.id} · {item.kind} · {item.difficulty}"
        blocks = [show_line(facts, "$foreground-muted"), Content()]
        if item.quote:
            blocks += [show_line(f"“{item.quote}”", "italic"), Content()]
        if here:
            blocks += [line for finding in here for line in _in_full(finding)]
        else:
            blocks += [show("✓ Nothing to mend in this item.", "$text-success"), Content()]
        if elsewhere:
            blocks.append(show(f"Elsewhere: {count(len(elsewhere), 'finding')}", "bold"))
            blocks += [_in_brief(finding) for finding in elsewhere[:MOST_ELSEWHERE]]
            if len(elsewhere) > MOST_ELSEWHERE:
                blocks.append(show(f"… and {len(elsewhere) - MOST_ELSEWHERE} more", "$foreground-muted"))
        self.update(Content("\n").join(blocks))

    def show_all(self, findings: Sequence[Finding]) -> None:
        """Show what keeps a bank from being used."""
        blocks = [show("This bank cannot be used yet.", "bold $text-error"), Content()]
        blocks += [line for finding in findings[:MOST_ELSEWHERE] for line in _in_full(finding)]
        if len(findings) > MOST_ELSEWHERE:
            blocks.append(show(f"… and {len(findings) - MOST_ELSEWHERE} more.", "$foreground-muted"))
        self.update(Content("\n").join(blocks))


def _in_full(finding: Finding) -> list[Content]:
    sign, style = SIGNS[finding.severity.value]
    head = join((f"{sign} {finding.severity.value}: ", f"bold {style}"), (finding.code, style))
    lines = [head, join(show_line(finding.message), (f"  line\u00a0{finding.line}", "$foreground-muted"))]
    if finding.help:
        lines.append(show_line(finding.help, "$foreground-muted"))
    return [*lines, Content()]


def _in_brief(finding: Finding) -> Content:
    sign, style = SIGNS[finding.severity.value]
    return join((f"{sign} ", style), (f"line {finding.line}  ", "$foreground-muted"), show_line(finding.code))
