"""A question as the preview shows it: the stem, the correct answer, why, and what is on record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content

from quiz.core.content.kinds import task_of
from quiz.core.text.phrases import count, per_cent
from quiz.errors import BankError
from quiz.tui.text import join, show, show_marked

if TYPE_CHECKING:
    from quiz.services.browse.catalogue import BrowsedItem, Facts
    from quiz.services.workspace import Workspace

MUTED = "$foreground-muted"


def preview_of(workspace: Workspace, item: BrowsedItem, facts: Facts, day: Callable[[int], str]) -> Content:
    """Return the preview of an item; `day` is what a time in milliseconds is called. It reads the bank."""
    head, memory = item.candidate, facts.memory
    try:
        bank = workspace.library.bank(item.ref.bank)
        found = bank.by_id[item.ref.item]
    except (BankError, KeyError):
        return show("This question is no longer in its bank.", MUTED)
    tags = [*head.tags, *(memory.tags if memory else ())]
    about = " · ".join(part for part in (bank.title, bank.topic_title(found), task_of(head.kind)) if part)
    lines = [
        show(about, MUTED),
        Content(),
        show_marked(found.headline, bank.reads, "bold"),
        Content(),
        join(("✓ ", "$text-success"), show_marked(found.key_text(), bank.reads)),
    ]
    lines += [Content(), show_marked(found.rationale, bank.reads)] if found.rationale else []
    lines += [Content(), show(f"Tags: {', '.join(tags)}", MUTED)] if tags else []
    lines += [Content(), *(show(line, MUTED) for line in _record_lines(facts, day))]
    return Content("\n").join(lines)


def _record_lines(facts: Facts, day: Callable[[int], str]) -> list[str]:
    memory = facts.memory
    if memory is None or not memory.attempts:
        return ["Suspended." if memory is not None and memory.is_suspended else "Not answered yet."]
    right = "" if facts.right is None else f", {per_cent(facts.right)} right"
    times, days = count(memory.attempts, "time"), count(memory.misses, "day")
    lines = [f"Answered {times}{right}, not known on {days}."]
    if memory.is_suspended:
        lines.append("Suspended.")
    elif facts.due is not None:
        lines.append(f"Comes back {day(facts.due)}.")
    return lines
